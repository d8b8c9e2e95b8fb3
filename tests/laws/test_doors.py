"""Every address asks for sign-in, but those that are open for a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, get_resolver, include, path

OPEN = {
    "ui:theme": "light or dark is chosen before one signs in as well",
    "ui:mark": "browsers ask for it before anybody has signed in",
    "ui:gallery": "shows made-up people, and only where it disturbs nobody",
    "drafts:draft": "answers a script with 401: it could not follow the way to sign-in",
    "account_login": "the door",
    "account_logout": "the door",
    "account_inactive": "the door, shut",
    "account_email_verification_sent": "comes before the first sign-in",
    "account_confirm_email": "is reached from a letter",
    "account_reset_password": "for those who cannot sign in",
    "account_reset_password_done": "for those who cannot sign in",
    "account_reset_password_from_key": "is reached from a letter",
    "account_reset_password_from_key_done": "for those who have just got in again",
    "mfa_authenticate": "the second half of the door",
    "mfa_login_webauthn": "the door, by passkey",
    "socialaccount_login_cancelled": "the way back from another door",
    "socialaccount_login_error": "the way back from another door",
    "openid_connect_login": "the way to another door",
    "openid_connect_callback": "the way back from another door",
    "identity:demo_sign_in": "the door of demo mode; does not exist elsewhere",
    "founding": "makes the first account, by a token; leads home once anybody is here",
}

Patterns = Sequence[URLPattern | URLResolver]


def addresses(patterns: Patterns, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address by its full name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}", pattern


def unguarded(patterns: Patterns) -> set[str]:
    """The addresses that ask for no sign-in."""
    return {
        name
        for name, pattern in addresses(patterns)
        if not getattr(pattern.callback, "login_required", True)
    }


def test_what_is_open_is_open_for_a_reason():
    assert unguarded(get_resolver().url_patterns) == set(OPEN)


def test_the_house_asks_for_sign_in(settings):
    assert any("SignInRequired" in middleware for middleware in settings.MIDDLEWARE)


def test_a_planted_open_door_is_found():
    def shut(request): ...

    @login_not_required
    def open_to_all(request): ...

    inner = [path("a/", open_to_all, name="open"), path("b/", shut, name="shut")]
    planted = [path("goals/", include((inner, "goals"))), path("c/", shut, name="page")]
    assert unguarded(planted) == {"goals:open"}


def test_every_address_has_a_name():
    assert [p for name, p in addresses(get_resolver().url_patterns) if name.endswith("None")] == []
