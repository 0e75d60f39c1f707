"""What must stand in a registration before it is sent: saving asks for none of it."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from gpf.guarded import holds_identity_number, refusal
from signup.models import Registration
from signup.registration_fields import FIXED, person_field, positions, whole
from teams.models import Team

TAKEN = (
    Registration.State.SUBMITTED,
    Registration.State.ASKED,
    Registration.State.WAITING,
    Registration.State.ACCEPTED,
)
NEEDED = frozenset(
    {"team_name", "leader_name", "leader_title", "committed_on", person_field(0, "name"), person_field(0, "email")}
)


def problems(registration: Registration, values: Mapping[str, str], today: date) -> list[tuple[str, str]]:
    """What is missing or wrong: the field, and what to do. Needs the network's scope."""
    return [
        *_about_team(registration, values),
        *_about_anchoring(values, today),
        *_about_people(values),
    ]


def name_is_taken(registration: Registration, name: str) -> bool:
    """Whether another team of the network that goes on, or is registered, is called so."""
    teams = Team.objects.going_on().filter(network=registration.network_id, name__iexact=name)
    others = Registration.objects.filter(network=registration.network_id, team_name__iexact=name, state__in=TAKEN)
    return teams.exists() or others.exclude(pk=registration.pk).exists()


def _about_team(registration: Registration, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    name = values.get("team_name", "")
    if not name:
        yield "team_name", _("Give the team a name. It can be the name of the unit.")
    elif name_is_taken(registration, name):
        yield (
            "team_name",
            _("Another team in the network is called “%(name)s”. Add something, such as the municipality or the unit.")
            % {"name": name},
        )


def _about_anchoring(values: Mapping[str, str], today: date) -> Iterator[tuple[str, str]]:
    if not values.get("leader_name"):
        yield "leader_name", _("Write who commits the organisation.")
    if not values.get("leader_title"):
        yield "leader_title", _("Write the leader's title.")
    if not values.get("committed_on"):
        yield "committed_on", _("Write the day the leader decided that you take part.")
    elif date.fromisoformat(values["committed_on"]) > today:
        yield "committed_on", _("This day has not come yet. Write the day it was decided.")
    if values.get("leader_email"):
        yield from _address("leader_email", values["leader_email"])


def _about_people(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not values.get(person_field(0, "name")):
        yield person_field(0, "name"), _("Write who leads the team.")
    if not values.get(person_field(0, "email")):
        yield person_field(0, "email"), _("Write the team leader's address: she gets the answer, and a way to sign in.")
    first_with: dict[str, str] = {}
    for position in positions(values):
        person = whole(values, position)
        if holds_identity_number(f"{person['title']}, {person['unit']}"):  # side by side they may be one
            yield person_field(position, "title"), refusal([])
        if not person["name"] and position:
            yield person_field(position, "name"), _("Write the name, or empty the other fields of the person.")
        if person["email"]:
            field = person_field(position, "email")
            yield from _address(field, person["email"])
            earlier = first_with.setdefault(person["email"].lower(), person["name"])
            if earlier.casefold() != person["name"].casefold():
                yield field, _("%(name)s has this address already. Everyone needs one of her own.") % {"name": earlier}


def _address(field: str, address: str) -> Iterator[tuple[str, str]]:
    try:
        validate_email(address)
    except ValidationError:
        yield field, _("This is not a whole address. It should look like name@municipality.no.")


def in_two_places(values: Mapping[str, str]) -> list[str]:
    """The names of those who are to have more than one part in the team: of each the first counts."""
    found: dict[str, list[int]] = {}
    for position in positions(values):
        address = whole(values, position)["email"].lower()
        if address:
            found.setdefault(address, []).append(position)
    twice = [spots[0] for spots in found.values() if len(spots) > 1 and spots[0] < len(FIXED)]
    return [whole(values, position)["name"] for position in twice]
