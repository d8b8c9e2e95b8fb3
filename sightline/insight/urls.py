from __future__ import annotations

from django.urls import path

from sightline.insight.views import cycles, organisation, team

app_name = "insight"
urlpatterns = [
    path("insight/", team.first, name="insight"),
    path("insight/strategy/", organisation.strategy, name="strategy"),
    path("insight/objectives/<int:objective_id>/", organisation.objective, name="objective"),
    path("insight/practice/", organisation.practice, name="practice"),
    path("insight/competencies/", organisation.competencies, name="competencies"),
    path("insight/team/", team.team, name="team"),
    path("insight/cycles/", cycles.latest, name="cycles"),
    path("insight/cycles/<int:cycle_id>/", cycles.cycle, name="cycle"),
    path("insight/cycles/<int:cycle_id>/people/", cycles.people, name="cycle_people"),
    path("insight/cycles/<int:cycle_id>/file/", cycles.file, name="cycle_file"),
]
