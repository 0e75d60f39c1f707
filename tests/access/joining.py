"""Doors of participants and people."""

from typing import Any

from gpf import tenancy
from networks.models import Membership, Organisation, Participation, Role
from networks.participation_services import add_unit, ensure_part
from teams.models import TeamMember
from tests.access.door import Door, west
from tests.cast import Cast


def participant(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"participation_pk": cast.west.team.participation_id}


def unit(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        found = Participation.objects.get(pk=cast.west.team.participation_id)
        part = ensure_part(of=found.organisation, kind=Organisation.Kind.MUNICIPAL_UNIT, name="Hjemmetjenesten")
        return participant(cast) | {"unit_pk": add_unit(participation=found, unit=part).pk}


def team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def seat(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        return team(cast) | {"seat_pk": TeamMember.objects.get(membership__user=cast.west.member).pk}


def person(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"user_pk": cast.west.member.pk}


def others_person(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"user_pk": cast.east.member.pk}


def role(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        found = Membership.objects.get(user=cast.west.member, role=Role.TEAM_MEMBER)
    return person(cast) | {"membership_pk": found.pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
ONLY = ">0++-----00"
DOORS: list[Door] = [
    Door("teams:participants", ONLY, west),
    Door("teams:participant_add", ONLY, west),
    Door("teams:participant", ONLY, participant),
    Door("teams:participant_edit", ONLY, participant),
    Door("teams:withdraw", ONLY, participant),
    Door("teams:withdraw", ONLY, participant, method="POST"),
    Door("teams:take_back", ONLY, participant, method="POST", is_page=False),
    Door("teams:unit_add", ONLY, participant, method="POST", is_page=False),
    Door("teams:unit_remove", ONLY, unit, method="POST", is_page=False),
    Door("teams:leader_add", ONLY, participant, method="POST", is_page=False),
    Door("teams:team_add", ONLY, participant),
    Door("teams:team", ONLY, team),
    Door("teams:team_edit", ONLY, team),
    Door("teams:new_leader", ONLY, team),
    Door("teams:team_end", ONLY, team),
    Door("teams:team_resume", ONLY, team, method="POST", is_page=False),
    Door("teams:seat_add", ONLY, team),
    Door("teams:seat", ONLY, seat),
    Door("teams:import", ONLY, west),
    Door("teams:import", ONLY, west, method="POST"),
    Door("teams:person", ONLY, person),
    Door("teams:person", ">000-----00", others_person, note="another network's"),
    Door("teams:invite_again", ONLY, person, method="POST", is_page=False),
    Door("teams:correct", ONLY, person, is_page=False),
    Door("teams:role_end", ONLY, role),
]
