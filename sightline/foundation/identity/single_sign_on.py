"""Single sign-on by OpenID Connect: an existing account, found by its confirmed e-mail address.

allauth does the authorization code flow with PKCE and checks issuer, audience and age. Added here
is what it leaves out: the nonce, that both answers speak of the same person, and that nobody comes
in by an address which the provider does not vouch for.
"""

from __future__ import annotations

import secrets
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from requests import RequestException

from sightline.foundation.identity.events import AccountCreated, SignInFailed
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.record import record


class Provider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth is not typed
    """An OpenID Connect provider that must say our nonce back."""

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Send a nonce along, and keep it with the state of this attempt.

        A provider that does not answer, or not as one should, is a sentence and no fault of ours.
        """
        nonce = secrets.token_urlsafe(24)
        asked = kwargs.pop("auth_params", None) or self.get_auth_params()
        kwargs |= {"auth_params": {**asked, "nonce": nonce}, "nonce": nonce}
        try:
            answer: HttpResponse = super().redirect(request, process, next_url, data, **kwargs)
        except (RequestException, KeyError, ValueError) as away:
            answer = render_authentication_error(request, self, exception=away)
        return answer


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """Who may come in by single sign-on. Every refusal is a sentence and a record."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whether a stranger whom the provider vouches for gets an account: a setting."""
        return bool(settings.SINGLE_SIGN_ON_MAKES_ACCOUNTS)

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Account:
        """What the provider says of a person whose account is yet to be made."""
        account: Account = super().populate_user(request, sociallogin, data)
        account.name = str(data.get("name") or "")[:200]
        return account

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None
    ) -> Account:
        """Make the account of a stranger, and record it."""
        with transaction.atomic():
            account: Account = super().save_user(request, sociallogin, form)
            record(AccountCreated(account=account.pk), by=House())
        return account

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse what does not add up, before anything is done with it."""
        said = sociallogin.account.extra_data
        token, person = said.get("id_token") or {}, said.get("userinfo") or {}
        if sociallogin.state.get("process") == "connect":
            refuse(request, _("Accounts are connected by their e-mail address, not by hand."))
        if not token.get("nonce") or token["nonce"] != sociallogin.state.get("nonce"):
            refuse(request, _("The answer was not meant for this attempt. Start again."))
        if person and person.get("sub") != token.get("sub"):
            refuse(request, _("The answer speaks of two different people. Start again."))
        if not any(address.verified is True for address in sociallogin.email_addresses):
            refuse(request, _("Your provider does not confirm that the e-mail address is yours."))
        if not sociallogin.is_existing and not self.is_open_for_signup(request, sociallogin):
            email = sociallogin.email_addresses[0].email
            refuse(
                request,
                _("There is no account for %(email)s. Ask HR to make one for you.")
                % {"email": email},
            )


def refuse(request: HttpRequest, sentence: str) -> NoReturn:
    """Record that a single sign-on failed, and say why."""
    record(SignInFailed(account=0, method="single sign-on"), by=House())
    page = "socialaccount/authentication_error.html"
    raise ImmediateHttpResponse(render(request, page, {"sentence": sentence}, status=403))
