from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "sightline.goals"
    label = "goals"
