"""Sending a circular, and trying it on oneself. Every function needs the network's scope."""

import hashlib

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from desk.circulars.audience import Audience, Reached, read_audience
from desk.circulars.words import Written, write
from desk.models import Circular
from networks.models import Network, Role
from notices.mailing import Addressee, Enclosed, queue_letters


@transaction.atomic
def send_circular(*, circular_pk: int, network: Network, by: User) -> int:
    """Hand a letter over to everybody it reaches today, once. Returns to how many; 0 where it is sent already.

    The view that sends starts `notices.tasks.send_letters` on commit.

    1. Lock the draft: of two who send at once the second finds it sent.
    2. Find whom it reaches, and write each her letter.
    3. Keep who sent it, when, and to how many.
    """
    circular = Circular.objects.select_for_update().get(pk=circular_pk)
    if circular.state == Circular.State.SENT:
        return 0
    reached = read_audience(Audience.of(circular.audience), timezone.localdate())
    letters = [_enclosed(circular, write(circular, each, network), by) for each in reached]
    queue_letters(network=network, letters=letters)
    circular.state, circular.sent_by, circular.sent_at = Circular.State.SENT, by, timezone.now()
    circular.recipients = len(letters)
    circular.save(update_fields=["state", "sent_by", "sent_at", "recipients"])
    return len(letters)


def send_test(*, circular: Circular, network: Network, to: User) -> None:
    """Let the writer have it herself, as the first it reaches would read it, in both languages."""
    reached = read_audience(Audience.of(circular.audience), timezone.localdate())
    like = reached[0] if reached else Reached(to, Role.COORDINATOR)
    for language in ("nb", "nn"):
        person = User(pk=to.pk, email=to.email, name=like.user.name, language=language)
        written = write(circular, Reached(person, like.role, like.team, like.assignment, like.due), network)
        if written.language != language:
            continue
        said = f"{circular.subject_nb}{circular.text_nb}{circular.subject_nn}{circular.text_nn}{timezone.now()}"
        digest = hashlib.sha256(said.encode()).hexdigest()[:16]
        queue_letters(
            network=network,
            letters=[
                Enclosed(
                    f"circular-test:{circular.pk}:{to.pk}:{language}:{digest}",
                    Addressee(to.name, to.email, language, to),
                    f"[Test] {written.subject}",
                    written.text,
                    reply_to=to.email,
                )
            ],
        )


def key_of(circular: Circular) -> str:
    """What the keys of its letters begin with."""
    return f"circular:{circular.pk}:"


def _enclosed(circular: Circular, written: Written, by: User) -> Enclosed:
    user = written.reached.user
    to = Addressee(user.name, user.email, written.language, user)
    return Enclosed(f"{key_of(circular)}{user.pk}", to, written.subject, written.text, reply_to=by.email)
