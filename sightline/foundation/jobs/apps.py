from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "sightline.foundation.jobs"
    label = "jobs"
