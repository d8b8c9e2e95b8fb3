from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "sightline.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Make known what people are told about."""
        from sightline.foundation.notices.kinds import register_kind

        register_kind("decisions.yours", _("Decisions about you"), default="at once")
        register_kind("decisions.waiting", _("Decisions that wait for you"), default="at once")
        register_kind("decisions.course", _("What became of your proposals"), default="daily")
