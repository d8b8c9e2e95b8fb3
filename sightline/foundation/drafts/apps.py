from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "sightline.foundation.drafts"
    label = "drafts"
