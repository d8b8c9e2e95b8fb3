"""Requests that scripts make for a part of a page, and how to lead the whole page elsewhere.

A redirect would put the sign-in page into the middle of another page: scripts follow it unseen.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _


def asks_for_a_part(request: HttpRequest) -> bool:
    """Whether a script asked, and not the browser for a page of its own."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        or headers.get("Sec-Fetch-Dest") == "empty"
        or headers.get("X-Requested-With") == "XMLHttpRequest"
        or headers.get("Accept", "").startswith("application/json")
    )


def sign_in_address(after: str) -> str:
    """The sign-in page, which leads back to `after`."""
    return f"{reverse('account_login')}?{urlencode({'next': after})}"


def page_of(request: HttpRequest) -> str:
    """The page on which the script runs, as a path; the front page when it does not say."""
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/")
    return page.path + (f"?{page.query}" if page.query else "")


def signed_out(request: HttpRequest) -> JsonResponse:
    """401: the session is over, and where to sign in.

    The page stays as it is, with what was typed; its scripts say so and offer to sign in.
    """
    return JsonResponse(
        {
            "reason": "signed out",
            "sentence": _("You are signed out. Sign in again; what you typed is still here."),
            "sign_in": sign_in_address(page_of(request)),
        },
        status=401,
    )


def send_whole_page(request: HttpRequest, *, to: str) -> HttpResponse:
    """Lead the whole page to a path, and back to the page that asked."""
    address = f"{to}?{urlencode({'next': page_of(request)})}"
    response = JsonResponse({"reason": "fresh proof", "go_to": address}, status=401)
    response["HX-Redirect"] = address
    return response
