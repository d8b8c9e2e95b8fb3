"""Addresses of notices, under /notices/."""

from __future__ import annotations

from django.urls import path

from sightline.foundation.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("reading/", views.reading_of_all, name="reading_of_all"),
    path("settings/", views.settings, name="settings"),
    path("<int:notice_id>/reading/", views.reading, name="reading"),
]
