"""Who sees a decision, and who does what about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sightline.decisions import policies
from sightline.decisions.actions import deciding, drafting, proposing
from sightline.decisions.actions.policies import put_policy_in_force
from sightline.decisions.models import Decision
from sightline.decisions.queries import decisions as queries
from sightline.decisions.queries.decisions import newest_proposal
from sightline.decisions.queries.waiting import open_ends
from sightline.decisions.rules.kinds import Needs
from sightline.decisions.tests import cases
from sightline.decisions.views.decisions import acts_of
from sightline.foundation.core.open_ends import read_at_once
from sightline.people.models import Position

pytestmark = pytest.mark.django_db
EVERYBODY = [
    "nkechi",
    "leo",
    "nora",
    "ingrid",
    "ana",
    "amara",
    "mei",
    "tomas",
    "fatima",
    "ruth",
    "yusuf",
    "samuel",
]


def who_sees(company, decision) -> set[str]:
    return {key for key in EVERYBODY if queries.decision_seen_by(company.viewer(key), decision.pk)}


def test_a_draft_exists_for_its_proposer_alone(company):
    assert who_sees(company, cases.drafted(company)) == {"ana"}


def test_what_was_sent_exists_for_the_line_above_and_hr_not_for_the_person(company):
    seen = {"ana", "leo", "nkechi", "fatima", "ingrid"}
    assert who_sees(company, cases.checked(company)) == seen


def test_what_was_passed_on_exists_for_the_person_too(company):
    seen = {"ana", "leo", "nkechi", "fatima", "ingrid", "tomas"}
    assert who_sees(company, cases.passed(company)) == seen


def test_the_person_sees_the_version_that_was_passed_and_no_newer_one(company):
    decision = cases.opened(company, cases.passed(company))
    deciding.send_back(by=company.viewer("leo"), decision=decision, reason="Say more.")

    def number(key: str) -> int:
        seen = queries.proposal_seen_by(company.viewer(key), decision.pk)
        return seen.number if seen else 0

    assert (number("ana"), number("leo"), number("tomas")) == (2, 1, 1)


def test_the_predicate_agrees_with_the_list(company):
    decision = cases.passed(company)
    for key in EVERYBODY:
        viewer = company.viewer(key)
        listed = decision in queries.decisions_seen_by(viewer)
        assert listed == bool(policies.may_open_evidence(viewer, decision))


def proposes(company, key: str, about: str) -> bool:
    return bool(policies.may_propose(company.viewer(key), company.people[about]))


@pytest.mark.parametrize(
    ("key", "about", "may"),
    [
        ("ana", "tomas", True),
        ("leo", "tomas", True),
        ("fatima", "tomas", True),
        ("ingrid", "tomas", True),
        ("tomas", "tomas", False),
        ("mei", "tomas", False),
        ("tomas", "ana", False),
        ("fatima", "ingrid", False),
        ("ingrid", "nkechi", False),
        ("amara", "tomas", False),
        ("fatima", "yusuf", False),
        ("ingrid", "rui", False),
        ("ingrid", "samuel", False),
    ],
)
def test_managers_above_and_hr_propose_never_from_below_nor_about_leavers(company, key, about, may):
    assert proposes(company, key, about) is may
    assert queries.is_proposable(company.viewer(key), company.people[about]) is may


def test_the_form_for_proposals_opens_for_managers_and_hr(company):
    for key, may in {"ana": True, "fatima": True, "ingrid": True, "tomas": False}.items():
        assert bool(policies.may_propose_somewhere(company.viewer(key))) is may


def test_only_the_proposer_writes_and_only_while_it_is_his(company):
    decision = cases.drafted(company)
    assert policies.may_write(company.viewer("ana"), decision)
    assert not policies.may_write(company.viewer("leo"), decision)
    proposing.propose(by=company.viewer("ana"), decision=decision)
    assert not policies.may_write(company.viewer("ana"), decision)


def test_hr_of_the_unit_checks_and_nobody_else(company):
    decision = cases.proposed(company)
    may = {key for key in EVERYBODY if policies.may_check(company.viewer(key), decision)}
    assert may == {"fatima", "ingrid"}


def test_a_partner_who_may_not_fill_the_new_post_leaves_the_checks_to_others(company):
    post = cases.free_post(company, "SALES-NEW")
    outside = next(unit for unit in company.units.values() if unit.code == "PEOPLE")
    Position.objects.filter(pk=post.pk).update(unit=outside)
    decision, fatima = cases.proposed(company, position=post), company.viewer("fatima")
    rights = policies.rights_on(fatima, decision)
    assert not rights.check
    assert "people partners of the unit" in rights.check.reason
    assert all([rights.pass_on, rights.send_back, rights.withdraw])
    assert policies.may_check(company.viewer("ingrid"), decision)
    assert (waits(company, "fatima", decision), waits(company, "ingrid", decision)) == (
        [],
        ["check"],
    )
    shown = acts_of(fatima, newest_proposal(decision), rights, [])
    assert (shown["check"], shown["why_no_check"]) == (False, rights.check.reason)


def test_a_partner_is_asked_by_the_unit_of_the_new_post_on_its_day(company):
    post, fatima = cases.free_post(company, "SALES-NEW"), company.viewer("fatima")
    outside = next(unit for unit in company.units.values() if unit.code == "PEOPLE")
    on = company.today + timedelta(days=30)
    decision = cases.proposed(company, position=post, on=on)
    assert waits(company, "fatima", decision) == ["check"]
    Position.objects.filter(pk=post.pk).update(until_on=on)
    post.pk, post.from_on, post.unit = None, on, outside
    post.save()
    assert not policies.may_check(fatima, decision)
    assert waits(company, "fatima", decision) == []
    proposing.check_proposal(by=company.viewer("ingrid"), decision=decision, words="It stands.")
    assert waits(company, "fatima", decision) == ["pass_on"]


def test_hr_does_not_check_what_is_about_its_own_head(company):
    decision = drafting.begin_decision(
        by=company.viewer("nkechi"), employee=company.ingrid, kind="bonus"
    )
    assert not policies.may_check(company.viewer("ingrid"), decision)
    assert not policies.may_check(company.viewer("fatima"), decision)
    decision.employee = company.leo
    assert policies.may_check(company.viewer("ingrid"), decision)


def test_hr_does_not_check_what_is_about_those_above_it(company):
    decision = Decision(employee=company.nkechi, proposer=company.nora, kind="bonus")
    assert not policies.may_check(company.viewer("ingrid"), decision)
    assert not policies.may_approve(company.viewer("ingrid"), decision)


@pytest.mark.parametrize(
    ("approvers", "may"),
    [
        ("either", {"leo", "nkechi", "fatima", "ingrid"}),
        ("line", {"leo", "nkechi"}),
        ("hr", {"fatima", "ingrid"}),
    ],
)
def test_the_policy_says_who_approves(company, approvers, may):
    put_policy_in_force(
        by=company.viewer("ingrid"),
        kind="promotion",
        needs=Needs(approvers=approvers),
        on=company.today,
    )
    decision = cases.replied(company)
    allowed = {key for key in EVERYBODY if policies.may_approve(company.viewer(key), decision)}
    waiting = {key for key in EVERYBODY if "decide" in waits(company, key, decision)}
    could = set(policies.who_could_approve(decision, company.today))
    assert allowed == may
    assert waiting == may
    assert could == {company.people[key] for key in may}


def test_who_proposed_never_approves_though_he_has_the_authority(company):
    decision = cases.drafted(company, "bonus", by="leo")
    assert not policies.may_approve(company.viewer("leo"), decision)
    assert policies.may_approve(company.viewer("nkechi"), decision)
    assert not policies.may_approve(company.viewer("tomas"), decision)


def test_the_person_replies_and_nobody_else_and_only_while_it_is_with_him(company):
    decision = cases.checked(company)
    assert not policies.may_reply(company.viewer("tomas"), decision)
    proposing.pass_to_person(by=company.viewer("fatima"), decision=decision)
    may = {key for key in EVERYBODY if policies.may_reply(company.viewer(key), decision)}
    assert may == {"tomas"}


def test_a_draft_is_withdrawn_by_its_proposer_and_the_rest_by_hr_too(company):
    draft, sent = cases.drafted(company, "bonus"), cases.proposed(company)
    assert policies.may_withdraw(company.viewer("ana"), draft)
    assert not policies.may_withdraw(company.viewer("fatima"), draft)
    assert policies.may_withdraw(company.viewer("fatima"), sent)
    assert not policies.may_withdraw(company.viewer("leo"), sent)
    deciding.send_back(by=company.viewer("fatima"), decision=sent, reason="Say more.")
    assert policies.may_withdraw(company.viewer("fatima"), sent)


@pytest.mark.parametrize(
    ("stage", "may"),
    [
        ("draft", set()),
        ("proposed", {"fatima", "ingrid"}),
        ("checked", {"fatima", "ingrid", "leo", "nkechi"}),
        ("reply", {"leo", "nkechi"}),
        ("approved", set()),
        ("withdrawn", set()),
    ],
)
def test_hr_sends_back_before_the_person_has_it_and_the_second_person_before_the_verdict(
    company, stage, may
):
    needs, hr = Needs(approvers="line"), company.viewer("ingrid")
    put_policy_in_force(by=hr, kind="promotion", needs=needs, on=company.today)
    decision = cases.drafted(company)
    decision.stage = stage
    decision.save()
    allowed = {key for key in EVERYBODY if policies.may_send_back(company.viewer(key), decision)}
    assert allowed == may


def test_amounts_are_read_by_who_reads_pay(company):
    decision = cases.passed(company)
    may = {
        key for key in EVERYBODY if policies.rights_on(company.viewer(key), decision).reads_amounts
    }
    assert may == {"tomas", "ana", "leo", "nkechi", "fatima", "ingrid"}


def test_awards_are_seen_by_who_reads_pay(company):
    from sightline.foundation.jobs.testing import run_waiting_jobs

    cases.approved(company, "bonus")
    run_waiting_jobs()
    seen = {key for key in EVERYBODY if queries.awards_of(company.viewer(key), company.tomas)}
    assert seen == {"tomas", "ana", "leo", "nkechi", "fatima", "ingrid"}


def test_counts_are_for_executives_and_hr_and_name_nobody(company):
    may = {key for key in EVERYBODY if policies.may_count_outcomes(company.viewer(key))}
    assert may == {"nkechi", "ingrid"}
    cases.proposed(company)
    cases.drafted(company, "bonus")
    counts = queries.outcome_counts(company.calendar.days(-1), company.calendar.days(2))
    assert {one.kind: one.under_way for one in counts} == {"promotion": 1, "bonus": 0}


def test_an_auditor_has_no_part_in_decisions(company):
    auditor = company.viewer("samuel")
    assert not policies.may_read_decisions(auditor)
    assert not policies.may_read_policies(auditor)
    assert not policies.may_set_policies(auditor)
    assert not queries.decisions_seen_by(auditor).exists()


def waits(company, key, decision) -> list[str]:
    """What somebody is asked to do about a decision."""
    ends = read_at_once(open_ends(company.viewer(key)))
    return [end.what for end in ends if end.key == decision.pk]


def test_a_verdict_waits_for_the_reply(company):
    decision = cases.passed(company)
    assert waits(company, "leo", decision) == []
    assert waits(company, "tomas", decision) == ["reply"]
    deciding.reply_to_proposal(by=company.viewer("tomas"), decision=decision, stance="notes")
    assert waits(company, "leo", decision) == ["decide"]
    assert waits(company, "tomas", decision) == []


def test_what_waits_for_hr_and_for_the_proposer(company):
    decision = cases.proposed(company)
    fatima = company.viewer("fatima")
    assert waits(company, "fatima", decision) == ["check"]
    proposing.check_proposal(by=fatima, decision=decision, words="It stands.")
    assert waits(company, "fatima", decision) == ["pass_on"]
    deciding.send_back(by=fatima, decision=decision, reason="Say more.")
    assert waits(company, "fatima", decision) == []
    assert waits(company, "ana", decision) == ["rewrite"]
    assert newest_proposal(decision).number == 2


@pytest.mark.parametrize("begin", [cases.proposed, cases.checked, cases.passed, cases.drafted])
def test_whatever_waits_for_somebody_exists_for_him(company, begin):
    decision = begin(company)
    waited = {key for key in EVERYBODY if waits(company, key, decision)}
    assert waited <= who_sees(company, decision)
    assert bool(waited) == (begin is not cases.drafted)
