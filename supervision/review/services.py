"""What is done where a delivery is answered. Every function needs the network's scope."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from sessions.models import Assignment, Delivery, DeliveryVersion, Review
from sessions.replies import write_reply
from sessions.services import review
from supervision.models import FeedbackDraft
from supervision.notes.services import write_note
from teams.models import Team


def save_draft(*, version: DeliveryVersion, by: User, text: str, note: str) -> FeedbackDraft:
    """Keep what a person has written so far, for her alone. Nothing written: nothing kept."""
    if not text.strip() and not note.strip():
        _forget(version, by)
        return FeedbackDraft(version=version, author=by, text="", note="")
    draft, _made = FeedbackDraft.objects.update_or_create(
        version=version,
        author=by,
        defaults={"network_id": version.network_id, "text": text, "note": note, "saved_at": timezone.now()},
    )
    return draft


@transaction.atomic
def give_feedback(*, version: DeliveryVersion, by: User, verdict: Review.Verdict, text: str, note: str) -> Review:
    """Answer a version.

    1. Answer; refused with NotDeliveredError where the version is not the newest.
    2. Keep the private note, where one was written.
    3. The draft is done with.
    """
    answer = review(version=version, by=by, verdict=verdict, text=text)
    _note(version.delivery, by, note)
    _forget(version, by)
    return answer


@transaction.atomic
def write_to_team(
    *, team: Team, assignment: Assignment, version: DeliveryVersion | None, by: User, text: str, note: str
) -> None:
    """Say something to the team that answers no version.

    1. Write it.
    2. Keep the private note, where one was written.
    3. The draft is done with.
    """
    said = write_reply(team=team, assignment=assignment, by=by, text=text, from_team=False)
    _note(said.delivery, by, note)
    if version is not None:
        _forget(version, by)


@transaction.atomic
def keep_note(
    *, team: Team, delivery: Delivery | None, version: DeliveryVersion | None, by: User, text: str, note: str
) -> None:
    """Keep the private note alone.

    1. Keep it.
    2. What was written to the team stays a draft.
    """
    write_note(team=team, delivery=delivery, by=by, text=note)
    if version is not None:
        save_draft(version=version, by=by, text=text, note="")


def _note(delivery: Delivery, by: User, note: str) -> None:
    if note.strip():
        write_note(team=delivery.team, delivery=delivery, by=by, text=note)


def _forget(version: DeliveryVersion, by: User) -> None:
    FeedbackDraft.objects.filter(version=version, author=by).delete()
