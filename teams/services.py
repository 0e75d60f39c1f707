"""Who is in a network, and in which team."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_person
from gpf.norwegian import free_slug
from networks.models import Membership, Network, Participation, ParticipationLeader, Role
from teams.guiding import begin_guiding
from teams.models import Team, TeamMember
from teams.places import end_memberships


@transaction.atomic
def add_person(
    *,
    network: Network,
    email: str,
    name: str,
    language: str,
    role: Role,
    team: Team | None = None,
    function: TeamMember.Function = TeamMember.Function.MEMBER,
    title: str = "",
    unit: str = "",
    teams: Iterable[Team] = (),
    participation: Participation | None = None,
) -> User:
    """Give a person a role in the network, and her place. Needs the network's scope; mailing her is a task's work.

    1. Her account, made where there is none.
    2. Her membership; one that had ended begins anew, one that was to end goes on.
    3. Her place: in the team, as supervisor of one or several (`teams`), or as the leader who answers for an
       organisation, named or by its team.
    """
    user = ensure_person(email=email, name=name, language=language)
    add_role(
        network=network,
        user=user,
        role=role,
        team=team,
        teams=teams,
        participation=participation,
        function=function,
        title=title,
        unit=unit,
    )
    return user


@transaction.atomic
def add_role(
    *,
    network: Network,
    user: User,
    role: Role,
    team: Team | None = None,
    teams: Iterable[Team] = (),
    participation: Participation | None = None,
    function: TeamMember.Function = TeamMember.Function.MEMBER,
    title: str = "",
    unit: str = "",
) -> Membership:
    """As `add_person`, for somebody who has an account."""
    membership = _membership(network, user, role)
    places = [*([team] if team else []), *teams]
    for place in places:
        _place(membership, place, function, title, unit)
    if role == Role.LEADER and participation is not None:
        _answer_for(user, participation)
    if places or participation is not None:
        end_memberships([membership])  # where the organisation is to withdraw, access ends with it
    return membership


@transaction.atomic
def add_team(
    *, participation: Participation, name: str, language: str, patient_group: str = "", joined_on: date | None = None
) -> Team:
    """Give an organisation one more team, under an address of its own. Needs the network's scope."""
    name = " ".join(name.split())
    taken = set(Team.objects.filter(network_id=participation.network_id).values_list("slug", flat=True))
    return Team.objects.create(
        network_id=participation.network_id,
        participation=participation,
        slug=free_slug(name, taken, otherwise="team", longest=80),
        name=name,
        language=language,
        patient_group=patient_group,
        joined_on=joined_on,
    )


def _membership(network: Network, user: User, role: Role) -> Membership:
    membership, made = Membership.objects.get_or_create(network=network, user=user, role=role)
    today = timezone.localdate()
    if not made and membership.ends_on is not None:
        if membership.ends_on <= today:
            membership.starts_on = today
        membership.ends_on = None
        membership.save(update_fields=["starts_on", "ends_on"])
    return membership


def _place(membership: Membership, team: Team, function: TeamMember.Function, title: str, unit: str) -> None:
    own = {"network_id": team.network_id}
    if membership.role == Role.TEAM_MEMBER:
        told = {name: value for name, value in {"title": title, "unit": unit}.items() if value}
        TeamMember.objects.update_or_create(
            team=team, membership=membership, defaults=own | {"function": function, "left_on": None} | told
        )
    elif membership.role == Role.SUPERVISOR:
        begin_guiding(team=team, membership=membership)
    elif membership.role == Role.LEADER:
        _answer_for(membership.user, team.participation)


def _answer_for(user: User, participation: Participation) -> None:
    ParticipationLeader.objects.get_or_create(
        network_id=participation.network_id, participation=participation, user=user
    )
