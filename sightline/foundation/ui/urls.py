from __future__ import annotations

from django.urls import path

from sightline.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("favicon.ico", views.mark, name="mark"),
    path("advice/<slug:kind>/", views.advice, name="advice"),
    path("gallery/", views.gallery, name="gallery"),
]
