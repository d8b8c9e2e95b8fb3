from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "sightline.site"
    label = "site"

    def ready(self) -> None:
        """Tell the sign-in page of demo mode whom it may offer."""
        from sightline.foundation.identity import demo
        from sightline.site.demo.build import people_who_can_sign_in

        demo.offer(people_who_can_sign_in)
