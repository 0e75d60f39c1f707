"""What the worker does for this room."""

import logging

from celery import shared_task

from networks.models import Network
from notices.mailing import send_waiting_letters
from notices.services import run_daily

logger = logging.getLogger(__name__)


@shared_task
def daily() -> None:
    """The morning's mail. Comes back through the day for what failed; sends nothing twice."""
    answers = run_daily()
    logger.info("Digests: %s", ", ".join(f"{count} {answer}" for answer, count in answers.items()) or "none")


@shared_task
def send_letters(network_pk: int) -> int:
    """Send the letters of a network that wait. Says how many went."""
    return send_waiting_letters(Network.objects.get(pk=network_pk))


@shared_task
def send_letters_left() -> int:
    """Send the letters that a dead worker or a mail server away left behind, network by network."""
    return sum(_sent(network) for network in Network.objects.order_by("pk"))


def _sent(network: Network) -> int:
    """How many letters went. Whatever goes wrong in one network stops no other's."""
    try:
        return send_waiting_letters(network)
    except Exception:
        logger.exception("Sending the letters of the network %s failed", network.slug)
        return 0
