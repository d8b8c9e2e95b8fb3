"""Reviews, as the viewer may see them: one with all that belongs to it, and many in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.models import Employment, UnitLine
from sightline.people.rules.names import folded
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import (
    Acknowledgement,
    Appeal,
    Calibration,
    Cycle,
    Form,
    Reopening,
    Review,
    ScalePoint,
    Sharing,
)
from sightline.reviews.queries.calibration import with_calibrated, with_standing
from sightline.reviews.queries.forms import (
    Sheet,
    SheetSection,
    asked_in,
    forms_of_review,
    point_of,
    score_of,
)
from sightline.reviews.queries.peers import PeersTold, as_told
from sightline.reviews.rules.scores import Score


def reviews_seen_by(viewer: Viewer) -> QuerySet[Review]:
    """Reviews that exist for the viewer, with cycle, people, post and unit."""
    rows = Review.objects.filter(policies.reviews_visible_to(viewer))
    return rows.select_related("cycle__version", "employee", "manager", "position", "unit")


def review_seen_by(viewer: Viewer, review_id: int) -> Review | None:
    """A review, when it exists for the viewer."""
    return reviews_seen_by(viewer).filter(pk=review_id).first()


def own_reviews(viewer: Viewer) -> list[Review]:
    """The viewer's own reviews, the latest first."""
    rows = reviews_seen_by(viewer).filter(employee=viewer.employee)
    return list(rows.select_related("sharing").order_by("-cycle__period_until_on", "-pk"))


def team_reviews(viewer: Viewer) -> QuerySet[Any]:
    """Reviews that the viewer writes, in cycles that run: with the states of both forms."""
    rows = reviews_seen_by(viewer).filter(manager=viewer.employee)
    rows = rows.filter(cycle__stage__in=["open", "calibrating", "shared"])
    return with_forms(rows).order_by("-cycle__period_until_on", "employee__sort_key", "pk")


def with_forms(rows: QuerySet[Review]) -> QuerySet[Any]:
    """Tells of each the state of the self review and of the manager's form, and its key."""
    forms = Form.objects.filter(review=OuterRef("pk"))
    manager = forms.filter(role=Form.Role.MANAGER)
    return rows.annotate(
        self_state=Subquery(forms.filter(role=Form.Role.SELF).values("state")[:1]),
        manager_state=Subquery(manager.values("state")[:1]),
        manager_form=Subquery(manager.values("pk")[:1]),
    )


def is_reviewed_in(viewer: Viewer, cycle: Cycle) -> bool:
    """Whether the viewer has a review in a cycle; it is in nobody's own care."""
    return Review.objects.filter(employee=viewer.employee, cycle=cycle).exists()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of reviews is narrowed to."""

    words: str = ""
    unit_id: int | None = None
    waits_for: str = ""


def reviews_of_cycle(viewer: Viewer, cycle: Cycle, wanted: Wanted) -> QuerySet[Any]:
    """The reviews of a cycle in the viewer's care, by name, narrowed."""
    rows = reviews_seen_by(viewer).filter(policies.reviews_in_care_of(viewer), cycle=cycle)
    for word in folded(wanted.words).split()[:6]:
        rows = rows.filter(employee__search_key__contains=word)
    if wanted.unit_id:
        under = UnitLine.objects.on(viewer.today).filter(above=wanted.unit_id).values("unit")
        rows = rows.filter(unit__in=under)
    rows = with_forms(rows)
    if wanted.waits_for in {"self", "manager"}:
        rows = rows.filter(**{f"{wanted.waits_for}_state__in": ["not_started", "draft"]})
    elif wanted.waits_for == "writer":
        here = Employment.objects.on(viewer.today).filter(employee=OuterRef("manager"))
        rows = rows.filter(~Exists(here), stage=Review.Stage.GATHERING)
    elif wanted.waits_for == "share":
        rows = rows.filter(stage=Review.Stage.CALIBRATED)
    elif wanted.waits_for == "acknowledge":
        rows = rows.filter(stage=Review.Stage.SHARED)
    elif wanted.waits_for == "appeal":
        rows = rows.filter(stage=Review.Stage.APPEALED)
    return rows.order_by("employee__sort_key", "pk")


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """A review with all that the viewer may know of it."""

    review: Review
    is_own: bool
    knows_outcome: bool
    points: list[ScalePoint]
    own: Sheet | None
    """What the employee wrote of himself."""
    managers: Sheet | None
    standing: int | None
    """The rating that stands now."""
    before_appeal: ScalePoint | None
    """The rating as it was calibrated, which an appeal may have changed."""
    score: Score | None
    peers: PeersTold | None
    asked_of_peers: list[SheetSection]
    changes: list[Calibration]
    sharing: Sharing | None
    acknowledgement: Acknowledgement | None
    appeal: Appeal | None

    @property
    def may_read(self) -> Decision:
        """Whether the viewer reads the rating and what the manager wrote."""
        if self.knows_outcome:
            return Allowed()
        return Denied(_("You see the outcome once it is shared with you."))

    @property
    def final(self) -> ScalePoint | None:
        """The rating that holds; None while the viewer may not know it."""
        return point_of(self.points, self.review.final_value) if self.knows_outcome else None

    @property
    def is_changed_by_appeal(self) -> bool:
        """Whether the rating that holds is the one that an appeal was decided with."""
        decision = getattr(self.appeal, "decision", None)
        return self.knows_outcome and decision is not None and not decision.upheld

    @property
    def proposed(self) -> ScalePoint | None:
        """What the manager proposed."""
        return point_of(self.points, self.review.proposed_value) if self.knows_outcome else None


def whole_review(viewer: Viewer, review_id: int) -> ReviewSeen | None:
    """A review with all that the viewer may know of it; None when it does not exist for him."""
    outcome = Review.objects.filter(policies.outcomes_visible_to(viewer), pk=OuterRef("pk"))
    rows = with_calibrated(with_standing(reviews_seen_by(viewer)))
    rows = rows.annotate(knows_outcome=Exists(outcome))
    rows = rows.select_related(
        *("peer_summary", "sharing__by", "acknowledgement__by", "appeal__by"),
        *("appeal__decision__by", "cycle__version__template"),
    )
    review: Any = rows.filter(pk=review_id).first()
    if review is None:
        return None
    knows = review.knows_outcome
    forms = forms_of_review(viewer, review)
    if not knows and Form.Role.MANAGER in forms and review.employee_id == viewer.employee.pk:
        del forms[Form.Role.MANAGER]  # who writes his own review as a manager is not told early
    asked = asked_in(review)
    sheets = {one.form.role: one for one in asked.sheets(list(forms.values()))}
    managers = sheets.get(Form.Role.MANAGER) if knows else None
    if managers and managers.form.state != Form.State.SUBMITTED:
        managers = None
    changes = review.calibrations.select_related("by") if knows else []
    return ReviewSeen(
        review=review,
        is_own=review.employee_id == viewer.employee.pk,
        knows_outcome=knows,
        points=asked.points,
        own=sheets.get(Form.Role.SELF),
        managers=managers,
        standing=review.standing if knows else None,
        before_appeal=point_of(asked.points, review.calibrated) if knows else None,
        score=score_of(managers) if managers else None,
        peers=_peers(review) if knows else None,
        asked_of_peers=asked.of_role(Form.Role.PEER),
        changes=list(changes),
        sharing=getattr(review, "sharing", None) if knows else None,
        acknowledgement=getattr(review, "acknowledgement", None),
        appeal=getattr(review, "appeal", None),
    )


def points_of(review: Review) -> list[ScalePoint]:
    """The scale of a review, the lowest point first."""
    return list(ScalePoint.objects.filter(version=review.cycle.version_id))


def _peers(review: Review) -> PeersTold | None:
    """What the peers said together, of a review whose outcome the viewer knows."""
    summary = getattr(review, "peer_summary", None)
    return as_told(summary.told) if summary else None


def reopenings_of(form: Form) -> list[Reopening]:
    """When and why a form was given back, of a form that the viewer sees."""
    return list(Reopening.objects.filter(form=form).select_related("by").order_by("pk"))


def appeals_waiting(viewer: Viewer) -> QuerySet[Review]:
    """Appeals that the viewer may decide: in his hands as HR, and he took no part."""
    rows = reviews_seen_by(viewer).filter(policies.reviews_in_hands_of_hr(viewer))
    return rows.filter(~policies.took_part_in(viewer), stage=Review.Stage.APPEALED)
