"""From a draft to a new post, by the actions."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from sightline.decisions import jobs
from sightline.decisions.actions import carrying_out, deciding, drafting, proposing, telling
from sightline.decisions.models import Award, Check, Decision, Execution, Hindrance, Proposal, Reply
from sightline.decisions.queries.decisions import newest_proposal
from sightline.decisions.queries.evidence import digest_of, picked_for, verified
from sightline.decisions.rules import dossier
from sightline.decisions.tests import cases
from sightline.foundation.core.errors import Refused
from sightline.foundation.jobs.models import Job
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.foundation.notices.models import Notice
from sightline.people.models import Assignment, Pay

pytestmark = pytest.mark.django_db


def told(company, key: str) -> list[str]:
    told = Notice.objects.filter(account=company.account(key), kind__startswith="decisions.")
    return [one.sentence for one in told]


def test_a_promotion_goes_from_a_draft_to_a_new_post_and_a_new_pay(company):
    decision = cases.approved(company)
    run_waiting_jobs()
    decision.refresh_from_db()
    post = Assignment.objects.on(company.today).get(employee=company.tomas)
    pay = Pay.objects.on(company.today).get(employee=company.tomas)
    assert decision.stage == Decision.Stage.CARRIED_OUT
    assert post.position.code == "PLAT-LEAD-IMPORT"
    assert post.manager == company.ana
    assert pay.amount == newest_proposal(decision).amount
    assert decision.execution.assignment == post
    assert decision.execution.pay == pay


def test_what_a_step_answers_is_waited_for_no_more(company):
    def new_to(key: str, words: str) -> int:
        run_waiting_jobs()
        rows = Notice.objects.filter(account=company.account(key), read_at=None)
        return rows.filter(sentence__contains=words).count()

    decision = cases.proposed(company)
    assert new_to("fatima", "waits for its checks") == 1
    telling.tell_of(Record.objects.get(kind="decisions.DecisionProposed").pk)  # once more
    assert new_to("fatima", "waits for its checks") == 1
    proposing.check_proposal(by=company.viewer("fatima"), decision=decision, words="It stands.")
    assert new_to("fatima", "waits for its checks") == 0
    proposing.pass_to_person(by=company.viewer("fatima"), decision=decision)
    assert new_to("tomas", "you may reply") == new_to("leo", "will need a verdict") == 1
    said = {"stance": Reply.Stance.AGREES, "words": "Gladly."}
    deciding.reply_to_proposal(by=company.viewer("tomas"), decision=decision, **said)
    assert new_to("tomas", "you may reply") == new_to("leo", "will need a verdict") == 0
    assert new_to("leo", "waits for a verdict") == new_to("ana", "replied to your proposal") == 1
    cases.opened(company, decision)
    deciding.reject(by=company.viewer("leo"), decision=decision, reason="Not this year.")
    assert new_to("leo", "waits for a verdict") == new_to("ana", "replied to your proposal") == 0
    assert new_to("tomas", "was rejected") == new_to("ana", "was rejected") == 1


def test_the_house_makes_the_change_on_behalf_of_who_checked_it(company):
    decision = cases.approved(company)
    run_waiting_jobs()
    done = Record.objects.get(kind="decisions.DecisionCarriedOut")
    moved = Record.objects.filter(kind="people.AssignmentChanged").latest("pk")
    assert (done.actor, done.on_behalf_of) == ("house", company.fatima.ref)
    assert (moved.actor, moved.on_behalf_of) == ("house", company.fatima.ref)
    assert decision.pk == event_of(done).decision_id


def test_a_bonus_ends_in_an_award_and_changes_no_pay(company):
    before = Pay.objects.filter(employee=company.tomas).count()
    decision = cases.approved(company, "bonus")
    run_waiting_jobs()
    award = Award.objects.get(decision=decision)
    assert (award.amount, award.currency, award.on) == (Decimal(4000), "EUR", company.today)
    assert Pay.objects.filter(employee=company.tomas).count() == before


def test_what_is_due_later_waits_for_its_day(company):
    decision = cases.approved(company, on=company.today + timedelta(days=10))
    run_waiting_jobs()
    decision.refresh_from_db()
    assert decision.stage == Decision.Stage.APPROVED
    assert decision.pk not in carrying_out.due_ids()
    with pytest.raises(Refused, match="not before"):
        carrying_out.carry_out(by=company.viewer("fatima"), decision=decision)


def test_the_day_of_the_house_counts_and_not_that_of_who_checked_it(company, monkeypatch):
    day = company.today + timedelta(days=10)
    decision = cases.approved(company, on=day)
    company.fatima.time_zone = "Pacific/Honolulu"
    company.fatima.save()
    after_midnight = datetime.combine(day, time(0, 10), tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: after_midnight)
    assert carrying_out.carry_out_when_due(decision.pk)


def test_carrying_out_twice_does_nothing_twice(company):
    decision = cases.approved(company)
    assert carrying_out.carry_out_when_due(decision.pk)
    assert not carrying_out.carry_out_when_due(decision.pk)
    assert Execution.objects.filter(decision=decision).count() == 1
    with pytest.raises(Refused):
        carrying_out.carry_out(by=company.viewer("fatima"), decision=decision)


def test_a_death_in_the_midst_leaves_nothing_half_done(company):
    decision = cases.approved(company)
    before = Assignment.objects.filter(employee=company.tomas).count()

    class Killed(BaseException):
        pass

    def die_at_the_end(execute, sql, params, many, context):
        if 'INSERT INTO "decisions_execution"' in sql:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die_at_the_end), pytest.raises(Killed):
        carrying_out.carry_out_when_due(decision.pk)
    assert Assignment.objects.filter(employee=company.tomas).count() == before
    assert carrying_out.carry_out_when_due(decision.pk)
    assert Assignment.objects.filter(employee=company.tomas).count() == before + 1


def test_one_decision_that_fails_holds_up_no_other(company):
    decisions = [cases.approved(company), cases.approved(company, "bonus")]
    Job.objects.all().delete()
    assert jobs.carry_out_due_decisions.call() == 2
    asked = [job.args for job in Job.objects.filter(task__endswith="carry_out_decision")]
    assert asked == [[one.pk] for one in decisions]


def test_what_stands_in_the_way_is_noted_told_to_hr_and_tried_again(company):
    from sightline.people.actions.assignments import move

    decision = cases.approved(company, on=company.today)
    hr = company.viewer("ingrid")
    move(
        by=hr,
        employee=company.kofi,
        position=cases.free_post(company),
        manager=company.ana,
        on=company.today,
    )
    assert not carrying_out.carry_out_when_due(decision.pk)
    assert not carrying_out.carry_out_when_due(decision.pk)
    assert Hindrance.objects.filter(decision=decision).count() == 1
    run_waiting_jobs()
    assert any("could not be carried out" in one for one in told(company, "fatima"))
    move(
        by=hr,
        employee=company.kofi,
        position=company.positions["PLAT-FEED"],
        manager=company.ana,
        on=company.today,
    )
    assert carrying_out.carry_out_when_due(decision.pk)


def test_who_checked_and_has_left_leaves_it_to_hr_to_carry_out(company):
    from sightline.people.actions.employments import end_employment

    decision = cases.approved(company)
    end_employment(
        by=company.viewer("ingrid"), employee=company.fatima, on=company.today, reason="Moved away"
    )
    assert not carrying_out.carry_out_when_due(decision.pk)
    carrying_out.carry_out(by=company.viewer("ingrid"), decision=decision)
    assert decision.stage == Decision.Stage.CARRIED_OUT


def test_a_proposal_rests_on_records_that_are_there(company):
    decision = cases.proposed(company)
    rows = picked_for(newest_proposal(decision))
    assert len(rows) >= 3
    assert all(one.is_whole for one in verified(rows))
    assert [one.label for one in rows][:2] == ["E1", "E2"]


def test_a_record_of_somebody_else_cannot_be_picked(company):
    decision = cases.drafted(company)
    stranger = Record.objects.filter(subject=company.yusuf.ref).first()
    with pytest.raises(Refused, match="not there for you"):
        drafting.pick_evidence(by=company.viewer("ana"), decision=decision, records=[stranger.pk])


def test_picking_twice_picks_once_and_dropping_makes_room(company):
    decision = cases.drafted(company)
    rows = cases.evidence_of(decision)
    numbers = [one.record_id for one in rows]
    drafting.pick_evidence(by=company.viewer("ana"), decision=decision, records=numbers)
    assert len(cases.evidence_of(decision)) == len(rows)
    drafting.drop_evidence(by=company.viewer("ana"), decision=decision, evidence=rows[0])
    assert len(cases.evidence_of(decision)) == len(rows) - 1


def test_no_more_is_picked_than_anybody_reads(company, monkeypatch):
    monkeypatch.setattr(drafting, "MOST_EVIDENCE", 1)
    with pytest.raises(Refused, match="at most"):
        cases.drafted(company)


def test_too_little_evidence_blocks(company):
    decision = cases.drafted(company)
    for row in cases.evidence_of(decision)[1:]:
        drafting.drop_evidence(by=company.viewer("ana"), decision=decision, evidence=row)
    with pytest.raises(Refused, match="1 record of evidence; the policy asks for 3"):
        proposing.propose(by=company.viewer("ana"), decision=decision)
    decision.refresh_from_db()
    assert decision.stage == Decision.Stage.DRAFT


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"grounds": "Good work."}, "in your own words"),
        ({"position": None}, "Choose the post"),
        ({"on": -1}, "from today on"),
        ({"position": "PLAT-IMPORT"}, "the post of that day already"),
    ],
)
def test_a_proposal_that_is_not_ready_is_not_sent(company, changed, sentence):
    if changed.get("on") == -1:
        changed = {"on": company.today - timedelta(days=1)}
    if changed.get("position"):
        changed = {"position": company.positions["PLAT-IMPORT"]}
    decision = cases.drafted(company, **changed)
    with pytest.raises(Refused) as refused:
        proposing.propose(by=company.viewer("ana"), decision=decision)
    assert any(sentence.lower() in said.lower() for _field, said in refused.value.reasons)


def test_a_bonus_without_an_amount_is_not_sent(company):
    decision = cases.drafted(company, "bonus", amount=None, currency="")
    with pytest.raises(Refused, match="how much"):
        proposing.propose(by=company.viewer("ana"), decision=decision)


def test_a_post_that_does_not_stand_on_that_day_is_refused(company):
    from sightline.people.actions.posts import close_position

    decision = cases.drafted(company, on=company.today + timedelta(days=5))
    close_position(
        by=company.viewer("ingrid"),
        position=cases.free_post(company),
        on=company.today + timedelta(days=2),
    )
    with pytest.raises(Refused, match="does not stand"):
        proposing.propose(by=company.viewer("ana"), decision=decision)


def test_an_amount_of_nothing_is_refused(company):
    with pytest.raises(Refused) as refused:
        cases.drafted(company, amount=Decimal(0))
    assert [field for field, _said in refused.value.reasons] == ["amount"]


def test_terms_that_contradict_themselves_are_refused(company):
    with pytest.raises(Refused) as refused:
        cases.drafted(company, manager=company.tomas, currency="")
    assert {field for field, _said in refused.value.reasons} == {"currency", "manager"}


def test_a_kind_that_is_not_open_is_refused(company):
    with pytest.raises(Refused):
        drafting.begin_decision(by=company.viewer("ana"), employee=company.tomas, kind="dismissal")


def test_warnings_want_a_word_of_hr(company):
    decision = cases.proposed(company)
    with pytest.raises(Refused, match="say why the proposal goes on"):
        proposing.check_proposal(by=company.viewer("fatima"), decision=decision)
    decision.refresh_from_db()
    assert decision.stage == Decision.Stage.PROPOSED


def test_checks_are_kept_with_the_numbers_they_used(company):
    decision = cases.proposed(company)
    rows = Check.objects.filter(proposal=newest_proposal(decision))
    found = {one.code: (one.outcome, one.finding) for one in rows}
    assert found["rating"] == ("warns", "unknown")
    assert found["evidence"] == ("passes", "enough")
    assert rows.get(code="pay").numbers["compa"]


def test_nobody_approves_before_the_evidence_was_opened(company):
    decision = cases.replied(company)
    with pytest.raises(Refused, match="Open the evidence first"):
        deciding.approve(by=company.viewer("leo"), decision=decision, reason="Yes.")
    cases.opened(company, decision)
    deciding.approve(by=company.viewer("leo"), decision=decision, reason="Yes.")
    assert decision.stage == Decision.Stage.APPROVED


def test_the_person_is_heard_before_the_verdict_or_has_let_the_days_pass(company):
    decision = cases.opened(company, cases.passed(company))
    with pytest.raises(Refused, match="may reply before"):
        deciding.approve(by=company.viewer("leo"), decision=decision, reason="Yes.")
    passing = newest_proposal(decision).passing
    passing.until_on = company.today
    passing.save()
    deciding.approve(by=company.viewer("leo"), decision=decision, reason="Yes.")


def test_who_proposes_does_not_approve(company):
    decision = cases.replied(company)
    with pytest.raises(PermissionDenied, match="a second person does"):
        deciding.approve(by=company.viewer("ana"), decision=decision, reason="Yes.")


def test_a_verdict_gives_its_reason(company):
    decision = cases.opened(company, cases.replied(company))
    with pytest.raises(Refused, match="Say why"):
        deciding.reject(by=company.viewer("leo"), decision=decision, reason="  ")
    deciding.reject(by=company.viewer("leo"), decision=decision, reason="Not this year.")
    assert decision.stage == Decision.Stage.REJECTED
    with pytest.raises(Refused):
        deciding.reject(by=company.viewer("leo"), decision=decision, reason="Again.")


def test_what_is_sent_back_is_written_anew_and_the_old_version_stands(company):
    decision = cases.opened(company, cases.replied(company))
    first = newest_proposal(decision)
    sealed = digest_of(first)
    deciding.send_back(by=company.viewer("leo"), decision=decision, reason="Say what changed.")
    second = newest_proposal(decision)
    assert decision.stage == Decision.Stage.SENT_BACK
    assert (second.number, second.sent_at) == (2, None)
    assert second.evidence.count() == first.evidence.count()
    words = cases.GROUNDS + " He mentors Sara since May."
    drafting.write_proposal(
        by=company.viewer("ana"), decision=decision, terms=cases.terms(company, grounds=words)
    )
    proposing.propose(by=company.viewer("ana"), decision=decision)
    assert digest_of(Proposal.objects.get(pk=first.pk)) == sealed
    assert newest_proposal(decision).grounds == words


def test_what_was_sent_is_not_written_any_more(company):
    decision = cases.proposed(company)
    with pytest.raises(PermissionDenied, match="written anew when it comes back"):
        drafting.write_proposal(
            by=company.viewer("ana"), decision=decision, terms=cases.terms(company)
        )


def test_evidence_of_a_version_that_was_sent_stays(company):
    decision = cases.checked(company)
    row = cases.evidence_of(decision)[0]
    deciding.send_back(by=company.viewer("fatima"), decision=decision, reason="Say more.")
    with pytest.raises(Refused, match="it stands"):
        drafting.drop_evidence(by=company.viewer("ana"), decision=decision, evidence=row)


def test_a_decision_is_withdrawn_with_a_reason(company):
    decision = cases.approved(company, on=company.today + timedelta(days=10))
    deciding.withdraw(by=company.viewer("ana"), decision=decision, reason="He takes another post.")
    assert decision.stage == Decision.Stage.WITHDRAWN
    with pytest.raises(Refused):
        deciding.withdraw(by=company.viewer("ana"), decision=decision, reason="Again.")


def test_an_objection_says_why_and_a_reply_is_given_once(company):
    decision = cases.passed(company)
    tomas = company.viewer("tomas")
    with pytest.raises(Refused, match="why you object"):
        deciding.reply_to_proposal(by=tomas, decision=decision, stance="objects")
    deciding.reply_to_proposal(by=tomas, decision=decision, stance="objects", words="Too early.")
    with pytest.raises(PermissionDenied, match="what was said stands"):
        deciding.reply_to_proposal(by=tomas, decision=decision, stance="agrees")


def test_no_record_is_about_the_person_before_the_proposal_was_passed_to_him(company):
    before = Record.objects.filter(subject=company.tomas.ref).count()
    decision = cases.checked(company)
    cases.opened(company, decision)
    assert Record.objects.filter(subject=company.tomas.ref).count() == before
    proposing.pass_to_person(by=company.viewer("fatima"), decision=decision)
    assert Record.objects.filter(subject=company.tomas.ref).count() == before + 1


def test_the_person_hears_of_it_when_it_is_passed_on_and_not_before(company):
    decision = cases.checked(company)
    run_waiting_jobs()
    assert told(company, "tomas") == []
    assert any("waits for its checks" in one for one in told(company, "fatima"))
    proposing.pass_to_person(by=company.viewer("fatima"), decision=decision)
    run_waiting_jobs()
    assert any("open to you" in one for one in told(company, "tomas"))
    assert any("will need a verdict" in one for one in told(company, "leo"))


def test_hr_and_the_second_person_hear_of_it_though_the_proposer_has_left(company):
    from sightline.people.actions.employments import end_employment

    decision = cases.proposed(company)
    end_employment(
        by=company.viewer("ingrid"), employee=company.ana, on=company.today, reason="Moved away"
    )
    run_waiting_jobs()
    assert any("waits for its checks" in one for one in told(company, "fatima"))
    deciding.send_back(by=company.viewer("fatima"), decision=decision, reason="Ana has left.")
    deciding.withdraw(by=company.viewer("fatima"), decision=decision, reason="Ana has left.")
    assert decision.stage == Decision.Stage.WITHDRAWN


def test_what_has_its_verdict_is_not_sent_back(company):
    decision = cases.approved(company)
    with pytest.raises(PermissionDenied, match="before its verdict"):
        deciding.send_back(by=company.viewer("leo"), decision=decision, reason="Wait.")


def test_a_draft_that_is_withdrawn_tells_the_person_nothing(company):
    decision = cases.drafted(company)
    deciding.withdraw(by=company.viewer("ana"), decision=decision, reason="Too early.")
    run_waiting_jobs()
    assert told(company, "tomas") == []


def test_a_reply_without_words_cannot_be_read_from_its_digest(company):
    decision = cases.passed(company)
    tomas = company.viewer("tomas")
    reply = deciding.reply_to_proposal(by=tomas, decision=decision, stance="agrees")
    digest = event_of(Record.objects.get(kind="decisions.DecisionReplied")).digest
    guesses = [dossier.digest({"stance": one, "words": ""}) for one in Reply.Stance.values]
    assert digest not in guesses
    assert digest == dossier.digest({"stance": "agrees", "words": "", "salt": reply.salt})


def test_the_digest_of_what_was_proposed_is_in_the_ledger(company):
    decision = cases.passed(company)
    record = Record.objects.get(kind="decisions.DecisionPassed")
    assert event_of(record).digest == digest_of(newest_proposal(decision))
