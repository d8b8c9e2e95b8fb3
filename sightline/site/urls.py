"""Every address of the product: the composition of the apps' own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("sightline.foundation.ui.urls")),
    path("", include("sightline.foundation.drafts.urls")),
    path("", include("sightline.foundation.identity.urls")),
    path("notices/", include("sightline.foundation.notices.urls")),
    path("", include("sightline.people.urls")),
]
