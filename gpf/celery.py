"""The Celery application: `celery -A gpf worker` and `celery -A gpf beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gpf.settings.local")

app = Celery("gpf")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
