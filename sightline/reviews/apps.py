from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "sightline.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Make known what people are told about."""
        from sightline.foundation.notices.kinds import register_kind

        register_kind("reviews.work", _("Reviews that wait for you"), default="daily")
        register_kind("reviews.outcome", _("What came of reviews"), default="at once")
