"""People from outside: known, let in by a role, and nothing more."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.people.actions.employments import Details
from sightline.people.actions.outsiders import admit_outsider
from sightline.people.viewer import viewer_as

AUDITOR = Details(number="90002", name="Olga Brandão", email="olga@audit.example")


def test_an_outsider_is_known_but_works_nowhere(company):
    outsider = admit_outsider(by=company.viewer("ruth"), details=AUDITOR)
    assert not viewer_as(outsider).is_employed
    assert Record.objects.get(subject=outsider.ref).kind == "people.OutsiderAdmitted"


def test_only_those_who_hand_out_roles_let_somebody_in(company):
    with pytest.raises(PermissionDenied):
        admit_outsider(by=company.viewer("ana"), details=AUDITOR)


def test_an_outsider_with_the_number_of_a_colleague_is_refused(company):
    details = Details(number=company.tomas.number, name="Olga Brandão")
    with pytest.raises(Refused, match="number of Tomás Silva"):
        admit_outsider(by=company.viewer("ingrid"), details=details)
