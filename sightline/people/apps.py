from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "sightline.people"
    label = "people"

    def ready(self) -> None:
        """Make known what people are told about."""
        from sightline.foundation.notices.kinds import register_kind

        register_kind("people.changes", _("Changes around you"), default="at once")
