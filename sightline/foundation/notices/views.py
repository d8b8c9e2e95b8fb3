"""Pages of one's own notices."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.foundation.identity.models import Account
from sightline.foundation.notices import actions, queries
from sightline.foundation.notices.forms import ChoicesForm


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What the reader was told, unread first."""
    account = account_of(request)
    after = request.GET.get("after", "")
    page = queries.page_of(account, after=after)
    context = {"page": page, "is_first": not after, "unread": queries.unread_count(account)}
    return render(request, "notices/notices.html", context)


@require_POST
def reading(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The reader has seen a notice; with `open`, he goes on to what it is about."""
    account = account_of(request)
    notice = get_object_or_404(queries.notices_of(account), pk=notice_id)
    actions.mark_read(by=account, notice=notice)
    return redirect(notice.url if "open" in request.POST and notice.url else "notices:list")


@require_POST
def reading_of_all(request: HttpRequest) -> HttpResponse:
    """The reader has seen all there is."""
    actions.mark_all_read(by=account_of(request))
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Which mail comes when."""
    account = account_of(request)
    form = ChoicesForm(request.POST or None, account=account)
    if form.is_valid():
        for kind, choice in form.cleaned_data.items():
            actions.choose(by=account, kind=kind, choice=choice)
        messages.success(request, _("Your choice holds from now on."))
        return redirect("notices:settings")
    status = 422 if form.is_bound else 200
    context = {"form": form, "email": account.email}
    return render(request, "notices/settings.html", context, status=status)


def account_of(request: HttpRequest) -> Account:
    """Who is signed in."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user
