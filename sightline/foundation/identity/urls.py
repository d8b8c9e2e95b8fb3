"""The addresses by which one comes in and looks after one's account.

allauth's own are listed one by one, so that what the product does not want does not exist: nobody
signs up, adds an address or connects another provider by hand.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as socialaccount
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path

from sightline.foundation.identity import views
from sightline.foundation.identity.second_factors import recorded
from sightline.foundation.identity.views import refusing

second_factor = [
    path("", mfa.index, name="mfa_index"),
    path("authenticate/", refusing(mfa.authenticate), name="mfa_authenticate"),
    path("proof/", refusing(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("app/add/", refusing(recorded(totp.activate_totp)), name="mfa_activate_totp"),
    path("app/remove/", refusing(recorded(totp.deactivate_totp)), name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "codes/new/",
        refusing(recorded(codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path("codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", refusing(recorded(passkeys.add_webauthn)), name="mfa_add_webauthn"),
    path(
        "passkeys/proof/",
        refusing(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "passkeys/sign-in/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"
    ),
    path("passkeys/<int:pk>/", refusing(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        refusing(recorded(passkeys.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
]

door = [
    path("sign-in/", refusing(account.login), name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("proof/", refusing(account.reauthenticate), name="account_reauthenticate"),
    path("address/", account.email_verification_sent, name="account_email_verification_sent"),
    path("address/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("password/", refusing(account.password_change), name="account_change_password"),
    path("password/first/", refusing(account.password_set), name="account_set_password"),
    path("password/forgotten/", refusing(account.password_reset), name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        refusing(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", include(second_factor)),
    path("sessions/", views.sessions, name="usersessions_list"),
    path(
        "single-sign-on/cancelled/",
        login_not_required(socialaccount.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path(
        "single-sign-on/failed/",
        login_not_required(socialaccount.login_error),
        name="socialaccount_login_error",
    ),
    path("single-sign-on/", include("allauth.socialaccount.providers.openid_connect.urls")),
]

own = (
    [
        path("me/settings/", views.own_settings, name="settings"),
        path("account/sessions/others/end/", views.end_other_sessions, name="end_other_sessions"),
        path("account/sessions/<int:session_id>/end/", views.end_session, name="end_session"),
        path("demo/sign-in/", views.sign_in_as, name="demo_sign_in"),
    ],
    "identity",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include(door)),
    path("", include(own)),
]
