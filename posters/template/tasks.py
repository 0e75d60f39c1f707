"""The worker's part: drawing an example."""

import logging

from celery import shared_task

from gpf import tenancy
from posters.template.examples import begin_example, draw, fail_example, finish_example
from posters.template.models import PosterExample

log = logging.getLogger(__name__)


@shared_task(name="posters.template.tasks.draw_example", soft_time_limit=40, time_limit=55)
def draw_example(network_id: int, example_pk: int) -> str:
    """Draw one example. Answers with the state it came to, or "" when there was nothing to do."""
    with tenancy.scope([network_id]):
        job = begin_example(example_pk=example_pk)
    if job is None:
        return ""
    try:
        drawn = draw(job)
        with tenancy.scope([network_id]):
            return finish_example(example_pk=example_pk, drawn=drawn)
    except Exception as error:
        log.error("An example of a poster (%s) could not be drawn: %s", example_pk, type(error).__name__)
        with tenancy.scope([network_id]):
            fail_example(example_pk=example_pk)
        return str(PosterExample.State.FAILED)
