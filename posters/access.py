"""Whose posters a person reads and writes in the network she is in.

The team, its supervisors and the coordinators see the poster while it is written. The team's own leader sees it when
it is handed in. Everyone else in the network, but for leaders of other organisations, sees it then as the network has
set it: when the deadline has passed too, at once, or never.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from networks.access import NetworkCompleted, NetworkRequest, has_role, is_completed
from networks.models import Network, Role
from posters.composing import compose, from_json
from posters.content import PosterContent
from posters.models import Edition, Poster, Rendering
from sessions.models import Gathering
from teams.access import led_teams, own_teams, reviewable_teams
from teams.models import Team


@dataclass(frozen=True)
class Place:
    """A team and the gathering its poster is for."""

    team: Team
    gathering: Gathering


@dataclass(frozen=True)
class Reading:
    """A poster for a person who may read it: as it stands now for those who follow its making, else as handed in."""

    place: Place
    content: PosterContent
    language: str
    edition: Edition | None
    may_write: bool
    is_inner: bool


def write_place(request: NetworkRequest, team_slug: str, gathering_number: int) -> Place:
    """The place for a person who works in the team, else 404. In a completed network nobody writes."""
    if is_completed(request.network):
        raise NetworkCompleted(request.network)
    team = get_object_or_404(own_teams(request).distinct(), slug=team_slug)
    return Place(team, _gathering(gathering_number))


def read_poster(request: NetworkRequest, team_slug: str, gathering_number: int) -> Reading:
    """The poster for a person who may read it, else 404."""
    place = Place(get_object_or_404(Team, slug=team_slug), _gathering(gathering_number))
    may_write = not is_completed(request.network) and own_teams(request).filter(pk=place.team.pk).exists()
    is_inner = inner_teams(request).filter(pk=place.team.pk).exists()
    if is_inner:
        poster = get_object_or_404(Poster, team=place.team, gathering=place.gathering)
        newest = Edition.objects.filter(poster=poster).exclude(version=None).order_by("-version__delivered_at").first()
        return Reading(place, compose(poster), poster.language, newest, may_write, is_inner)
    edition = visible_editions(request).filter(poster__team=place.team, poster__gathering=place.gathering).first()
    if edition is None:
        raise Http404
    return Reading(place, from_json(edition.content), edition.language, edition, may_write, is_inner)


def read_file(request: NetworkRequest, rendering_pk: int) -> Rendering:
    """A made file for a person who may have it, else 404."""
    made = Rendering.objects.filter(state=Rendering.State.READY).select_related("document", "edition")
    inner = Q(edition__poster__team__in=inner_teams(request))
    shown = Q(edition__in=visible_editions(request).values("pk"))
    return get_object_or_404(made.filter(inner | shown).distinct(), pk=rendering_pk)


def inner_teams(request: NetworkRequest) -> QuerySet[Team]:
    """The teams whose posters the person sees while they are written."""
    if has_role(request, Role.COORDINATOR):
        return Team.objects.all()
    return Team.objects.filter(Q(pk__in=own_teams(request)) | Q(pk__in=reviewable_teams(request)))


def visible_editions(request: NetworkRequest) -> QuerySet[Edition]:
    """What is handed in and may be read, the newest of each poster."""
    teams = Q(poster__team__in=inner_teams(request)) | Q(poster__team__in=led_teams(request))
    if has_role(request, Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER, Role.OBSERVER):
        teams |= shown_to_the_network(timezone.localdate())
    handed_in = Edition.objects.exclude(version=None).order_by("poster", "-version__delivered_at").distinct("poster")
    return Edition.objects.filter(teams, pk__in=handed_in.values("pk")).select_related(
        "poster__team__participation__organisation", "poster__gathering", "version"
    )


def shown_to_the_network(today: date) -> Q:
    """Which editions that are handed in a network shows to its members, by its own setting."""
    sight = Network.PosterSight
    passed = Q(version__delivery__assignment__due__lt=today)
    return Q(network__posters_shown=sight.WHEN_DELIVERED) | (Q(network__posters_shown=sight.AFTER_DEADLINE) & passed)


def _gathering(number: int) -> Gathering:
    return get_object_or_404(Gathering, number=number, kind=Gathering.Kind.NETWORK)
