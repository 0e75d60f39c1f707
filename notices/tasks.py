"""What the worker does for this room."""

from celery import shared_task

from notices.services import run_daily


@shared_task
def daily() -> None:
    """The morning's mail. Comes back through the day for what failed; sends nothing twice."""
    run_daily()
