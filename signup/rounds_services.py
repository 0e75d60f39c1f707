"""Builds an invitation round: whom it goes to. Every function needs the network's scope."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from networks.models import Organisation
from networks.organisation_register import Entry
from networks.organisation_services import ensure_municipalities
from signup.models import InvitationRound, Invitee


@dataclass(frozen=True)
class Person:
    """Who gets the letter."""

    leader_name: str
    leader_title: str
    leader_email: str
    language: str


def language_of(letters: InvitationRound) -> str:
    """The language a letter is written in until somebody chooses another: the network's own."""
    return "nn" if letters.network.language == "nn" else "nb"


@transaction.atomic
def choose_organisations(
    *, letters: InvitationRound, entries: Collection[Entry], organisations: Collection[Organisation] = ()
) -> int:
    """Put organisations into the round. Returns how many were not there already.

    1. Make the rows of municipalities that only the register knows.
    2. One invitee each; who is in the round stays as she is.
    """
    chosen = [*ensure_municipalities(entries=entries).values(), *organisations]
    before = Invitee.objects.filter(round=letters).count()
    Invitee.objects.bulk_create(
        [
            Invitee(network=letters.network, round=letters, organisation=each, language=language_of(letters))
            for each in chosen
        ],
        ignore_conflicts=True,
    )
    return Invitee.objects.filter(round=letters).count() - before


@transaction.atomic
def replace_by_successor(*, invitee: Invitee, successor: Entry) -> None:
    """Invite the municipality that another has become, with the same person, where nothing has been sent yet.

    1. Make the successor's row. 2. Where it is in the round already, the old one goes; else it takes the old one's
    place.
    """
    organisation = ensure_municipalities(entries=[successor])[successor.number]
    if Invitee.objects.filter(round=invitee.round, organisation=organisation).exists():
        invitee.delete()
    else:
        invitee.organisation = organisation
        invitee.save(update_fields=["organisation"])


@transaction.atomic
def write_down(*, letters: InvitationRound, people: dict[int, Person]) -> int:
    """Note who gets the letter, by organisation. Only where nothing has been sent. Returns how many changed."""
    changed = []
    for invitee in unsent(letters).filter(organisation__in=people).select_for_update(of=["self"]):
        person = people[invitee.organisation_id]
        if Person(invitee.leader_name, invitee.leader_title, invitee.leader_email, invitee.language) != person:
            invitee.leader_name, invitee.leader_title = person.leader_name, person.leader_title
            invitee.leader_email, invitee.language = person.leader_email, person.language
            changed.append(invitee)
    Invitee.objects.bulk_update(changed, ["leader_name", "leader_title", "leader_email", "language"])
    return len(changed)


def unsent(letters: InvitationRound) -> QuerySet[Invitee]:
    """Those of the round that no letter has been asked for."""
    return Invitee.objects.filter(round=letters, sent_at=None)
