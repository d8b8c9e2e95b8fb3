"""The facts about an organisation: who is there, in which post, under whom, since when."""

from sightline.people.models.competencies import Competency, CompetencyLevel, Requirement
from sightline.people.models.employees import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Leave,
    Pay,
    ReportingLine,
)
from sightline.people.models.posts import Job, Position, Responsibility
from sightline.people.models.roles import Role, RoleGrant
from sightline.people.models.units import Unit, UnitLine, UnitPlacement

__all__ = [
    "Assignment",
    "Competency",
    "CompetencyLevel",
    "DottedLine",
    "Employee",
    "Employment",
    "Job",
    "Leave",
    "Pay",
    "Position",
    "ReportingLine",
    "Requirement",
    "Responsibility",
    "Role",
    "RoleGrant",
    "Unit",
    "UnitLine",
    "UnitPlacement",
]
