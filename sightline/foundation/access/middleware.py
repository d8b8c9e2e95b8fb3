"""Turns what the house refuses into answers that say why."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from sightline.foundation.core.errors import Refused

METHODS = ["GET", "HEAD", "POST", "PUT"]
"""How anything here is asked for. PUT only by the scripts that keep drafts."""


class MethodsMiddleware:
    """405 for all ways of asking that no page knows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class RefusalMiddleware:
    """Denied → 403 with its reason; Refused that no form caught → 422 with its sentences."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; leave everything else to Django."""
        if isinstance(error, PermissionDenied):
            return render(request, "403.html", {"reasons": [str(error)]}, status=403)
        if isinstance(error, Refused):
            reasons = [sentence for _field, sentence in error.reasons]
            return render(request, "422.html", {"reasons": reasons}, status=422)
        return None
