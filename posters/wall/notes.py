"""What is said to a poster: who may say it, and who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.utils.text import Truncator

from networks.access import NetworkRequest, has_role, is_completed
from networks.models import Network, Role
from posters.access import Reading, visible_editions
from posters.composing import gathering_name
from posters.content import clean
from posters.models import Poster, WallNote, WallRules
from teams.access import own_teams
from teams.models import Team

WRITERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER)
"""Roles that write to posters. The others read."""

LONGEST_CHANGE = 200  # as a change's column


@dataclass(frozen=True)
class Said:
    """A note as a person reads it, and what she may do with it."""

    note: WallNote
    is_mine: bool
    may_moderate: bool


@dataclass(frozen=True)
class Talk:
    """What is said to a poster, for one person.

    `writes` is whether she may write to it at all. `ideas` are those she may read; `taken_by` is how many teams take
    something with them, which everybody may know. `closed_by` is "team" or "coordinator" where nobody may comment, else
    empty. `taking` are her teams that can take an idea from it.
    """

    writes: bool
    comments: list[Said]
    ideas: list[Said]
    put_away: list[WallNote]
    taken_by: int
    closed_by: str
    may_comment: bool
    taking: list[Team] = field(default_factory=list)


def read_talk(request: NetworkRequest, reading: Reading) -> Talk:
    """Everything that is said to a poster that the person may read."""
    own = own_teams_of(request)
    place, me, moderates = reading.place, request.user.pk, has_role(request, Role.COORDINATOR)
    poster = Poster.objects.get(team=place.team, gathering=place.gathering)
    notes = list(WallNote.with_put_away.filter(poster=poster).select_related("author", "team"))
    there = [
        note
        for note in notes
        if note.put_away_at is None and (note.hidden_at is None or note.author_id == me or moderates)
    ]
    ideas = [note for note in there if note.kind == WallNote.Kind.IDEA]
    mine = {team.pk for team in own}
    closed_by = why_closed(request.network, poster)
    writes = reading.edition is not None and has_role(request, *WRITERS) and not is_completed(request.network)
    return Talk(
        writes=writes,
        comments=[_said(note, me, moderates) for note in there if note.kind == WallNote.Kind.COMMENT],
        ideas=[_said(note, me, moderates) for note in ideas if reading.is_inner or note.team_id in mine],
        put_away=[note for note in notes if note.put_away_at is not None and note.author_id == me],
        taken_by=len({note.team_id for note in ideas if note.hidden_at is None}),
        closed_by=closed_by,
        may_comment=writes and not closed_by,
        taking=[team for team in own if team.pk != place.team.pk] if writes else [],
    )


def own_teams_of(request: NetworkRequest) -> list[Team]:
    return list(own_teams(request).distinct().order_by("sort_name"))


def why_closed(network: Network, poster: Poster) -> str:
    """Who has closed a poster for comments: "coordinator", "team", or nobody."""
    if not is_open(network):
        return "coordinator"
    return "" if poster.is_open else "team"


def is_open(network: Network) -> bool:
    """Whether the network lets its posters be commented on, as it does until a coordinator says otherwise."""
    return not WallRules.objects.filter(network=network, is_open=False).exists()


# A team's list of ideas


@dataclass(frozen=True)
class Idea:
    """A note on a team's list, and the poster it came from; `headline` is empty where she can no longer read it."""

    note: WallNote
    source: Team
    gathering: str
    number: int
    headline: str
    language: str

    @property
    def as_change(self) -> str:
        """The idea as the page of a new change asks for it: in a sentence, and whole below it where it is longer."""
        text = self.note.text
        longer = {"about": text} if len(text) > LONGEST_CHANGE else {}
        return urlencode({"text": Truncator(" ".join(text.split())).chars(LONGEST_CHANGE), **longer})


def read_ideas(request: NetworkRequest, team: Team) -> tuple[list[Idea], list[Idea]]:
    """The ideas a team has taken with it, the newest first; and those it has put away."""
    notes = ideas_of(request, team).select_related("author", "poster__team", "poster__gathering")
    found = list(notes.order_by("-written_at", "-pk"))
    titles = _titles(request, [note.poster_id for note in found])
    ideas = [_idea(note, titles) for note in found]
    return [one for one in ideas if one.note.put_away_at is None], [one for one in ideas if one.note.put_away_at]


def ideas_of(request: NetworkRequest, team: Team) -> QuerySet[WallNote]:
    """Also those put away. What a coordinator has taken down is there for its writer and the coordinators alone."""
    notes = WallNote.with_put_away.filter(team=team, kind=WallNote.Kind.IDEA)
    if has_role(request, Role.COORDINATOR):
        return notes
    return notes.filter(hidden_at=None) | notes.filter(author=request.user)


def _titles(request: NetworkRequest, posters: Sequence[int]) -> dict[int, tuple[str, str]]:
    """What the posters are called and in which language, by key: of those the person may read."""
    found = visible_editions(request).filter(poster__in=posters).annotate(title=KT("content__title"))
    rows = found.defer("content", "words")
    named = ((one, clean(str(one.title or "")) or one.poster.team.name) for one in rows)
    return {one.poster_id: (title, one.language) for one, title in named}


def _idea(note: WallNote, titles: dict[int, tuple[str, str]]) -> Idea:
    headline, language = titles.get(note.poster_id, ("", ""))
    gathering = note.poster.gathering
    return Idea(note, note.poster.team, gathering_name(gathering), gathering.number or 0, headline, language)


def _said(note: WallNote, me: int, moderates: bool) -> Said:
    return Said(note, is_mine=note.author_id == me, may_moderate=moderates)
