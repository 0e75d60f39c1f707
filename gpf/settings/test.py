"""The tests: the same services, quicker passwords, mail kept in memory."""

import os

from .base import *  # noqa: F403 - settings modules build on each other by name
from .base import DATABASES, GPF_HOME, STORAGES

SECRET_KEY = "only-for-tests-" + "0" * 50
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
GPF_MAIL_AT_ANY_HOUR = True  # tests run at any hour; those about hours say so
# Threads of the live server and the test itself share connections of their own; a pool would outlive the test database.
DATABASES["default"]["OPTIONS"] = {}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = GPF_HOME / "test-media"
ACCOUNT_RATE_LIMITS = False
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("GPF_TEST_DB", "test_gpf")}
