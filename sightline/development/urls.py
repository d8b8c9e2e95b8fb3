from __future__ import annotations

from django.urls import path

from sightline.development.views import people, plans, units

app_name = "development"
urlpatterns = [
    path("development/", people.mine, name="mine"),
    path("development/team/", units.team, name="team_gaps"),
    path("development/units/<int:unit_id>/", units.unit, name="unit_gaps"),
    path("development/people/<int:employee_id>/", people.gaps, name="gaps"),
    path("development/people/<int:employee_id>/levels/", people.levels, name="levels"),
    path("development/people/<int:employee_id>/judgement/", people.judgement, name="judgement"),
    path("development/people/<int:employee_id>/plans/", plans.plans, name="plans"),
    path("development/people/<int:employee_id>/plans/new/", plans.new_plan, name="new_plan"),
    path("development/plans/<int:plan_id>/", plans.plan, name="plan"),
    path("development/plans/<int:plan_id>/change/", plans.change_plan, name="change_plan"),
    path("development/plans/<int:plan_id>/proposal/", plans.proposal, name="proposal"),
    path("development/plans/<int:plan_id>/agreement/", plans.agreement, name="agreement"),
    path("development/plans/<int:plan_id>/removal/", plans.removal, name="removal"),
    path("development/plans/<int:plan_id>/closure/", plans.closure, name="closure"),
    path("development/plans/<int:plan_id>/actions/new/", plans.new_action, name="new_action"),
    path("development/actions/<int:action_id>/change/", plans.change_action, name="change_action"),
    path("development/actions/<int:action_id>/progress/", plans.progress, name="progress"),
    path(
        "development/actions/<int:action_id>/removal/", plans.action_removal, name="action_removal"
    ),
]
