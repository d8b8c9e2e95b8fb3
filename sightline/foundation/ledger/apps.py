from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sightline.foundation.ledger"
    label = "ledger"
