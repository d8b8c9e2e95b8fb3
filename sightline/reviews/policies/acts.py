"""Who calibrates, shares, acknowledges, appeals and decides."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.viewer import Viewer
from sightline.reviews.models import (
    Calibration,
    Cycle,
    Form,
    MakingFinal,
    RaterChange,
    Reopening,
    Review,
    Sharing,
)
from sightline.reviews.policies.reviews import calibrated_by, is_in_hands_of_hr


def may_calibrate(viewer: Viewer, review: Review) -> Decision:
    """Change a proposed rating, with a reason. Nobody does so with his own."""
    if review.employee_id == viewer.employee.pk:
        return Denied(_("Nobody calibrates their own review."))
    if review.cycle.stage != Cycle.Stage.CALIBRATING:
        return Denied(_("Ratings are changed while the cycle is being calibrated."))
    if review.proposed_value is None:
        return Denied(_("The manager has not proposed a rating yet."))
    named = Review.objects.filter(calibrated_by(viewer), pk=review.pk)
    if is_in_hands_of_hr(viewer, review) or named.exists():
        return Allowed()
    return Denied(_("Proposals are compared by HR and by those whom HR named."))


def may_share(viewer: Viewer, review: Review) -> Decision:
    """Tell the employee the outcome: the manager, or HR in the manager's place."""
    if review.stage != Review.Stage.CALIBRATED or review.cycle.stage != Cycle.Stage.SHARED:
        return Denied(_("A review is shared once, after the calibration."))
    if review.manager_id == viewer.employee.pk:
        return Allowed()
    if is_in_hands_of_hr(viewer, review):
        return Allowed()
    return Denied(_("The manager shares the review."))


def may_acknowledge(viewer: Viewer, review: Review) -> Decision:
    """Say that one has read one's review."""
    if review.employee_id != viewer.employee.pk:
        return Denied(_("Only the person reviewed acknowledges a review."))
    if review.stage != Review.Stage.SHARED:
        return Denied(_("A review is acknowledged once, after it was shared."))
    return Allowed()


def may_appeal(viewer: Viewer, review: Review) -> Decision:
    """Ask that somebody who took no part looks at the rating again."""
    if review.employee_id != viewer.employee.pk:
        return Denied(_("Only the person reviewed appeals."))
    if review.cycle.stage != Cycle.Stage.SHARED:
        return Denied(_("An appeal is made before the cycle is closed."))
    if review.stage not in {Review.Stage.SHARED, Review.Stage.ACKNOWLEDGED}:
        return Denied(_("An appeal is made once, after the review was shared."))
    return Allowed()


def may_decide_appeal(viewer: Viewer, review: Review) -> Decision:
    """Decide an appeal: HR, and nobody who took part in the review."""
    if review.stage != Review.Stage.APPEALED:
        return Denied(_("There is no appeal to decide."))
    if not is_in_hands_of_hr(viewer, review):
        return Denied(_("Appeals are decided by HR."))
    if Review.objects.filter(took_part_in(viewer), pk=review.pk).exists():
        return Denied(_("You took part in this review. Somebody else of HR decides."))
    return Allowed()


def took_part_in(viewer: Viewer) -> Q:
    """Reviews that the viewer wrote or was to write, or whose rating or forms he had a hand in.

    To compare a rating and leave it as it was is a hand in it: whoever was named to calibrate and
    whoever made the ratings final took part.
    """
    me, its = viewer.employee, {"review": OuterRef("pk")}
    return (
        Q(manager=me)
        | Q(Exists(Form.objects.filter(**its, rater=me)))
        | Q(Exists(RaterChange.objects.filter(**its, before=me)))
        | Q(Exists(Reopening.objects.filter(form__review=OuterRef("pk"), by=me)))
        | Q(Exists(Calibration.objects.filter(**its, by=me)))
        | Q(Exists(MakingFinal.objects.filter(cycle=OuterRef("cycle"), by=me)))
        | calibrated_by(viewer)
        | Q(Exists(Sharing.objects.filter(**its, by=me)))
    )
