from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    name = "sightline.strategy"
    label = "strategy"

    def ready(self) -> None:
        """Make known what people are told about."""
        from sightline.foundation.notices.kinds import register_kind

        register_kind("strategy.commitments", _("What units take on"), default="daily")
        register_kind("strategy.changes", _("Questions about the strategy, and its changes"))
