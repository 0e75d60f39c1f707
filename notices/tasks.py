"""What the worker does for this room."""

import logging
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from networks.models import Network
from notices import runs
from notices.batches import Occasion
from notices.mailing import send_waiting_letters
from notices.post import Post

logger = logging.getLogger(__name__)


@shared_task
def daily() -> None:
    """The morning's mail. Comes back through the day for what failed; sends nothing twice."""
    runs.find_due(timezone.localdate())
    _spread(Occasion(timezone.now()))


@shared_task
def told_at_once() -> None:
    """What people want to be told at once."""
    _spread(Occasion(timezone.now(), at_once=True))


@shared_task
def send_share(share: list[runs.Group], since: str, *, at_once: bool) -> None:
    """A share of the mail: of the people who had something waiting at the moment `since`."""
    occasion = Occasion(datetime.fromisoformat(since), at_once=at_once)
    with Post() as post:
        answers = runs.send_share(share, occasion, post)
    logger.info("Digests: %s", ", ".join(f"{count} {answer}" for answer, count in answers.items()) or "none")


@shared_task
def send_now(network_pk: int, people: list[int]) -> None:
    """What waits for these people in a network, because its coordinator will not wait for the next run."""
    occasion = Occasion(timezone.now(), at_once=True, is_everything=True)
    with Post() as post:
        runs.send_share([([network_pk], people)], occasion, post)


def _spread(occasion: Occasion) -> None:
    """Spread the mail over the workers."""
    for share in runs.shares(occasion):
        send_share.delay(share, occasion.since.isoformat(), at_once=occasion.at_once)


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
