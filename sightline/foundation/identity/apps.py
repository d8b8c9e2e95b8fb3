from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "sightline.foundation.identity"
    label = "identity"

    def ready(self) -> None:
        """Hear what allauth tells."""
        from sightline.foundation.identity import listeners  # noqa: F401  # connects them
