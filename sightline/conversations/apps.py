from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "sightline.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Make known what people are told about."""
        from sightline.foundation.notices.kinds import register_kind

        register_kind("conversations.feedback", _("Feedback given to you"), default="at once")
        register_kind("conversations.requests", _("Feedback you are asked for"), default="at once")
        register_kind("conversations.talks", _("Your talks and what you promised"), default="daily")
