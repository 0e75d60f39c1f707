"""Who reads a score. Every page, export and notice that shows scores takes them from here.

A side reads its own, drafts too. The other side's, and everybody else's, are read once they are revealed: both are
given, or the gathering has come to its first day. A draft is never revealed. Who reads revealed ones: the team, those
who guide it, coordinators, and the leader who committed its organisation.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from networks.access import NetworkRequest
from networks.models import Role
from supervision.models import Score
from teams.access import own_teams, supervised_teams, visible_teams
from teams.models import Team

READERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER, Role.LEADER)
"""Roles that can have a team whose scores to read: what the pages declare."""

SCORERS = (Role.TEAM_MEMBER, Role.SUPERVISOR)


def readable_scores(request: NetworkRequest) -> QuerySet[Score]:
    """The scores the person may read in the network she is in, drafts of her own side among them."""
    own = Q(side=Score.Side.TEAM, team__in=_keys(own_teams(request)))
    guided = Q(side=Score.Side.SUPERVISOR, team__in=_keys(supervised_teams(request)))
    return Score.objects.filter(own | guided | (_revealed(timezone.localdate()) & Q(team__in=_keys(visible(request)))))


def revealed(teams: Iterable[Team], today: date) -> QuerySet[Score]:
    """The scores of these teams that anybody who reads of them may read. The teams' networks must be open."""
    return Score.objects.filter(_revealed(today), team__in=[team.pk for team in teams])


def is_revealed(score: Score, today: date) -> bool:
    """Whether the score has been shown to the other side: from then on it stands as it is."""
    return Score.objects.filter(_revealed(today), pk=score.pk).exists()


def visible(request: NetworkRequest) -> QuerySet[Team]:
    """The teams the person may read scores of."""
    return visible_teams(request)


def side_of(request: NetworkRequest, team: Team) -> Score.Side | None:
    """Which side the person scores for; None for who only reads."""
    if own_teams(request).filter(pk=team.pk).exists():
        return Score.Side.TEAM
    return Score.Side.SUPERVISOR if supervised_teams(request).filter(pk=team.pk).exists() else None


def read_team(request: NetworkRequest, team_slug: str) -> Team:
    """The team for a person who may read its scores, else 404."""
    return get_object_or_404(visible(request).select_related("participation__organisation").distinct(), slug=team_slug)


def _revealed(today: date) -> Q:
    others = Score.objects.filter(
        team=OuterRef("team"), gathering=OuterRef("gathering"), given_at__isnull=False
    ).exclude(side=OuterRef("side"))
    return Q(given_at__isnull=False) & (Q(gathering__starts_on__lte=today) | Q(Exists(others)))


def _keys(teams: QuerySet[Team]) -> QuerySet:  # type: ignore[type-arg]  # a subquery of keys
    return teams.values("pk")
