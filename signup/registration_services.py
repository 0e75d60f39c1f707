"""Writing a registration, sending it, and what a coordinator decides. Every function needs the network's scope.

What happens when one is accepted is in `signup.accepting`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notices.services import withdraw
from signup import registration_letters as letters
from signup.models import Invitee, RegisteredPerson, Registration
from signup.registration_fields import begun_for, is_empty, position_of, set_value, values_of
from signup.registration_notices import announce, key_of
from signup.rounds_sending import take_back_reminders

OPEN = (Registration.State.DRAFT, Registration.State.ASKED)
"""The states in which whoever has the link may write."""

DECIDABLE = (
    Registration.State.SUBMITTED,
    Registration.State.ASKED,
    Registration.State.WAITING,
    Registration.State.DECLINED,
)
LETTERS = str.maketrans("0123456789", "ghijklmnop")
LINK_DAYS = {Registration.State.ASKED: 21, Registration.State.WAITING: 90}
"""How long a link works at least after such an answer."""


class NotOpenError(ValueError):
    """The registration is sent or answered: nobody may write in it now."""


class NotPossibleError(ValueError):
    """The registration can not be answered so as it stands. Its message says why, and what to do."""


class DecidedError(ValueError):
    """Somebody has answered, or it was sent anew, since the page was shown. Holds the registration as it stands."""

    def __init__(self, registration: Registration) -> None:
        super().__init__("decided")
        self.registration = registration


# Writing


@dataclass(frozen=True)
class Saved:
    """The registration, and by field what somebody else wrote there meanwhile.

    `conflicts` are fields that this person wrote in too: nothing is overwritten. `theirs` are fields she left alone.
    """

    registration: Registration
    values: dict[str, str]
    conflicts: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def save_registration(*, invitee: Invitee, number: int, texts: Mapping[str, str], seen: Mapping[str, str]) -> Saved:
    """Keep what has been typed. `seen` is what the fields held when this person's page was made.

    1. Lock the invitation, so that two who begin at once write in one registration; begin it where there is none.
    2. Write every field that she has changed and nobody else has. What is said of a person is one thing: where two
       write in the same row at once, the second one's row waits for her to decide.
    3. Take away people of whom nothing is said any longer.
    Raises NotOpenError when it has been sent or answered.
    """
    Invitee.objects.select_for_update(of=("self",), no_key=True).get(pk=invitee.pk)
    held = Registration.objects.select_for_update(of=("self",)).filter(invitee=invitee, number=number).first()
    registration = held or begun_for(invitee, number)
    if registration.state not in OPEN:
        raise NotOpenError
    people = {p.position: p for p in registration.people.all()} if registration.pk else {}
    now = values_of(registration, people.values())
    changed = {name: text for name, text in texts.items() if text != now.get(name, "")}
    mine = {name: text for name, text in changed.items() if text != seen.get(name, "")}
    conflicts = {name: now.get(name, "") for name in mine if now.get(name, "") != seen.get(name, "")}
    held_back = {_row(name) for name in conflicts}
    for name, text in mine.items():
        if _row(name) not in held_back:
            set_value(registration, people, name, text)
    registration.saved_at = timezone.now()
    registration.save()
    _keep(registration, people)
    theirs = {name: now.get(name, "") for name in changed if name not in mine}
    return Saved(registration, values_of(registration, people.values()), conflicts, theirs)


def _row(name: str) -> str:
    """What is written as one: a person, or a field."""
    position = position_of(name)
    return name if position is None else str(position)


def _keep(registration: Registration, people: Mapping[int, RegisteredPerson]) -> None:
    for person in people.values():
        if not is_empty(person):
            person.registration = registration
            person.save()
        elif person.pk:
            person.delete()


@transaction.atomic
def submit_registration(*, registration: Registration) -> bool:
    """Send it to the coordinators. False when that has been done already.

    1. Its state; the copy of an earlier sending goes, a new one is a task's work.
    2. An organisation that had declined takes part after all.
    3. The coordinators are told in their next mail; a reminder that waits to be sent is taken back.
    """
    locked = _lock(registration)
    if locked.state not in OPEN:
        return False
    locked.state, locked.submitted_at, locked.copy = Registration.State.SUBMITTED, timezone.now(), None
    locked.save(update_fields=["state", "submitted_at", "copy"])
    Invitee.objects.filter(pk=locked.invitee_id).exclude(declined_at=None).update(declined_at=None, decline_reason="")
    announce(locked)
    take_back_reminders(locked.invitee)
    return True


def remove_draft(*, invitee: Invitee, number: int) -> bool:
    """Take away a registration that was never sent. False where there is none."""
    drafts = Registration.objects.filter(invitee=invitee, number=number, state=Registration.State.DRAFT)
    return bool(drafts.delete()[0])


@transaction.atomic
def decline_invitation(*, invitee: Invitee, reason: str) -> bool:
    """The organisation does not take part this time. False where it has sent a registration, or has declined."""
    sent = invitee.registrations.exclude(state__in=[Registration.State.DRAFT, Registration.State.DECLINED])
    if sent.exists():
        return False
    open_ones = Invitee.objects.filter(pk=invitee.pk, declined_at=None)
    has_declined = bool(open_ones.update(declined_at=timezone.now(), decline_reason=reason))
    if has_declined:
        take_back_reminders(invitee)
    return has_declined


def undo_declining(*, invitee: Invitee, today: date) -> bool:
    """It takes part after all. False when the day to answer by has passed."""
    if today > invitee.round.answer_by:
        return False
    return bool(Invitee.objects.filter(pk=invitee.pk).update(declined_at=None, decline_reason=""))


# Deciding


@transaction.atomic
def answer_registration(
    *, registration: Registration, by: User, decision: Registration.State, text: str, seen: str
) -> Registration:
    """Ask back, decline, or put on the waiting list. `seen` is `standing` as the page showed it.

    1. Lock it; raises DecidedError when it no longer stands where it stood.
    2. Write the decision. A question opens the form again, and the link stays alive; raises NotPossibleError where
       the invitation has been taken back.
    3. Write to those who registered; posting it is a task's work.
    """
    locked = lock_for_decision(registration, seen)
    if decision == Registration.State.ASKED and locked.invitee.withdrawn_at is not None:
        raise NotPossibleError(
            _("The invitation has been taken back, so they can not open the form. Call them instead.")
        )
    locked.state, locked.answer, locked.decided_by, locked.decided_at = decision, text, by, timezone.now()
    locked.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    if decision in LINK_DAYS:
        keep_link(locked.invitee, timezone.localdate() + timedelta(days=LINK_DAYS[decision]))
    letters.write_answer(locked)
    return locked


def lock_for_decision(registration: Registration, seen: str) -> Registration:
    """The registration, locked, when it stands where the person saw it; it waits for nobody's answer from here on."""
    locked = _lock(registration)
    if standing(locked) != seen or locked.state not in DECIDABLE:
        raise DecidedError(locked)
    withdraw(network_id=locked.network_id, prefixes=[key_of(locked)])
    return locked


def standing(registration: Registration) -> str:
    """A mark of its state and of when it last was sent or answered: another mark means something has happened.

    In letters only, for figures side by side might be taken for an identity number.
    """
    whole = f"{registration.state} {registration.submitted_at} {registration.decided_at}"
    return sha256(whole.encode()).hexdigest()[:20].translate(LETTERS)


def keep_link(invitee: Invitee, until: date) -> None:
    """Let the personal link work until the day at least."""
    if invitee.expires_on is not None and invitee.expires_on < until:
        invitee.expires_on = until
        invitee.save(update_fields=["expires_on"])


def _lock(registration: Registration) -> Registration:
    """Locked after its invitation, as saving does: a decision and a save behind the link wait for one another."""
    Invitee.objects.select_for_update(of=("self",), no_key=True).get(pk=registration.invitee_id)
    whole = Registration.objects.select_related("invitee__organisation", "invitee__round", "network", "decided_by")
    return whole.select_for_update(of=("self",)).get(pk=registration.pk)
