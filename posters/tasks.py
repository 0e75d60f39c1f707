"""The worker's part: making a poster's file."""

import logging
from typing import Any

from celery import shared_task

from gpf import tenancy
from networks.models import Network
from posters.models import Rendering
from posters.services import begin_file, fail_file, finish_file, make, take_up_stuck

log = logging.getLogger(__name__)


@shared_task(bind=True, name="posters.tasks.make_file", soft_time_limit=60, time_limit=80)
def make_file(self: Any, network_id: int, rendering_pk: int) -> str:
    """Make one file. Answers with the state it came to, or "" when there was nothing to do.

    Not a `network_task`, which is one transaction: that a worker has begun must be seen while it works, and be
    remembered if it dies.
    """
    again = bool((self.request.delivery_info or {}).get("redelivered"))
    with tenancy.scope([network_id]):
        job = begin_file(rendering_pk=rendering_pk, again=again)
    if job is None:
        return ""
    try:
        rendered, pictures = make(job)
        with tenancy.scope([network_id]):
            return str(finish_file(rendering_pk=rendering_pk, rendered=rendered, pictures=pictures).state)
    except Exception as error:
        # The team's words may stand in the traceback's values, not in its kind.
        log.error("A poster's file (%s) could not be made: %s", rendering_pk, type(error).__name__)
        with tenancy.scope([network_id]):
            fail_file(rendering_pk=rendering_pk)
        return str(Rendering.State.FAILED)


@shared_task(name="posters.tasks.take_up")
def take_up() -> int:
    """Go through the networks for files that nobody is making any longer. Says how many were taken up."""
    count = 0
    for network_id in Network.objects.values_list("pk", flat=True):
        with tenancy.scope([network_id]):
            stuck = take_up_stuck()
        for rendering in stuck:
            make_file.delay(network_id, rendering.pk)
        count += len(stuck)
    return count
