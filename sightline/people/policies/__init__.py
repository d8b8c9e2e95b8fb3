"""Who may see what of the organisation, and who may change it.

For each kind of thing one `…_visible_to(viewer)` is the whole truth; the questions about a single
thing are asked of the same condition, so that the two cannot differ.
"""

from sightline.people.policies.employees import (
    EVERYBODY,
    at_work_visible_to,
    employees_visible_to,
    file_open_to,
    in_hands_of,
    may_change_employee,
    may_change_pay,
    may_hire_into,
    may_hire_somewhere,
    may_know_plans,
    may_read_file,
    may_read_pay,
    may_read_records,
    may_take_own_post,
    pay_visible_to,
    plans_open_to,
)
from sightline.people.policies.organisation import (
    jobs_visible_to,
    knows_plans,
    may_change_organisation,
    may_change_position,
    may_change_unit,
    may_look_at,
    may_read_directory,
    may_read_pay_range,
    may_write_responsibilities,
    position_rights,
    positions_visible_to,
    units_visible_to,
)
from sightline.people.policies.roles import (
    may_admit_outsider,
    may_grant,
    may_see_roles,
    roles_granted_by,
)

__all__ = [
    "EVERYBODY",
    "at_work_visible_to",
    "employees_visible_to",
    "file_open_to",
    "in_hands_of",
    "jobs_visible_to",
    "knows_plans",
    "may_admit_outsider",
    "may_change_employee",
    "may_change_organisation",
    "may_change_pay",
    "may_change_position",
    "may_change_unit",
    "may_grant",
    "may_hire_into",
    "may_hire_somewhere",
    "may_know_plans",
    "may_look_at",
    "may_read_directory",
    "may_read_file",
    "may_read_pay",
    "may_read_pay_range",
    "may_read_records",
    "may_see_roles",
    "may_take_own_post",
    "may_write_responsibilities",
    "pay_visible_to",
    "plans_open_to",
    "position_rights",
    "positions_visible_to",
    "roles_granted_by",
    "units_visible_to",
]
