from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    name = "sightline.strategy"
    label = "strategy"

    def ready(self) -> None:
        """Make known what people are told about, and which table comes in and goes out."""
        from sightline.foundation.notices.kinds import register_kind
        from sightline.people.exchange.further import register_table
        from sightline.strategy.exchange import KIND

        register_kind("strategy.commitments", _("What units take on"), default="daily")
        register_kind("strategy.changes", _("Questions about the strategy, and its changes"))
        register_table(KIND)
