"""The facts about goals: what was agreed and how, whom it serves, how it goes."""

from sightline.goals.models.answers import SightAnswer, SightShare
from sightline.goals.models.check_ins import CheckIn, Disagreement
from sightline.goals.models.contributions import Contribution
from sightline.goals.models.forecasts import Recalibration
from sightline.goals.models.goals import Closing, Goal
from sightline.goals.models.help import HelpRequest, HelpStep
from sightline.goals.models.mediation import Mediation, Recommendation
from sightline.goals.models.milestones import Tick
from sightline.goals.models.periods import Period, PeriodStep
from sightline.goals.models.revisions import Acceptance, Handover, Revision, Side, Wording

__all__ = [
    "Acceptance",
    "CheckIn",
    "Closing",
    "Contribution",
    "Disagreement",
    "Goal",
    "Handover",
    "HelpRequest",
    "HelpStep",
    "Mediation",
    "Period",
    "PeriodStep",
    "Recalibration",
    "Recommendation",
    "Revision",
    "Side",
    "SightAnswer",
    "SightShare",
    "Tick",
    "Wording",
]
