"""What people find and do on the pages of the strategy."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from sightline.strategy.actions import commitments, strategies
from sightline.strategy.models import Commitment, Measure, Objective, Perspective, Strategy

pytestmark = pytest.mark.django_db


def page(company, who, name, *args, query=""):
    return company.client(who).get(reverse(f"strategy:{name}", args=args) + query)


def text(answer):
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def send(company, who, address, *args, **said):
    url = reverse(f"strategy:{address}", args=args)
    return company.client(who).post(url, {"sent": "1"} | said)


def test_the_menu_leads_those_who_work_here_to_the_strategy(company):
    for who, there in (("tomas", True), ("samuel", False)):
        home = company.client(who).get("/").content.decode()
        assert (f'href="{reverse("strategy:current")}"' in home) == there


def test_the_map_shows_each_objective_with_status_and_share(company, strategy):
    answer = page(company, "tomas", "current")
    said = text(answer)
    assert "Strategy map: objectives by perspective" in answer.content.decode()
    for one in Objective.objects.filter(strategy=strategy):
        assert reverse("strategy:objective", args=[one.pk]) in answer.content.decode()
    assert "30% of effort" in said
    assert "In force since" in said
    assert "Write" not in said


def test_the_list_says_the_same_in_words(company):
    said = text(page(company, "tomas", "current", query="?as=list"))
    assert "Shops send us other shops O2" in said
    assert "Leo Brandt" in said
    assert "of 2 measures known" in said


def test_who_has_taken_it_on_stands_below_the_map(company):
    said = text(page(company, "tomas", "current"))
    assert re.search(r"Technology O3 40%", said)
    assert re.search(r"Platform O4 35% \(Passed back\)", said)
    assert "so that five people can trade like five hundred" in said


def test_before_the_first_strategy_the_page_says_who_writes_it(company):
    Strategy.objects.update(stage="superseded")
    for who, may in (("nkechi", True), ("tomas", False)):
        answer = page(company, who, "current")
        assert "No strategy is in force yet" in text(answer)
        assert ("Begin a strategy" in text(answer)) == may
    assert "No strategy is in force yet" in text(
        page(company, "tomas", "unit", company.units["PLAT"].pk)
    )


def test_a_strategy_is_begun_and_led_on_step_by_step(company):
    said = {"name": "N", "from_on": str(company.today), "last_on": "2033-12-31"}
    answer = send(company, "ingrid", "new_strategy", **said)
    made = Strategy.objects.get(name="N")
    assert answer.url == reverse("strategy:strategy", args=[made.pk])
    assert str(made.until_on) == "2034-01-01"
    assert [one.name for one in Perspective.objects.filter(strategy=made)] == [
        *("Financial", "Customer", "Internal process", "Learning and growth")
    ]
    send(company, "ingrid", "new_perspective", made.pk, name="Shops", hue="2")
    assert "Add an objective" in text(page(company, "ingrid", "strategy", made.pk))
    view = Perspective.objects.get(strategy=made, name="Shops")
    said = {"perspective": view.pk, "title": "Sell", "description": "", "owner": company.leo.pk}
    answer = send(company, "ingrid", "new_objective", made.pk, **said)
    one = Objective.objects.get(strategy=made)
    assert answer.url == reverse("strategy:strategy", args=[made.pk])
    drawn = company.client("ingrid").get(answer.url)
    assert "add up to 0%" in text(drawn)
    assert f'<tspan class="map__code">{one.code}</tspan> Sell</text>' in drawn.content.decode()
    send(company, "ingrid", "shares", made.pk, **{f"share-{one.pk}": "100"})
    assert "Bring it into force" in text(page(company, "ingrid", "strategy", made.pk))
    assert "is superseded" in text(page(company, "ingrid", "bring_into_force", made.pk))
    answer = send(company, "ingrid", "bring_into_force", made.pk)
    assert answer.url == reverse("strategy:current")
    assert Strategy.objects.get(stage="in_force") == made
    assert "followed by another" in text(
        page(company, "tomas", "strategy", Strategy.objects.get(stage="superseded").pk)
    )


def test_what_is_refused_stands_beside_its_field_and_what_was_typed_stays(company):
    said = {"name": "Kept", "from_on": "2031-01-01", "last_on": "2030-12-31", "mission": "Typed"}
    answer = send(company, "ingrid", "new_strategy", **said)
    assert answer.status_code == 422
    assert "ends after it begins" in str(answer.context["form"].errors["last_on"])
    assert "Typed" in answer.content.decode()
    assert 'value="Kept"' in answer.content.decode()


def test_a_draft_is_reworded(company, draft):
    said = {"name": "Better", "from_on": str(draft.from_on), "last_on": str(draft.until_on)}
    assert send(company, "nkechi", "change_strategy", draft.pk, **said).status_code == 302
    assert Strategy.objects.get(pk=draft.pk).name == "Better"


def test_a_page_that_is_out_of_date_is_told(company, draft):
    client = company.client("ingrid")
    url = reverse("strategy:change_strategy", args=[draft.pk])
    stood = re.search(r'name="stands" value="(\w+)"', client.get(url).content.decode()).group(1)
    Strategy.objects.filter(pk=draft.pk).update(name="Meanwhile")
    said = {"name": "Mine", "from_on": str(draft.from_on), "last_on": str(draft.until_on)}
    answer = client.post(url, said | {"stands": stood})
    assert answer.status_code == 422
    assert "while your page was open" in text(answer)


def test_perspectives_change_and_go(company, draft, head):
    view = Perspective.objects.get(strategy=draft, name="Us")
    said = {"name": "People", "hue": "4", "position": "1"}
    assert send(company, "nkechi", "change_perspective", view.pk, **said).status_code == 302
    assert Perspective.objects.filter(strategy=draft)[0].name == "People"
    assert "Objectives stand in it" in text(send(company, "nkechi", "remove_perspective", view.pk))
    send(company, "nkechi", "new_perspective", draft.pk, name="Empty", hue="1")
    empty = Perspective.objects.get(name="Empty")
    assert "Remove the perspective Empty" in text(page(company, "nkechi", "strategy", draft.pk))
    assert send(company, "nkechi", "remove_perspective", empty.pk).status_code == 302


def test_objectives_change_change_hands_and_go(company, draft, pair, objective):
    one = pair[0]
    said = {
        "perspective": one.perspective_id,
        "title": "Clearer",
        "description": "",
        "owner": company.ana.pk,
    }
    assert send(company, "nkechi", "change_objective", one.pk, **said).status_code == 302
    assert Objective.objects.get(pk=one.pk).title == "Clearer"
    assert send(company, "nkechi", "remove_objective", one.pk).status_code == 302
    assert not Objective.objects.filter(pk=one.pk).exists()
    assert "Give it another owner" in text(page(company, "nkechi", "objective", objective.pk))
    send(company, "nkechi", "hand_over", objective.pk, owner=company.ana.pk)
    assert Objective.objects.get(pk=objective.pk).owner == company.ana


def test_a_circle_is_refused_and_shown_on_the_page(company, draft, pair):
    one, other = pair
    said = {"from_objective": one.pk, "to_objective": other.pk}
    assert send(company, "nkechi", "new_cause", draft.pk, **said).status_code == 302
    said = {"from_objective": other.pk, "to_objective": one.pk}
    answer = send(company, "nkechi", "new_cause", draft.pk, **said)
    assert answer.status_code == 422
    assert "For Us → For Shops → For Us" in text(answer)
    cause = one.drives.get()
    removal = reverse("strategy:remove_cause", args=[cause.pk])
    assert removal in page(company, "nkechi", "objective", one.pk).content.decode()
    assert send(company, "nkechi", "remove_cause", cause.pk).status_code == 302


def test_shares_short_of_a_hundred_are_refused_and_kept(company, draft, pair):
    said = {f"share-{pair[0].pk}": "70", f"share-{pair[1].pk}": "20"}
    answer = send(company, "nkechi", "shares", draft.pk, **said)
    assert answer.status_code == 422
    assert "add up to 90%" in text(answer)
    assert 'value="70"' in answer.content.decode()


def test_a_measure_is_added_given_targets_and_recorded(company, objective, strategy):
    said = {"name": "Lost", "unit": "", "direction": "down", "kind": "lag", "baseline": "12"}
    said |= {"baseline_on": str(strategy.from_on)}
    answer = send(company, "nkechi", "new_measure", objective.pk, **said)
    made = Measure.objects.get(name="Lost")
    assert answer.url == reverse("strategy:targets", args=[made.pk])
    rows = {"target-TOTAL_FORMS": "2", "target-INITIAL_FORMS": "0"}
    rows |= {"target-0-due_on": str(strategy.until_on), "target-0-value": "2"}
    assert send(company, "nkechi", "targets", made.pk, **rows).status_code == 302
    assert made.targets.get().value == 2
    answer = send(company, "leo", "new_actual", made.pk, on=str(company.today), value="9")
    assert answer.status_code == 302
    said = text(page(company, "tomas", "objective", objective.pk))
    assert "3 of 3 measures known" in said
    assert "Record a value" not in said
    assert "Record a value" in text(page(company, "leo", "objective", objective.pk))
    assert "stays with the objective" in text(send(company, "nkechi", "remove_measure", made.pk))


def test_targets_that_say_half_or_twice_are_told(company, objective, strategy):
    one = objective.measures.exclude(direction="band")[0]
    day = str(strategy.until_on)
    for rows, words in [
        ({"target-0-due_on": day}, "Give the value"),
        ({"target-0-value": "3"}, "Give the day"),
        (
            {
                "target-0-due_on": day,
                "target-0-value": "3",
                "target-1-due_on": day,
                "target-1-value": "4",
            },
            "same day",
        ),
        ({}, "one target at least"),
    ]:
        sent = {"target-TOTAL_FORMS": "2", "target-INITIAL_FORMS": "0"} | rows
        answer = send(company, "nkechi", "targets", one.pk, **sent)
        assert answer.status_code == 422
        assert words in text(answer)


def test_a_band_is_added_without_targets(company, objective, strategy):
    said = {"name": "Wait", "direction": "band", "kind": "lead", "band_low": "1", "band_high": "2"}
    said |= {"baseline_on": str(strategy.from_on)}
    answer = send(company, "nkechi", "new_measure", objective.pk, **said)
    assert answer.url == reverse("strategy:objective", args=[objective.pk])
    made = Measure.objects.get(name="Wait")
    assert send(company, "nkechi", "remove_measure", made.pk).status_code == 302


def test_a_lead_offers_and_an_executive_agrees(company, objective):
    plat = company.units["PLAT"]
    offer = reverse("strategy:propose", args=[plat.pk]) + f"?objective={objective.pk}"
    assert offer in page(company, "ana", "objective", objective.pk).content.decode()
    assert offer not in page(company, "tomas", "objective", objective.pk).content.decode()
    said = {"objective": objective.pk, "share_percent": "30", "note": "Two of us."}
    assert send(company, "ana", "propose", plat.pk, **said).status_code == 302
    made = Commitment.objects.get(unit=plat, objective=objective)
    assert "Platform waits for your answer" in text(company.client("nkechi").get("/"))
    answers = page(company, "nkechi", "unit", plat.pk).content.decode()
    assert reverse("strategy:agree", args=[made.pk]) in answers
    assert "offers 30% of its effort" in text(page(company, "nkechi", "agree", made.pk))
    assert send(company, "nkechi", "agree", made.pk).status_code == 302
    assert "30% of its effort for the strategy, 70% kept" in text(
        page(company, "tomas", "unit", plat.pk)
    )
    again = page(company, "ana", "propose", plat.pk, query=f"?objective={objective.pk}")
    assert 'value="30' in again.content.decode()


def test_an_offer_passed_back_is_found_by_the_lead(company):
    assert "The offer of Platform came back" in text(company.client("ana").get("/"))
    said = text(page(company, "ana", "unit", company.units["PLAT"].pk))
    assert "out of reach" in said
    assert "Offer another share" in said


def test_a_refused_offer_keeps_what_was_typed(company, objective):
    plat = company.units["PLAT"]
    said = {"objective": objective.pk, "share_percent": "0", "note": "Kept words."}
    answer = send(company, "ana", "propose", plat.pk, **said)
    assert answer.status_code == 422
    assert "above 0" in text(answer)
    assert "Kept words." in answer.content.decode()


def test_an_offer_is_passed_back_on_its_page(company, objective):
    offer = commitments.propose_commitment(
        by=company.viewer("ana"),
        unit=company.units["PLAT"],
        objective=objective,
        share_percent=Decimal(30),
    )
    assert send(company, "nkechi", "pass_back", offer.pk, reason="").status_code == 422
    assert send(company, "nkechi", "pass_back", offer.pk, reason="Later.").status_code == 302
    assert "Later." in text(page(company, "tomas", "unit", offer.unit_id))
    for act in ("agree", "pass_back"):
        assert page(company, "nkechi", act, offer.pk).status_code == 302


def test_an_address_that_asks_for_nonsense_is_answered(company):
    for asked in ("x", "9" * 40, ""):
        plat = company.units["PLAT"].pk
        assert page(company, "ana", "propose", plat, query=f"?objective={asked}").status_code == 200


def test_a_unit_leads_to_what_it_takes_on(company):
    plat = company.units["PLAT"]
    unit = company.client("tomas").get(reverse("people:unit", args=[plat.pk])).content.decode()
    assert reverse("strategy:unit", args=[plat.pk]) in unit
    assert "It has taken nothing on yet" in text(
        page(company, "tomas", "unit", company.units["DATA"].pk)
    )


def test_search_finds_objectives_for_those_who_may_see_them(company, pair):
    found = company.client("tomas").get("/search/", {"q": "lost order"}).content.decode()
    assert "No lost order, no wait at the till" in found
    assert "Objectives" in found
    for who in ("tomas", "samuel"):
        hidden = company.client(who).get("/search/", {"q": "For Shops"}).content.decode()
        assert "strategy/objectives" not in hidden


def test_an_owner_is_reminded_of_what_nobody_measured(company, objective):
    Measure.objects.create(
        objective=objective,
        name="Forgotten",
        direction="up",
        baseline=1,
        baseline_on=objective.strategy.from_on,
    )
    assert "Record what came of: Forgotten" in text(company.client("leo").get("/"))
    assert "Forgotten" not in text(company.client("ana").get("/"))


def test_what_one_did_for_the_strategy_is_in_ones_own_data(company):
    ana = company.client("ana").get("/me/data/file/").json()
    assert ana["objectives owned"][0]["title"] == "A partner connected in a week"
    assert ana["values recorded"]
    assert ana["answers about commitments"][0]["note"].startswith("Imports only")
    assert ana["steps of strategies"] == []
    head = company.client("nkechi").get("/me/data/file/").json()
    assert [step["stage"] for step in head["steps of strategies"]] == ["draft", "in_force"]


def test_a_superseded_strategy_shows_the_day_after_which_nothing_was_measured(
    company, strategy, draft, head
):
    strategies.bring_into_force(by=head, strategy=draft)
    answer = page(company, "ana", "strategy", strategy.pk)
    assert answer.status_code == 200
    assert "Offer" not in text(answer)


def test_a_theme_marks_its_objectives_on_the_map_and_in_the_list(company, draft, pair):
    Objective.objects.filter(pk=pair[0].pk).update(theme="Shops & trust")
    client, url = company.client("leo"), reverse("strategy:strategy", args=[draft.pk])
    assert "map__objective--marked" not in client.get(url).content.decode()
    marked = client.get(url, {"theme": "Shops & trust"}).content.decode()
    assert "Shops &amp; trust" in marked
    assert "?theme=Shops%20%26%20trust" not in marked  # the marked one leads back to all
    assert marked.count("map__objective--marked") == 2  # wide and narrow
    listed = client.get(url, {"theme": "Shops & trust", "as": "list"}).content.decode()
    assert listed.count("is-marked") == 1
    assert "<script>" not in client.get(url, {"theme": "<script>"}).content.decode()
