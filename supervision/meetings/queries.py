"""Reading the log: a team's history, what it has agreed to, and the list to search in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.text import smart_split

from networks.access import NetworkRequest
from supervision.meetings.access import readable_agreements, readable_meetings
from supervision.models import Agreement, Meeting, MeetingTeam
from teams.models import Team

SHOWN = 3
MOST_WORDS = 8


@dataclass(frozen=True)
class Entry:
    """A meeting in a list: its teams, and what was agreed as far as the person may read it."""

    meeting: Meeting
    teams: Sequence[Team]
    agreed: Sequence[Agreement]

    @property
    def done(self) -> int:
        """How much of what was agreed is done."""
        return sum(row.done_at is not None for row in self.agreed)


@dataclass(frozen=True)
class TeamGuiding:
    """What a team's page says of its guidance."""

    coming: Sequence[Meeting]
    held: Sequence[Meeting]
    open: Sequence[Agreement]
    done: Sequence[Agreement]


def read_guiding(request: NetworkRequest, team: Team, *, shown: int | None = None) -> TeamGuiding:
    """A team's meetings and what it has agreed to, the newest first; only so many of what has been, with `shown`.

    For a person who may read the team's log. Three queries.
    """
    meetings = Meeting.objects.filter(teams__team=team).exclude(state=Meeting.State.CANCELLED)
    held = meetings.filter(state=Meeting.State.HELD).order_by("-day", "-pk")
    planned = meetings.filter(state=Meeting.State.PLANNED).order_by("day", "starts_at", "pk")
    agreed = list(readable_agreements(request).filter(team=team).select_related("responsible", "done_by", "meeting"))
    done = sorted((row for row in agreed if row.done_at), key=lambda row: str(row.done_at), reverse=True)
    return TeamGuiding(list(planned), list(held[:shown]), in_order(agreed), done[:shown])


def open_agreements(teams: Collection[Team]) -> dict[int, list[Agreement]]:
    """What these teams have agreed to and not done, by the team's key. One query; for who may read the teams' logs."""
    rows = Agreement.objects.filter(team__in=[team.pk for team in teams], done_at=None)
    found: dict[int, list[Agreement]] = {}
    for row in in_order(rows.select_related("responsible", "team", "meeting")):
        found.setdefault(row.team_id, []).append(row)
    return found


def in_order(rows: Iterable[Agreement]) -> list[Agreement]:
    """What is not done: the next day first, what has no day last."""
    return sorted((row for row in rows if row.done_at is None), key=lambda row: (row.due or date.max, row.pk))


def entries(request: NetworkRequest, meetings: Sequence[Meeting]) -> list[Entry]:
    """These meetings with their teams and what was agreed. Two queries."""
    teams: dict[int, list[Team]] = {}
    rows = MeetingTeam.objects.filter(meeting__in=meetings).select_related("team").order_by("team__sort_name", "pk")
    for row in rows:
        teams.setdefault(row.meeting_id, []).append(row.team)
    agreed: dict[int, list[Agreement]] = {}
    found = readable_agreements(request).filter(meeting__in=meetings).select_related("team", "responsible", "done_by")
    for each in found.order_by("team__sort_name", "due", "pk"):
        agreed.setdefault(each.meeting_id, []).append(each)
    return [Entry(meeting, teams.get(meeting.pk, []), agreed.get(meeting.pk, [])) for meeting in meetings]


def search(
    request: NetworkRequest,
    *,
    words: str = "",
    team: int | None = None,
    since: date | None = None,
    to: date | None = None,
) -> QuerySet[Meeting]:
    """The meetings the person may read that say all of these words, newest first.

    Words are looked for in the themes, in what was talked about, and in what was agreed with the teams she reads of;
    never in private notes.
    """
    found = readable_meetings(request).exclude(state=Meeting.State.CANCELLED)
    for word in list(smart_split(words))[:MOST_WORDS]:
        bare = word.strip("\"'")
        agreed = readable_agreements(request).filter(text__icontains=bare).values("meeting")
        found = found.filter(Q(themes__icontains=bare) | Q(summary__icontains=bare) | Q(pk__in=agreed))
    if team is not None:
        found = found.filter(pk__in=MeetingTeam.objects.filter(team=team).values("meeting"))
    if since is not None:
        found = found.filter(day__gte=since)
    if to is not None:
        found = found.filter(day__lte=to)
    return found.order_by("-day", "-starts_at", "-pk")
