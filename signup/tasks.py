"""What the worker does for this room."""

import logging
from functools import partial

from celery import shared_task
from django.db import transaction

from gpf import tenancy
from notices.tasks import send_letters
from signup import copies
from signup.rounds_sending import letter_failed, make_letter

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


@tenancy.network_task
def make_copy(network_id: int, registration_pk: int) -> bool:
    """Make the copy of a registration that was sent, and have the receipt mailed. Says whether one was made."""
    made = copies.make_copy(registration_pk=registration_pk)
    if made:
        transaction.on_commit(partial(send_letters.delay, network_id))
    return made
