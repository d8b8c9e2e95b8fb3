from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "sightline.foundation.exchange"
    label = "exchange"
