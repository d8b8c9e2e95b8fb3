from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.development.models import Plan, ShownLevel
from sightline.people.models import Competency, Job

pytestmark = pytest.mark.django_db


def page(company, key, name, *args, **asked):
    answer = company.client(key).get(reverse(f"development:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def post(company, key, name, *args, **sent):
    return company.client(key).post(reverse(f"development:{name}", args=args), sent)


def test_needed_and_shown_stand_side_by_side_also_in_words(company):
    text = page(company, "tomas", "gaps", company.tomas.pk)
    assert "Working with others: needed 3, shown 2, judged from 2 to 3" in text
    assert "1 level to go" in text
    assert "Brings people of other teams in before a decision touches them" in text


def test_a_post_one_aspires_to_shows_what_is_missing(company):
    job = Job.objects.get(code="ENG-STAFF")
    text = page(company, "tomas", "gaps", company.tomas.pk, job=job.pk)
    assert "On the way to Staff engineer" in text
    assert "Not judged yet" in text


def test_a_position_stands_for_its_job(company):
    position = company.positions["PLAT-STAFF"]
    text = page(company, "tomas", "gaps", company.tomas.pk, position=position.pk)
    assert "On the way to Staff engineer" in text


def test_who_holds_no_post_is_told_so(company):
    assert "No post today" in page(company, "ingrid", "gaps", company.samuel.pk)


def test_a_manager_writes_levels_down_with_what_they_were_seen_in(company):
    craft = Competency.objects.get(code="craft").pk
    sent = {"on": company.today, f"level-{craft}": "4", f"seen-{craft}": "The loader"}
    answer = post(company, "ana", "judgement", company.tomas.pk, **sent)
    assert answer.url == reverse("development:gaps", args=[company.tomas.pk])
    row = ShownLevel.objects.latest("pk")
    assert (row.source, row.judged_by, row.level) == ("manager", company.ana, 4)
    assert "The loader" in page(company, "tomas", "levels", company.tomas.pk)


def test_words_without_a_level_are_kept_and_asked_about(company):
    craft = Competency.objects.get(code="craft").pk
    sent = {"on": company.today, f"seen-{craft}": "The loader"}
    answer = post(company, "ana", "judgement", company.tomas.pk, **sent)
    assert answer.status_code == 422
    assert "Choose the level, or empty the words." in answer.content.decode()
    assert "The loader" in answer.content.decode()


def test_a_stale_page_of_levels_is_told(company):
    craft = Competency.objects.get(code="craft").pk
    sent = {"on": company.today, f"level-{craft}": "4", "stands": "old"}
    answer = post(company, "ana", "judgement", company.tomas.pk, **sent)
    assert answer.status_code == 422
    assert "changed while your page was open" in answer.content.decode()


def test_a_plan_goes_from_draft_to_closed_in_the_browser(company):
    until = company.today + timedelta(days=100)
    post(company, "cida", "new_plan", company.cida.pk, aim="To say no", until_on=until)
    plan = company.cida.plans.get()
    assert "nobody else sees it" in page(company, "cida", "plan", plan.pk)
    doing = {"what": "Say no", "how_known": "It stays no", "due_on": until}
    post(company, "cida", "new_action", plan.pk, **doing)
    post(company, "cida", "proposal", plan.pk)
    assert "Agree to this plan" in page(company, "ana", "plan", plan.pk)
    assert "The manager has yet to agree." in page(company, "cida", "plan", plan.pk)
    assert "Agree to the development plan of" in company.client("ana").get("/").content.decode()
    post(company, "ana", "agreement", plan.pk, revision="1")
    listed = page(company, "cida", "plans", company.cida.pk)
    assert "Draft a plan" not in listed
    assert reverse("development:change_plan", args=[plan.pk]) in listed
    action = plan.actions.get()
    asked = page(company, "cida", "progress", action.pk)
    assert "Needed for done" in asked
    assert "field__optional" not in asked
    post(company, "cida", "progress", action.pk, stage="done", words="Twice.")
    assert "Twice." in page(company, "ana", "plan", plan.pk)
    changed = {"aim": "To say no kindly", "until_on": until}
    post(company, "ana", "change_plan", plan.pk, **changed)
    assert "What the plan is for" in page(company, "cida", "plan", plan.pk)
    post(company, "cida", "agreement", plan.pk, revision="2")
    post(company, "ana", "closure", plan.pk, words="It brought quiet.")
    assert "It brought quiet." in page(company, "leo", "plan", plan.pk)
    plan.refresh_from_db()
    assert plan.stage == Plan.Stage.CLOSED
    assert "Draft a plan" in page(company, "cida", "plans", company.cida.pk)


def test_an_action_is_changed_and_taken_out_in_the_browser(company):
    until = company.today + timedelta(days=100)
    post(company, "ana", "new_plan", company.cida.pk, aim="To say no", until_on=until)
    plan = company.cida.plans.get()
    doing = {"what": "Say no", "how_known": "It stays no", "due_on": until}
    post(company, "ana", "new_action", plan.pk, **doing)
    action = plan.actions.get()
    post(company, "ana", "change_action", action.pk, **doing | {"what": "Say not yet"})
    assert "Say not yet" in page(company, "ana", "plan", plan.pk)
    post(company, "ana", "action_removal", action.pk)
    post(company, "ana", "removal", plan.pk)
    assert not company.cida.plans.exists()


def test_what_was_due_is_said_without_shame_and_stands_on_home(company):
    text = page(company, "yusuf", "plan", company.yusuf.plans.get().pk)
    assert "Overdue" in text
    assert "Take the course on callers" in company.client("yusuf").get("/").content.decode()


def test_gaps_of_many_lead_to_names_in_their_order(company):
    craft = Competency.objects.get(code="ownership").pk
    text = page(company, "ana", "team_gaps", competency=craft)
    assert "Of all who report to you" in text
    assert "in the order of names" in page(
        company, "ingrid", "unit_gaps", company.units["LARK"].pk, competency=craft
    )


def test_hr_without_reports_finds_the_way_to_units(company):
    text = page(company, "fatima", "team_gaps")
    assert "Of all who report to you" not in text
    assert reverse("development:unit_gaps", args=[company.units["TECH"].pk]) in text


def test_a_colleague_sees_what_a_post_asks_for_and_no_level(company):
    text = company.client("mei").get(reverse("person", args=[company.tomas.pk])).content.decode()
    assert "Working with others" in text
    assert "shown" not in text


def test_own_data_hold_levels_and_plans(company):
    told = company.client("tomas").get(reverse("own_data_file")).json()
    assert told["levels judged"][0]["competency"]
    assert told["development plans"][0]["actions"][0]["steps"]


def test_reading_somebody_else_s_levels_leaves_a_trace(company):
    page(company, "ana", "gaps", company.tomas.pk)
    told = company.client("tomas").get(reverse("own_data_file")).json()
    assert any("levels of competencies" in one["what"] for one in told["records"])
