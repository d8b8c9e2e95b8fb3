"""Where drafts are saved and listed; included at the root, for the gallery's own page."""

from __future__ import annotations

from django.urls import path, register_converter

from sightline.foundation.drafts import rules, views


class KeyConverter:
    """What a draft may be called."""

    regex = rules.KEY.pattern

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KeyConverter, "draft_key")

app_name = "drafts"
urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/set-aside/<int:pk>/discard/", views.discard_set_aside, name="discard_set_aside"),
    path("drafts/<draft_key:key>/", views.draft, name="draft"),
    path("drafts/<draft_key:key>/discard/", views.discard, name="discard"),
    path("gallery/drafts/", views.demonstration, name="demonstration"),
]
