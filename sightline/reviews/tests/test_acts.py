"""From a form to an acknowledgement: what changes, what is refused and why."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.development.models import ShownLevel
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.queries import records_about
from sightline.foundation.notices.models import Notice
from sightline.people.actions.roles import grant_role
from sightline.people.models import Role
from sightline.reviews.actions import acts, cycles, forms, peers
from sightline.reviews.actions.forms import Said
from sightline.reviews.models import Calibrator, Form, Review
from sightline.reviews.queries.calibration import session_of, standing_value
from sightline.reviews.queries.forms import score_of, sheet_of
from sightline.reviews.queries.results import distribution_of, final_ratings_of
from sightline.reviews.queries.waiting import waiting_for
from sightline.reviews.tests.making import (
    answered,
    calibrated,
    everything,
    form_of,
    open_cycle,
    review_of,
    shared,
    submitted,
)

pytestmark = pytest.mark.django_db


def acts_of(company, key: str) -> set[str]:
    """What waits for somebody."""
    return {one.act for one in waiting_for(company.viewer(key))}


def another_of_hr(company) -> str:
    """Somebody who keeps all reviews from today, and had a hand in none."""
    grant_role(
        by=company.viewer("ingrid"),
        employee=company.ruth,
        role=Role.HR_ADMINISTRATOR,
        on=company.today,
    )
    return "ruth"


def test_a_form_is_kept_part_by_part_and_submitted_as_a_whole(company):
    cycle = open_cycle(company)
    tomas = company.viewer("tomas")
    form = form_of(cycle, company.tomas, "self")
    first, second, *_rest = everything(form, 4).ratings
    forms.save_form(by=tomas, form=form, said=Said(ratings={first: (4, "A")}))
    forms.save_form(by=tomas, form=form, said=Said(ratings={second: (None, "B")}))
    kept = {one.item_id: (one.value, one.comment) for one in form.ratings.all()}
    assert kept == {first: (4, "A"), second: (None, "B")}
    assert form_of(cycle, company.tomas, "self").state == Form.State.DRAFT
    with pytest.raises(Refused):
        forms.submit_form(by=tomas, form=form)
    forms.submit_form(by=tomas, form=form, said=Said(proposed_value=4))
    with pytest.raises(PermissionDenied):
        forms.save_form(by=tomas, form=form, said=Said())


def test_a_form_takes_only_what_it_asks_and_points_of_its_scale(company):
    cycle = open_cycle(company)
    tomas = company.viewer("tomas")
    form = form_of(cycle, company.tomas, "self")
    other = next(iter(everything(form_of(cycle, company.mei, "self"), 3).ratings))
    own = next(iter(everything(form, 3).ratings))
    for said in (
        Said(ratings={other: (3, "")}),
        Said(ratings={own: (7, "")}),
        Said(answers={0: "x"}),
    ):
        with pytest.raises(Refused):
            forms.save_form(by=tomas, form=form, said=said)
    with pytest.raises(PermissionDenied):
        forms.save_form(by=company.viewer("ana"), form=form, said=Said())
    with pytest.raises(Refused):
        forms.submit_form(by=tomas, form=form, said=Said(proposed_value=3))


def test_a_peer_rates_behaviour_and_no_overall(company):
    cycle = open_cycle(company)
    peers.nominate(
        by=company.viewer("ana"), review=review_of(cycle, company.tomas), peers=[company.mei]
    )
    form = form_of(cycle, company.tomas, "peer", company.mei)
    assert {one.section.kind for one in sheet_of(form).sections} == {"competencies", "written"}
    with pytest.raises(Refused):
        forms.save_form(by=company.viewer("mei"), form=form, said=Said(proposed_value=3))


def test_peers_are_named_by_the_employee_and_confirmed_by_the_manager(company):
    cycle = open_cycle(company)
    review = review_of(cycle, company.tomas)
    named = peers.nominate(
        by=company.viewer("tomas"), review=review, peers=[company.mei, company.kofi]
    )
    assert not review.forms.filter(role="peer").exists()
    assert "confirm_peers" in acts_of(company, "ana")
    assert Notice.objects.filter(account=company.account("ana"), sentence__contains="Tomás")
    answers = {named[0].pk: (True, ""), named[1].pk: (False, "")}
    with pytest.raises(Refused):
        peers.confirm_peers(by=company.viewer("ana"), review=review, answers=answers)
    with pytest.raises(PermissionDenied):
        peers.confirm_peers(by=company.viewer("tomas"), review=review, answers=answers)
    answers[named[1].pk] = (False, "Has not worked with him since May")
    peers.confirm_peers(by=company.viewer("ana"), review=review, answers=answers)
    assert [form.rater for form in review.forms.filter(role="peer")] == [company.mei]
    assert "write_peer" in acts_of(company, "mei")
    with pytest.raises(Refused):
        peers.confirm_peers(by=company.viewer("ana"), review=review, answers=answers)
    with pytest.raises(Refused):
        peers.nominate(by=company.viewer("tomas"), review=review, peers=[company.mei])
    many = [company.people[key] for key in ("sara", "cida", "joao", "leo", "ruth")]
    with pytest.raises(Refused):
        peers.nominate(by=company.viewer("tomas"), review=review, peers=many)


def test_the_manager_proposes_by_submitting_and_takes_back_when_reopened(company):
    cycle = open_cycle(company)
    form = submitted(company, cycle, "tomas", "manager", 4)
    assert review_of(cycle, company.tomas).proposed_value == 4
    with pytest.raises(PermissionDenied):
        forms.reopen_form(by=company.viewer("ana"), form=form, reason="I thought again")
    with pytest.raises(Refused):
        forms.reopen_form(by=company.viewer("ingrid"), form=form, reason="")
    forms.reopen_form(by=company.viewer("ingrid"), form=form, reason="A goal was missing")
    review = review_of(cycle, company.tomas)
    assert (review.proposed_value, review.stage) == (None, Review.Stage.GATHERING)
    assert form.reopenings.get().reason == "A goal was missing"
    with pytest.raises(PermissionDenied):
        forms.reopen_form(
            by=company.viewer("ingrid"),
            form=form_of(cycle, company.tomas, "self"),
            reason="Not sent",
        )


def test_a_self_review_is_given_back_by_the_manager(company):
    cycle = open_cycle(company)
    form = submitted(company, cycle, "tomas", "self", 3)
    forms.reopen_form(by=company.viewer("ana"), form=form, reason="The third goal is missing")
    assert form_of(cycle, company.tomas, "self").state == Form.State.DRAFT


def test_hr_has_somebody_else_write_it_and_what_stands_is_passed_on(company):
    cycle = open_cycle(company)
    hr, review = company.viewer("ingrid"), review_of(cycle, company.tomas)
    form = form_of(cycle, company.tomas, "manager")
    item = next(iter(everything(form, 4).ratings))
    forms.save_form(by=company.viewer("ana"), form=form, said=Said(ratings={item: (4, "Seen")}))
    for manager, reason in ((company.leo, ""), (company.ana, "Same"), (company.tomas, "Himself")):
        with pytest.raises(Refused):
            forms.change_rater(by=hr, review=review, manager=manager, reason=reason)
    forms.change_rater(by=hr, review=review, manager=company.leo, reason="Ana is away")
    form = form_of(cycle, company.tomas, "manager")
    assert (form.rater, form.ratings.get().comment) == (company.leo, "Seen")
    submitted(company, cycle, "tomas", "manager", 3)
    with pytest.raises(Refused):
        forms.change_rater(by=hr, review=review, manager=company.ana, reason="Back")
    headless = review_of(cycle, company.nkechi)
    forms.change_rater(by=hr, review=headless, manager=company.ruth, reason="For the board")
    assert form_of(cycle, company.nkechi, "manager").rater == company.ruth
    with pytest.raises(PermissionDenied):
        forms.change_rater(
            by=company.viewer("ana"), review=headless, manager=company.ana, reason="x"
        )


def test_a_peer_does_not_become_the_manager_who_writes(company):
    cycle = open_cycle(company)
    answered(company, cycle, "tomas", {"leo": (4, "Good")})
    with pytest.raises(Refused):
        forms.change_rater(
            by=company.viewer("ingrid"),
            review=review_of(cycle, company.tomas),
            manager=company.leo,
            reason="Ana is away",
        )


def test_ratings_are_changed_in_calibration_with_a_reason_and_both_are_kept(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "manager", 4)
    review = review_of(cycle, company.tomas)
    hr = company.viewer("ingrid")
    with pytest.raises(PermissionDenied):
        acts.calibrate(by=hr, review=review, to_value=3, reason="Too early")
    cycles.begin_calibration(by=hr, cycle=cycle)
    for value, reason in ((4, "Same"), (3, " "), (8, "Not on the scale")):
        with pytest.raises(Refused):
            acts.calibrate(by=hr, review=review, to_value=value, reason=reason)
    acts.calibrate(by=hr, review=review, to_value=3, reason="As in Data")
    acts.calibrate(by=hr, review=review, to_value=5, reason="Read again")
    changes = [(one.from_value, one.to_value) for one in review.calibrations.all()]
    assert changes == [(4, 3), (3, 5)]
    assert review_of(cycle, company.tomas).proposed_value == 4
    cycles.close_calibration(by=hr, cycle=cycle)
    assert review_of(cycle, company.tomas).final_value == 5


def test_a_change_of_a_proposal_that_was_taken_back_counts_no_longer(company):
    cycle = open_cycle(company)
    form = submitted(company, cycle, "tomas", "manager", 3)
    hr, review = company.viewer("ingrid"), review_of(cycle, company.tomas)
    cycles.begin_calibration(by=hr, cycle=cycle)
    acts.calibrate(by=hr, review=review, to_value=2, reason="Two goals slipped")
    cycles.take_answers_again(by=hr, cycle=cycle, reason="A goal was missing")
    forms.reopen_form(by=hr, form=form, reason="A goal was missing")
    submitted(company, cycle, "tomas", "manager", 5)
    cycles.begin_calibration(by=hr, cycle=cycle)
    assert standing_value(review) == 5
    page = company.client("ingrid").get(reverse("reviews:rating", args=[review.pk]))
    assert page.context["form"].initial["to_value"] == "5"
    acts.calibrate(by=hr, review=review, to_value=4, reason="As in Data")
    (seen,) = session_of(hr, cycle).proposals
    assert [change.reason for change in seen.changes] == ["As in Data"]
    cycles.close_calibration(by=hr, cycle=cycle)
    assert review_of(cycle, company.tomas).final_value == 4


def test_making_ratings_final_asks_as_often_for_many_as_for_one(company):
    cycle = open_cycle(company)
    for key in ("tomas", "mei", "leo", "yusuf"):
        submitted(company, cycle, key, "manager", 3)
    cycles.begin_calibration(by=company.viewer("ingrid"), cycle=cycle)
    with CaptureQueriesContext(connection) as asked:
        cycles.close_calibration(by=company.viewer("ingrid"), cycle=cycle)
    assert sum("reviews_calibration" in one["sql"] for one in asked) == 1


def test_all_proposals_of_a_unit_are_reached_page_by_page(company):
    cycle = open_cycle(company)
    for key in ("tomas", "mei", "leo"):
        submitted(company, cycle, key, "manager", 3)
    hr = company.viewer("ingrid")
    first = session_of(hr, cycle, size=2)
    second = session_of(hr, cycle, after=first.next, size=2)
    paged = [one.review.employee for one in [*first.proposals, *second.proposals]]
    assert paged == sorted([company.tomas, company.mei, company.leo], key=lambda one: one.sort_key)
    assert second.next == ""
    assert (first.is_whole, second.is_whole) == (False, False)
    item = form_of(cycle, paged[-1], "manager").ratings.first()
    item.value = 5
    item.save()
    whole = session_of(hr, cycle)
    assert [one.review.employee for one in whole.proposals] == [paged[-1], *paged[:-1]]
    assert whole.is_whole


def test_the_pages_of_a_calibration_say_where_one_is_and_in_which_order(company):
    cycle = open_cycle(company)
    for key in ("tomas", "mei", "leo"):
        submitted(company, cycle, key, "manager", 3)
    page, client = reverse("reviews:calibration", args=[cycle.pk]), company.client("ingrid")
    assert "the highest score is first" in client.get(page).content.decode()
    after = session_of(company.viewer("ingrid"), cycle, size=2).next
    grid = client.get(page, {"as": "grid", "after": after}).content.decode()
    assert "proposals, the highest first" not in grid
    rest = client.get(page, {"after": after}).content.decode()
    assert "in the order of their names" in rest


def test_calibrators_are_named_for_a_unit_and_never_calibrate_themselves(company):
    cycle = open_cycle(company)
    hr = company.viewer("ingrid")
    for key in ("tomas", "leo", "yusuf"):
        submitted(company, cycle, key, "manager", 3)
    tech = company.units["TECH"]
    named = cycles.name_calibrator(by=hr, cycle=cycle, unit=tech, employee=company.leo)
    with pytest.raises(Refused):
        cycles.name_calibrator(by=hr, cycle=cycle, unit=tech, employee=company.leo)
    cycles.begin_calibration(by=hr, cycle=cycle)
    assert "calibrate" in acts_of(company, "leo")
    seen = session_of(company.viewer("leo"), cycle)
    assert [one.review.employee for one in seen.proposals] == [company.tomas]
    acts.calibrate(
        by=company.viewer("leo"),
        review=review_of(cycle, company.tomas),
        to_value=2,
        reason="Two goals slipped",
    )
    for key in ("leo", "yusuf"):
        with pytest.raises(PermissionDenied):
            acts.calibrate(
                by=company.viewer("leo"),
                review=review_of(cycle, company.people[key]),
                to_value=5,
                reason="Mine",
            )
    cycles.release_calibrator(by=hr, calibrator=named)
    assert not Calibrator.objects.exists()
    cycles.close_calibration(by=hr, cycle=cycle)
    with pytest.raises(PermissionDenied):
        cycles.name_calibrator(by=hr, cycle=cycle, unit=tech, employee=company.leo)


def test_the_final_rating_is_the_same_everywhere(company):
    review = shared(company, value=4)
    ana, nkechi = company.viewer("ana"), company.viewer("nkechi")
    for viewer in (ana, nkechi, company.viewer("tomas")):
        (found,) = final_ratings_of(viewer, company.tomas)
        assert (found.value, found.label, found.lowest, found.highest) == (4, "Exceeds", 1, 5)
        assert found.shared_at
    counts = {point.value: n for point, n in distribution_of(nkechi, review.cycle)}
    assert counts == {1: 0, 2: 0, 3: 0, 4: 1, 5: 0}
    assert distribution_of(ana, review.cycle, unit_ids=[company.units["CARE"].pk])[3][1] == 0


def test_ratings_of_a_cycle_are_those_of_the_people_whom_one_follows(company):
    review = shared(company, value=4)
    fatima = company.viewer("fatima")
    before = distribution_of(fatima, review.cycle)
    own = Review.objects.filter(cycle=review.cycle, employee=fatima.employee)
    own.update(stage=Review.Stage.SHARED, final_value=3)
    assert final_ratings_of(fatima, fatima.employee)
    assert distribution_of(fatima, review.cycle) == before
    assert sum(number for _point, number in before) == 1


def test_a_review_is_shared_in_words_and_acknowledged_with_a_reply(company):
    review = shared(company)
    assert Notice.objects.filter(account=company.account("tomas"), kind="reviews.outcome")
    assert acts_of(company, "tomas") >= {"acknowledge"}
    with pytest.raises(PermissionDenied):
        acts.acknowledge(by=company.viewer("ana"), review=review, reply="On his behalf")
    acts.acknowledge(by=company.viewer("tomas"), review=review, reply="Fair.")
    review = review_of(review.cycle, company.tomas)
    assert (review.stage, review.acknowledgement.reply) == ("acknowledged", "Fair.")
    with pytest.raises(PermissionDenied):
        acts.acknowledge(by=company.viewer("tomas"), review=review)
    with pytest.raises(PermissionDenied):
        acts.share(by=company.viewer("ana"), review=review, words="Twice")


def test_only_the_manager_and_hr_share_and_never_without_words(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "manager", 3)
    calibrated(company, cycle)
    review = review_of(cycle, company.tomas)
    assert "share" in acts_of(company, "ana")
    with pytest.raises(PermissionDenied):
        acts.share(by=company.viewer("leo"), review=review, words="I am above her")
    with pytest.raises(Refused):
        acts.share(by=company.viewer("ana"), review=review, words=" ")
    acts.share(by=company.viewer("ingrid"), review=review, words="Ana is away.")


def test_a_shared_review_shows_levels_of_competencies_once(company):
    review = shared(company, value=3)
    shown = ShownLevel.objects.filter(origin=f"review:{review.pk}")
    items = {one.competency_id: one for one in review.items.filter(required_level__isnull=False)}
    assert {one.competency_id for one in shown} == set(items)
    for one in shown:
        assert one.level == Decimal(items[one.competency_id].required_level)


def test_an_appeal_is_decided_by_somebody_who_took_no_part(company):
    review = shared(company, value=3)
    acts.acknowledge(by=company.viewer("tomas"), review=review)
    with pytest.raises(Refused):
        acts.appeal(by=company.viewer("tomas"), review=review, grounds="")
    with pytest.raises(PermissionDenied):
        acts.appeal(by=company.viewer("ana"), review=review, grounds="For him")
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="The audit was not mine.")
    with pytest.raises(PermissionDenied):
        acts.appeal(by=company.viewer("tomas"), review=review, grounds="Again")
    hr = company.viewer("ingrid")
    with pytest.raises(Refused):
        cycles.close_cycle(by=hr, cycle=review.cycle)
    assert "decide_appeal" in acts_of(company, "fatima")
    with pytest.raises(PermissionDenied):
        acts.decide_appeal(by=company.viewer("ana"), review=review, reason="No")
    for reason, value in (("", None), ("Another", 9)):
        with pytest.raises(Refused):
            acts.decide_appeal(
                by=company.viewer("fatima"), review=review, reason=reason, to_value=value
            )
    acts.decide_appeal(by=company.viewer("fatima"), review=review, reason="It was not.", to_value=4)
    review = review_of(review.cycle, company.tomas)
    assert (review.stage, review.final_value) == ("decided", 4)
    assert not review.appeal.decision.upheld
    with pytest.raises(PermissionDenied):
        acts.decide_appeal(by=hr, review=review, reason="Again")


def test_an_appeal_may_leave_the_rating_as_it_is(company):
    review = shared(company, value=3)
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="Too low.")
    decision = acts.decide_appeal(by=company.viewer("fatima"), review=review, reason="It stands.")
    assert decision.upheld
    assert review_of(review.cycle, company.tomas).final_value == 3


def test_whoever_changed_the_rating_does_not_decide_the_appeal(company):
    cycle = open_cycle(company)
    hr = company.viewer("ingrid")
    submitted(company, cycle, "tomas", "manager", 4)
    cycles.begin_calibration(by=hr, cycle=cycle)
    review = review_of(cycle, company.tomas)
    acts.calibrate(by=company.viewer("fatima"), review=review, to_value=3, reason="As in Data")
    cycles.close_calibration(by=hr, cycle=cycle)
    acts.share(by=company.viewer("ana"), review=review, words="Three.")
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    assert "decide_appeal" not in acts_of(company, "fatima")
    with pytest.raises(PermissionDenied):
        acts.decide_appeal(by=company.viewer("fatima"), review=review, reason="It stands.")
    assert "decide_appeal" in acts_of(company, another_of_hr(company))


@pytest.mark.parametrize("part", ["reopened a form", "was to write"])
def test_whoever_had_a_hand_in_a_review_does_not_decide_the_appeal(company, part):
    cycle = open_cycle(company)
    hr, fatima = company.viewer("ingrid"), company.viewer("fatima")
    review = review_of(cycle, company.tomas)
    if part == "was to write":
        for manager in (company.fatima, company.ana):
            forms.change_rater(by=hr, review=review, manager=manager, reason="Ana is away")
    form = submitted(company, cycle, "tomas", "manager", 3)
    if part == "reopened a form":
        forms.reopen_form(by=fatima, form=form, reason="A goal was missing")
        submitted(company, cycle, "tomas", "manager", 3)
    calibrated(company, cycle)
    acts.share(by=company.viewer("ana"), review=review, words="Three.")
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    assert "decide_appeal" not in acts_of(company, "fatima")
    with pytest.raises(PermissionDenied):
        acts.decide_appeal(by=fatima, review=review, reason="It stands.")
    assert "decide_appeal" in acts_of(company, another_of_hr(company))


def test_whoever_made_the_ratings_final_does_not_decide_the_appeal(company):
    review = shared(company, value=3)
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    assert "decide_appeal" not in acts_of(company, "ingrid")
    with pytest.raises(PermissionDenied, match="took part"):
        acts.decide_appeal(by=company.viewer("ingrid"), review=review, reason="It stands.")
    assert "decide_appeal" in acts_of(company, "fatima")


def test_whoever_calibrated_and_left_the_rating_as_it_was_does_not_decide_the_appeal(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "manager", 3)
    tech, hr = company.units["TECH"], company.viewer("ingrid")
    cycles.name_calibrator(by=hr, cycle=cycle, unit=tech, employee=company.fatima)
    calibrated(company, cycle)
    review = review_of(cycle, company.tomas)
    acts.share(by=company.viewer("ana"), review=review, words="Three.")
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    assert "decide_appeal" not in acts_of(company, "fatima")
    with pytest.raises(PermissionDenied, match="took part"):
        acts.decide_appeal(by=company.viewer("fatima"), review=review, reason="It stands.")
    assert "decide_appeal" in acts_of(company, another_of_hr(company))


def test_a_score_counts_what_the_manager_rated_by_the_weights(company):
    cycle = open_cycle(company)
    form = submitted(company, cycle, "tomas", "manager", 4)
    assert score_of(sheet_of(form)).value == Decimal("4.00")


def test_what_is_said_of_a_review_is_on_record_without_its_words(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "self", 3)
    told = [entry.sentence for entry in records_about(company.tomas.ref, limit=200)]
    assert any("submitted the self review" in one for one in told)
    assert not [one for one in told if "Seen" in one]
