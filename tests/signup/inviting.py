"""A round of invitations in Vest, beside one in Øst, over the made-up register."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from gpf import tenancy
from networks.models import Network, Organisation, Participation
from networks.organisation_register import read_succession
from networks.services import replace_register
from signup.letters import shipped
from signup.models import InvitationRound, Invitee
from signup.rounds_services import choose_organisations
from tests.cast import Cast, Place
from tests.networks.registers import made_up_register


@pytest.fixture
def client(cast: Cast) -> Client:
    """Vest's coordinator, who reads English: what the tests hold is our own words."""
    cast.west.coordinator.language = "en"
    cast.west.coordinator.save()
    client = Client()
    client.force_login(cast.west.coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def english() -> Iterator[None]:
    """Words outside of a request, in English."""
    with translation.override("en"):
        yield


def load_register() -> None:
    replace_register(register=made_up_register())


def make_round(place: Place, name: str = "Kommunar, haust", **fields: Any) -> InvitationRound:
    """A round with the shipped letter."""
    letters = {language: shipped("invitation", language) for language in ("nb", "nn")}
    written = {
        "answer_by": timezone.localdate() + timedelta(days=14),
        "signed_by": "Koordinator Vest\nrådgiver",
        **{f"subject_{language}": letter.subject for language, letter in letters.items()},
        **{f"text_{language}": letter.text for language, letter in letters.items()},
    }
    with tenancy.scope([place.network.pk]):
        return InvitationRound.objects.create(network=place.network, name=name, **written | fields)


def invite(letters: InvitationRound, *numbers: str, **fields: Any) -> list[Invitee]:
    """These municipalities in the round, with leaders at addresses of their own."""
    entries = read_succession(timezone.localdate()).entries
    with tenancy.scope([letters.network_id]):
        choose_organisations(letters=letters, entries=[entries[number] for number in numbers])
        found = list(letters.invitees.filter(organisation__number__in=numbers).order_by("organisation__number"))
        for invitee in found:
            number = invitee.organisation.number
            invitee.leader_name, invitee.leader_title = f"Leder {number}", "kommunalsjef"
            invitee.leader_email = f"leder{number}@test.example"
            for name, value in fields.items():
                setattr(invitee, name, value)
            invitee.save()
    return found


def again(invitee: Invitee) -> Invitee:
    """As it is now."""
    with tenancy.scope([invitee.network_id]):
        return Invitee.objects.select_related("round", "organisation", "message", "network__programme").get(
            pk=invitee.pk
        )


def took_part(number: str, name: str, network: str, years: tuple[int, int], programme: Any) -> None:
    """A municipality that took part in an old network, under the number and name of its time."""
    old, _made = Network.objects.get_or_create(
        slug=network.lower(),
        defaults={
            "name": network,
            "programme": programme,
            "from_year": years[0],
            "to_year": years[1],
            "phase": "completed",
        },
    )
    organisation, _made = Organisation.objects.get_or_create(
        kind=Organisation.Kind.MUNICIPALITY, number=number, defaults={"name": name, "slug": f"gammel-{number}"}
    )
    with tenancy.scope([old.pk]):
        Participation.objects.create(network=old, organisation=organisation)


def address(name: str, place: Place, *keys: int) -> str:
    return reverse(f"signup:{name}", args=[place.network.slug, *keys])
