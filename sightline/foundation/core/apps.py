from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "sightline.foundation.core"
    label = "core"
