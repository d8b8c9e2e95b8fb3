"""The strategy is changed in a next version, held against the one in force, and takes its place."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.models import Notice
from sightline.strategy.actions import measures, objectives, strategies
from sightline.strategy.actions.telling import tell_of_version
from sightline.strategy.actions.versions import draft_version
from sightline.strategy.models import (
    Actual,
    Cause,
    Commitment,
    Measure,
    Objective,
    ShareActual,
    Strategy,
    Target,
    TargetShare,
)
from sightline.strategy.queries.commitments import charters_of
from sightline.strategy.queries.open_ends import passed_back_to
from sightline.strategy.queries.versions import (
    asked_anew,
    carried,
    compared,
    compared_with_force,
    owner_names,
    successor_of,
    touched_by,
)
from sightline.strategy.rules.versions import Compared, Fate, Version, Wording
from sightline.strategy.tests.test_pages import page, send, text
from sightline.strategy.wording import field_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(strategy, head):
    """A draft that says what is in force."""
    said = {name: getattr(strategy, name) for name in ("until_on", "mission", "vision")}
    return draft_version(by=head, name="Version two", from_on=head.today, **said)


def copy_of(version, objective):
    return Objective.objects.get(strategy=version, root=objective)


def reword(head, one, **said):
    facts = {
        name: getattr(one, name)
        for name in ("perspective", "title", "description", "theme", "owner")
    }
    objectives.change_objective(by=head, objective=one, **facts | said)


def remove(head, version, one):
    """Take an objective out; what it was to get goes to the first of the others."""
    objectives.remove_objective(by=head, objective=one)
    rest = list(Objective.objects.filter(strategy=version))
    given = {row: row.intended_share_percent for row in rest}
    given[rest[0]] += 100 - sum(given.values())
    objectives.set_shares(by=head, strategy=version, shares=given)


def test_it_begins_as_a_copy_of_what_is_in_force(strategy, version, head, last_sentence):
    assert last_sentence() == f"began Version two as a copy of {strategy.name}"
    assert version.is_draft
    for rows in (
        lambda one: Objective.objects.filter(strategy=one),
        lambda one: Cause.objects.filter(from_objective__strategy=one),
        lambda one: Measure.objects.filter(objective__strategy=one),
        lambda one: Target.objects.filter(measure__objective__strategy=one),
        lambda one: TargetShare.objects.filter(measure__objective__strategy=one),
    ):
        assert rows(version).count() == rows(strategy).count()
    assert {one.fate for one in compared_with_force(head, version)} == {Fate.SAME}
    assert not Commitment.objects.filter(objective__strategy=version).exists()


def test_strangers_to_it_begin_none_and_without_one_in_force_nobody_does(company, strategy, head):
    said = {"name": "X", "from_on": head.today, "until_on": strategy.until_on}
    with pytest.raises(PermissionDenied, match="write the strategy"):
        draft_version(by=company.viewer("leo"), mission="", vision="", **said)
    Strategy.objects.update(stage="superseded")
    with pytest.raises(Refused, match="Begin one"):
        draft_version(by=head, mission="", vision="", **said)


def test_what_comes_goes_and_changes_is_told(strategy, version, head, company, objective):
    new = copy_of(version, objective)
    reword(head, new, title=f"{objective.title} ever")
    gone = Objective.objects.filter(strategy=version).exclude(pk=new.pk).last()
    remove(head, version, gone)
    view = new.perspective
    objectives.add_objective(
        by=head, perspective=view, title="Fresh", description="", owner=company.leo
    )
    rows = compared_with_force(head, version)
    fates = {(one.new or one.old).wording.title: one.fate for one in rows}
    assert fates["Fresh"] == Fate.ADDED
    assert fates[gone.title] == Fate.REMOVED
    assert fates[f"{objective.title} ever"] == Fate.CHANGED
    assert set(asked_anew(rows)) == {objective.pk, gone.root_id}
    assert objective.pk not in carried(rows)


def test_another_share_owner_or_perspective_asks_nobody_anew(version, head, company, objective):
    new = copy_of(version, objective)
    reword(head, new, owner=company.ana)
    rows = compared_with_force(head, version)
    assert [one.changed for one in rows if one.fate == Fate.CHANGED] == [["owner"]]
    assert asked_anew(rows) == []


def test_another_target_asks_anew(version, head, objective):
    measure = Measure.objects.filter(objective=copy_of(version, objective)).exclude(
        direction="band"
    )[0]
    targets = {one.due_on: one.value for one in measure.targets.all()}
    last = max(targets)
    targets[last] += 1 if measure.direction == "up" else Decimal(-1)
    measures.set_targets(by=head, measure=measure, targets=targets)
    assert asked_anew(compared_with_force(head, version)) == [objective.pk]


def test_what_stays_goes_over_with_its_commitments_and_values(strategy, version, head):
    agreed = Commitment.objects.filter(objective__strategy=strategy)
    before = {(one.unit_id, one.objective.title, one.stage, one.agreed_percent) for one in agreed}
    steps = sum(one.steps.count() for one in agreed)
    values = Actual.objects.filter(measure__objective__strategy=strategy).count()
    parts = ShareActual.objects.filter(share__measure__objective__strategy=strategy).count()
    strategies.bring_into_force(by=head, strategy=version)
    new = Commitment.objects.filter(objective__strategy=version)
    after = {(one.unit_id, one.objective.title, one.stage, one.agreed_percent) for one in new}
    assert after == before
    assert sum(one.steps.count() for one in new) == steps
    assert Actual.objects.filter(measure__objective__strategy=version).count() == values > 0
    assert ShareActual.objects.filter(share__measure__objective__strategy=version).count() == parts
    assert len(charters_of(head, strategy)) == len(charters_of(head, version))


def test_a_commitment_to_what_has_changed_is_passed_back_and_what_was_agreed_holds(
    strategy, version, head
):
    old = Commitment.objects.filter(objective__strategy=strategy, stage="agreed")[0]
    reword(head, copy_of(version, old.objective), title="Another")
    seen = touched_by(head, compared_with_force(head, version), head.today)
    assert old in seen.commitments
    strategies.bring_into_force(by=head, strategy=version)
    new = Commitment.objects.get(unit=old.unit, objective__title="Another")
    assert (new.stage, new.agreed_percent) == ("passed_back", old.agreed_percent)
    assert new.claimed_percent == old.claimed_percent
    assert Record.objects.filter(kind="strategy.CommitmentPassedBack").exists()


def test_of_what_is_gone_the_leads_are_told_once(strategy, version, head, company):
    old = Commitment.objects.filter(objective__strategy=strategy).exclude(unit__in=head.units_led)[
        0
    ]
    remove(head, version, copy_of(version, old.objective))
    seen = touched_by(head, compared_with_force(head, version), head.today)
    assert seen.measures == old.objective.measures.count()
    strategies.bring_into_force(by=head, strategy=version)
    assert not Commitment.objects.filter(objective__strategy=version, unit=old.unit).filter(
        objective__root=old.objective
    )
    record = Record.objects.filter(kind="strategy.StrategyBroughtIntoForce").latest("pk")
    assert tell_of_version(record.pk) >= 1
    assert tell_of_version(record.pk) == 0
    assert Notice.objects.filter(sentence__contains="took on are gone").exists()
    assert tell_of_version(record.pk - 1) == 0


def test_what_an_objective_has_become_is_found_over_several_versions(
    strategy, version, head, objective
):
    assert successor_of(objective) == objective
    strategies.bring_into_force(by=head, strategy=version)
    said = {name: getattr(version, name) for name in ("until_on", "mission", "vision")}
    third = draft_version(by=head, name="Version three", from_on=head.today, **said)
    strategies.bring_into_force(by=head, strategy=third)
    assert successor_of(objective).strategy == third
    assert {one.fate for one in compared(strategy, third)} == {Fate.SAME}
    fresh = strategies.draft_strategy(
        by=head, name="Else", from_on=head.today, until_on=strategy.until_on, perspectives=["A"]
    )
    assert {one.fate for one in compared(third, fresh)} == {Fate.REMOVED}
    assert {one.fate for one in compared(None, third)} == {Fate.ADDED}


def test_the_pages_begin_compare_and_bring_it_into_force(company, strategy, objective, head):
    assert "Change it in a new version" in text(page(company, "nkechi", "current"))
    assert page(company, "leo", "new_version").status_code == 403
    said = {"name": "Two", "from_on": str(head.today), "last_on": str(strategy.span.last)}
    answer = send(company, "nkechi", "new_version", **said)
    made = Strategy.objects.get(name="Two")
    assert answer.url == reverse("strategy:strategy", args=[made.pk])
    assert "Nothing changes yet" in text(page(company, "nkechi", "changes", made.pk))
    reword(head, copy_of(made, objective), title="No order is lost")
    shown = page(company, "nkechi", "changes", made.pk)
    assert "<del>" in shown.content.decode()
    assert "<ins>" in shown.content.decode()
    assert "Units that it touches" in text(shown)
    assert "Units that it touches" not in text(page(company, "leo", "changes", made.pk))
    assert page(company, "tomas", "changes", made.pk).status_code == 404
    assert page(company, "nkechi", "changes", strategy.pk).status_code == 404
    url = reverse("strategy:bring_into_force", args=[made.pk])
    asked = company.client("nkechi").get(url)
    assert "Objectives that change 1" in text(asked)
    stood = re.search(r'name="stands" value="(\w+)"', asked.content.decode()).group(1)
    reword(head, copy_of(made, objective), title="No order is ever lost")
    late = company.client("nkechi").post(url, {"stands": stood})
    assert late.status_code == 422
    assert "while your page was open" in text(late)
    assert send(company, "nkechi", "bring_into_force", made.pk).status_code == 302
    old = page(company, "tomas", "objective", objective.pk)
    assert objective.title in text(old)


def test_owners_are_named_to_those_for_whom_they_exist(company, strategy, version, head, objective):
    Objective.objects.filter(pk=objective.pk).update(owner=company.rui)
    new = copy_of(version, objective)
    reword(head, new, owner=company.ana)
    rows = [one for one in compared_with_force(head, version) if one.fate == Fate.CHANGED]
    (change,) = field_changes(rows[0], owner_names(company.viewer("tomas"), rows))
    assert [text for _part, text in change.runs] == ["nobody who works here today", "Ana Ribeiro"]


def test_a_measure_goes_though_a_draft_has_a_copy_of_it(strategy, version, head, objective):
    facts = measures.MeasureFacts("New", "up", "lag", strategy.from_on, "", Decimal(0))
    measure = measures.add_measure(by=head, objective=objective, facts=facts)
    said = {"root": measure, "direction": "up", "baseline": 0, "baseline_on": head.today}
    new = copy_of(version, objective)
    copies = [Measure.objects.create(objective=new, name=name, **said) for name in ("A", "B")]
    measures.remove_measure(by=head, measure=measure)
    first, second = (Measure.objects.get(pk=one.pk) for one in copies)
    assert (first.root, second.root) == (None, first)


def test_what_was_shared_out_while_a_draft_was_open_goes_over(company, strategy, version, head):
    target = (
        Target.objects.filter(measure__objective__strategy=strategy, measure__shares=None)
        .order_by("pk")
        .first()
    )
    split = TargetShare.objects.create(
        measure=target.measure, due_on=target.due_on, unit=company.units["PLAT"], value=7
    )
    came = {"author": company.leo, "recorded_at": timezone.now()}
    ShareActual.objects.create(share=split, value=3, **came)
    strategies.bring_into_force(by=head, strategy=version)
    (new,) = TargetShare.objects.filter(measure__objective__strategy=version, value=7)
    assert ShareActual.objects.get(share=new).value == 3


def test_an_executive_who_leads_a_unit_is_asked_anew_too(company, strategy, version, head):
    unit = company.units["LARK"]
    objective = Objective.objects.filter(strategy=strategy).first()
    Commitment.objects.filter(unit=unit).delete()
    old = Commitment.objects.create(
        unit=unit, objective=objective, share_percent=5, agreed_percent=5, stage="agreed"
    )
    reword(head, copy_of(version, objective), title="Another")
    strategies.bring_into_force(by=head, strategy=version)
    (asked,) = passed_back_to(head).filter(unit=old.unit)
    assert asked.objective.title == "Another"


def test_of_what_comes_or_goes_no_field_says_something_else():
    one = Version(1, 1, 1, "O1", Wording("A", "", "", "View", "", 1, Decimal(100)))
    assert Compared(one, None).changed == Compared(None, one).changed == []
    assert Compared(one, None).asks_anew
    assert not Compared(None, one).asks_anew
