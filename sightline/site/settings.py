"""All settings of Sightline, read once from the environment.

Each is described in docs/settings.md. A bad value stops the start with one sentence.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sightline.site.environment import Environment, is_demo

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# Where this installation keeps what is its own: database, keys, files, mail when not sent.
VAR_DIR = env.folder("SIGHTLINE_VAR", default=BASE_DIR.parent / ("var/test" if TESTING else "var"))

DEBUG = env.flag("SIGHTLINE_DEBUG", default=False)
SECRET_KEY = env.secret("SIGHTLINE_SECRET_KEY", file=VAR_DIR / "secret-key")
LEDGER_KEY_FILE = env.text("SIGHTLINE_LEDGER_KEY_FILE", default=str(VAR_DIR / "ledger-key"))
PUBLIC_URL = env.url(
    "SIGHTLINE_URL", default=f"http://127.0.0.1:{env.port('PORT', default='8000')}"
)
ALLOWED_HOSTS = env.words("SIGHTLINE_HOSTS", default=[*LOCAL_HOSTS, env.host_of(PUBLIC_URL)])
BEHIND_TLS = PUBLIC_URL.startswith("https://")
TRUSTED_PROXY = env.text("SIGHTLINE_PROXY", default="127.0.0.1" if BEHIND_TLS else "")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "sightline.site",
    "sightline.insight",
    "sightline.decisions",
    "sightline.reviews",
    "sightline.conversations",
    "sightline.development",
    "sightline.goals",
    "sightline.strategy",
    "sightline.people",
    "sightline.foundation.exchange",
    "sightline.foundation.notices",
    "sightline.foundation.drafts",
    "sightline.foundation.ui",
    "sightline.foundation.access",
    "sightline.foundation.identity",
    "sightline.foundation.ledger",
    "sightline.foundation.jobs",
    "sightline.foundation.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sightline.foundation.access.middleware.MethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sightline.foundation.identity.middleware.SignInRequiredMiddleware",
    "sightline.foundation.identity.middleware.OwnerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sightline.people.middleware.ViewerMiddleware",
    "sightline.foundation.access.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "sightline.site.urls"
WSGI_APPLICATION = "sightline.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sightline.site.shell.shell",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "sightline.foundation.ui.templatetags.ui",
            ],
        },
    }
]

FORM_RENDERER = "sightline.foundation.ui.forms.Renderer"

# ── Database: SQLite on one machine by default, PostgreSQL beyond it ──────────────────────────
DATABASES = {"default": env.database("DATABASE_URL", default=VAR_DIR / "sightline.sqlite3")}
if TESTING and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file as in real use: the one in memory knows neither WAL nor two writers at once.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")}
DEMO_MARK = VAR_DIR / "demo-company"  # names the database that `sightline demo` filled
DEMO = env.flag("SIGHTLINE_DEMO", default=not TESTING and is_demo(DEMO_MARK, DATABASES["default"]))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if TESTING
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",  # made by identity's first migration
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# ── Who signs in ──────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12

ACCOUNT_ADAPTER = "sightline.foundation.identity.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_FORMS = {
    "login": "sightline.foundation.identity.forms.SignInForm",
    "reauthenticate": "sightline.foundation.identity.forms.ProofForm",
    "change_password": "sightline.foundation.identity.forms.PasswordChangeForm",
    "set_password": "sightline.foundation.identity.forms.FirstPasswordForm",
    "reset_password": "sightline.foundation.identity.forms.PasswordResetForm",
    "reset_password_from_key": "sightline.foundation.identity.forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {  # how often, by address of the network (ip) or by account (key, user)
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "20/m/ip,3/5m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
    "founding": "10/5m/ip",
}

MFA_ADAPTER = "sightline.foundation.identity.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "sightline.foundation.identity.forms.CodeForm",
    "reauthenticate": "sightline.foundation.identity.forms.CodeProofForm",
    "activate_totp": "sightline.foundation.identity.forms.AddAppForm",
    "edit_webauthn": "sightline.foundation.identity.forms.PasskeyNameForm",
}
MFA_TOTP_ISSUER = "Sightline"
MFA_TOTP_TOLERANCE = 1

# Single sign-on by OpenID Connect: off until SIGHTLINE_OIDC_URL names the provider.
OIDC_URL = env.text("SIGHTLINE_OIDC_URL", default="")
SINGLE_SIGN_ON_MAKES_ACCOUNTS = env.flag("SIGHTLINE_OIDC_MAKES_ACCOUNTS", default=False)
SOCIALACCOUNT_ADAPTER = "sightline.foundation.identity.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form sent to us may not lead to another host
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "sightline.foundation.identity.single_sign_on.Provider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "company",
                "name": env.text("SIGHTLINE_OIDC_NAME", default="single sign-on"),
                "client_id": env.text("SIGHTLINE_OIDC_CLIENT_ID", default="sightline"),
                "secret": env.text("SIGHTLINE_OIDC_CLIENT_SECRET", default=""),
                "settings": {
                    "server_url": OIDC_URL,
                    # for providers that confirm addresses but do not say so
                    "verified_email": env.flag("SIGHTLINE_OIDC_TRUST_EMAIL", default=False),
                },
            }
        ]
        if OIDC_URL
        else [],
    }
}

# ── What leaves the browser's hands ───────────────────────────────────────────────────────────
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # other hosts are not ours to bind
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# ── Words, dates, numbers ─────────────────────────────────────────────────────────────────────
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.time_zone("SIGHTLINE_TIME_ZONE", default="UTC")
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]

# ── Files ─────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "sightline.foundation.ui.made.MadeFinder",  # the style sheet and the font, made when asked for
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "sightline.foundation.ui.made.HashedStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# ── Mail ──────────────────────────────────────────────────────────────────────────────────────
globals().update(env.mail("SIGHTLINE_MAIL", default="file", folder=VAR_DIR / "mail"))
DEFAULT_FROM_EMAIL = env.text("SIGHTLINE_MAIL_FROM", default="Sightline <sightline@localhost>")

# ── Work in the background ────────────────────────────────────────────────────────────────────
TASKS = {"default": {"BACKEND": "sightline.foundation.jobs.backend.LeasedBackend"}}

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"sightline": {"level": env.choice("SIGHTLINE_LOG_LEVEL", LEVELS, default="INFO")}},
}
