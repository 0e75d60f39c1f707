"""Brings a list of people into a network."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from networks.models import Network, Participation
from teams.importing.finding import NewTeam
from teams.importing.plan import Plan, Step, What
from teams.models import Team
from teams.services import add_person, add_team


@dataclass(frozen=True)
class Brought:
    """What came of a list: who is to be invited, how many got one more role, and how many teams were made."""

    invited: list[User]
    given_roles: int
    teams: int


@transaction.atomic
def bring_in(*, network: Network, plan: Plan) -> Brought:
    """Do what the plan says, whole or not at all. Needs the network's scope; inviting is a task's work.

    1. Make the teams that are missing.
    2. Row by row, give each person her role and place. Rows that are refused, or are so already, are passed over.
    """
    made: dict[NewTeam, Team] = {}
    invited: dict[int, User] = {}
    given = 0
    for step in plan.steps:
        if step.does_something:
            for new in step.new_teams:
                if new not in made:
                    made[new] = _make(new, step.language)
            user = _bring(network, step, made)
            if step.what == What.INVITE:
                invited[user.pk] = user
            else:
                given += 1
    return Brought(list(invited.values()), given, len(made))


def _make(new: NewTeam, language: str) -> Team:
    participation = Participation.objects.get(pk=new.participation_pk)
    return add_team(participation=participation, name=new.name, language=language, joined_on=participation.joined_on)


def _bring(network: Network, step: Step, made: dict[NewTeam, Team]) -> User:
    return add_person(
        network=network,
        email=step.email,
        name=step.row.name,
        language=step.language,
        role=step.role,
        function=step.function,
        title=step.row.title,
        unit=step.row.unit,
        teams=[made[team] if isinstance(team, NewTeam) else team for team in step.teams],
        participation=step.participation,
    )
