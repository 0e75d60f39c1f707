"""The house: settings, tenancy, and what every room stands on. It imports no room."""

from gpf.celery import app as celery_app

__all__ = ["celery_app"]
