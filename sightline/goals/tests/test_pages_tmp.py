import pytest
from decimal import Decimal
from sightline.goals.tests.making import *
from sightline.goals.actions.check_ins import check_in, disagree
from sightline.goals.actions.closings import close_goal, carry_over
from sightline.goals.actions.catchball import revise
from sightline.strategy.models import Objective
pytestmark = pytest.mark.django_db

def test_all(company):
    period = a_period(company)
    mei, ana, leo = (company.viewer(k) for k in ("mei","ana","leo"))
    top = agreed(ana, leo, period, unit=company.units["PLAT"], kind="children", title="Checkout served", start_value=None, target_value=None, value_unit="")
    serves(ana, top, Objective.objects.select_related("strategy").first())
    g = agreed(mei, ana, period)
    serves(mei, g, top, 70)
    check_in(by=mei, goal=g, value=Decimal("0.8"), confidence=Decimal("0.6"), note="x", on=days_ago(company, 5))
    assert fresh(top).done_percent == 50
    disagree(by=mei, goal=g, words="No")
    revise(by=mei, goal=fresh(g), text=a_text(period, title="Other words here"), reason="because")
    for path in ("/goals/", "/goals/team/", "/goals/unit/", "/goals/all/", "/goals/all/?state=behind&q=cut", "/goals/all/?state=silent","/goals/all/?state=stale","/goals/all/?state=loose", f"/goals/{g.pk}/", f"/goals/{top.pk}/", f"/goals/{top.pk}/working/", "/goals/check-ins/", "/goals/new/", f"/goals/{g.pk}/revisions/new/", f"/goals/{g.pk}/contributions/new/", f"/goals/{g.pk}/parents/?q=check", "/line-of-sight/", f"/line-of-sight/units/{company.units['TECH'].pk}/", f"/line-of-sight/people/{company.mei.pk}/", "/goals/periods/", f"/goals/{g.pk}/closing/", f"/goals/{g.pk}/visibility/", f"/goals/{g.pk}/disagreement/", f"/goals/{g.pk}/check-ins/new/"):
        for key in ("mei", "ana", "ingrid"):
            r = company.client(key).get(path)
            print(path, key, r.status_code)
            assert r.status_code in (200, 403), path
    close_goal(by=ana, goal=fresh(g), outcome="missed", words="Too much")
    nxt = a_period(company, name="next", from_on=period.until_on, until_on=period.until_on+timedelta(days=90))
    n = carry_over(by=mei, goal=fresh(g), period=nxt)
    assert n.contributions.count() == 1
    assert company.client("mei").get(f"/goals/{g.pk}/").status_code == 200
    assert company.client("mei").get(f"/goals/{n.pk}/").status_code == 200
