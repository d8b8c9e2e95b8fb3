from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "sightline.people"
    label = "people"

    def ready(self) -> None:
        """Make known what people are told about and advised on, and their time zones."""
        from sightline.foundation.notices.kinds import register_kind
        from sightline.foundation.notices.zones import register_zones
        from sightline.foundation.ui.advice import rules
        from sightline.foundation.ui.advice.telling import adviser_on, register_adviser
        from sightline.people.queries.people import zones_kept

        register_kind("people.changes", _("Changes around you"), default="at once")
        register_zones(zones_kept)
        register_adviser("competency", adviser_on({r"anchor-\d+": rules.BEHAVIOUR}))
