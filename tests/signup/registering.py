"""An invited organisation and its registrations, for tests. Everything needs the network's scope."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from networks.models import Organisation
from signup.models import InvitationRound, Invitee, Registration
from signup.registration_services import save_registration, submit_registration
from tests.cast import Place


def invite(place: Place, name: str = "Seljord", number: str = "3820", **kwargs: Any) -> Invitee:
    """A municipality in a round, its letter sent."""
    today = timezone.localdate()
    letters, _made = InvitationRound.objects.get_or_create(
        network=place.network,
        name="Høsten",
        defaults={
            "answer_by": today + timedelta(days=20),
            "subject_nb": "Bli med",
            "text_nb": "Kjære {leder}",
            "subject_nn": "Ver med",
            "text_nn": "Kjære {leiar}",
            "signed_by": f"{place.coordinator}, rådgiver",
            "created_by": place.coordinator,
        },
    )
    organisation, _new = Organisation.objects.get_or_create(
        kind=Organisation.Kind.MUNICIPALITY, number=number, defaults={"slug": f"kommune-{number}", "name": name}
    )
    start = {
        "leader_name": f"Kommunalsjef {name}",
        "leader_title": "kommunalsjef",
        "leader_email": f"sjef.{number}@test.example",
        "sent_at": timezone.now(),
        "expires_on": today + timedelta(days=40),
    }
    return Invitee.objects.create(
        network=place.network, round=letters, organisation=organisation, **{**start, **kwargs}
    )


def answers(name: str = "Hjemmetjenesten Seljord", **kwargs: str) -> dict[str, str]:
    """What is needed before it may be sent, and a little more."""
    local = name.lower().replace(" ", ".").replace("ø", "o")
    return {
        "team_name": name,
        "units": "Hjemmetjenesten nord\nLegevakten",
        "patient_group": "Eldre som kommer hjem fra sykehus",
        "leader_name": "Kommunalsjef Seljord",
        "leader_title": "kommunalsjef",
        "leader_email": "sjef.3820@test.example",
        "committed_on": timezone.localdate().isoformat(),
        "reorganisation": "yes",
        "time_set_aside": "partly",
        "language": "nb",
        "person_0_name": "Teamleder Seljord",
        "person_0_email": f"leder.{local}@test.example",
        "person_0_title": "fagsykepleier",
        "person_0_unit": "Hjemmetjenesten nord",
        "person_1_name": "Måleansvarlig Seljord",
        "person_1_email": f"maler.{local}@test.example",
        "person_2_name": "Brukerrepresentant Seljord",
        "person_3_name": "Medlem Seljord",
        "person_3_email": f"medlem.{local}@test.example",
        "person_3_title": "fysioterapeut",
        **kwargs,
    }


def register(invitee: Invitee, texts: Mapping[str, str] | None = None, number: int = 1) -> Registration:
    """A registration that has been sent."""
    saved = save_registration(invitee=invitee, number=number, texts=texts or answers(), seen=seen(invitee))
    submit_registration(registration=saved.registration)
    saved.registration.refresh_from_db()
    return saved.registration


def seen(invitee: Invitee) -> dict[str, str]:
    """What a page that nobody has written on shows."""
    return {
        "leader_name": invitee.leader_name,
        "leader_title": invitee.leader_title,
        "leader_email": invitee.leader_email,
        "language": invitee.language,
    }
