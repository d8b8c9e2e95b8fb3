from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "sightline.foundation.notices"
    label = "notices"
