"""Networks in which work is due, and the daily job there."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from bench import analyse
from bench.filling import make_others
from gpf import tenancy
from networks.models import Membership, Network, Role
from notices.models import Digest, Message, Notice
from sessions.models import Assignment, Delivery
from teams.models import Team, TeamMember

FAR = timedelta(days=200)
"""No stage of a reminder reaches so far."""

SOON = timedelta(days=14)


def fill(networks: int, teams: int, *, assignments: int = 1) -> None:
    """So many networks whose teams each have a leader and have handed in nothing; nothing is due."""
    make_others(networks, teams, assignments)
    with transaction.atomic(), tenancy.scope(network_keys()):
        Delivery.objects.update(state=Delivery.State.OPEN, delivered_at=None)
        Assignment.objects.update(due=timezone.localdate() + FAR)
        _lead(list(Team.objects.order_by("pk")))


def let_be_due(networks: int) -> None:
    """The first assignment in so many of the networks is due in 14 days: a reminder for each team's leader."""
    for network in network_keys()[:networks]:
        with tenancy.scope([network]):
            first = Assignment.objects.order_by("pk")[:1].values("pk")
            Assignment.objects.filter(pk__in=first).update(due=timezone.localdate() + SOON)
    analyse()


def forget() -> None:
    """Nothing has been found or sent yet, and no invitation points to a letter."""
    tables = ", ".join(model._meta.db_table for model in (Notice, Message, Digest))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def network_keys() -> list[int]:
    """The networks there are."""
    return list(Network.objects.order_by("pk").values_list("pk", flat=True))


def _lead(teams: list[Team]) -> None:
    people = User.objects.bulk_create(
        User(email=f"leder.{team.pk}@bench.example", name=f"Teamleder {team.name}") for team in teams
    )
    places = Membership.objects.bulk_create(
        Membership(network_id=team.network_id, user=person, role=Role.TEAM_MEMBER)
        for team, person in zip(teams, people, strict=True)
    )
    TeamMember.objects.bulk_create(
        TeamMember(network_id=team.network_id, team=team, membership=place, function=TeamMember.Function.LEADER)
        for team, place in zip(teams, places, strict=True)
    )
