"""What is kept of reviews: templates and their versions, cycles, reviews, forms, and acts."""

from sightline.reviews.models.acts import (
    Acknowledgement,
    Appeal,
    AppealDecision,
    Calibration,
    LateJoining,
    MakingFinal,
    RaterChange,
    Reopening,
    Sharing,
)
from sightline.reviews.models.cycles import Calibrator, Cycle, CycleStage
from sightline.reviews.models.forms import Answer, Form, Rating
from sightline.reviews.models.peers import Nomination, NominationAnswer, PeerSummary
from sightline.reviews.models.reviews import Item, Review
from sightline.reviews.models.templates import (
    Question,
    ScalePoint,
    Section,
    Template,
    TemplateVersion,
)

__all__ = [
    "Acknowledgement",
    "Answer",
    "Appeal",
    "AppealDecision",
    "Calibration",
    "Calibrator",
    "Cycle",
    "CycleStage",
    "Form",
    "Item",
    "LateJoining",
    "MakingFinal",
    "Nomination",
    "NominationAnswer",
    "PeerSummary",
    "Question",
    "RaterChange",
    "Rating",
    "Reopening",
    "Review",
    "ScalePoint",
    "Section",
    "Sharing",
    "Template",
    "TemplateVersion",
]
