"""Who writes answers, who reads them, who chooses the peers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.viewer import Viewer
from sightline.reviews.models import Cycle, Form, PeerSummary, Review, Section
from sightline.reviews.policies.reviews import is_in_hands_of_hr, outcomes_visible_to


def forms_visible_to(viewer: Viewer) -> Q:
    """Forms that exist for the viewer.

    One's own always. Of others only what was submitted by self and manager, for those who know the
    outcome. The form of a peer is seen by the peer alone, whatever the role of who asks.
    """
    known = Review.objects.filter(outcomes_visible_to(viewer)).values("pk")
    told = Q(role__in=[Form.Role.SELF, Form.Role.MANAGER], state=Form.State.SUBMITTED)
    return Q(rater=viewer.employee) | (told & Q(review__in=known))


def forms_still_open() -> Q:
    """Forms that their writers may go on writing: the same as `may_write`, of many."""
    return (
        Q(review__cycle__stage=Cycle.Stage.OPEN)
        & ~Q(state=Form.State.SUBMITTED)
        & ~(Q(role=Form.Role.PEER) & peers_are_gathered("review"))
    )


def may_write(viewer: Viewer, form: Form) -> Decision:
    """Write in a form and submit it."""
    if form.rater_id != viewer.employee.pk:
        return Denied(_("Only the one who was asked writes here."))
    if form.review.cycle.stage != Cycle.Stage.OPEN:
        return Denied(_("This cycle takes no more answers."))
    if form.state == Form.State.SUBMITTED:
        return Denied(_("This form was submitted. It can be reopened with a reason."))
    if form.role == Form.Role.PEER and are_peers_gathered(form.review):
        return Denied(_("The answers of the peers have been gathered; nothing is added to them."))
    return Allowed()


def may_reopen(viewer: Viewer, form: Form) -> Decision:
    """Give a submitted form back to its writer.

    A peer takes back his own, until the peers' answers are gathered. The self review is given back
    by the manager or HR, the manager's form by HR.
    """
    if form.state != Form.State.SUBMITTED:
        return Denied(_("Only what was submitted can be reopened."))
    if form.review.cycle.stage != Cycle.Stage.OPEN:
        return Denied(_("Forms are reopened while the cycle is open."))
    if form.role == Form.Role.PEER:
        return _may_take_back(viewer, form)
    if form.role == Form.Role.SELF and form.review.manager_id == viewer.employee.pk:
        return Allowed()
    if is_in_hands_of_hr(viewer, form.review):
        return Allowed()
    return Denied(_("Ask the manager or HR to reopen it."))


def _may_take_back(viewer: Viewer, form: Form) -> Decision:
    if form.rater_id != viewer.employee.pk:
        return Denied(_("Only the one who was asked writes here."))
    if are_peers_gathered(form.review):
        return Denied(_("The answers of the peers have been gathered; nothing is added to them."))
    return Allowed()


def peers_are_gathered(review: str = "") -> Q:
    """Reviews whose peers' answers were put together, whether or not enough came to be told.

    Or rows of something else that lead to a review by this name.
    """
    summary = PeerSummary.objects.filter(review=OuterRef(review or "pk"))
    to_cycle = f"{review}__cycle" if review else "cycle"
    return Q(**{f"{to_cycle}__peers_gathered_at__isnull": False}) | Q(Exists(summary))


def are_peers_gathered(review: Review) -> bool:
    """The same of one review."""
    return Review.objects.filter(peers_are_gathered(), pk=review.pk).exists()


def peers_still_chosen() -> Q:
    """Reviews for which colleagues are still proposed and confirmed: the same as `may_nominate`
    and `may_confirm_peers`, of many."""
    asks = Q(Exists(_asked_of_peers(OuterRef("cycle__version"))))
    return Q(cycle__stage=Cycle.Stage.OPEN) & asks & ~peers_are_gathered()


def asks_peers(cycle: Cycle) -> bool:
    """Whether the template of a cycle asks colleagues anything."""
    return _asked_of_peers(cycle.version_id).exists()


def _asked_of_peers(version: int | OuterRef) -> QuerySet[Section]:
    return Section.objects.asked_of(Form.Role.PEER).filter(version=version)


def may_nominate(viewer: Viewer, review: Review) -> Decision:
    """Propose colleagues to be asked: the employee, and the manager."""
    if viewer.employee.pk not in {review.employee_id, review.manager_id}:
        return Denied(_("The employee and the manager choose who is asked."))
    return _while_peers_are_chosen(review)


def may_confirm_peers(viewer: Viewer, review: Review) -> Decision:
    """Say which of the proposed colleagues are asked: the manager."""
    if review.manager_id != viewer.employee.pk:
        return Denied(_("The manager confirms who is asked."))
    return _while_peers_are_chosen(review)


def _while_peers_are_chosen(review: Review) -> Decision:
    if review.cycle.stage != Cycle.Stage.OPEN:
        return Denied(_("Peers are chosen while the cycle is open."))
    if are_peers_gathered(review):
        return Denied(_("The answers of the peers have been gathered."))
    if not asks_peers(review.cycle):
        return Denied(_("The template of this cycle asks colleagues nothing."))
    return Allowed()


def may_change_rater(viewer: Viewer, review: Review) -> Decision:
    """Have another manager write the review."""
    if review.cycle.stage != Cycle.Stage.OPEN:
        return Denied(_("The writer changes while the cycle is open."))
    if is_in_hands_of_hr(viewer, review):
        return Allowed()
    return Denied(_("Only HR has another manager write a review."))
