"""The addresses by which one comes in and looks after one's account.

allauth's own are listed one by one, so that what the product does not want does not exist: nobody
signs up, adds an address or connects another provider by hand.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.socialaccount import views as socialaccount
from django.urls import URLPattern, URLResolver, include, path, re_path

from sightline.foundation.identity import views

door = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("proof/", account.reauthenticate, name="account_reauthenticate"),
    path(
        "address/", account.email_verification_sent, name="account_email_verification_sent"
    ),
    path("address/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", include("allauth.mfa.urls")),
    path("sessions/", views.sessions, name="usersessions_list"),
    path(
        "single-sign-on/cancelled/",
        socialaccount.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path(
        "single-sign-on/failed/", socialaccount.login_error, name="socialaccount_login_error"
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
