"""Notices of reviews whose need is gone: what was asked for is done, or can be done no more.

The keys under which `actions.telling` tells of them stand here, so that the two cannot differ.
"""

from __future__ import annotations

from sightline.foundation.identity.models import Account
from sightline.foundation.notices.actions import settle
from sightline.reviews import policies
from sightline.reviews.models import Cycle, Form, Review

Role, Stage = Form.Role, Review.Stage


def of_cycle(cycle_id: int, what: str) -> str:
    """Somebody has to write ("self", "manager", "peer", "remind") or to "share" in a cycle."""
    return f"reviews:cycle:{cycle_id}:{what}"


def of_peer(cycle_id: int, form_id: int) -> str:
    """A colleague is asked about somebody."""
    return f"{of_cycle(cycle_id, Role.PEER)}:{form_id}"


def of_form(form_id: int) -> str:
    """A form is to be written anew."""
    return f"reviews:form:{form_id}"


def of_review(review_id: int, what: str) -> str:
    """Something is to be done about a review: "write" it, "read" it, confirm its "peers"."""
    return f"reviews:review:{review_id}:{what}"


def settle_forms(rater_id: int) -> int:
    """What somebody was asked to write in the cycles that are open, and has written."""
    mine = Form.objects.filter(rater=rater_id, review__cycle__stage=Cycle.Stage.OPEN)
    rows = list(mine.values_list("pk", "role", "review", "review__cycle"))
    waiting = set(mine.filter(policies.forms_still_open()).values_list("pk", flat=True))
    open_in = {of_cycle(cycle, role) for pk, role, _review, cycle in rows if pk in waiting}
    open_in |= {of_cycle(cycle, "remind") for pk, _role, _review, cycle in rows if pk in waiting}
    done = set()
    for pk, role, review, cycle in rows:
        done |= {of_cycle(cycle, role), of_cycle(cycle, "remind")}
        if pk not in waiting:
            done |= {of_form(pk), of_peer(cycle, pk)}
        if pk not in waiting and role == Role.MANAGER:
            done.add(of_review(review, "write"))
    return settle(keys=sorted(done - open_in), accounts=_accounts(rater_id))


def settle_form(form_id: int) -> int:
    """The same of whoever wrote a form."""
    raters = Form.objects.filter(pk=form_id, rater__isnull=False).values_list("rater", flat=True)
    return sum(settle_forms(rater) for rater in raters if rater)


def settle_cycle(cycle_id: int, stage: str) -> int:
    """What a stage of a cycle leaves nobody to do.

    Colleagues are let off all at once: from when one is, nobody learns how many have answered.
    """
    over = [*Role.values, "remind"] if stage != Cycle.Stage.OPEN else []
    over += ["share"] if stage == Cycle.Stage.CLOSED else []
    return settle(keys=[of_cycle(cycle_id, what) for what in over])


def settle_peers(review_id: int) -> int:
    """The manager has said of all who were proposed whether they are asked."""
    review = Review.objects.filter(pk=review_id).first()
    if review is None or review.nominations.filter(answer__isnull=True).exists():
        return 0
    return settle(keys=[of_review(review_id, "peers")], accounts=_accounts(review.manager_id))


def settle_shared(review_id: int) -> int:
    """The manager has shared the last review of his in a cycle."""
    review = Review.objects.filter(pk=review_id).first()
    if review is None:
        return 0
    his = Review.objects.filter(cycle=review.cycle_id, manager=review.manager_id)
    if his.filter(stage__in=[Stage.GATHERING, Stage.RATED, Stage.CALIBRATED]).exists():
        return 0
    keys = [of_cycle(review.cycle_id, "share")]
    return settle(keys=keys, accounts=_accounts(review.manager_id))


def settle_read(review_id: int) -> int:
    """The person has read the review."""
    employees = Review.objects.filter(pk=review_id).values("employee")
    accounts = Account.objects.filter(employee__in=employees)
    return settle(keys=[of_review(review_id, "read")], accounts=accounts)


def _accounts(employee_id: int | None) -> list[Account]:
    return list(Account.objects.filter(employee=employee_id))
