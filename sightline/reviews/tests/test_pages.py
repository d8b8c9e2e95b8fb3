"""The pages, as people see them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from sightline.foundation.drafts.models import Draft
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.reviews.actions import acts, cycles, forms
from sightline.reviews.forms.templates import TemplateForm
from sightline.reviews.models import Cycle, Form, TemplateVersion
from sightline.reviews.queries.forms import sheet_of
from sightline.reviews.tests.making import (
    a_cycle,
    a_template,
    asked,
    form_of,
    open_cycle,
    review_of,
    shared,
    some_days,
    submitted,
)
from sightline.reviews.views import calibration

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    """What a page says."""
    return answer.content.decode()


def days_sent(company) -> dict[str, str]:
    """The days of all parts, as a browser sends them."""
    sent = {}
    for kind, (first, after) in some_days(company).items():
        sent |= {f"{kind}_from_on": str(first), f"{kind}_last_on": str(after)}
    return sent


def test_hr_writes_a_template_plans_tries_and_opens_a_cycle(company):
    client = company.client("ingrid")
    assert "Write a template first" in text_of(client.get(reverse("reviews:new_cycle")))
    empty = text_of(client.post(reverse("reviews:new_template"), {"name": "Short"}))
    assert '<span class="field__group">Point 3: </span>What one sees</a>' in empty
    scale = {f"label_{n}": f"Word {n}" for n in range(1, 6)}
    scale |= {f"anchor_{n}": f"One sees {n}" for n in range(1, 6)}
    sections = {"weight_goals": "0", "weight_responsibilities": "60", "weight_competencies": "30"}
    roles = {f"roles_{kind}": ["self", "manager"] for kind in ("responsibilities", "competencies")}
    written = {"name": "Short", "question_1": "What stays?", "asked_by": ["self", "manager"]}
    sent = {**scale, **sections, **roles, **written}
    refused = client.post(reverse("reviews:new_template"), sent)
    assert refused.status_code == 422
    assert "add to 90" in text_of(refused)
    sent["weight_competencies"] = "40"
    made = client.post(reverse("reviews:new_template"), sent)
    version = TemplateVersion.objects.get()
    assert made.headers["Location"] == reverse("reviews:template", args=[version.pk])
    assert "What stays?" in text_of(client.get(made.headers["Location"]))
    plan = {
        "name": "Spring",
        "version": version.pk,
        "period_from_on": "2026-01-01",
        "period_last_on": "2026-06-30",
        "peers_from": "3",
        "peers_up_to": "5",
        **days_sent(company),
    }
    client.post(reverse("reviews:new_cycle"), plan)
    cycle = Cycle.objects.get()
    dry = reverse("reviews:dry_run", args=[cycle.pk])
    assert "Try it out" in text_of(client.get(dry))
    client.post(dry)
    shown = text_of(client.get(dry))
    assert "get a review each" in shown
    assert company.nkechi.name in shown  # nobody writes hers
    client.post(reverse("reviews:opening", args=[cycle.pk]))
    page = reverse("reviews:cycle", args=[cycle.pk])
    begun = text_of(client.get(page))
    assert "Reviews are being made" in begun
    assert "No reviews yet" in begun
    run_waiting_jobs()
    assert "Reviews are being made" not in text_of(client.get(page))
    progress = text_of(client.get(reverse("reviews:progress", args=[cycle.pk])))
    assert "being made" not in progress
    assert "All reviews are made" in progress  # without an answer the bar would stay as it was
    assert "All reviews are made" not in text_of(client.get(page))


def test_a_form_is_written_section_by_section_and_sent(company):
    cycle = open_cycle(company)
    form = form_of(cycle, company.tomas, "self")
    client = company.client("tomas")
    here = client.get(reverse("reviews:form", args=[form.pk])).headers["Location"]
    sheet = sheet_of(form)
    assert "Cannot say" in text_of(client.get(here))
    for section in sheet.sections:
        sent = {f"rating_{one.item.pk}": "4" for one in section.items}
        sent |= {f"comment_{one.item.pk}": "As agreed" for one in section.items}
        sent |= {f"answer_{one.question.pk}": "The rest" for one in section.questions}
        assert client.get(here).status_code == 200
        here = client.post(here, sent).headers["Location"]
    assert here == reverse("reviews:submission", args=[form.pk])
    assert "Your manager can read it now." not in text_of(client.get(here))
    assert client.post(here, {"sent": "1"}).status_code == 422
    client.post(here, {"proposed_value": "4"})
    assert form_of(cycle, company.tomas, "self").state == Form.State.SUBMITTED
    read = client.get(reverse("reviews:form", args=[form.pk]))
    assert "As agreed" in text_of(read)
    assert "Only what was submitted" not in text_of(read)


def test_a_tab_keeps_what_is_written_before_it_leads_on(company):
    cycle = open_cycle(company)
    form = form_of(cycle, company.tomas, "manager")
    client = company.client("ana")
    first = reverse("reviews:section", args=[form.pk, 1])
    led = client.post(first, {"go": "3"})
    assert led.headers["Location"] == reverse("reviews:section", args=[form.pk, 3])
    led = client.post(first, {"go": "99"})
    assert led.headers["Location"] == reverse("reviews:section", args=[form.pk, 2])
    led = client.post(first, {"go": "submission"})
    assert led.headers["Location"] == reverse("reviews:submission", args=[form.pk])
    assert client.get(reverse("reviews:section", args=[form.pk, 99])).status_code == 404


def test_what_was_typed_and_not_kept_is_pointed_out_before_sending(company):
    cycle = open_cycle(company)
    form = form_of(cycle, company.tomas, "self")
    account = company.account("tomas")
    Draft.objects.create(
        account=account,
        key=f"reviews:forms:{form.pk}:1",
        fields={"answer": ["x"]},
        saved_at=cycle.ready_at,
    )
    page = company.client("tomas").get(reverse("reviews:submission", args=[form.pk]))
    assert "is not in the form yet" in text_of(page)


def test_no_point_is_chosen_before_somebody_chose_it(company):
    form = form_of(open_cycle(company), company.tomas, "self")
    client = company.client("tomas")
    page = reverse("reviews:section", args=[form.pk, 1])
    first, second, *_rest = [one.item.pk for one in sheet_of(form).sections[0].items]
    drawn = client.get(page)
    assert " checked" not in text_of(drawn)
    sent = {"stands": drawn.context["form"].now, f"rating_{first}": "0"}
    client.post(page, sent)
    kept = client.get(page).context["form"]
    assert kept[f"rating_{first}"].initial == "0"
    assert kept[f"rating_{second}"].initial is None


def test_the_people_of_a_cycle_are_counted_without_who_looks_and_that_is_said(company):
    cycle, client = open_cycle(company), company.client("ingrid")
    board = client.get(reverse("reviews:cycle", args=[cycle.pk])).context["state"].people
    page = client.get(reverse("reviews:reviews", args=[cycle.pk]))
    assert page.context["total"] == board - 1
    assert "without yourself" in text_of(page)


def test_what_was_not_seen_stays_so_beside_a_comment_and_a_comment_alone_chooses_nothing(company):
    form = form_of(open_cycle(company), company.tomas, "self")
    client = company.client("tomas")
    page = reverse("reviews:section", args=[form.pk, 1])
    first, second, *_rest = [one.item.pk for one in sheet_of(form).sections[0].items]

    def chosen_after(**sent: str) -> list[str | None]:
        client.post(page, sent | {"stands": client.get(page).context["form"].now})
        drawn = client.get(page).context["form"]
        return [drawn[f"rating_{key}"].initial for key in (first, second)]

    not_seen = {f"rating_{first}": "0", f"comment_{first}": "We never met"}
    assert chosen_after(**not_seen, **{f"comment_{second}": "Words"}) == ["0", None]
    assert chosen_after(**not_seen, **{f"comment_{second}": ""}) == ["0", None]
    assert chosen_after(**{f"rating_{first}": "4"}) == ["4", None]
    assert chosen_after() == [None, None]


@pytest.mark.parametrize(
    ("role", "by", "writer"), [("self", "ana", "tomas"), ("manager", "ingrid", "ana")]
)
def test_whoever_writes_again_reads_why_the_form_came_back(company, role, by, writer):
    cycle = open_cycle(company)
    form, client = submitted(company, cycle, "tomas", role, 3), company.client(writer)
    forms.reopen_form(by=company.viewer(by), form=form, reason="The third goal is missing")
    pages = [reverse("reviews:section", args=[form.pk, 1])]
    pages += [reverse("reviews:submission", args=[form.pk])]
    for page in pages:
        read = text_of(client.get(page))
        assert f"Reopened by {company.people[by].name}" in read
        assert "The third goal is missing" in read


def test_a_page_drawn_before_a_change_is_told(company):
    cycle = open_cycle(company)
    form = form_of(cycle, company.tomas, "self")
    client = company.client("tomas")
    page = reverse("reviews:section", args=[form.pk, 1])
    drawn = client.get(page).context["form"].now
    item = sheet_of(form).sections[0].items[0].item.pk
    client.post(page, {"stands": drawn, f"rating_{item}": "4"})
    stale = client.post(page, {"stands": drawn, f"rating_{item}": "2"})
    assert stale.status_code == 422
    assert "changed while your page was open" in text_of(stale)


def test_the_evidence_comes_as_a_part_and_as_a_page(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "self", 3)
    form = form_of(cycle, company.tomas, "manager")
    page = reverse("reviews:evidence", args=[form.pk, 1])
    whole = text_of(company.client("ana").get(page))
    part = text_of(company.client("ana").get(page, headers={"HX-Request": "true"}))
    assert "own rating" in whole
    assert "own rating" in part
    assert "<html" not in part
    of_peer = asked(company, cycle, "tomas", ["yusuf"])[0]
    seen = company.client("yusuf").get(reverse("reviews:evidence", args=[of_peer.pk, 1]))
    assert "own rating" not in text_of(seen)


def test_peers_are_proposed_and_confirmed_on_pages(company):
    cycle = open_cycle(company)
    review = review_of(cycle, company.tomas)
    page = reverse("reviews:peers", args=[review.pk])
    company.client("tomas").post(page, {"peer_1": company.mei.pk, "peer_2": company.kofi.pk})
    answers = reverse("reviews:peer_answers", args=[review.pk])
    manager = company.client("ana")
    assert "Chen Mei" in text_of(manager.get(answers))
    mei, kofi = review.nominations.order_by("pk")
    sent = {f"answer_{mei.pk}": "yes", f"answer_{kofi.pk}": "no"}
    assert manager.post(answers, sent).status_code == 422
    manager.post(answers, {**sent, f"reason_{kofi.pk}": "Came in June"})
    assert "Came in June" in text_of(company.client("tomas").get(page))


def test_the_employee_sees_nothing_of_the_outcome_before_it_is_shared(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "self", 3)
    submitted(company, cycle, "tomas", "manager", 5)
    review = review_of(cycle, company.tomas)
    page = text_of(company.client("tomas").get(reverse("reviews:review", args=[review.pk])))
    assert "once they are shared with you" in page
    assert "Role model" not in page
    score = company.client("tomas").get(reverse("reviews:score", args=[review.pk]))
    assert score.status_code == 403


def test_a_review_is_shared_acknowledged_and_read_on_pages(company):
    review = shared(company, value=4)
    client = company.client("tomas")
    page = reverse("reviews:review", args=[review.pk])
    assert "You carried the imports." in text_of(client.get(page))
    client.post(reverse("reviews:acknowledgement", args=[review.pk]), {"reply": "Thank you."})
    assert "Thank you." in text_of(company.client("ana").get(page))
    worked = text_of(client.get(reverse("reviews:score", args=[review.pk])))
    assert "Share of the score" in worked
    assert "4.00" in worked
    person = text_of(
        company.client("nkechi").get(reverse("person_lately", args=[company.tomas.pk]))
    )
    assert "Exceeds" in person
    assert page not in person
    assert "Exceeds" not in text_of(
        company.client("yusuf").get(reverse("person_lately", args=[company.tomas.pk]))
    )


def test_ratings_are_compared_and_changed_on_pages(company, monkeypatch):
    cycle = open_cycle(company)
    for key in ("tomas", "mei"):
        submitted(company, cycle, key, "manager", 4)
    hr = company.client("ingrid")
    hr.post(reverse("reviews:calibrating", args=[cycle.pk]))
    page = reverse("reviews:calibration", args=[cycle.pk])
    review = review_of(cycle, company.tomas)
    sent = {"to_value": "3", "reason": "As in Data"}
    hr.post(reverse("reviews:rating", args=[review.pk]), sent)
    listed = text_of(hr.get(page))
    assert "Exceeds → Meets" in listed
    assert "As in Data" in listed
    assert "proposed: Exceeds" in text_of(hr.get(page + "?as=grid"))
    unit = company.units["CARE"].pk
    assert "Nothing to compare yet" in text_of(hr.get(f"{page}?unit={unit}"))
    assert 'class="tabs' in listed
    monkeypatch.setattr(calibration, "TABS", 1)
    filtered = text_of(hr.get(f"{page}?as=grid&unit={unit}"))
    assert 'class="tabs' not in filtered
    assert 'name="unit_text"' in filtered
    assert company.units["CARE"].name in filtered
    assert 'name="as" value="grid"' in filtered
    assert "Nothing to compare yet" in filtered
    hr.post(reverse("reviews:calibration_end", args=[cycle.pk]))
    board = text_of(hr.get(reverse("reviews:cycle", args=[cycle.pk])))
    assert "the same on every page" in board


def test_a_rating_that_an_appeal_changed_says_what_it_was(company):
    review = shared(company, value=3)
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    page = reverse("reviews:review", args=[review.pk])
    assert "3 Meets → 4 Exceeds" not in text_of(company.client("tomas").get(page))
    acts.decide_appeal(
        by=company.viewer("fatima"), review=review, reason="It was four.", to_value=4
    )
    for who in ("tomas", "ana"):
        told = text_of(company.client(who).get(page))
        assert told.count("3 Meets → 4 Exceeds") == 2
        assert "by appeal, Fatima" in told


def test_an_appeal_that_left_the_rating_says_so(company):
    review = shared(company, value=3)
    acts.appeal(by=company.viewer("tomas"), review=review, grounds="It was four.")
    acts.decide_appeal(by=company.viewer("fatima"), review=review, reason="It was three.")
    told = text_of(company.client("tomas").get(reverse("reviews:review", args=[review.pk])))
    assert "The rating stays." in told
    assert "by appeal" not in told


def test_a_period_over_two_years_names_both(company):
    last = {"period_from_on": date(2024, 12, 1), "period_until_on": date(2025, 12, 1)}
    open_cycle(company, **last)
    told = text_of(company.client("tomas").get(reverse("reviews:mine")))
    assert "Dec 1, 2024 – Nov 30, 2025" in told or "1 Dec 2024 – 30 Nov 2025" in told


def test_hr_narrows_the_people_of_a_cycle(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "self", 3)
    hr, page = company.client("ingrid"), reverse("reviews:reviews", args=[cycle.pk])
    assert "Tomás Silva" in text_of(hr.get(page + "?q=tomas"))
    assert "Tomás Silva" not in text_of(hr.get(page + "?q=tomas&waits=self"))
    assert "Tomás Silva" in text_of(hr.get(page + "?q=tomas&waits=manager"))
    assert "Nobody fits that" in text_of(hr.get(page + "?waits=appeal"))
    assert "Nobody fits that" in text_of(hr.get(page + "?waits=share"))
    assert "Nobody fits that" in text_of(hr.get(page + "?waits=acknowledge"))
    unit = company.units["CARE"].pk
    assert "Tomás Silva" not in text_of(hr.get(f"{page}?unit={unit}"))
    partner = text_of(company.client("fatima").get(page))
    assert "Tomás Silva" in partner
    assert "Yusuf Demir" not in partner


def test_dates_late_joiners_writers_and_reminders_on_pages(company):
    cycle = open_cycle(company, units=[company.units["TECH"]])
    hr = company.client("ingrid")
    moved = days_sent(company) | {"acknowledge_last_on": str(company.today.replace(year=2030))}
    hr.post(reverse("reviews:dates", args=[cycle.pk]), {**moved, "reason": "Year end"})
    assert cycle.stages.get(kind="acknowledge").until_on.year == 2030
    late = {"employee": company.yusuf.pk, "reason": "Helps in Technology"}
    hr.post(reverse("reviews:late", args=[cycle.pk]), late)
    review = review_of(cycle, company.yusuf)
    writer = {"manager": company.leo.pk, "reason": "Works for him"}
    hr.post(reverse("reviews:writer", args=[review.pk]), writer)
    assert review_of(cycle, company.yusuf).manager == company.leo
    hr.post(reverse("reviews:reminders", args=[cycle.pk]))
    run_waiting_jobs()
    notices = company.account("tomas").notices
    assert notices.filter(sentence__contains="waits for you").count() == 1


def test_cycles_are_found_by_those_who_follow_them(company):
    cycle = a_cycle(company)
    page = reverse("search") + "?q=mid-year"
    assert cycle.name in text_of(company.client("ingrid").get(page))
    assert cycle.name not in text_of(company.client("nkechi").get(page))
    assert cycle.name not in text_of(company.client("tomas").get(page))


def test_the_plan_of_a_cycle_is_changed_until_it_opens(company):
    cycle = a_cycle(company)
    hr = company.client("ingrid")
    page = hr.get(reverse("reviews:plan", args=[cycle.pk]))
    assert cycle.name in text_of(page)
    board = hr.get(reverse("reviews:cycle", args=[cycle.pk]))
    assert board.headers["Location"] == reverse("reviews:dry_run", args=[cycle.pk])
    cycles.open_cycle(by=company.viewer("ingrid"), cycle=cycle)
    dry = hr.get(reverse("reviews:dry_run", args=[cycle.pk]))
    assert dry.headers["Location"] == reverse("reviews:cycle", args=[cycle.pk])


def test_the_next_version_of_a_template_starts_from_the_last(company):
    version = a_template(company)
    page = company.client("ingrid").get(reverse("reviews:next_version", args=[version.pk]))
    shown = text_of(page)
    assert "What was asked was done, and can be relied on." in shown
    assert "What should go on?" in shown
    version.sections.filter(kind="competencies").update(title="Behaviour")
    begun = TemplateForm.initial_of(version)
    form = TemplateForm(begun, initial=begun)
    assert form.is_valid(), form.errors
    assert {one.kind: one.title for one in form.parts()}["competencies"] == "Behaviour"


def test_what_waits_stands_on_the_home_page_and_the_page_of_reviews(company):
    open_cycle(company)
    for name in ("home", "reviews:mine"):
        page = text_of(company.client("ana").get(reverse(name)))
        assert "Write your self review" in page
        assert "Write the review of Tomás Silva" in page


def test_a_cycle_that_has_opened_is_not_planned_anew(company):
    cycle = open_cycle(company)
    address = reverse("reviews:plan", args=[cycle.pk])
    answer = company.client("ingrid").get(address)
    assert answer.url == reverse("reviews:cycle", args=[cycle.pk])
    sent = {"name": "Another", **days_sent(company)}
    assert company.client("ingrid").post(address, sent).status_code == 422
    assert Cycle.objects.get(pk=cycle.pk).name == cycle.name


def test_a_form_of_what_is_over_is_not_drawn(company):
    cycle = open_cycle(company)
    page = reverse("reviews:cycle", args=[cycle.pk])
    address = reverse("reviews:dates", args=[cycle.pk])
    assert company.client("ingrid").get(address).status_code == 200
    Cycle.objects.filter(pk=cycle.pk).update(stage=Cycle.Stage.CLOSED)
    assert company.client("ingrid").get(address).url == page
    assert company.client("ingrid").post(address, {"reason": "Late."}).status_code == 422
    assert "This cycle is closed." in text_of(company.client("ingrid").get(address, follow=True))
