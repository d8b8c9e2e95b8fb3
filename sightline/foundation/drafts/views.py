"""Addresses of drafts. Scripts save; people list, take up again and discard."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.foundation.core.errors import Refused
from sightline.foundation.drafts import actions, queries
from sightline.foundation.drafts.forms import DemonstrationForm, typed_in
from sightline.foundation.drafts.models import Draft
from sightline.foundation.drafts.rules import LIMIT_BYTES
from sightline.foundation.identity.models import Account

DEMONSTRATION = "gallery:drafts"


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """All that the reader typed and did not send."""
    account = account_of(request)
    return render(
        request,
        "drafts/drafts.html",
        {"drafts": queries.drafts_of(account), "set_aside": queries.set_aside_of(account)},
    )


@login_not_required  # answers 401 as JSON: a script cannot follow a redirect to a page of sign-in
@require_http_methods(["GET", "HEAD", "PUT", "POST"])
def draft(request: HttpRequest, key: str) -> JsonResponse:
    """One draft for the script of its page: read it, or save it."""
    if not isinstance(request.user, Account):
        return JsonResponse({"reason": "signed out"}, status=401)
    if request.method in {"PUT", "POST"}:
        return save(request, request.user, key)
    held = queries.draft_of(request.user, key)
    if held is None or held.is_empty:
        return JsonResponse({"reason": "no such draft"}, status=404)
    return JsonResponse(as_json(held))


def save(request: HttpRequest, account: Account, key: str) -> JsonResponse:
    """Keep what the page sends: 200, 409 with the other page's text, or a refusal's sentence."""
    try:
        made_for, typed = typed_in(request)
        if made_for != account.pk:
            return JsonResponse({"reason": "other account"}, status=401)
        kept = actions.save_draft(by=account, key=key, typed=typed)
    except actions.TooLarge as refusal:
        return JsonResponse({"sentence": str(refusal), "limit": LIMIT_BYTES}, status=413)
    except Refused as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=422)
    return JsonResponse(as_json(kept.draft), status=409 if kept.conflict else 200)


def as_json(held: Draft) -> dict[str, object]:
    """A draft in the form that scripts read."""
    return {
        "version": held.version,
        "saved_at": held.saved_at.isoformat(),
        "fields": held.fields,
    }


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away, and go back to where its button was."""
    actions.discard(by=account_of(request), key=key)
    return redirect(back_from(request))


@require_POST
def discard_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a text away that was set aside."""
    actions.discard_set_aside(by=account_of(request), pk=pk)
    return redirect("drafts:drafts")


def demonstration(request: HttpRequest) -> HttpResponse:
    """A form to try autosave on; it stands in the gallery, never among people's own pages."""
    if not (settings.DEBUG or settings.DEMO or settings.TESTING):
        raise Http404
    form = DemonstrationForm(request.POST or None)
    if form.is_valid():
        actions.discard(by=account_of(request), key=DEMONSTRATION)
        length = len(form.cleaned_data["text"])
        said = ngettext("Received %(count)d character.", "Received %(count)d characters.", length)
        messages.success(request, said % {"count": length})
        return redirect("drafts:demonstration")
    status = 422 if form.is_bound else 200
    return render(
        request, "drafts/demonstration.html", {"form": form, "key": DEMONSTRATION}, status=status
    )


def account_of(request: HttpRequest) -> Account:
    """Who is signed in."""
    if not isinstance(request.user, Account):
        raise Http404(_("Nobody is signed in."))
    return request.user


def back_from(request: HttpRequest) -> str:
    """The page that the request came from, when it is one of ours."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if is_ours else "/drafts/"
