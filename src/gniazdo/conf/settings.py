"""All settings in one file, read from the environment; checked at start by conf.checks with coded sentences."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import django_stubs_ext
from django.utils.csp import CSP  # type: ignore[attr-defined,unused-ignore]

django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("GNIAZDO_DATA", ".data")).resolve()
DATA.mkdir(parents=True, exist_ok=True)
MODE = os.environ.get("GNIAZDO_MODE", "development")  # development | demo | production
PRODUCTION = MODE == "production"
DEBUG = False
SECRET_KEY = os.environ.get(
    "GNIAZDO_SECRET_KEY", "" if PRODUCTION else "development-only-key-never-for-real-data-" + "x" * 24
)
ALLOWED_HOSTS = os.environ.get("GNIAZDO_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GNIAZDO_ORIGINS", "").split(",") if o]

ROOMS = [
    "gniazdo.platform",
    "gniazdo.access",
    "gniazdo.orgs",
    "gniazdo.people",
    "gniazdo.cases",
    "gniazdo.papers",
    "gniazdo.plans",
    "gniazdo.deadlines",
    "gniazdo.assistance",
    "gniazdo.reports",
    "gniazdo.exchange",
    "gniazdo.desk",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    *ROOMS,  # before allauth: the room orgs dresses its pages in our frame
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks_db",
    "crontask",
    "gniazdo.conf.apps.ConfConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gniazdo.orgs.middleware.ThrottleMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gniazdo.orgs.middleware.LanguageMiddleware",
    "gniazdo.orgs.middleware.ActorMiddleware",
    "gniazdo.orgs.middleware.IdleMiddleware",
    "gniazdo.orgs.middleware.DoorMiddleware",
    "gniazdo.access.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "gniazdo.conf.urls"
FORM_RENDERER = "gniazdo.platform.forms.Renderer"
WSGI_APPLICATION = "gniazdo.conf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "gniazdo.platform.templatetags.ui",
                "gniazdo.platform.templatetags.parts",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "gniazdo.platform.templatetags.swift",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
                "gniazdo.platform.views.page_context",
                "gniazdo.orgs.views.frame.frame_context",
                "gniazdo.desk.views.frame.frame_context",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """`sqlite:///path` or `postgresql://user:password@host:port/name` as Django wants it.

    `sqlite:///path?timeout=5`: how many seconds a save waits for others before the page says that the database is busy.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path),
            "OPTIONS": {
                # IMMEDIATE: a read-then-write transaction must queue for the lock, not fail half-way (ADR 0001 of the stack).
                "transaction_mode": "IMMEDIATE",
                "timeout": float(dict(parse_qsl(parts.query)).get("timeout", 20)),
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
                    "PRAGMA mmap_size=134217728; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
                ),
            },
            "TEST": {"NAME": None},
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 3,
            # Jobs, commands and the door see every institution; a request is fenced to its own (platform.models.fence).
            "options": "-c gniazdo.institution=all",
        },
    }


DATABASE_URL = os.environ.get("GNIAZDO_DATABASE", f"sqlite:///{DATA / 'gniazdo.sqlite3'}")
DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["gniazdo.orgs.middleware.session.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/konto/login/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "gniazdo.orgs.middleware.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "gniazdo.orgs.forms.sign_in.SignInForm",
    "reauthenticate": "gniazdo.orgs.forms.sign_in.ConfirmForm",
    "change_password": "gniazdo.orgs.forms.sign_in.NewPasswordForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Five wrong passwords for one log-in shut it for a quarter of an hour; twenty in a minute shut an address.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/900s/key", "login": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GNIAZDO_PROXIES", "0"))
THROTTLE_SESSION = int(os.environ.get("GNIAZDO_THROTTLE", "600"))  # requests of one session in a minute
THROTTLE_ADDRESS = 10 * THROTTLE_SESSION  # a whole office may stand behind one address
MFA_ADAPTER = "gniazdo.orgs.middleware.sign_in.SecondFactorAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_FORMS = {
    "add_webauthn": "gniazdo.orgs.forms.sign_in.AddKeyForm",
    "edit_webauthn": "gniazdo.orgs.forms.sign_in.RenameKeyForm",
    "login_webauthn": "gniazdo.orgs.forms.sign_in.KeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Gniazdo"
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION and os.environ.get("GNIAZDO_PLAIN_HTTP") != "1"
SESSION_ENGINE = "gniazdo.orgs.middleware.session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES = int(os.environ.get("GNIAZDO_IDLE_MINUTES", "20"))
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
CSRF_FAILURE_VIEW = "gniazdo.platform.views.csrf_failure"
# The proxy in front redirects to HTTPS and owns the rest of the domain: we promise nothing for its other names.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "polski"), ("en", "English")]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["gniazdo.platform.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a missing folder
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = DATA / "files"  # outside the web root: served only through a guard
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
UPLOAD_LIMIT = 25 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

_smtp = urlsplit(os.environ.get("GNIAZDO_SMTP", ""))
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": _smtp.hostname,
            "port": _smtp.port or 25,
            "username": unquote(_smtp.username or ""),
            "password": unquote(_smtp.password or ""),
            "use_tls": _smtp.scheme == "smtp+tls",
            "use_ssl": _smtp.scheme == "smtps",
            "timeout": 20,
        },
    }
    if _smtp.hostname
    else {
        # Without a mail server letters wait in files, where an administrator finds them.
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(DATA / "mail")},
    }
}
DEFAULT_FROM_EMAIL = os.environ.get("GNIAZDO_MAIL_FROM", "gniazdo@localhost")
PUBLIC_URL = os.environ.get("GNIAZDO_URL", "http://127.0.0.1:8000")

# What the workers of one server share: requests counted in a minute, wrong passwords (allauth counts them in the cache).
# `gniazdo serve` gives the folder; without it each process counts for itself.
THROTTLE_FOLDER = os.environ.get("GNIAZDO_SHARED", "")
CACHES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": os.path.join(THROTTLE_FOLDER, "cache"),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
    if THROTTLE_FOLDER
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
