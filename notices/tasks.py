"""What the worker does for this room."""

import logging

from celery import shared_task

from notices.services import run_daily

logger = logging.getLogger(__name__)


@shared_task
def daily() -> None:
    """The morning's mail. Comes back through the day for what failed; sends nothing twice."""
    answers = run_daily()
    logger.info("Digests: %s", ", ".join(f"{count} {answer}" for answer, count in answers.items()) or "none")
