"""What the worker and the beats of the promise run with: those of real use, with the clock run faster."""

import os

from gpf.settings.production import *  # noqa: F403 - settings modules build on each other by name
from gpf.settings.production import CELERY_BEAT_SCHEDULE as OF_THE_PRODUCT

EMAIL_TIMEOUT = 2
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in
GPF_MAIL_AT_ANY_HOUR = True
GPF_CLAIM_STALE_SECONDS = int(os.environ["PROMISE_STALE_SECONDS"])
GPF_LETTER_PAUSE_SECONDS = 1
# All that this room does by the clock, every third second.
CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": 3.0}
    for name, entry in OF_THE_PRODUCT.items()
    if str(entry["task"]).startswith("notices.")
}
