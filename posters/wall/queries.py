"""The posters of a gathering as they hang on the wall."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.access import NetworkRequest, has_role
from networks.models import Role
from posters.access import visible_editions
from posters.archive.queries import ORGANISATION, TEAM
from posters.composing import gathering_name, organisation_name, when
from posters.content import clean
from posters.models import Edition, Rendering, WallNote
from posters.present.queries import read_pictures
from sessions.models import Delivery, Gathering
from teams.access import reviewable_teams
from teams.models import Team


@dataclass(frozen=True)
class Hung:
    """A poster on the wall. `sheet` is the file with its pictures, where they are made."""

    team: Team
    headline: str
    byline: str
    language: str
    delivered_at: datetime | None
    sheet: Rendering | None
    comments: int
    ideas: int


@dataclass(frozen=True)
class Wall:
    """The posters of one gathering that a person may read, by organisation, and the teams that have none yet."""

    gathering: Gathering
    name: str
    when: str
    posters: list[Hung]
    missing: list[Team]


@dataclass(frozen=True)
class Neighbour:
    """The poster before or after on the same wall."""

    team_slug: str
    headline: str


def read_gatherings(request: NetworkRequest) -> list[tuple[Gathering, str]]:
    """The gatherings a person may read posters of, the newest first, each with its name."""
    hung = visible_editions(request).values("poster__gathering")
    found = Gathering.objects.filter(pk__in=hung).order_by("-number")
    return [(gathering, gathering_name(gathering)) for gathering in found]


def read_wall(request: NetworkRequest, gathering: Gathering) -> Wall:
    """The gathering's wall, in a number of queries that does not grow with it."""
    editions = list(as_hung(request, gathering))
    pictures, notes = read_pictures(editions), count_notes(editions)
    return Wall(
        gathering=gathering,
        name=gathering_name(gathering),
        when=when(gathering),
        posters=[_hung(one, pictures.get(one.pk), notes) for one in editions],
        missing=read_missing(request, gathering),
    )


def as_hung(request: NetworkRequest, gathering: Gathering) -> QuerySet[Edition]:
    """What hangs there, by organisation and within it by team, with its title but without its text, which is long."""
    found = visible_editions(request).filter(poster__gathering=gathering)
    return found.defer("content", "words").annotate(title=KT("content__title")).order_by(*ORGANISATION, *TEAM)


def count_notes(editions: Sequence[Edition]) -> Counter[tuple[int, str]]:
    """How many notes of each kind nobody has taken down or put away, by the poster's key and the kind."""
    notes = WallNote.objects.filter(poster__in=[one.poster_id for one in editions], hidden_at=None)
    counted = notes.order_by().values_list("poster", "kind").annotate(count=Count("pk"))
    return Counter({(poster, kind): count for poster, kind, count in counted})


def read_missing(request: NetworkRequest, gathering: Gathering) -> list[Team]:
    """The teams without a delivered poster, for those who follow them: all to a coordinator, a supervisor's own.

    A team that is exempt, or was not at work then, is not missing.
    """
    if not has_role(request, Role.COORDINATOR, Role.SUPERVISOR):
        return []
    today = timezone.localdate()
    delivered = Edition.objects.filter(poster__gathering=gathering).exclude(version=None)
    exempt = Delivery.objects.filter(assignment__gathering=gathering, assignment__kind="poster", exempt=True)
    teams = Team.objects.taking_part(min(today, gathering.ends_on or today))
    asked = teams.filter(pk__in=reviewable_teams(request).values("pk")).exclude(pk__in=exempt.values("team"))
    return list(asked.exclude(pk__in=delivered.values("poster__team")).order_by("sort_name"))


def read_neighbours(
    request: NetworkRequest, gathering: Gathering, team: Team
) -> tuple[Neighbour | None, Neighbour | None]:
    """The posters before and after a team's on the wall; none at its ends, nor where the team's does not hang."""
    found = list(as_hung(request, gathering))
    at = next((n for n, edition in enumerate(found) if edition.poster.team_id == team.pk), None)
    if at is None:
        return None, None
    return (_neighbour(found[at - 1]) if at else None, _neighbour(found[at + 1]) if at + 1 < len(found) else None)


def _neighbour(edition: Edition) -> Neighbour:
    return Neighbour(edition.poster.team.slug, _headline(edition))


def _headline(edition: Edition) -> str:
    """As `PosterContent.headline`, of an edition read without its content."""
    return clean(str(edition.title or "")) or edition.poster.team.name  # type: ignore[attr-defined]  # see as_hung


def poster_name(team: Team, gathering: Gathering) -> str:
    """As one speaks of it: Vinje's poster for gathering 2."""
    return _("%(team)s's poster for %(gathering)s") % {"team": team, "gathering": gathering}


def _hung(edition: Edition, sheet: Rendering | None, notes: Counter[tuple[int, str]]) -> Hung:
    team = edition.poster.team
    headline = _headline(edition)
    names = dict.fromkeys((team.name, organisation_name(team.participation.organisation)))
    return Hung(
        team=team,
        headline=headline,
        byline=" · ".join(name for name in names if name != headline),
        language=edition.language,
        delivered_at=edition.version.delivered_at if edition.version else None,
        sheet=sheet,
        comments=notes[edition.poster_id, WallNote.Kind.COMMENT],
        ideas=notes[edition.poster_id, WallNote.Kind.IDEA],
    )
