"""Notices alone, with what their pages stand on."""

from django.urls import include, path

urlpatterns = [
    path("notices/", include("sightline.foundation.notices.urls")),
    path("", include("sightline.foundation.identity.urls")),
    path("", include("sightline.foundation.ui.urls")),
]
