"""The posters of a gathering, one after the other, as they are shown to a room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.access import NetworkRequest
from posters.access import visible_editions
from posters.composing import from_json, organisation_name
from posters.content import PosterContent
from posters.models import Edition, Rendering
from sessions.models import Gathering
from teams.models import Team

MINUTES = (1, 2, 3, 4, 5, 8, 10, 15)


@dataclass(frozen=True)
class Timer:
    """How long a poster is talked about. No minutes: no clock. `moves_on`: the next one comes by itself."""

    minutes: int = 0
    moves_on: bool = False

    @property
    def asked(self) -> dict[str, str]:
        """As it stands in the address."""
        minutes = {"minutes": str(self.minutes)} if self.minutes else {}
        return minutes | ({"moves_on": "on"} if self.moves_on else {})

    @property
    def in_words(self) -> str:
        if not self.minutes:
            return ""
        return ngettext("%(count)d minute each", "%(count)d minutes each", self.minutes) % {"count": self.minutes}


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: a team, and what its poster is called."""

    team: Team
    headline: str
    organisation: str

    @property
    def byline(self) -> str:
        """Who made it: team and organisation, neither said twice."""
        names = dict.fromkeys((self.team.name, self.organisation))
        return " · ".join(name for name in names if name != self.headline)


@dataclass(frozen=True)
class Shown:
    """The poster that is shown, its picture where one is made, and its neighbours on the wall."""

    turn: Turn
    content: PosterContent
    language: str
    picture: Rendering | None
    number: int
    total: int
    before: Turn | None
    after: Turn | None

    @property
    def place_in_words(self) -> str:
        return _("%(number)d of %(total)d") % {"number": self.number, "total": self.total}


def read_timer(asked: Mapping[str, str]) -> Timer:
    """The clock as the address asks for it; what makes no sense there is no clock."""
    text = asked.get("minutes", "")
    minutes = int(text) if text in {str(count) for count in MINUTES} else 0
    return Timer(minutes, bool(minutes) and asked.get("moves_on") == "on")


def read_turns(request: NetworkRequest, gathering: Gathering) -> list[Turn]:
    """The posters of a gathering that the person may read, in the order of the wall."""
    return [_turn(edition) for edition in editions_of(request, gathering)]


def editions_of(request: NetworkRequest, gathering: Gathering) -> list[Edition]:
    """In the order of the wall: by organisation, and within it by team."""
    found = visible_editions(request).filter(poster__gathering=gathering)
    return list(
        found.order_by(
            "poster__team__participation__organisation__sort_name",
            "poster__team__participation__organisation",
            "poster__team__sort_name",
            "poster__team",
        )
    )


def read_shown(request: NetworkRequest, gathering: Gathering, team_slug: str) -> Shown | None:
    """A team's poster among the others; None where there is none the person may read."""
    editions = editions_of(request, gathering)
    at = next((n for n, edition in enumerate(editions) if edition.poster.team.slug == team_slug), None)
    if at is None:
        return None
    edition = editions[at]
    return Shown(
        turn=_turn(edition),
        content=from_json(edition.content),
        language=edition.language,
        picture=read_pictures([edition]).get(edition.pk),
        number=at + 1,
        total=len(editions),
        before=_turn(editions[at - 1]) if at else None,
        after=_turn(editions[at + 1]) if at + 1 < len(editions) else None,
    )


def read_pictures(editions: Sequence[Edition]) -> dict[int, Rendering]:
    """The made sheet of each edition that has pictures of it, by the edition's key."""
    made = Rendering.objects.filter(edition__in=[edition.pk for edition in editions], state=Rendering.State.READY)
    found = made.exclude(picture=None).select_related("picture", "thumbnail").order_by("pk")
    return {rendering.edition_id: rendering for rendering in found}


def _turn(edition: Edition) -> Turn:
    team = edition.poster.team
    content = edition.content
    headline = str(content.get("title") or "") or team.name
    return Turn(team, headline, organisation_name(team.participation.organisation))
