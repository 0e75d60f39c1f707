"""What the worker does for the networks as a whole."""

import logging

from celery import shared_task

from gpf import tenancy
from networks.models import Network
from overview.phase_services import advance

logger = logging.getLogger(__name__)


@shared_task
def advance_phases() -> int:
    """Give every network that is not completed the phase of the day. Says how many got another; safe to repeat."""
    changed = 0
    for network in Network.objects.exclude(phase=Network.Phase.COMPLETED).order_by("pk"):
        with tenancy.scope([network.pk]):
            phase = advance(network=network)
        if phase:
            changed += 1
            logger.info("Network %s is now %s", network.slug, phase)
    return changed
