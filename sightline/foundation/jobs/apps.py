from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Finds each app's `jobs.py`, so that tasks and schedules are known to every process."""

    name = "sightline.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        autodiscover_modules("jobs")
