from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "sightline.site"
    label = "site"
