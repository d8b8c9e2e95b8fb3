"""The pages that allauth does not have: one's own settings, one's sessions, and the demo's door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sightline.foundation.identity import actions, demo, queries
from sightline.foundation.identity.forms import SettingsForm
from sightline.foundation.identity.models import Account


def refusing(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A form of allauth that is refused answers 422, like every other form of the product."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return answering


@require_http_methods(["GET", "POST"])
def own_settings(request: HttpRequest) -> HttpResponse:
    """Language and time zone; and the way to passwords, second factors and sessions."""
    account = owner(request)
    chosen = {"language": account.language, "time_zone": account.time_zone}
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        actions.change_settings(by=account, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("identity:settings")
    page = {
        "form": form,
        "account": account,
        "has_second_factor": queries.has_second_factor(account),
    }
    status = 422 if form.is_bound else 200
    return render(request, "identity/settings.html", page, status=status)


def owner(request: HttpRequest) -> Account:
    """The account that is signed in; every page here asks for sign-in."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


@never_cache
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the account is signed in."""
    account = owner(request)
    current = queries.sessions_of(account, current_key=request.session.session_key)
    return render(request, "identity/sessions.html", {"sessions": current})


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign another browser out."""
    account = owner(request)
    if not actions.end_sessions(by=account, account=account, only=session_id):
        raise Http404
    messages.success(request, _("That session has ended."))
    return redirect("usersessions_list")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    account = owner(request)
    actions.end_sessions(by=account, account=account, keep=request.session.session_key)
    messages.success(request, _("You are signed in only here."))
    return redirect("usersessions_list")


@require_POST
@login_not_required
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Demo mode only: come in as one of the cast. Elsewhere this address does not exist."""
    if not settings.DEMO:
        raise Http404
    account = demo.account_of(request.POST.get("email", ""))
    if account is None:
        raise Http404
    adapter = get_adapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    record_authentication(request, account, method="demo")
    adapter.login(request, account)
    answer: HttpResponse = adapter.post_login(
        request,
        account,
        email_verification=None,
        signal_kwargs=None,
        email=account.email,
        signup=False,
        redirect_url=get_next_redirect_url(request) or "/",
    )
    return answer
