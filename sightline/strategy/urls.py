from __future__ import annotations

from django.urls import path

from sightline.strategy.views import (
    commitments,
    map,
    matrix,
    measures,
    objectives,
    strategies,
    target_shares,
    versions,
    weighings,
)

app_name = "strategy"
urlpatterns = [
    path("", strategies.current, name="current"),
    path("new/", strategies.new_strategy, name="new_strategy"),
    path("versions/new/", versions.new, name="new_version"),
    path("<int:strategy_id>/", strategies.strategy, name="strategy"),
    path("<int:strategy_id>/changes/", versions.changes, name="changes"),
    path("<int:strategy_id>/change/", strategies.change_strategy, name="change_strategy"),
    path("<int:strategy_id>/force/", strategies.bring_into_force, name="bring_into_force"),
    path("<int:strategy_id>/shares/", objectives.shares, name="shares"),
    path("<int:strategy_id>/weighings/new/", weighings.new, name="new_weighing"),
    path("weighings/<int:weighing_id>/", weighings.weighing, name="weighing"),
    path("weighings/<int:weighing_id>/answer/", weighings.weigh, name="weigh"),
    path("weighings/<int:weighing_id>/closing/", weighings.close, name="close_weighing"),
    path("weighings/<int:weighing_id>/shares/", weighings.take_over, name="take_over"),
    path("<int:strategy_id>/perspectives/new/", objectives.new_perspective, name="new_perspective"),
    path("<int:strategy_id>/objectives/new/", objectives.new_objective, name="new_objective"),
    path("<int:strategy_id>/matrix/", matrix.matrix, name="matrix"),
    path("<int:strategy_id>/undoing/", map.undo, name="undo"),
    path("<int:strategy_id>/causes/new/", objectives.new_cause, name="new_cause"),
    path(
        "perspectives/<int:perspective_id>/change/",
        objectives.change_perspective,
        name="change_perspective",
    ),
    path("perspectives/<int:perspective_id>/objectives/new/", map.add, name="add"),
    path(
        "perspectives/<int:perspective_id>/removal/",
        objectives.remove_perspective,
        name="remove_perspective",
    ),
    path("objectives/<int:objective_id>/", objectives.objective, name="objective"),
    path(
        "objectives/<int:objective_id>/change/",
        objectives.change_objective,
        name="change_objective",
    ),
    path("objectives/<int:objective_id>/place/", map.place, name="place"),
    path("objectives/<int:objective_id>/title/", map.rename, name="rename"),
    path("objectives/<int:objective_id>/causes/new/", map.connect, name="connect"),
    path("objectives/<int:objective_id>/owner/", objectives.hand_over, name="hand_over"),
    path(
        "objectives/<int:objective_id>/removal/",
        objectives.remove_objective,
        name="remove_objective",
    ),
    path("objectives/<int:objective_id>/measures/new/", measures.new_measure, name="new_measure"),
    path("causes/<int:cause_id>/undoing/", map.disconnect, name="disconnect"),
    path("causes/<int:cause_id>/removal/", objectives.remove_cause, name="remove_cause"),
    path("measures/<int:measure_id>/targets/", measures.targets, name="targets"),
    path("measures/<int:measure_id>/actuals/new/", measures.new_actual, name="new_actual"),
    path("measures/<int:measure_id>/removal/", measures.remove_measure, name="remove_measure"),
    path("measures/<int:measure_id>/shares/", target_shares.target_shares, name="target_shares"),
    path(
        "measures/<int:measure_id>/shares/change/",
        target_shares.split_target,
        name="split_target",
    ),
    path(
        "shares/<int:share_id>/actuals/new/",
        target_shares.new_share_actual,
        name="new_share_actual",
    ),
    path("units/<int:unit_id>/", commitments.unit, name="unit"),
    path("units/<int:unit_id>/commitments/new/", commitments.propose, name="propose"),
    path("commitments/<int:commitment_id>/agreement/", commitments.agree, name="agree"),
    path("commitments/<int:commitment_id>/passing-back/", commitments.pass_back, name="pass_back"),
]
