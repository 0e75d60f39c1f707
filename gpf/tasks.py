"""The foundation's own nightly work."""

from celery import shared_task

from gpf.once import sweep_submissions


@shared_task
def sweep() -> int:
    """Forget forms sent long ago. Says how many."""
    return sweep_submissions()
