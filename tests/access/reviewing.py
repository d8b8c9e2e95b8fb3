"""Reviews of the cast in every stage, for the addresses of the table."""

from __future__ import annotations

from typing import Any

from sightline.reviews.actions import acts, cycles, forms, peers
from sightline.reviews.models import Cycle, TemplateVersion
from sightline.reviews.tests.making import (
    a_plan,
    a_template,
    calibrated,
    everything,
    form_of,
    open_cycle,
    review_of,
    submitted,
)
from tests.company import Company


def reviews(company: Company) -> dict[str, list[Any]]:
    """A plan, and cycles that are tried, open, being calibrated, and shared."""
    version = a_template(company)
    hr = company.viewer("ingrid")
    planned = cycles.plan_cycle(by=hr, plan=a_plan(company, name="Planned", version=version))
    tried = cycles.plan_cycle(by=hr, plan=a_plan(company, name="Tried", version=version))
    cycles.try_out(by=hr, cycle=tried)
    return {
        "template of reviews": [version.pk],
        "planned cycle": [planned.pk],
        "tried cycle": [tried.pk],
        **_open(company, version),
        **_calibrating(company, version),
        **_shared(company, version),
    }


def _open(company: Company, version: TemplateVersion) -> dict[str, list[Any]]:
    cycle = open_cycle(company, name="Open", version=version)
    review = review_of(cycle, company.tomas)
    peers.nominate(by=company.viewer("ana"), review=review, peers=[company.mei])
    peers.nominate(by=company.viewer("tomas"), review=review, peers=[company.kofi])
    own = form_of(cycle, company.tomas, "self")
    managers = form_of(cycle, company.tomas, "manager")
    said = everything(managers, 3)
    forms.save_form(by=company.viewer("ana"), form=managers, said=said)
    submitted(company, cycle, "sara", "manager", 3)
    return {
        "open cycle": [cycle.pk],
        "open review of tomas": [review.pk],
        "self review of tomas": [own.pk],
        "first section of tomas": [own.pk, 1],
        "form of ana about tomas": [managers.pk],
        "first section of ana": [managers.pk, 1],
        "self review of mei": [submitted(company, cycle, "mei", "self", 3).pk],
        "form of mei as a peer": [form_of(cycle, company.tomas, "peer", company.mei).pk],
    }


def _calibrating(company: Company, version: TemplateVersion) -> dict[str, list[Any]]:
    hr = company.viewer("ingrid")
    cycle = open_cycle(company, name="Calibrating", version=version)
    submitted(company, cycle, "tomas", "manager", 4)
    named = cycles.name_calibrator(
        by=hr, cycle=cycle, unit=company.units["TECH"], employee=company.leo
    )
    cycles.begin_calibration(by=hr, cycle=cycle)
    return {
        "calibrating cycle": [cycle.pk],
        "proposal about tomas": [review_of(cycle, company.tomas).pk],
        "calibrator leo": [named.pk],
    }


def _shared(company: Company, version: TemplateVersion) -> dict[str, list[Any]]:
    cycle: Cycle = open_cycle(company, name="Shared", version=version)
    for key in ("tomas", "mei", "cida"):
        submitted(company, cycle, key, "manager", 3)
    calibrated(company, cycle)
    of = {key: review_of(cycle, company.people[key]) for key in ("tomas", "mei", "cida")}
    for key in ("tomas", "cida"):
        acts.share(by=company.viewer("ana"), review=of[key], words="Read this first.")
    acts.appeal(by=company.viewer("cida"), review=of["cida"], grounds="Four plans were not mine.")
    return {
        "shared cycle": [cycle.pk],
        "shared review of tomas": [of["tomas"].pk],
        "review of mei to be shared": [of["mei"].pk],
        "appeal of cida": [of["cida"].pk],
    }
