"""What is done with a delivery: saved, handed in, answered, extended, exempted.

Every function needs the network's scope and writes everything or nothing. The pages say who may call which.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents.models import Document
from sessions.answers import announce_answer, announce_comment, announce_delivery
from sessions.models import Assignment, Delivery, DeliveryVersion, Review
from sessions.relief import exempt_teams, extend_teams, lift_exemptions
from teams.models import Team


class NothingToDeliverError(ValueError):
    """There is neither a word nor a file to hand in."""


class NotDeliveredError(ValueError):
    """There is nothing handed in to answer, or it has been answered by a newer version."""


@transaction.atomic
def save_draft(
    *, team: Team, assignment: Assignment, by: User, comment: str, document: Document | None = None
) -> DeliveryVersion:
    """Keep what the team has so far, without handing it in.

    1. Take the pair's delivery, or begin it.
    2. Write the draft: the one there is, or the next version. A file once chosen stays until another replaces it.
    """
    delivery = _locked(team, assignment)
    draft = _draft(delivery)
    draft.comment = comment
    draft.document = document or draft.document
    draft.saved_by = by
    draft.saved_at = timezone.now()
    draft.save()
    if not delivery.begun:
        delivery.begun = True
        delivery.save(update_fields=["begun"])
    return draft


@transaction.atomic
def deliver(
    *,
    team: Team,
    assignment: Assignment,
    by: User,
    comment: str,
    document: Document | None = None,
    file_follows: bool = False,
) -> DeliveryVersion:
    """Hand in: the draft becomes the newest version, and the delivery waits for an answer.

    1. Save what came with it as the draft; earlier versions stay as they were, and a file that is not replaced goes
       along to the new one.
    2. Refuse when it holds neither a comment nor a file (NothingToDeliverError). `file_follows` says that what is
       handed in was written here and its file is being made: no earlier file goes along, and `attach_file` ends it.
    3. Give the version its time, and set the delivery to delivered.
    4. Withdraw the reminders of it, and tell those who can answer that it waits.
    """
    version = save_draft(team=team, assignment=assignment, by=by, comment=comment, document=document)
    if file_follows:
        version.document = document
    elif version.document is None:
        version.document = delivered_file(version.delivery)
    if not version.comment.strip() and version.document is None and not file_follows:
        raise NothingToDeliverError
    version.delivered_at = timezone.now()
    version.save(update_fields=["document", "delivered_at"])
    _set_state(version.delivery, Delivery.State.DELIVERED, delivered_at=version.delivered_at)
    announce_delivery(version)
    return version


def attach_file(*, version: DeliveryVersion, document: Document) -> None:
    """Put the file, once it is made, to a version that was handed in before it; never in another file's place."""
    DeliveryVersion.objects.filter(pk=version.pk, document=None).update(document=document)


def delivered_file(delivery: Delivery | None) -> Document | None:
    """The file of the newest version handed in, where there is one."""
    handed_in = DeliveryVersion.objects.filter(delivery=delivery).exclude(delivered_at=None)
    newest = handed_in.select_related("document").order_by("-number").first()
    return newest.document if newest else None


@transaction.atomic
def review(*, version: DeliveryVersion, by: User, verdict: Review.Verdict, text: str) -> Review:
    """Answer a version: approve it, send it back with a reason, or comment.

    1. Lock the delivery, and refuse when the version is not the newest handed in (NotDeliveredError).
    2. Write the answer.
    3. Approving and sending back set the delivery's state; after a comment it waits as before. The team is told.
    """
    delivery = Delivery.objects.select_for_update().get(pk=version.delivery_id)
    newest = delivery.versions.exclude(delivered_at=None).order_by("-number").first()
    if newest != version:
        raise NotDeliveredError
    answer = Review.objects.create(
        network_id=delivery.network_id, version=version, verdict=verdict, text=text, reviewed_by=by
    )
    if verdict == Review.Verdict.APPROVED:
        _set_state(delivery, Delivery.State.APPROVED)
        announce_answer(answer)
    elif verdict == Review.Verdict.RETURNED:
        _set_state(delivery, Delivery.State.RETURNED)
        announce_answer(answer)
    else:
        announce_comment(answer)
    return answer


def extend(*, team: Team, assignment: Assignment, until: date, reason: str) -> None:
    """Give one team a later day for an assignment, and tell it."""
    extend_teams(teams=[team], assignment=assignment, until=until, reason=reason)


def exempt(*, team: Team, assignment: Assignment, reason: str) -> None:
    """Free one team from an assignment, and tell it."""
    exempt_teams(teams=[team], assignment=assignment, reason=reason)


def lift_exemption(*, team: Team, assignment: Assignment) -> None:
    """Ask one team for the assignment after all, and tell it."""
    lift_exemptions(teams=[team], assignment=assignment)


def _locked(team: Team, assignment: Assignment) -> Delivery:
    """The pair's delivery, made where there is none, held until the transaction ends."""
    Delivery.objects.get_or_create(team=team, assignment=assignment, defaults={"network_id": team.network_id})
    return Delivery.objects.select_for_update().get(team=team, assignment=assignment)


def _draft(delivery: Delivery) -> DeliveryVersion:
    """The delivery's draft, or a new unsaved one."""
    newest = delivery.versions.order_by("-number").first()
    if newest and newest.delivered_at is None:
        return newest
    return DeliveryVersion(network_id=delivery.network_id, delivery=delivery, number=newest.number + 1 if newest else 1)


def _set_state(delivery: Delivery, state: Delivery.State, **fields: object) -> None:
    """Write the state and what goes with it."""
    delivery.state = state
    for name, value in fields.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=["state", *fields])
