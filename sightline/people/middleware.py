"""Finds out who is looking, once a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from sightline.people.viewer import ViewerRequest, viewer_of


class ViewerMiddleware:
    """Sets `request.viewer` for signed-in requests, and the time zone of the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        viewer = viewer_of(request.user)
        if viewer is None:
            logout(request)
            messages.info(
                request,
                _("This account belongs to nobody who works here today. Ask HR if that is wrong."),
            )
            return redirect("account_login")
        cast(ViewerRequest, request).viewer = viewer
        zone = request.user.time_zone or viewer.employee.time_zone
        with timezone.override(ZoneInfo(zone) if zone else None):
            return self.get_response(request)
