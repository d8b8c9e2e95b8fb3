from __future__ import annotations

from django.urls import path

from sightline.goals.views import (
    catchball,
    check_ins,
    copying,
    goals,
    lists,
    periods,
    serving,
    sharing,
    sight,
)

app_name = "goals"
urlpatterns = [
    path("goals/", lists.mine, name="mine"),
    path("goals/team/", lists.team, name="team"),
    path("goals/unit/", lists.unit, name="unit"),
    path("goals/all/", lists.everything, name="all"),
    path("goals/check-ins/", check_ins.several, name="check_ins"),
    path("goals/check-ins/due/", check_ins.due, name="check_ins_due"),
    path("goals/new/", goals.new, name="new"),
    path("goals/copying/", copying.copy, name="copy"),
    path("goals/periods/", periods.periods, name="periods"),
    path("goals/periods/new/", periods.open_period, name="open_period"),
    path("goals/periods/<int:period_id>/change/", periods.change, name="change_period"),
    path("goals/periods/<int:period_id>/closing/", periods.close, name="close_period"),
    path("goals/periods/<int:period_id>/reopening/", periods.reopen, name="reopen_period"),
    path("goals/<int:goal_id>/", goals.goal, name="goal"),
    path("goals/<int:goal_id>/change/", goals.change, name="change"),
    path("goals/<int:goal_id>/removal/", goals.remove, name="remove"),
    path("goals/<int:goal_id>/visibility/", goals.visibility, name="visibility"),
    path("goals/<int:goal_id>/working/", goals.working, name="working"),
    path("goals/<int:goal_id>/proposal/", catchball.propose, name="propose"),
    path("goals/<int:goal_id>/revisions/new/", catchball.revise, name="revise"),
    path("goals/<int:goal_id>/acceptance/", catchball.accept, name="accept"),
    path("goals/<int:goal_id>/closing/", goals.close, name="close"),
    path("goals/<int:goal_id>/carrying-over/", goals.carry, name="carry"),
    path("goals/<int:goal_id>/sharing/", sharing.share_out, name="share_out"),
    path("goals/<int:goal_id>/check-ins/new/", check_ins.one, name="check_in"),
    path("goals/<int:goal_id>/disagreement/", check_ins.disagree, name="disagree"),
    path("goals/<int:goal_id>/contributions/new/", serving.add, name="serve"),
    path("goals/<int:goal_id>/parents/", serving.pick, name="pick_parent"),
    path("goals/contributions/<int:link_id>/share/", serving.share, name="share"),
    path("goals/contributions/<int:link_id>/removal/", serving.remove, name="unserve"),
    path("goals/contributions/<int:link_id>/confirmation/", serving.confirm, name="confirm"),
    path("line-of-sight/", sight.organisation, name="sight"),
    path("line-of-sight/units/<int:unit_id>/", sight.unit, name="sight_of_unit"),
    path("line-of-sight/people/<int:employee_id>/", sight.person, name="sight_of_person"),
]
