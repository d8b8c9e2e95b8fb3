import pytest

from sightline.conversations.policies import may_count_rhythms
from sightline.insight import policies

pytestmark = pytest.mark.django_db

WHO = ["tomas", "ana", "leo", "nkechi", "fatima", "ingrid", "ruth", "samuel", "priya"]


def allowed(company, policy):
    return [key for key in WHO if policy(company.viewer(key))]


def test_executives_and_hr_administrators_read_the_whole_picture(company):
    assert allowed(company, policies.may_read_organisation) == ["nkechi", "ingrid"]
    refused = policies.may_read_organisation(company.viewer("ana"))
    assert (
        refused.reason
        == "The picture of the whole organisation is for executives and HR administrators."
    )


def test_hr_and_executives_follow_cycles(company):
    assert allowed(company, policies.may_read_cycles) == ["nkechi", "fatima", "ingrid"]


def test_whoever_has_reports_reads_the_team(company):
    assert allowed(company, policies.may_read_team) == ["ana", "leo", "nkechi", "ingrid"]
    refused = policies.may_read_team(company.viewer("tomas"))
    assert refused.reason.startswith("Nobody reports to you.")


def test_auditors_and_system_administrators_have_no_part_in_overviews(company):
    expected = ["ana", "leo", "nkechi", "fatima", "ingrid"]
    assert allowed(company, policies.may_read_insight) == expected
    refused = policies.may_read_insight(company.viewer("ruth"))
    assert refused.reason == "Overviews are for managers, HR and executives."


def test_the_rhythm_of_units_is_counted_by_those_who_read_the_whole_picture(company):
    assert allowed(company, may_count_rhythms) == ["nkechi", "ingrid"]
    assert not may_count_rhythms(company.viewer("samuel"))
