"""Grave acts ask for proof that the person at the keyboard is still the one who signed in.

    @fresh_proof_required
    def dismiss(request): ...

Fresh is a password, a passkey, a code or a single sign-on given within the last five minutes (the
setting ACCOUNT_REAUTHENTICATION_TIMEOUT). Whoever has none is asked for it; afterwards the request
goes on where it stopped, with what was typed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from sightline.foundation.identity.parts import (
    asks_for_a_part,
    send_whole_page,
    sign_in_address,
)

View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    """Whether the owner gave any proof within the time that the settings allow."""
    records = get_authentication_records(request, request.user)
    latest: float = max((given["at"] for given in records), default=0.0)
    return bool(time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT)


def fresh_proof_required(view: View) -> View:
    """Let only those into the view who proved within minutes who they are; ask the others."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        methods = get_adapter(request).get_reauthentication_methods(request.user)
        if not methods:
            return to_where_they_signed_in(request)
        if asks_for_a_part(request):
            return send_whole_page(request, to=methods[0]["url"])
        raise ReauthenticationRequired

    return guarded


def to_where_they_signed_in(request: HttpRequest) -> HttpResponse:
    """Those who have no password and no second factor here prove it where they came from."""
    after = request.get_full_path() if request.method == "GET" else "/"
    for provider in get_social_adapter().list_providers(request):
        asked = {"process": "login", "next": after, "auth_params": urlencode({"prompt": "login"})}
        return HttpResponseRedirect(provider.get_login_url(request, **asked))
    logout(request)
    return HttpResponseRedirect(sign_in_address(after))
