"""An organisation that withdraws, and a team that ends: on which day, who loses access, and how it is taken back."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from networks.models import Membership, Participation
from notices.services import withdraw_about
from teams.models import Team
from teams.places import Ending, begin_memberships_again, concerned, end_memberships, people_of


@transaction.atomic
def withdraw_organisation(*, participation: Participation, on: date, reason: str) -> list[Membership]:
    """Let an organisation withdraw. Returns the memberships that end with it. Needs the network's scope.

    1. Write the day and the reason; what its teams have done stays, and counts where it did.
    2. End the memberships of those who have no other place in the network, on that day.
    3. Take back what waits to be told about its teams, where the day has come.
    """
    people = concerned(Ending(on, participation=participation.pk))
    participation.withdrawn, participation.withdrawn_on, participation.withdrawn_reason = True, on, reason
    participation.save(update_fields=["withdrawn", "withdrawn_on", "withdrawn_reason"])
    _tell_no_more(participation.teams.all(), on)
    return end_memberships(people)


@transaction.atomic
def take_back_withdrawal(*, participation: Participation) -> list[Membership]:
    """The organisation takes part after all. Returns the memberships that begin again. Needs the network's scope.

    1. Take the withdrawal away.
    2. Let the memberships that ended with it last as long as their places. Reminders come back with the daily run.
    """
    ended_on = participation.withdrawn_on
    participation.withdrawn, participation.withdrawn_on, participation.withdrawn_reason = False, None, ""
    participation.save(update_fields=["withdrawn", "withdrawn_on", "withdrawn_reason"])
    return begin_memberships_again(people_of(participation.teams.all(), participation), ended_on=ended_on)


@transaction.atomic
def end_team(*, team: Team, on: date, reason: str) -> list[Membership]:
    """End a team. Returns the memberships that end with it. Needs the network's scope.

    As `withdraw_organisation`, for one of its teams.
    """
    people = concerned(Ending(on, team=team.pk))
    team.ended_on, team.ended_reason = on, reason
    team.save(update_fields=["ended_on", "ended_reason"])
    _tell_no_more([team], on)
    return end_memberships(people)


@transaction.atomic
def begin_team_again(*, team: Team) -> list[Membership]:
    """The team goes on after all. Returns the memberships that begin again. Needs the network's scope."""
    ended_on = team.ended_on
    team.ended_on, team.ended_reason = None, ""
    team.save(update_fields=["ended_on", "ended_reason"])
    return begin_memberships_again(people_of([team]), ended_on=ended_on)


def _tell_no_more(teams: Iterable[Team], day: date) -> None:
    """Until the day has come the reminders are true; after it, each is checked again before it is sent."""
    if day <= timezone.localdate():
        for team in teams:
            withdraw_about(network_id=team.network_id, about={"team": team.pk})
