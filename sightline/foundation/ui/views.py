"""The choice of theme, the mark of the house, and the gallery."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from sightline.foundation.ui.advice.telling import ADVISERS, MOST_DISMISSED, advised
from sightline.foundation.ui.samples import sample_shell, samples
from sightline.foundation.ui.theme import remember_theme


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Take the choice of light or dark, and go back to where it was made."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    remember_theme(response, request.POST.get("theme", ""), secure=request.is_secure())
    return response


@login_not_required
def mark(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the mark of a house when what they show is no page and names none."""
    return HttpResponseRedirect(static("ui/mark.svg"))


@require_POST
def advice(request: HttpRequest, kind: str) -> HttpResponse:
    """What there is to say of a form as it is typed now; nothing when the page says it already."""
    if kind not in ADVISERS:
        raise Http404
    dismissed = list(dict.fromkeys(request.POST.getlist("dismissed")))[:MOST_DISMISSED]
    found = advised(kind, request.POST, get_language() or "", dismissed)
    shown = " ".join(one.key for one in found)
    if request.POST.get("advised") == shown:
        return HttpResponse(status=204)
    context = {"found": found, "shown": shown, "dismissed": dismissed, "is_live": True}
    return render(request, "ui/advice.html#said", context)


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; only where it disturbs nobody."""
    if not (settings.DEBUG or settings.DEMO or settings.TESTING):
        raise Http404
    context = {**samples(), "shell": sample_shell(request)}
    return render(request, "ui/gallery.html", context)
