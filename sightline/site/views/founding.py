"""The door of an empty installation: the first visitor, with the token that the server showed."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sightline.foundation.access.guards import open_to_all
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import House
from sightline.foundation.ui.acting import answer, carried_out
from sightline.site.actions.founding import found_by_token
from sightline.site.forms import FoundingForm
from sightline.site.queries import nobody_is_here


@open_to_all
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def founding(request: HttpRequest) -> HttpResponse:
    """Make the first account. Once anybody is here, and in a demo, there is no such door."""
    if settings.DEMO:
        raise Http404
    if not nobody_is_here():
        return redirect("home")
    form = FoundingForm(
        request.POST if request.method == "POST" else None,
        is_tried_too_often=not ratelimit.consume(request, action="founding"),
    )
    founded: list[Account] = []

    def found() -> None:
        token = form.cleaned_data["token"]
        founded.append(found_by_token(by=House(), token=token, founder=form.founder()))

    if carried_out(form, found):
        return _come_in(request, founded[0])
    return answer(request, "site/founding.html", form, {})


def _come_in(request: HttpRequest, account: Account) -> HttpResponse:
    """Sign the founder in, as by the password just chosen, and lead home."""
    adapter = get_adapter(request)
    record_authentication(request, account, method="password")
    adapter.login(request, account)
    messages.success(request, _("Your account is made. Home shows what comes next."))
    came_in: HttpResponse = adapter.post_login(
        request,
        account,
        email_verification=None,
        signal_kwargs=None,
        email=account.email,
        signup=False,
        redirect_url="/",
    )
    return came_in
