"""What the worker does for this room."""

import logging
from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from gpf import tenancy
from networks.models import Network
from notices.tasks import send_letters
from signup import copies
from signup.rounds_notices import announce_closed
from signup.rounds_sending import letter_failed, make_letter
from signup.silent import remind_silent

log = logging.getLogger(__name__)


@shared_task
def write_letter(network_id: int, invitee_pk: int, link_number: int) -> bool:
    """Make an invitation's letter and have it sent. Says whether there was one to make."""
    try:
        with tenancy.scope([network_id]):
            made = make_letter(invitee_pk=invitee_pk, link_number=link_number) is not None
    except Exception as error:
        # Names may stand in the traceback's values, not in its kind.
        log.error("An invitation's letter (%s) could not be made: %s", invitee_pk, type(error).__name__)
        with tenancy.scope([network_id]):
            letter_failed(invitee_pk=invitee_pk)
        return False
    if made:
        send_letters.delay(network_id)
    return made


@shared_task
def remind() -> int:
    """Remind those who have not answered and whose day has come; tell coordinators of rounds that have closed.

    May run at any time, any number of times, and twice at once. Says how many were reminded.
    """
    networks = Network.objects.exclude(phase=Network.Phase.COMPLETED).order_by("pk")
    return sum(_reminded(network) for network in networks)


def _reminded(network: Network) -> int:
    """How many were reminded. Whatever goes wrong in one network stops no other's."""
    today = timezone.localdate()
    try:
        with tenancy.scope([network.pk]):
            announce_closed(network=network, today=today)
            reminded = remind_silent(network=network, today=today)
    except Exception as error:
        # Names may stand in the traceback's values, not in its kind.
        log.error("Reminding in the network %s failed: %s", network.slug, type(error).__name__)
        return 0
    if reminded:
        send_letters.delay(network.pk)
    return reminded


@tenancy.network_task
def make_copy(network_id: int, registration_pk: int) -> bool:
    """Make the copy of a registration that was sent, and have the receipt mailed. Says whether one was made."""
    made = copies.make_copy(registration_pk=registration_pk)
    if made:
        transaction.on_commit(partial(send_letters.delay, network_id))
    return made
