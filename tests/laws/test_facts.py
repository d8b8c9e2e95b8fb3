"""What the database holds: constraints by name, facts that nobody deletes by accident."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models

from tests.laws.law import ROOT

OURS = [model for model in apps.get_models() if model.__module__.startswith("sightline.")]

KEPT_WITH_THEIR_OWNER = {
    "people.ReportingLine.manager": "worked out from assignments, drawn anew",
    "people.ReportingLine.employee": "worked out from assignments, drawn anew",
    "people.UnitLine.above": "worked out from placements, drawn anew",
    "people.UnitLine.unit": "worked out from placements, drawn anew",
    "people.CompetencyLevel.competency": "a part of the competency",
    "drafts.Draft.account": "a draft is its writer's alone",
    "drafts.SetAside.account": "a draft is its writer's alone",
    "notices.Notice.account": "a notice is its reader's alone",
    "notices.Preference.account": "a choice is its reader's alone",
    "notices.Letter.account": "a letter is its reader's alone",
}


def cascades(fields: list[tuple[str, object]]) -> list[str]:
    """The keys by which a row goes when another goes, and that nothing excuses."""
    return [
        name
        for name, on_delete in fields
        if on_delete is models.CASCADE and name not in KEPT_WITH_THEIR_OWNER
    ]


def keys_of_the_house() -> list[tuple[str, object]]:
    """Every foreign key of ours, and what happens to it when the other row goes."""
    return [
        (f"{model._meta.app_label}.{model.__name__}.{field.name}", field.remote_field.on_delete)
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]


def test_no_fact_goes_because_another_row_goes():
    assert cascades(keys_of_the_house()) == []


def test_every_key_that_may_cascade_does():
    found = {name for name, on_delete in keys_of_the_house() if on_delete is models.CASCADE}
    assert set(KEPT_WITH_THEIR_OWNER) <= found


def test_a_planted_cascade_is_found():
    planted = [
        ("people.Assignment.employee", models.CASCADE),
        ("people.Pay.employee", models.PROTECT),
    ]
    assert cascades(planted) == ["people.Assignment.employee"]


def nameless(constraints: list[tuple[str, str, str]]) -> list[str]:
    """The constraints, as (app, model, name), whose name does not say what holds of what."""
    return [
        name
        for app, model, name in constraints
        if not re.fullmatch(rf"{app}_{model}_[a-z0-9]+(_[a-z0-9]+)+", name)
    ]


def constraints_of_the_house() -> list[tuple[str, str, str]]:
    """Every constraint of ours."""
    return [
        (model._meta.app_label, model.__name__.lower(), constraint.name)
        for model in OURS
        for constraint in model._meta.constraints
    ]


def test_constraints_say_what_holds_of_what():
    assert nameless(constraints_of_the_house()) == []


def test_planted_names_of_constraints_are_told_apart():
    planted = [
        ("people", "pay", "people_pay_is_not_negative"),
        ("people", "pay", "people_pay_check"),
        ("people", "pay", "amount_is_not_negative"),
        ("goals", "checkin", "goals_checkin_confidence_is_between_0_and_1"),
    ]
    assert nameless(planted) == ["people_pay_check", "amount_is_not_negative"]


def unnamed_migrations(names: list[str]) -> list[str]:
    """The migrations whose name does not say what they do."""
    wanted = r"\d{4}_(?!auto|initial|merge|alter)[a-z]+(_[a-z0-9]+)+"
    return [name for name in names if not re.fullmatch(wanted, name)]


def test_migrations_say_what_they_do():
    names = [path.stem for path in ROOT.glob("sightline/**/migrations/0*.py")]
    assert names
    assert unnamed_migrations(names) == []


@pytest.mark.parametrize("name", ["0002_auto_20260301_1200", "0001_initial", "0003_merge"])
def test_a_planted_migration_without_a_name_is_found(name):
    assert unnamed_migrations([name, "0001_keep_the_organisation"]) == [name]
