"""The Celery application: `celery -A gpf worker` and `celery -A gpf beat`."""

import os

from celery import Celery

# Settings that nobody named are those of real use, which are checked: a local run names its own.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gpf.settings.production")

app = Celery("gpf")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
