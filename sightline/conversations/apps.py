from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "sightline.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Make known what people are told about, and what is advised on."""
        from sightline.foundation.notices.kinds import register_kind
        from sightline.foundation.ui.advice import rules
        from sightline.foundation.ui.advice.telling import adviser_on, register_adviser

        register_kind("conversations.feedback", _("Feedback given to you"), default="at once")
        register_kind("conversations.requests", _("Feedback you are asked for"), default="at once")
        register_kind("conversations.talks", _("Your talks and what you promised"), default="daily")
        register_adviser("feedback", adviser_on({"situation|behaviour|impact": rules.FEEDBACK}))
