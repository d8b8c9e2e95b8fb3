from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "sightline.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Make known what people are told about, and what is advised on."""
        from sightline.foundation.notices.kinds import register_kind
        from sightline.foundation.ui.advice import rules
        from sightline.foundation.ui.advice.telling import adviser_on, register_adviser

        register_kind("reviews.work", _("Reviews that wait for you"), default="daily")
        register_kind("reviews.outcome", _("What came of reviews"), default="at once")
        held = {r"question_\d+": rules.QUESTION, r"anchor_\d+": rules.ANCHOR}
        register_adviser("template", adviser_on(held))
