"""Who can sign in, and what administrators do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.foundation.access.decisions import require
from sightline.foundation.core.paging import page_after
from sightline.foundation.identity import queries
from sightline.foundation.identity.fresh_proof import fresh_proof_required
from sightline.foundation.identity.models import Account
from sightline.foundation.ui.acting import answer, carried_out
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import ViewerRequest
from sightline.site import policies
from sightline.site.actions import accounts as actions


class AccountFilter(forms.Form):
    """Narrows the list of accounts."""

    q = forms.CharField(
        label=gettext_lazy("Name or e-mail address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("open", gettext_lazy("Open")),
            ("waiting", gettext_lazy("Never signed in")),
            ("closed", gettext_lazy("Closed")),
        ],
    )


class ClosingForm(forms.Form):
    """Why an account is closed, for the ledger."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)


class AddressForm(forms.Form):
    """Another e-mail address."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


@require_safe
def accounts(request: ViewerRequest) -> HttpResponse:
    """All accounts, narrowed, in the order of their addresses."""
    require(policies.may_manage_accounts(request.viewer))
    form = AccountFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.accounts_matching(wanted.get("q", ""), state=wanted.get("state", ""))
    context = {
        "form": form,
        "narrowed": any(wanted.values()),
        "total": found.count(),
        "page": page_after(found, request.GET.get("after", ""), by=["email"]),
    }
    return render(request, "site/accounts.html", context)


@require_safe
def account(request: ViewerRequest, account_id: int) -> HttpResponse:
    """One account: its state, where it is signed in, what can be done."""
    require(policies.may_manage_accounts(request.viewer))
    account = get_object_or_404(queries.accounts_matching(), pk=account_id)
    return _page(request, account, ClosingForm())


def _page(request: ViewerRequest, account: Account, closing: forms.Form) -> HttpResponse:
    """One account; 422 with what was typed when the closing was refused."""
    context = {
        "account": account,
        "employee": employees_seen_by(request.viewer).filter(account=account).first(),
        "sessions": queries.sessions_of(account),
        "closing": closing,
        "may_close": policies.may_close_account(request.viewer, account),
    }
    status = 422 if closing.is_bound else 200
    return render(request, "site/account.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done to an account by one button; a grave one asks for fresh proof."""

    do: Callable[..., object]
    said: str | Promise
    is_grave: bool = False
    takes_reason: bool = False


ACTS = {
    "invitation": Act(actions.invite, gettext_lazy("The invitation is on its way.")),
    "closure": Act(
        actions.close, gettext_lazy("The account is closed."), is_grave=True, takes_reason=True
    ),
    "reopening": Act(actions.reopen, gettext_lazy("The account is open again.")),
    "sign-out": Act(actions.end_sessions, gettext_lazy("Signed out everywhere.")),
    "second-factor": Act(
        partial(actions.require_second_factor, required=True),
        gettext_lazy("A second factor is asked for from now on."),
    ),
    "no-second-factor": Act(
        partial(actions.require_second_factor, required=False),
        gettext_lazy("A second factor is no longer asked for."),
        is_grave=True,
    ),
    "lost-devices": Act(
        actions.remove_second_factors,
        gettext_lazy("The second factors are removed."),
        is_grave=True,
    ),
}


@require_POST
def act(request: ViewerRequest, account_id: int, act: str) -> HttpResponse:
    """Do one of the acts."""
    require(policies.may_manage_accounts(request.viewer))
    if act not in ACTS:
        raise Http404
    carry_out = fresh_proof_required(_carry_out) if ACTS[act].is_grave else _carry_out
    return carry_out(request, account_id, ACTS[act])


def _carry_out(request: ViewerRequest, account_id: int, act: Act) -> HttpResponse:
    account = get_object_or_404(queries.accounts_matching(), pk=account_id)
    form = ClosingForm(request.POST) if act.takes_reason else forms.Form(request.POST)
    if carried_out(form, lambda: act.do(by=request.viewer, account=account, **form.cleaned_data)):
        messages.success(request, str(act.said))
    elif act.takes_reason:
        return _page(request, account, form)
    for fault in chain.from_iterable(form.errors.values()):
        messages.error(request, str(fault))
    return redirect("account", account.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: ViewerRequest, account_id: int) -> HttpResponse:
    """Give an account another e-mail address."""
    require(policies.may_manage_accounts(request.viewer))
    return fresh_proof_required(_address)(request, account_id)


def _address(request: ViewerRequest, account_id: int) -> HttpResponse:
    account = get_object_or_404(queries.accounts_matching(), pk=account_id)
    typed = request.POST if request.method == "POST" else None
    form = AddressForm(typed, initial={"email": account.email})
    if carried_out(
        form,
        lambda: actions.change_address(
            by=request.viewer, account=account, email=form.cleaned_data["email"]
        ),
    ):
        messages.success(request, _("The new address is to be confirmed by its owner."))
        return redirect("account", account.pk)
    return answer(request, "site/account_address.html", form, {"account": account})


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Make an account for somebody who has none, and invite."""
    employee = get_object_or_404(employees_seen_by(request.viewer), pk=employee_id)
    require(policies.may_give_account(request.viewer, employee))
    form = forms.Form(request.POST if request.method == "POST" else None)
    if carried_out(form, lambda: actions.give_account(by=request.viewer, employee=employee)):
        messages.success(request, _("The account is made, and the invitation is on its way."))
        return redirect("person", employee.pk)
    return answer(request, "site/account_give.html", form, {"employee": employee})
