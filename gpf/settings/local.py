"""A local run: the demo, and everyday work on the product."""

import os

from .base import *  # noqa: F403 - settings modules build on each other by name
from .base import GPF_HOME, LOGGING

SECRET_KEY = os.environ.get("GPF_SECRET_KEY") or "for-one-machine-only-" + "0" * 40
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *os.environ.get("GPF_ALLOWED_HOSTS", "").split(",")]
DEFAULT_FROM_EMAIL = "Læringsnettverk <nettverk@demo.example>"

# Mail goes nowhere from a demo: each message is a file under the state folder, and disturbs nobody at any hour.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = GPF_HOME / "mail"
GPF_MAIL_AT_ANY_HOUR = os.environ.get("GPF_MAIL_AT_ANY_HOUR", "1") == "1"

LOGGING["root"]["level"] = os.environ.get("GPF_LOG_LEVEL", "INFO")
