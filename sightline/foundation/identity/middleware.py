"""Nobody gets past the door unknown, and who is in finds things as they like them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from sightline.foundation.core.dates import now
from sightline.foundation.identity.models import Account
from sightline.foundation.identity.parts import asks_for_a_part, signed_out
from sightline.foundation.identity.queries import has_second_factor

SEEN_EVERY_SECONDS = 300
"""How exactly a session's last use is known: each note of it costs two writes."""


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's rule that every page asks for sign-in, with an answer that scripts can use."""

    def handle_no_permission(  # type: ignore[override]  # any answer will do, not only a redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """A page is sent to sign in; a script is told that the session is over."""
        if asks_for_a_part(request):
            return signed_out(request)
        return super().handle_no_permission(request, view_func)


class OwnerMiddleware:
    """For signed-in requests: the account's language, its last use, its missing second factor.

    And that nobody keeps what the answer says: after signing out, the way back shows nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        if not isinstance(account, Account):
            return self.get_response(request)
        note_use(request)
        with translation.override(account.language):
            request.LANGUAGE_CODE = translation.get_language() or account.language
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead who must have a second factor, and has none, to where one is added."""
        account = request.user
        if not isinstance(account, Account) or not account.needs_second_factor:
            return None
        if not getattr(view, "login_required", True) or belongs_to_the_door(request):
            return None
        if has_second_factor(account):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))


def belongs_to_the_door(request: HttpRequest) -> bool:
    """Whether the page is one of those by which one signs in, out, or proves who one is."""
    return request.path.startswith(reverse("account_login").removesuffix("sign-in/"))


def note_use(request: HttpRequest) -> None:
    """Remember when and from where this session was last used, to within five minutes."""
    if time.time() - request.session.get("seen_at", 0) < SEEN_EVERY_SECONDS:
        return
    request.session["seen_at"] = int(time.time())
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=now(), ip=get_adapter(request).get_client_ip(request)
    )
