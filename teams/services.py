"""Who is in a network, and in which team."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import ensure_person
from networks.models import Membership, Network, ParticipationLeader, Role
from teams.models import Supervisor, Team, TeamMember


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
) -> User:
    """Give a person a role in the network, and her place. Needs the network's scope; mailing her is a task's work.

    1. Her account, made where there is none.
    2. Her membership; one that had ended begins anew.
    3. Her place: in the team, as its supervisor, or as the leader who answers for its organisation.
    """
    user = ensure_person(email=email, name=name, language=language)
    membership = _membership(network, user, role)
    if team is not None:
        _place(membership, team, function)
    return user


def _membership(network: Network, user: User, role: Role) -> Membership:
    membership, made = Membership.objects.get_or_create(network=network, user=user, role=role)
    today = timezone.localdate()
    if not made and membership.ends_on is not None and membership.ends_on <= today:
        membership.starts_on, membership.ends_on = today, None
        membership.save(update_fields=["starts_on", "ends_on"])
    return membership


def _place(membership: Membership, team: Team, function: TeamMember.Function) -> None:
    own = {"network_id": team.network_id}
    if membership.role == Role.TEAM_MEMBER:
        TeamMember.objects.update_or_create(
            team=team, membership=membership, defaults=own | {"function": function, "left_on": None}
        )
    elif membership.role == Role.SUPERVISOR:
        Supervisor.objects.update_or_create(team=team, membership=membership, defaults=own | {"until": None})
    elif membership.role == Role.LEADER:
        ParticipationLeader.objects.get_or_create(participation=team.participation, user=membership.user, defaults=own)
