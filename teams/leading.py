"""A team that gets a new leader, and a person who leaves a team."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from networks.models import Membership, ParticipationLeader, Role
from notices.services import pass_on, withdraw_about
from teams.models import Supervisor, Team, TeamMember
from teams.places import end_memberships

LEADER = TeamMember.Function.LEADER


def leader_of(team: Team) -> TeamMember | None:
    """The team's leader today."""
    return team.members.filter(function=LEADER, left_on=None).select_related("membership__user").first()


@transaction.atomic
def change_leader(*, team: Team, to: TeamMember, old_stays: bool) -> TeamMember | None:
    """Let a member of the team lead it from today. Returns the old leader's place. Needs the network's scope.

    1. The one who led it becomes a member, or leaves it today, and with it the network where she has no other place.
    2. The new one leads it.
    3. What waited for the old one about the team's work waits for the new one instead.
    """
    team = Team.objects.select_for_update().get(pk=team.pk)
    old = leader_of(team)
    if old is not None and old.pk == to.pk:
        return None
    if old is not None:
        old.function = TeamMember.Function.MEMBER
        old.save(update_fields=["function"])
        if not old_stays:
            leave_team(place=old, on=timezone.localdate(), tell_no_more=False)
    to.function, to.left_on = LEADER, None
    to.save(update_fields=["function", "left_on"])
    if old is not None:
        pass_on(
            network_id=team.network_id,
            about={"team": team.pk},
            giver=old.membership.user_id,
            taker=to.membership.user_id,
        )
    return old


@transaction.atomic
def leave_team(*, place: TeamMember, on: date, tell_no_more: bool = True) -> list[Membership]:
    """Let a person leave a team. Returns her membership where it ends with that. Needs the network's scope.

    1. Write the day she leaves.
    2. End her membership where it was her last place.
    3. Take back what waits to be told her about the team, where the day has come.
    """
    place.left_on = on
    place.save(update_fields=["left_on"])
    if tell_no_more and on <= timezone.localdate():
        withdraw_about(
            network_id=place.network_id, about={"team": place.team_id}, recipients=[place.membership.user_id]
        )
    return end_memberships([place.membership])


@transaction.atomic
def end_role(*, membership: Membership, on: date) -> None:
    """End what a person is in the network, with all places it gave her. Needs the network's scope.

    1. End the membership.
    2. Leave her places: seats and supervised teams end the same day, so that nothing brings them back by itself. What
       an organisation's leader committed to stays in the participation's own words.
    3. Take back what waits to be told her about those teams, where the day has come.
    """
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    seats = membership.team_places.filter(Q(left_on=None) | Q(left_on__gt=on))
    guided = membership.supervised_teams.filter(Q(until=None) | Q(until__gt=on))
    teams = [*seats.values_list("team", flat=True), *guided.values_list("team", flat=True)]
    seats.update(left_on=on)
    Supervisor.objects.filter(pk__in=guided.values("pk")).update(until=on)
    if membership.role == Role.LEADER:
        ParticipationLeader.objects.filter(network_id=membership.network_id, user=membership.user_id).delete()
    if on <= timezone.localdate():
        for team in teams:
            withdraw_about(network_id=membership.network_id, about={"team": team}, recipients=[membership.user_id])
