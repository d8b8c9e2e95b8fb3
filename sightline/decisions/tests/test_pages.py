"""The pages, as people see them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from importlib.resources import files

import pytest
from django.urls import reverse
from django.utils.translation import override

from sightline.conversations.actions.feedback import Words, give_feedback
from sightline.conversations.models import Feedback
from sightline.decisions.actions import carrying_out, deciding, drafting
from sightline.decisions.actions.policies import put_policy_in_force
from sightline.decisions.models import Decision, Evidence, Opening, Policy
from sightline.decisions.paper import LINE_LENGTH, dossier_content, dossier_pdf
from sightline.decisions.queries.decisions import newest_proposal, proposal_seen_by
from sightline.decisions.queries.evidence import MOST, digest_of, pickable
from sightline.decisions.queries.waiting import open_ends
from sightline.decisions.rules.kinds import Needs
from sightline.decisions.shown import changes_shown, checks_shown
from sightline.decisions.tests import cases
from sightline.foundation.core.known import known
from sightline.foundation.core.open_ends import read_at_once
from sightline.foundation.drafts.actions import Typed, save_draft
from sightline.foundation.drafts.rules import Mark
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import head_as_json, latest_head, public_key
from sightline.foundation.ledger.record import record_all
from sightline.foundation.ledger.rules import NotProved, canonical, verify_receipt
from sightline.foundation.ledger.sequence import sequence
from sightline.people.events import EmployeeHired
from sightline.people.models import Employee, Employment

pytestmark = pytest.mark.django_db


def page(company, key: str, name: str, decision=None, **query):
    args = [decision.pk] if decision else []
    return company.client(key).get(reverse(f"decisions:{name}", args=args), query)


def send(company, key: str, name: str, decision=None, **sent):
    args = [decision.pk] if decision else []
    return company.client(key).post(reverse(f"decisions:{name}", args=args), sent)


def test_no_post_named_stands_in_the_way(company):
    send(company, "ana", "begin", employee=company.tomas.pk, kind="promotion")
    text = page(company, "ana", "checks", Decision.objects.get()).content.decode()
    assert "No post is named yet." in text
    assert "The new post is free" not in text


def test_a_manager_begins_writes_and_proposes(company):
    begun = send(company, "ana", "begin", employee=company.tomas.pk, kind="bonus")
    decision = Decision.objects.get()
    assert begun["Location"] == reverse("decisions:draft", args=[decision.pk])
    cases.free_post(company)
    records = page(company, "ana", "pick_evidence", decision).context["rows"]
    numbers = [row.record.pk for row in records]
    assert send(company, "ana", "pick_evidence", decision, record=numbers).status_code == 302
    sent = {
        "grounds": cases.GROUNDS,
        "on": company.today,
        "amount": 3000,
        "currency": "EUR",
        "send": "1",
    }
    assert send(company, "ana", "draft", decision, **sent).status_code == 302
    decision.refresh_from_db()
    assert decision.stage == Decision.Stage.PROPOSED


def test_what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost(company):
    decision = cases.drafted(company)
    sent = {"grounds": "Too short, but mine.", "on": company.today, "send": "1"}
    answer = send(company, "ana", "draft", decision, **sent)
    assert answer.status_code == 422
    assert b"Too short, but mine." in answer.content
    assert b"Choose the post." in answer.content
    decision.refresh_from_db()
    assert decision.stage == Decision.Stage.DRAFT


def test_an_amount_of_nothing_is_refused_beside_its_field(company):
    decision = cases.drafted(company, "bonus")
    sent = {"on": company.today, "amount": "0", "currency": "EUR"}
    answer = send(company, "ana", "draft", decision, **sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["amount"]


def test_a_draft_is_kept_half_written(company):
    decision = cases.drafted(company, "bonus")
    answer = send(company, "ana", "draft", decision, grounds="Half a", on=company.today)
    assert answer.status_code == 302
    assert newest_proposal(decision).grounds == "Half a"


def test_an_old_tab_is_told(company):
    decision = cases.proposed(company)
    drawn = page(company, "fatima", "checking", decision).context["form"]["stands"].initial
    from sightline.decisions.actions.proposing import check_proposal

    check_proposal(by=company.viewer("ingrid"), decision=decision, words="It stands.")
    answer = send(company, "fatima", "checking", decision, words="It stands.", stands=drawn)
    assert answer.status_code == 422
    assert b"was changed while your page was open" in answer.content


def test_hr_confirms_the_checks_that_are_kept_in_its_name(company):
    decision = cases.proposed(company)
    needs = Needs(months_in_post_least=240)
    put_policy_in_force(
        by=company.viewer("ingrid"), kind="promotion", needs=needs, on=company.today
    )
    shown = page(company, "fatima", "checking", decision)
    assert shown.context["policy_version"] == 1
    assert send(company, "fatima", "checking", decision, words="It stands.").status_code == 302
    kept = newest_proposal(decision).checks.all()
    assert shown.context["checks"] == checks_shown(kept, reads_pay=True)
    assert "warns" in {one.outcome for one in kept if one.code == "time_in_post"}


def test_checks_that_changed_under_the_page_are_shown_before_they_are_confirmed(company):
    decision = cases.proposed(company)
    drawn = page(company, "fatima", "checking", decision).context["form"]["stands"].initial
    needs = Needs(months_in_post_least=240)
    put_policy_in_force(
        by=company.viewer("ingrid"), kind="promotion", needs=needs, on=company.today
    )
    sent = {"words": "It stands.", "stands": drawn}
    answer = send(company, "fatima", "checking", decision, **sent)
    assert answer.status_code == 422
    assert b"was changed while your page was open" in answer.content
    assert answer.context["policy_version"] == 1
    sent["stands"] = answer.context["form"]["stands"].value()
    assert send(company, "fatima", "checking", decision, **sent).status_code == 302


def test_words_that_a_warning_asks_for_are_not_called_optional(company):
    shown = page(company, "fatima", "checking", cases.proposed(company)).content.decode()
    assert "Needed where a check warns" in shown
    assert "field__optional" not in shown


def test_the_whole_course_by_its_pages(company):
    decision = cases.proposed(company)
    assert (
        b"The new post is free on that day" in page(company, "fatima", "checking", decision).content
    )
    assert send(company, "fatima", "checking", decision, words="It stands.").status_code == 302
    assert send(company, "fatima", "passing", decision).status_code == 302
    assert send(company, "tomas", "reply", decision, stance="agrees", words="").status_code == 302
    assert b"Open the evidence first" in page(company, "leo", "decision", decision).content
    assert page(company, "leo", "evidence", decision).status_code == 200
    assert send(company, "leo", "approval", decision, reason="The imports say it.")
    assert send(company, "ingrid", "execution", decision).status_code == 302
    shown = page(company, "tomas", "decision", decision).content.decode()
    assert "The imports say it." in shown
    assert "on behalf of Ingrid Berg" in shown


def test_what_held_before_is_not_called_now_once_it_was_carried_out(company):
    decision = cases.approved(company)
    leo = company.viewer("leo")

    def notes():
        proposal = proposal_seen_by(leo, decision.pk)
        return {one.note.split(" ")[0] for one in changes_shown(proposal, reads_pay=True)} - {""}

    assert notes() == {"now"}
    carrying_out.carry_out(by=company.viewer("ingrid"), decision=decision)
    assert notes() == {"before:"}


def test_opening_the_evidence_or_the_dossier_is_noted_once(company):
    decision = cases.proposed(company)
    for name in ("evidence", "evidence", "dossier"):
        page(company, "leo", name, decision)
    page(company, "ana", "evidence", decision)
    assert [one.by for one in Opening.objects.all()] == [company.leo]


def given_feedback(company) -> Feedback:
    """What Ana told Tomás between the two of them."""
    return give_feedback(
        by=company.viewer("ana"),
        subject=company.tomas,
        words=Words("The import stood still.", "You called the shop.", "It opened on time."),
        kind=Feedback.Kind.PRAISE,
        readers=Feedback.Readers.SUBJECT,
    )


def test_who_picks_evidence_is_told_what_those_who_approve_cannot_read(company):
    given_feedback(company)
    decision = drafting.begin_decision(
        by=company.viewer("ana"), employee=company.tomas, kind="promotion"
    )
    shown = page(company, "ana", "pick_evidence", decision)
    by_source = {row.source.key: row.record.pk for row in shown.context["rows"]}
    assert by_source["feedback"] in shown.context["unread"]
    assert by_source["career"] not in shown.context["unread"]
    assert b"not read by those who may approve" in shown.content


def test_the_evidence_says_what_of_it_one_may_not_read(company):
    given_feedback(company)
    decision = cases.proposed(company)
    for who, hidden in (("leo", 1), ("ana", 0)):
        for name in ("evidence", "decision"):
            shown = page(company, who, name, decision)
            assert sum(one.is_hidden for one in shown.context["evidence"]) == hidden
            assert shown.content.count(b"You may not read what it says.") == hidden
        told = page(company, who, "evidence", decision).content.decode()
        assert ("You may not read what 1 of the" in told) == bool(hidden)


def test_a_draft_is_thrown_away_without_a_word_and_what_was_sent_is_not(company):
    draft, sent = cases.drafted(company, "bonus"), cases.proposed(company)
    assert b"Throw away" in page(company, "ana", "draft", draft).content
    asked = page(company, "ana", "withdrawal", draft).content
    assert b"Throw the draft away" in asked
    assert b"the person and the proposer read it" not in asked
    assert send(company, "ana", "withdrawal", draft, sent="1").status_code == 302
    assert Decision.objects.get(pk=draft.pk).stage == "withdrawn"
    assert b"Withdrawn" in page(company, "ana", "decision", draft).content
    assert send(company, "ana", "withdrawal", sent, sent="1").status_code == 422


def test_send_back_reject_and_withdraw_by_their_pages(company):
    decision = cases.opened(company, cases.replied(company))
    send(company, "leo", "return", decision, reason="Say what changed.")
    assert b"Say what changed." in page(company, "ana", "draft", decision).content
    send(company, "ana", "withdrawal", decision, reason="He moves on.")
    assert b"He moves on." in page(company, "leo", "decision", decision).content
    other = cases.opened(company, cases.replied(company, "bonus"))
    send(company, "leo", "rejection", other, reason="Not this year.")
    assert b"Not this year." in page(company, "tomas", "decision", other).content


def test_the_person_reads_nothing_of_the_next_version_before_it_is_passed_on(company):
    from sightline.decisions.actions.drafting import write_proposal

    decision = cases.opened(company, cases.replied(company))
    deciding.send_back(by=company.viewer("leo"), decision=decision, reason="Say what changed.")
    words = "A secret thought of Ana that is not ready to be read by anybody at all."
    write_proposal(
        by=company.viewer("ana"), decision=decision, terms=cases.terms(company, grounds=words)
    )
    for key in ("tomas", "leo", "fatima"):
        assert words not in page(company, key, "decision", decision).content.decode()
    assert words in page(company, "ana", "draft", decision).content.decode()


def test_writing_the_next_version_changes_nothing_that_others_see(company):
    from sightline.decisions.actions.drafting import drop_evidence, write_proposal

    decision = cases.opened(company, cases.replied(company))
    deciding.send_back(by=company.viewer("leo"), decision=decision, reason="Say what changed.")
    decision.refresh_from_db()
    before = (decision.due_on, decision.changed_at, Record.objects.filter(subject__gt="").count())
    later = cases.terms(company, on=company.today + timedelta(days=77))
    ana = company.viewer("ana")
    write_proposal(by=ana, decision=decision, terms=later)
    drop_evidence(by=ana, decision=decision, evidence=cases.evidence_of(decision)[0])
    decision.refresh_from_db()
    after = (decision.due_on, decision.changed_at, Record.objects.filter(subject__gt="").count())
    assert after == before


def test_the_day_of_the_next_version_is_known_when_the_person_has_it(company):
    from sightline.decisions.actions.drafting import write_proposal
    from sightline.decisions.actions.proposing import check_proposal, pass_to_person, propose

    decision = cases.opened(company, cases.replied(company))
    deciding.send_back(by=company.viewer("leo"), decision=decision, reason="Say what changed.")
    day, ana, hr = company.today + timedelta(days=77), company.viewer("ana"), "fatima"
    write_proposal(by=ana, decision=decision, terms=cases.terms(company, on=day))
    propose(by=ana, decision=decision)
    check_proposal(by=company.viewer(hr), decision=decision, words="It stands.")
    decision.refresh_from_db()
    assert decision.due_on == company.today
    pass_to_person(by=company.viewer(hr), decision=decision)
    decision.refresh_from_db()
    assert decision.due_on == day


def test_two_tabs_of_a_draft_that_came_back_do_not_overwrite_each_other(company):
    decision = cases.opened(company, cases.replied(company))
    deciding.send_back(by=company.viewer("leo"), decision=decision, reason="Say what changed.")
    drawn = page(company, "ana", "draft", decision).context["form"]["stands"].initial
    sent = {"on": company.today, "stands": drawn}
    assert send(company, "ana", "draft", decision, grounds="One", **sent).status_code == 302
    assert send(company, "ana", "draft", decision, grounds="Two", **sent).status_code == 422
    assert newest_proposal(decision).grounds == "One"


def test_a_draft_leads_its_proposer_to_where_it_is_written(company):
    decision = cases.drafted(company)
    answer = page(company, "ana", "decision", decision)
    assert answer["Location"] == reverse("decisions:draft", args=[decision.pk])


def test_who_no_longer_leads_the_person_reads_his_draft_and_takes_it_back(company):
    from sightline.people.actions.assignments import change_manager

    draft, returned = cases.drafted(company), cases.proposed(company, "bonus")
    hr = company.viewer("ingrid")
    deciding.send_back(by=hr, decision=returned, reason="Say more.")
    change_manager(by=hr, employee=company.tomas, manager=company.leo, on=company.today)
    for decision in (draft, returned):
        shown = page(company, "ana", "decision", decision)
        assert shown.status_code == 200
        assert shown.context["acts"]["withdraw"]
        assert not shown.context["acts"]["write"]
    assert read_at_once(open_ends(company.viewer("ana"))) == []
    assert send(company, "ana", "withdrawal", draft, reason="He moved.").status_code == 302


def test_labels_in_the_grounds_lead_to_the_evidence_and_no_markup_gets_through(company):
    grounds = cases.GROUNDS + " E1 shows when it began. <script>alert(1)</script>"
    decision = cases.proposed(company, grounds=grounds)
    shown = page(company, "leo", "decision", decision).content.decode()
    assert '<a class="link" href="#e1">E1</a>' in shown
    assert "<script>alert" not in shown


def test_a_proposer_who_left_the_line_reads_no_amounts(company):
    from sightline.people.actions.assignments import change_manager

    decision = cases.passed(company)
    change_manager(
        by=company.viewer("ingrid"), employee=company.tomas, manager=company.leo, on=company.today
    )
    amount = f"{newest_proposal(decision).amount:,.0f}"
    assert amount in page(company, "leo", "decision", decision).content.decode()
    shown = page(company, "ana", "decision", decision).content.decode()
    assert amount not in shown
    assert "read by those who read pay" in shown


def test_the_list_is_narrowed_by_view_kind_stage_and_name(company):
    promotion, bonus = cases.proposed(company), cases.drafted(company, "bonus")

    def listed(key: str, **query) -> list[int]:
        return [row.pk for row in page(company, key, "decisions", **query).context["page"].rows]

    assert listed("ana") == [bonus.pk, promotion.pk]
    assert listed("ana", kind="bonus") == [bonus.pk]
    assert listed("ana", stage="proposed", q="silva") == [promotion.pk]
    assert listed("ana", q="Tomás") == [bonus.pk, promotion.pk]
    assert listed("ana", q="yusuf") == []
    assert listed("ana", view="mine") == [bonus.pk, promotion.pk]
    assert listed("ana", view="people") == [bonus.pk, promotion.pk]
    assert listed("fatima", view="to_decide") == [promotion.pk]
    assert listed("leo", view="to_decide") == []
    assert listed("tomas") == []


def test_records_are_narrowed_by_kind_and_days(company):
    decision = cases.drafted(company)

    def total(**query) -> int:
        return page(company, "ana", "pick_evidence", decision, **query).context["total"]

    assert total(kind="career") == total()
    assert total(kind="goals") == 0
    assert total(until=company.calendar.days(-4000)) == 0
    assert total(since="no day") == total()


def test_a_record_is_dropped_from_a_draft(company):
    decision = cases.drafted(company)
    row = cases.evidence_of(decision)[0]
    address = reverse("decisions:drop_evidence", args=[decision.pk, row.pk])
    assert company.client("leo").post(address).status_code == 404
    assert company.client("ana").post(address).status_code == 302
    assert not Evidence.objects.filter(pk=row.pk).exists()


def test_the_dossier_is_a_file_for_who_sees_the_decision(company):
    decision = cases.approved(company)
    answer = page(company, "tomas", "dossier", decision)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_the_dossier_says_who_did_what_and_on_whose_behalf(company):
    decision = cases.approved(company)
    carrying_out.carry_out(by=company.viewer("ingrid"), decision=decision)
    told = content_for(company, "tomas", decision)["acts"]
    who = {one["what"].split(":")[0]: one["who"].rsplit(",", 1)[0] for one in told}
    assert who["Passed to the person"] == "Fatima Zahra El Idrissi"
    assert who["Evidence opened"] == "Leo Brandt"
    assert who["Carried out"].startswith("on behalf of ")


def content_for(company, who, decision):
    """What the dossier says to somebody."""
    viewer = company.viewer(who)
    proposal = proposal_seen_by(viewer, decision.pk)
    return dossier_content(viewer, proposal.decision, proposal)


def test_what_one_verifies_by_can_be_copied_from_paper(company):
    decision = cases.proposed(company)
    sequence()
    told = content_for(company, "leo", decision)
    seal = {one["term"]: one["text"] for one in told["seal"]}
    assert seal["SHA-256 of this version"] == digest_of(newest_proposal(decision))
    assert seal["Public key"] == public_key()
    signed = head_as_json(known(latest_head(), "it was signed above"))
    assert seal["Signature"].replace("\n", "") == signed["signature"]
    assert max(len(line) for line in seal["Signature"].split("\n")) <= LINE_LENGTH
    kept = [bytes(one.commitment).hex() for one in cases.evidence_of(decision)]
    assert [one["hash"] for one in told["evidence"]] == kept
    template = (files("sightline.decisions.paper") / "dossier.typ").read_text()
    assert "zws" not in template


def test_what_people_write_is_no_markup_on_paper(company):
    grounds = cases.GROUNDS + ' #panic("no") $x$ #image("/etc/passwd") *bold* ليلى 陈伟'
    decision = cases.proposed(company, grounds=grounds)
    assert page(company, "leo", "dossier", decision).content.startswith(b"%PDF-")


@pytest.mark.parametrize("said", ["Done 🎉", "ทำได้ดีมาก", "A bell \x07\tand \x1b\r\nbelow"])
def test_any_letter_that_people_write_can_be_printed(company, said):
    decision = cases.proposed(company, grounds=f"{cases.GROUNDS} {said}")
    answer = page(company, "leo", "dossier", decision)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("language", ["zh-hans", "pt-br", "ar"])
def test_the_dossier_is_printed_in_each_language(company, language):
    leo = company.viewer("leo")
    proposal = proposal_seen_by(leo, cases.proposed(company).pk)
    with override(language):
        made = dossier_pdf(leo, proposal.decision, proposal)
    assert made.startswith(b"%PDF-")


def test_a_proof_verifies_without_sightline(company):
    decision = cases.proposed(company)
    sequence()
    address = reverse("decisions:proof", args=[decision.pk, cases.evidence_of(decision)[0].pk])
    assert company.client("mei").get(address).status_code == 404
    told = json.loads(company.client("leo").get(address).content)
    assert told["digest"] == digest_of(newest_proposal(decision))
    verify_receipt(told, public_key=told["public_key"])
    told["leaf"]["actor"] = "employee:0"
    with pytest.raises(NotProved):
        verify_receipt(told, public_key=told["public_key"])


def test_a_seal_verifies_without_sightline(company):
    decision = cases.approved(company)
    sequence()
    answer = page(company, "tomas", "seal", decision)
    told = json.loads(answer.content)
    said = [one["opening"]["payload"]["event"]["digest"] for one in told["records"]]
    assert said == [sha256(canonical(told["content"])).hexdigest()] * 3
    for one in told["records"]:
        verify_receipt(one, public_key=told["public_key"])


def test_the_seal_is_for_those_who_read_pay(company):
    from sightline.people.actions.assignments import change_manager

    decision = cases.passed(company)
    sequence()
    change_manager(
        by=company.viewer("ingrid"), employee=company.tomas, manager=company.leo, on=company.today
    )
    assert page(company, "ana", "seal", decision).status_code == 403
    assert page(company, "mei", "seal", decision).status_code == 404
    assert page(company, "leo", "seal", decision).status_code == 200


def test_a_record_without_a_place_yet_is_proved_in_seconds(company):
    decision = cases.proposed(company)
    address = reverse("decisions:proof", args=[decision.pk, cases.evidence_of(decision)[0].pk])
    assert company.client("leo").get(address).status_code == 422


def test_the_checks_of_a_draft_are_a_page_and_a_part(company):
    decision = cases.drafted(company)
    address = reverse("decisions:checks", args=[decision.pk])
    page, part = (
        company.client("ana").get(address, headers=h) for h in ({}, {"HX-Request": "true"})
    )
    assert b"No final rating is known." in page.content
    assert b"No final rating is known." in part.content
    assert b"<html" in page.content
    assert b"<html" not in part.content


def test_hr_puts_a_policy_in_force_by_its_page(company):
    shown = company.client("ingrid").get(reverse("decisions:policy", args=["promotion"]))
    sent = dict(shown.context["form"].initial)
    answer = company.client("ingrid").post(
        reverse("decisions:policy", args=["promotion"]), sent | {"evidence_least": 5}
    )
    assert answer.status_code == 302
    assert Policy.objects.get().evidence_least == 5
    assert b"5 records at least" in page(company, "tomas", "policies").content
    assert company.client("ingrid").get("/decisions/policies/dismissal/").status_code == 404


def test_outcomes_of_a_year_are_counted(company):
    decision = cases.approved(company, "bonus")
    carrying_out.carry_out_when_due(decision.pk)
    rows = {
        one.kind: one.carried_out for one in page(company, "nkechi", "outcomes").context["counts"]
    }
    assert rows == {"promotion": 0, "bonus": 1}
    for year in ("9" * 30, "0020249", "²024"):
        assert page(company, "nkechi", "outcomes", year=year).status_code == 200


def test_a_draft_that_was_withdrawn_is_no_outcome(company):
    decision = cases.drafted(company, "bonus")
    deciding.withdraw(by=company.viewer("ana"), decision=decision, reason="Too early.")
    rows = page(company, "nkechi", "outcomes").context["counts"]
    assert [one.withdrawn for one in rows] == [0, 0]


def test_the_picker_of_people_gives_those_about_whom_one_may_propose(company):
    def found(key: str, words: str) -> list[str]:
        answer = page(company, key, "pick_person", q=words)
        return [one["label"] for one in json.loads(answer.content)["results"]]

    assert found("ana", "tom") == ["Tomás Silva"]
    assert found("ana", "yusuf") == []
    assert found("ana", "ana") == []


def test_the_picker_narrows_before_it_cuts_off(company):
    others = Employee.objects.bulk_create(
        Employee(number=f"T{number}", name="Tom", search_key="tom", sort_key="a")
        for number in range(220)
    )
    Employment.objects.bulk_create(
        Employment(employee=one, from_on=company.today) for one in others
    )
    answer = page(company, "ana", "pick_person", q="tom")
    assert [one["label"] for one in json.loads(answer.content)["results"]] == ["Tomás Silva"]


def test_a_span_of_days_brings_records_older_than_the_newest(company):
    def oldest() -> date:
        found = pickable(company.viewer("ana"), company.tomas, until=company.today)
        return min(one.happened_on for one in found)

    before, tomas = oldest(), company.tomas.ref
    told = {"position": "Engineer", "unit": "Platform", "on": company.today.isoformat()}
    hired = [EmployeeHired(tomas, "Tomás", **told) for _each in range(MOST)]
    record_all(hired, by=company.viewer("ingrid"))
    assert oldest() == before


def test_needs_wait_on_the_home_page_and_decisions_stand_on_the_persons(company):
    decision = cases.proposed(company)
    assert b"Check the proposal about" in company.client("fatima").get("/").content
    address = reverse("decisions:decision", args=[decision.pk]).encode()
    person = reverse("person_lately", args=[company.tomas.pk])
    assert address in company.client("leo").get(person).content
    assert address not in company.client("tomas").get(person).content
    assert address not in company.client("mei").get(person).content


def test_what_was_passed_on_is_in_the_file_that_a_person_takes_along(company):
    cases.replied(company)
    cases.drafted(company, "bonus")
    known = json.loads(company.client("tomas").get("/me/data/file/").content)
    assert [one["grounds"] for one in known["decisions"]] == [cases.GROUNDS]
    assert known["decisions"][0]["reply"]["words"] == "Gladly."
    assert known["decisions"][0]["evidence"]
    assert known["decisions"][0]["checked"]["by"] == company.fatima.name
    assert known["decisions"][0]["checked"]["words"]
    assert known["decisions"][0]["passed on"]["until on"]
    mine = json.loads(company.client("ana").get("/me/data/file/").content)
    assert len(mine["proposals written"]) == 2


def test_what_was_typed_about_one_person_is_not_offered_for_another(company):
    half = save_draft(
        by=company.account("ana"),
        key=f"decisions:new:employee.{company.tomas.pk}:kind.bonus",
        typed=Typed({"employee": [str(company.tomas.pk)], "kind": ["warning"]}, Mark(0, "one", 1)),
    )
    asked = {"employee": company.tomas.pk, "kind": "bonus", "next": "/"}
    assert page(company, "ana", "begin", **asked).context["form"]["kind"].value() == "warning"
    other = page(company, "ana", "begin", employee=company.mei.pk, kind="bonus")
    assert other.context["form"]["kind"].value() == "bonus"
    assert other.context["form"].initial["employee"] == company.mei
    begun = company.client("ana").post(
        reverse("decisions:begin") + f"?employee={company.tomas.pk}&kind=bonus",
        {"employee": company.tomas.pk, "kind": "bonus"},
    )
    assert begun.status_code == 302
    half.draft.refresh_from_db()
    assert half.draft.is_empty
