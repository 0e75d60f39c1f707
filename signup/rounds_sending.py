"""Sends a round's letters, reminds, and minds the personal links. Every function needs the network's scope.

A letter is asked for by a coordinator (`sent_at` is set, and its link gets a last day), made by a worker (PDF, row in
the outbox), and sent by the room of notices. Each step may be repeated: the outbox takes a letter once for its key.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from documents.services import keep_made_pdf
from notices.mailing import Addressee, Enclosed, queue_letter, queue_letters, withdraw_letters
from notices.models import Message
from signup.letters import as_mail, invitation, invitation_pdf, reminder
from signup.models import InvitationRound, Invitee
from signup.rounds_notices import announce_opening

LINK_LIVES_ON = timedelta(days=28)
"""How long after the day to answer by a link still opens, for those who are late."""

ABANDONED = timedelta(minutes=20)
"""A letter asked for longer ago and still not made has lost its worker: it may be asked for again."""


def sendable(letters: InvitationRound) -> QuerySet[Invitee]:
    """Those with an address whose letter nobody has asked for, or nobody has made."""
    waiting = Q(sent_at=None) | Q(message=None, sent_at__lt=timezone.now() - ABANDONED)
    return Invitee.objects.filter(waiting, round=letters, withdrawn_at=None).exclude(leader_email="")


@transaction.atomic
def ask_for_letters(*, letters: InvitationRound, by: User | None = None) -> list[int]:
    """Ask for the letters of all that have none yet. Returns whose letters a worker is to make.

    1. Take them, so that a second click finds none. 2. Give every link its last day.
    3. Tell the other coordinators that the sign-up is open, the first time.
    """
    taken = list(sendable(letters).select_for_update(of=["self"]).values_list("pk", flat=True))
    asked = Invitee.objects.filter(pk__in=taken)
    asked.update(sent_at=timezone.now())
    asked.filter(expires_on=None).update(expires_on=letters.answer_by + LINK_LIVES_ON)
    if taken:
        announce_opening(letters=letters, by=by)
    return taken


@transaction.atomic
def make_letter(*, invitee_pk: int, link_number: int) -> Message | None:
    """Make one letter and hand it to the outbox; None where it is no longer wanted.

    1. See that it is: not withdrawn, not made already, the link not replaced. 2. Make the PDF and keep it.
    3. Hand the letter over. 4. Note both on the invitee.
    """
    whole = Invitee.objects.select_for_update(of=["self"]).select_related("round", "organisation", "network__programme")
    invitee = whole.filter(pk=invitee_pk, link_number=link_number, withdrawn_at=None, message=None).first()
    if invitee is None or invitee.sent_at is None:
        return None
    letter = invitation(invitee)
    name = f"invitasjon-{invitee.organisation.slug}.pdf"
    invitee.letter = keep_made_pdf(network=invitee.network, by=None, pdf=invitation_pdf(invitee), name=name)
    invitee.message = queue_letter(
        network=invitee.network,
        key=f"{_key(invitee)}letter",
        to=_addressee(invitee),
        subject=letter.subject,
        text=as_mail(letter, invitee.round),
        document=invitee.letter,
    )
    invitee.save(update_fields=["letter", "message"])
    return invitee.message


@transaction.atomic
def letter_failed(*, invitee_pk: int) -> None:
    """The letter could not be made: it counts as not asked for, and can be asked for again."""
    Invitee.objects.filter(pk=invitee_pk, message=None).update(sent_at=None)


@transaction.atomic
def remind(*, invitees: Collection[Invitee]) -> int:
    """Send the letter again to those who have not answered; the caller has chosen them. Returns how many.

    1. Lock them, and count the reminder; who has been reminded today already is left out.
    2. Hand the letters over in one statement. 3. Let each invitee show what becomes of hers.
    """
    now = timezone.now()
    whole = Invitee.objects.select_for_update(of=["self"]).select_related("round", "organisation", "network__programme")
    those = [
        each
        for each in whole.filter(pk__in=[one.pk for one in invitees])
        if each.reminded_at is None or timezone.localdate(each.reminded_at) != timezone.localdate(now)
    ]
    enclosed = {}
    for invitee in those:
        invitee.reminders, invitee.reminded_at = invitee.reminders + 1, now
        letter = reminder(invitee)
        enclosed[invitee.pk] = Enclosed(
            key=f"{_key(invitee)}reminder:{invitee.reminders}",
            to=_addressee(invitee),
            subject=letter.subject,
            text=as_mail(letter, invitee.round),
        )
    if those:
        queue_letters(network=those[0].network, letters=enclosed.values())
    written = dict(Message.objects.filter(key__in=[one.key for one in enclosed.values()]).values_list("key", "pk"))
    for invitee in those:
        invitee.message_id = written[enclosed[invitee.pk].key]
    Invitee.objects.bulk_update(those, ["reminders", "reminded_at", "message"])
    return len(those)


def take_back_reminders(invitee: Invitee) -> None:
    """The organisation has answered: a reminder that waits to be sent stays here."""
    withdraw_letters(network=invitee.network, key_prefix=f"{_key(invitee)}reminder:")


@transaction.atomic
def send_again(*, invitee: Invitee) -> None:
    """A new link to a corrected address; the old link is void. A worker makes the letter (`make_letter`).

    1. What still waits under the old link is taken back. 2. A new number voids the old link; what became of the old
    one no longer counts. 3. A link whose last day has passed gets another.
    """
    _take_back(invitee)
    invitee.link_number += 1
    invitee.sent_at, invitee.message, invitee.letter = timezone.now(), None, None
    invitee.opened_at = invitee.declined_at = invitee.withdrawn_at = invitee.reminded_at = None
    invitee.decline_reason, invitee.reminders = "", 0
    last = max(invitee.round.answer_by, timezone.localdate()) + LINK_LIVES_ON
    invitee.expires_on = max(invitee.expires_on or last, last)
    invitee.save()


@transaction.atomic
def withdraw(*, invitee: Invitee) -> None:
    """Take the invitation back: the link is void from now, and what waits to be sent stays here."""
    _take_back(invitee)
    invitee.withdrawn_at = timezone.now()
    invitee.save(update_fields=["withdrawn_at"])


def extend_link(*, invitee: Invitee, last_day: date) -> None:
    """Let the link open the form up to and including the day."""
    invitee.expires_on = last_day
    invitee.save(update_fields=["expires_on"])


def _take_back(invitee: Invitee) -> None:
    withdraw_letters(network=invitee.network, key_prefix=_key(invitee))


def _key(invitee: Invitee) -> str:
    """What the keys of the letters with this link begin with."""
    return f"invite:{invitee.pk}:{invitee.link_number}:"


def _addressee(invitee: Invitee) -> Addressee:
    return Addressee(invitee.leader_name or invitee.leader_title, invitee.leader_email, invitee.language)
