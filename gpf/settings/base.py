"""What every way of running the product shares. Secrets and addresses come from the environment only."""

import os
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from gpf import mail_services

BASE_DIR = Path(__file__).resolve().parent.parent.parent
GPF_HOME = Path(os.environ.get("GPF_HOME", ".local"))
GPF_HOME = GPF_HOME if GPF_HOME.is_absolute() else BASE_DIR / GPF_HOME
GPF_BASE_URL = os.environ.get("GPF_BASE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")

DEBUG = False
SECRET_KEY = os.environ.get("GPF_SECRET_KEY", "")
ALLOWED_HOSTS = [host for host in os.environ.get("GPF_ALLOWED_HOSTS", "").split(",") if host]

INSTALLED_APPS = [
    "gpf.apps.GpfConfig",
    "overview",
    "supervision",
    "desk",
    "posters",
    "signup",
    "improvement",
    "sessions",
    "teams",
    "notices",
    "documents",
    "networks",
    "accounts",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gpf.middleware.vary_on_htmx",
    "gpf.middleware.keep_private",
]

ROOT_URLCONF = "gpf.urls"
WSGI_APPLICATION = "gpf.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gpf.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "gpf.templatetags.gpf_dates",
                "gpf.templatetags.gpf_forms",
            ],
        },
    }
]
FORM_RENDERER = "gpf.forms.Renderer"

# Database: one ordinary role; the request is one transaction, so that the tenancy scope lives inside it.


def _database(url: str) -> dict[str, Any]:
    parts = conninfo_to_dict(url) if url else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "gpf"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}

# Redis: cache, the read side of sessions, and Celery's broker.

REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Oslo"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# The morning's mail at seven, and every hour of the working day for what failed or was down; twice sends nothing twice.
CELERY_BEAT_SCHEDULE = {
    "daily notices": {"task": "notices.tasks.daily", "schedule": crontab(minute=0, hour="7-16")},
    "told at once": {"task": "notices.tasks.told_at_once", "schedule": crontab(minute="*/5", hour="7-16")},
    "letters left": {"task": "notices.tasks.send_letters_left", "schedule": crontab(minute="5-59/15")},
    # Before the morning's mail, and again for what was down then; twice changes nothing.
    "invitations": {"task": "signup.tasks.remind", "schedule": crontab(minute=45, hour="6,9,12")},
    "nightly sweep": {"task": "documents.tasks.sweep", "schedule": crontab(minute=30, hour=3)},
    "forms sent": {"task": "gpf.tasks.sweep", "schedule": crontab(minute=45, hour=3)},
    # Just after midnight, and again for what was down then; twice changes nothing.
    "phases": {"task": "overview.tasks.advance_phases", "schedule": crontab(minute=10, hour="0,1,5,12")},
    "stuck posters": {"task": "posters.tasks.take_up", "schedule": crontab(minute="*/5")},
    "books under way": {"task": "posters.books.tasks.take_up", "schedule": crontab(minute="*/2")},
    "stuck books": {"task": "posters.books.tasks.take_up", "schedule": crontab(minute="*/5")},
}

# People and sign-in: by a code in the mail or a password; nobody signs up by themselves.

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {
    "login": "accounts.forms.GuardedLoginForm",
    "request_login_code": "accounts.forms.GuardedRequestLoginCodeForm",
    "reset_password": "accounts.forms.GuardedResetPasswordForm",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Language and time.

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

# Files: our own static ones, and uploads that only a view hands out.

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("GPF_STATIC_ROOT", GPF_HOME / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("GPF_MEDIA_ROOT", GPF_HOME / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FILES = 1
# A round to every municipality has five fields a row, on one page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.uploads.BoundedUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600

# Mail.

DEFAULT_FROM_EMAIL = os.environ.get("GPF_MAIL_FROM", "Læringsnettverk <noreply@localhost>")
EMAIL_TIMEOUT = 20
# Mail goes out on working days from 7 to 17; a demo may send at any hour.
GPF_MAIL_AT_ANY_HOUR = os.environ.get("GPF_MAIL_AT_ANY_HOUR", "") == "1"
# A claim older than this belongs to a dead sender: sending one mail takes seconds.
GPF_CLAIM_STALE_SECONDS = 30 * 60
# A letter that the mail server put off waits so long first, and twice as long each time after that.
GPF_LETTER_PAUSE_SECONDS = 5 * 60
# Who tells of mail that comes back, and how it proves who it is; `gpf.checks` refuses the one without the other.
GPF_MAIL_SERVICE = os.environ.get("GPF_MAIL_SERVICE", "").strip().lower()
GPF_MAIL_WEBHOOK_SECRET = os.environ.get("GPF_MAIL_WEBHOOK_SECRET", "")
ANYMAIL = mail_services.anymail(GPF_MAIL_SERVICE, GPF_MAIL_WEBHOOK_SECRET)

# What a browser may do with our pages: only our own files, no inline script or style.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_SAMESITE = "Lax"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "identity": {"()": "gpf.identity.LogFilter"},
        "links": {"()": "gpf.secret_links.LogFilter"},
    },
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["identity", "links"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django's own handlers know no filter of ours, and one would mail whole requests.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
