"""Where teams are: phase, work handed in, measures, contact and scores, in a fixed number of queries.

The networks of the teams must be open. Every report reads from here, so that one figure is counted in one way:

work        what was asked of the team and was due by today, without what it is exempt from
in time     of that, what was first handed in on its day or before; an extension moves the day
measures    those the team keeps and has not put away; the newest number is the newest day with one
seen        the newest day on which somebody in the team signed in, or the team handed in or wrote down a number
met         the newest guidance meeting that was held with the team
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from improvement.measures.models import Measure
from improvement.method.models import TeamMethod
from improvement.method.phases import PHASES, Phase
from networks.models import AssignmentKind
from sessions.models import Assignment, Delivery, DeliveryVersion, Gathering
from sessions.progress import DONE, Facts, Progress, State, progress
from supervision.models import Meeting, MeetingTeam
from teams.models import Team, TeamMember


@dataclass(frozen=True)
class Handed:
    """A piece of work a team was asked for, and the day it first handed it in."""

    assignment: Assignment
    progress: Progress
    first_on: date | None

    @property
    def is_due(self) -> bool:
        """Whether it counts: it was due, or is handed in already."""
        return self.progress.state in DONE or self.progress.state in (State.LATE, State.RETURNED)

    @property
    def is_in_time(self) -> bool:
        return self.first_on is not None and self.first_on <= self.progress.due


@dataclass(frozen=True)
class Measuring:
    """How many measures a team keeps, the day of its newest number, and the day it last wrote one down."""

    count: int = 0
    newest: date | None = None
    entered: date | None = None


@dataclass(frozen=True)
class Standing:
    """One team as the reports know it."""

    team: Team
    phase: Phase | None
    other_model: str
    work: Sequence[Handed]
    measuring: Measuring
    signed_in: date | None
    seen: date | None
    met: date | None
    today: date

    @property
    def due(self) -> list[Handed]:
        return [each for each in self.work if each.is_due]

    @property
    def handed_in(self) -> list[Handed]:
        return [each for each in self.due if each.first_on is not None]

    @property
    def handed_in_on(self) -> date | None:
        """The newest day on which it handed something in for the first time."""
        return max((each.first_on for each in self.work if each.first_on), default=None)

    @property
    def late(self) -> list[Handed]:
        return [each for each in self.work if each.progress.state == State.LATE]

    @property
    def posters(self) -> list[Handed]:
        return [each for each in self.due if each.assignment.kind == AssignmentKind.POSTER]

    @property
    def weeks_unseen(self) -> int | None:
        """Whole weeks without a sign of life; None where there never was one."""
        return None if self.seen is None else (self.today - self.seen).days // 7

    @property
    def weeks_unmeasured(self) -> int | None:
        """Whole weeks since the newest number; None where there is none."""
        return None if self.measuring.newest is None else (self.today - self.measuring.newest).days // 7


def read_standings(teams: Iterable[Team], today: date) -> list[Standing]:
    """How each of these teams stands, in their order. Seven queries, however many there are."""
    those = list(teams)
    keys = [team.pk for team in those]
    phases = _phases(keys)
    work = _work(those, today)
    measuring = _measuring(keys)
    signed_in = _signed_in(keys, today)
    met = _met(keys)
    found = []
    for team in those:
        phase, other_model = phases.get(team.pk, (None, ""))
        own = work[team.pk]
        measured = measuring.get(team.pk, Measuring())
        found.append(
            Standing(
                team=team,
                phase=phase,
                other_model=other_model,
                work=own,
                measuring=measured,
                signed_in=signed_in.get(team.pk),
                seen=_newest(signed_in.get(team.pk), measured.entered, *(each.first_on for each in own)),
                met=met.get(team.pk),
                today=today,
            )
        )
    return found


def _phases(teams: Sequence[int]) -> dict[int, tuple[Phase | None, str]]:
    by_number = {phase.number: phase for phase in PHASES}
    rows = TeamMethod.objects.filter(team__in=teams).values_list("team_id", "phase", "other_model")
    return {team: (by_number.get(number or 0), other_model) for team, number, other_model in rows}


def _work(teams: Sequence[Team], today: date) -> dict[int, list[Handed]]:
    """What is asked of each team, in the order it is due. Three queries."""
    assignments: Mapping[int, list[Assignment]] = _assignments({team.network_id for team in teams})
    keys = [team.pk for team in teams]
    facts: dict[tuple[int, int], Facts] = {}
    rows = Delivery.objects.filter(team__in=keys)
    for each in rows.only("team_id", "assignment_id", "state", "begun", "exempt", "extended_to"):
        facts[each.team_id, each.assignment_id] = Facts(each.state, each.begun, each.exempt, each.extended_to)
    first = _first_handed_in(keys)
    found: dict[int, list[Handed]] = {}
    for team in teams:
        asked = (
            Handed(
                each,
                progress(facts.get((team.pk, each.pk)), due=each.due, today=today, joined_on=team.joined_on),
                first.get((team.pk, each.pk)),
            )
            for each in assignments[team.network_id]
        )
        found[team.pk] = sorted(asked, key=lambda handed: handed.progress.due)
    return found


def _assignments(networks: Iterable[int]) -> Mapping[int, list[Assignment]]:
    """By network: the work before gatherings that are not cancelled."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(network__in=networks).select_related("gathering")
    for each in rows.exclude(gathering__state=Gathering.State.CANCELLED).order_by("due", "position", "pk"):
        found[each.network_id].append(each)
    return found


def _first_handed_in(teams: Sequence[int]) -> dict[tuple[int, int], date]:
    """The day a team first handed in, by team and assignment."""
    rows = (
        DeliveryVersion.objects.filter(delivery__team__in=teams, delivered_at__isnull=False)
        .values_list("delivery__team_id", "delivery__assignment_id")
        .annotate(at=Min("delivered_at"))
        .order_by()
    )
    return {(team, assignment): _day(at) for team, assignment, at in rows}


def _measuring(teams: Sequence[int]) -> dict[int, Measuring]:
    kept = Measure.objects.filter(team__in=teams, put_away_at=None, ended_on=None)
    rows = (
        kept.values_list("team_id")
        .annotate(count=Count("pk", distinct=True), newest=Max("observations__on"), at=Max("observations__entered_at"))
        .order_by()
    )
    return {team: Measuring(count, newest, _day(at) if at else None) for team, count, newest, at in rows}


def _signed_in(teams: Sequence[int], today: date) -> dict[int, date]:
    """The day somebody who is in the team today last signed in."""
    here = TeamMember.objects.filter(Q(left_on=None) | Q(left_on__gt=today), team__in=teams)
    rows = here.values_list("team_id").annotate(at=Max("membership__user__last_login")).order_by()
    return {team: _day(at) for team, at in rows if at}


def _met(teams: Sequence[int]) -> dict[int, date]:
    held = MeetingTeam.objects.filter(team__in=teams, meeting__state=Meeting.State.HELD)
    return dict(held.values_list("team_id").annotate(day=Max(F("meeting__day"))).order_by())


def _newest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
