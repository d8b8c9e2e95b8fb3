from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "sightline.goals"
    label = "goals"

    def ready(self) -> None:
        """Make known what people are told about, which table comes in and goes out, and what is
        advised on."""
        from sightline.foundation.notices.kinds import register_kind
        from sightline.foundation.ui.advice.telling import register_adviser
        from sightline.goals.advice import on_goal
        from sightline.goals.exchange import KIND
        from sightline.people.exchange.further import register_table

        register_kind("goals.changes", _("Goals of yours, and those you agree on"))
        register_kind("goals.question", _("The question which objectives your work serves"))
        help_title = _("Help with goals: asked of you, and by you")
        register_kind("goals.help", help_title, default="at once")
        register_kind("goals.check_ins", _("Check-ins that are due"), default="daily")
        register_kind("goals.reminders", _("Proposals of goals that wait for you"), default="daily")
        register_adviser("goal", on_goal)
        register_table(KIND)
