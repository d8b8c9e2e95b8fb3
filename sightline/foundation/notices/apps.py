from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What people should know, once. Apps name their kinds in their own `ready()`."""

    name = "sightline.foundation.notices"
    label = "notices"
