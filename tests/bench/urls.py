"""The product's addresses, and an empty page of the same stack to compare with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.site.urls import urlpatterns as pages_of_the_product


def empty(request: HttpRequest) -> HttpResponse:
    """The frame of every page with nothing in it."""
    return render(request, "ui/page.html")


urlpatterns = [*pages_of_the_product, path("bench/empty/", empty)]
