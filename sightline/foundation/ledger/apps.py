from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    name = "sightline.foundation.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Learn every app's events, and who listens to them."""
        autodiscover_modules("events", "listeners")
