from datetime import date
import pytest
from sightline.people.actions import founding, employments, units, posts, roles, assignments, leaves
from sightline.people.actions.employments import Details
from sightline.people.viewer import viewer_as
from sightline.people.models import *
from sightline.people.queries import people as q, organisation as o
from sightline.foundation.core.errors import Refused

@pytest.mark.django_db
def test_smoke():
    D=date(2020,1,1)
    f=founding.found_organisation(number="1",name="Ruth",email="r@x.y",on=D)
    by=viewer_as(f)
    u=units.open_unit(by=by,code="C",name="Co",kind="company",parent=None,on=D)
    u2=units.open_unit(by=by,code="P",name="Plat",kind="team",parent=u,on=D)
    j=posts.define_job(by=by,code="J",title="Eng",family="E",level=1)
    P=[posts.open_position(by=by,code=f"P{i}",title=f"Post {i}",unit=u2,job=j,on=D) for i in range(5)]
    a=employments.hire(by=by,details=Details("2","Ana"),position=P[0],manager=None,on=D)
    b=employments.hire(by=by,details=Details("3","Tom"),position=P[1],manager=a,on=D)
    c=employments.hire(by=by,details=Details("4","Cyd"),position=P[2],manager=b,on=D)
    assert ReportingLine.objects.count()==3
    with pytest.raises(Refused, match="circle: Ana"):
        assignments.change_manager(by=by,employee=a,manager=c,on=date(2021,1,1))
    va=viewer_as(a)
    p=q.person_seen_by(va,b.pk,va.today)
    assert p.file_open and not p.may_change
    assert not q.person_seen_by(viewer_as(c),b.pk,va.today).file_open
    employments.end_employment(by=by,employee=b,on=date(2022,1,1))
    assert ReportingLine.objects.on(date(2023,1,1)).filter(manager=a).count()==1
    assert q.person_seen_by(viewer_as(c),b.pk,va.today) is None
    assert q.person_seen_by(va,b.pk,va.today)
    assert list(q.directory(va,va.today))
    assert list(q.with_team_sizes(q.reports_of(va,a,va.today),va.today))[0].in_all==0
    assert o.unit_tree(va,va.today)[0].people_in_all==2
    employments.rehire(by=by,employee=b,position=P[1],manager=a,on=date(2023,1,1))
    posts.set_responsibilities(by=by,position=P[1],duties=[posts.Duty("x","y",100)],on=D)
    posts.move_position(by=by,position=P[1],unit=u,job=j,on=date(2024,1,1))
    assert viewer_as(b)
