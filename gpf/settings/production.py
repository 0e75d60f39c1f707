"""Real use. Everything an operator sets comes from the environment; `gpf.checks` refuses what is unsafe."""

import os
from urllib.parse import unquote, urlsplit

from .base import *  # noqa: F403 - settings modules build on each other by name

DEBUG = os.environ.get("GPF_DEBUG", "") == "1"
CSRF_TRUSTED_ORIGINS = [GPF_BASE_URL]  # noqa: F405 - from base

SESSION_COOKIE_SECURE = os.environ.get("GPF_INSECURE_COOKIES", "") != "1"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SESSION_COOKIE_NAME = "__Host-session" if SESSION_COOKIE_SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if CSRF_COOKIE_SECURE else "csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True

_mail = urlsplit(os.environ.get("GPF_MAIL_URL", "smtp://localhost:25"))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or 25
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_USE_SSL = _mail.scheme == "smtps"

# Rate limits count a person by her own address, which the last so many proxies in front pass on.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GPF_PROXIES", "1"))
