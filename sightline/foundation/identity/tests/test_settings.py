"""One's own settings, and that every page of the door is ours."""

from __future__ import annotations

import re

import pytest
from django.template.loader import get_template

from sightline.foundation.identity.tests.conftest import sign_in

pytestmark = pytest.mark.django_db

OURS = [
    "account/account_inactive.html", "account/email_confirm.html", "account/login.html",
    "account/logout.html", "account/password_change.html", "account/password_reset.html",
    "account/password_reset_done.html", "account/password_reset_from_key.html",
    "account/password_reset_from_key_done.html", "account/password_set.html",
    "account/reauthenticate.html", "account/signup_closed.html", "account/verification_sent.html",
    "account/verified_email_required.html", "mfa/authenticate.html", "mfa/index.html",
    "mfa/reauthenticate.html", "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html", "mfa/totp/activate_form.html",
    "mfa/totp/deactivate_form.html", "mfa/webauthn/add_form.html",
    "mfa/webauthn/authenticator_confirm_delete.html", "mfa/webauthn/authenticator_list.html",
    "mfa/webauthn/edit_form.html", "mfa/webauthn/reauthenticate.html",
    "socialaccount/authentication_error.html", "socialaccount/login.html",
    "socialaccount/login_cancelled.html", "socialaccount/login_redirect.html", "429.html",
]  # fmt: skip

PAGES = [
    "/me/settings/", "/account/sessions/", "/account/password/", "/account/second-factor/",
    "/account/second-factor/app/add/", "/account/second-factor/passkeys/",
    "/account/second-factor/passkeys/add/", "/account/proof/", "/account/sign-out/",
]  # fmt: skip
OPEN_PAGES = [
    "/account/sign-in/", "/account/password/forgotten/", "/account/password/forgotten/sent/",
    "/account/password/new/1-nonsense/", "/account/password/new/done/", "/account/closed/",
    "/account/address/", "/account/address/nonsense/", "/account/single-sign-on/cancelled/",
    "/account/single-sign-on/failed/",
]  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_the_template_is_ours_and_not_the_one_that_came_with_allauth(name):
    assert "sightline/foundation/identity/templates" in get_template(name).origin.name


@pytest.mark.parametrize("address", [*PAGES, *OPEN_PAGES])
def test_the_page_stands_in_our_frame_and_holds_no_inline_code(client, ada, address):
    if address in PAGES:
        sign_in(client)
    page = client.get(address)
    text = page.content.decode()
    assert page.status_code in {200, 401}
    assert 'id="main"' in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)


def test_language_and_time_zone_are_kept(client, ada):
    sign_in(client)
    answer = client.post("/me/settings/", {"language": "en", "time_zone": "Europe/Lisbon"})
    assert answer["Location"] == "/me/settings/"
    ada.refresh_from_db()
    assert ada.time_zone == "Europe/Lisbon"
    page = client.get("/me/settings/").content.decode()
    assert '<option value="Europe/Lisbon" selected>' in page


@pytest.mark.parametrize(
    "typed",
    [{"language": "xx", "time_zone": ""}, {"language": "en", "time_zone": "Mars/Olympus"}, {}],
)
def test_what_is_no_choice_is_refused_beside_its_field(client, ada, typed):
    sign_in(client)
    answer = client.post("/me/settings/", typed)
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()


def test_time_zones_are_places_and_not_technical_names(client, ada):
    sign_in(client)
    page = client.get("/me/settings/").content.decode()
    assert "America/Argentina/Buenos Aires" in page
    assert "Etc/GMT" not in page
