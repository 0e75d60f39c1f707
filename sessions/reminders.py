"""Reminding those who can do it that work before a gathering is due, when the network's rules say so.

What was not run on its day is made good later: the stage a deadline has reached is told until the next one takes its
place, and the last one for LOOK_BACK days. Who else is told of late work stands in `sessions.late`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gpf import dates
from networks.models import AssignmentKind, Membership, Network, Role
from notices.kinds import Handed, Line
from notices.models import Notice
from notices.services import withdraw
from sessions import reminder_words as words
from sessions.models import Assignment, Delivery, Gathering
from sessions.progress import OPEN, Facts, State, progress
from sessions.reminder_rules import Rules, Stage, read_rules
from teams.models import Team, TeamMember

KIND = "assignment_due"
MORNING = time(7)
LOOK_BACK = 30
"""Days after the last stage's day in which it is still told: a run that was down for so long begins anew."""


@dataclass(frozen=True)
class Work:
    """Work a team has not handed in, and the day that counts for it."""

    assignment: Assignment
    team: Team
    due: date
    state: State

    def reached(self, rules: Rules, today: date) -> list[Stage]:
        """The stages whose day has come; the last is the one to tell. What was sent back is never late."""
        found = rules.reached(self.due, today)
        if found and found[-1].days < 0 and self.state != State.LATE:
            return []
        return found


def withdraw_reminders(*, team: Team, assignment: Assignment) -> None:
    """The team has handed in, or need not: take back what waits to remind it. Needs the network's scope."""
    withdraw(network_id=team.network_id, prefixes=_keys(assignment.pk, team.pk))


def withdraw_reminders_for(*, teams: Collection[Team], assignment: Assignment) -> None:
    """Another day holds for these teams, or none: take back what waits to remind them. Needs the network's scope."""
    prefixes = [key for team in teams for key in _keys(assignment.pk, team.pk)]
    withdraw(network_id=assignment.network_id, prefixes=prefixes)


def withdraw_reminders_of(assignments: Collection[Assignment]) -> None:
    """The work is due another day, or need not be done by anyone: take back what waits to remind of it."""
    by_network: dict[int, list[str]] = defaultdict(list)
    for assignment in assignments:
        by_network[assignment.network_id] += _keys(assignment.pk)
    for network, prefixes in by_network.items():
        withdraw(network_id=network, prefixes=prefixes)


# Finding


def find(network: Network, today: date) -> Iterator[Handed]:
    """Every reminder whose stage is reached today. The time it takes follows what is due, not what is open."""
    rules = read_rules([network.pk])[network.pk]
    if not rules.stages:
        return
    work = due_between(
        network, today + timedelta(days=rules.latest - LOOK_BACK), today + timedelta(days=rules.earliest), today
    )
    people = doers({item.team.pk for item in work}, today)
    for item in work:
        reached = item.reached(rules, today)
        for stage in reached:
            for person in people.get(item.team.pk, ()):
                yield _handed(item, stage, person, superseded=stage is not reached[-1])


def due_between(network: Network, first: date, last: date, today: date) -> list[Work]:
    """What is not handed in, and has its deadline, or its extension, on these days. Four queries at most."""
    extended = Delivery.objects.filter(network=network, extended_to__range=(first, last)).values_list("assignment")
    due = Q(due__range=(first, last)) | Q(pk__in=[assignment for (assignment,) in extended])
    assignments = list(_assignments(network.pk).filter(due))
    if not assignments:
        return []
    teams = Team.objects.taking_part(today).filter(network=network)
    return [item for item in _unfinished(assignments, teams, today) if first <= item.due <= last]


def _handed(item: Work, stage: Stage, person: int, *, superseded: bool) -> Handed:
    return Handed(
        key=f"{_key(item.assignment.pk, item.team.pk)}{item.due:%Y%m%d}:{stage.name}:{person}",
        recipient_id=person,
        kind=KIND,
        about={
            "assignment": item.assignment.pk,
            "team": item.team.pk,
            "due": item.due.isoformat(),
            "stage": stage.name,
        },
        due_at=morning(stage.day(item.due)),
        superseded=superseded,
    )


def morning(day: date) -> datetime:
    """When the day's mail is written."""
    return timezone.make_aware(datetime.combine(day, MORNING))


def _key(assignment: int, team: int | None = None) -> str:
    """What the keys of a pair's reminders begin with, or of everybody's for an assignment."""
    return f"due:{assignment}:" if team is None else f"due:{assignment}:{team}:"


def _keys(assignment: int, team: int | None = None) -> list[str]:
    """The same, with what others are told of the work when it is late (`sessions.late`)."""
    pair = f"{assignment}:" if team is None else f"{assignment}:{team}:"
    return [f"{name}:{pair}" for name in ("due", "late:supervisor", "late:leader")]


# Telling


def tell(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word the reminders of work still not handed in, whose deadline has not moved, to people who can still do it."""
    work = {(item.assignment.pk, item.team.pk): item for item in work_of(notices, today)}
    people = doers({item.team.pk for item in work.values()}, today)
    rules = read_rules({notice.network_id for notice in notices})
    lines = {}
    for notice in notices:
        item = work.get((notice.about["assignment"], notice.about["team"]))
        if item is None or not _is_its_turn(notice, item, rules[notice.network_id], today):
            continue
        if notice.recipient_id in people.get(item.team.pk, ()):
            lines[notice.pk] = line(item, today)
    return lines


def work_of(notices: Sequence[Notice], today: date) -> Iterator[Work]:
    """What the notices are about and is still not handed in (and, of several of either, every pair)."""
    networks = {notice.network_id for notice in notices}
    assignments = _assignments(*networks).filter(pk__in={notice.about["assignment"] for notice in notices})
    teams = Team.objects.taking_part(today).filter(
        network__in=networks, pk__in={notice.about["team"] for notice in notices}
    )
    return _unfinished(list(assignments), teams, today)


def _is_its_turn(notice: Notice, item: Work, rules: Rules, today: date) -> bool:
    """Whether the deadline is the one it was handed over for, and no later stage of the rules is reached."""
    reached = item.reached(rules, today)
    return bool(reached) and (notice.about["due"], notice.about["stage"]) == (item.due.isoformat(), reached[-1].name)


def line(item: Work, today: date) -> Line:
    """The reminder in words, in the active language."""
    said = words.DUE_BY_STATE.get(item.state, words.DUE)
    fields = fields_of(item, today)
    return said.line(
        fields,
        title=_("%(title)s, before %(gathering)s") % fields,
        path=place_of(item.assignment, item.team, item.state),
        when=item.due,
    )


def fields_of(item: Work, today: date) -> dict[str, str]:
    """What the words about late or coming work are filled with, in the active language."""
    return {
        "title": item.assignment.title,
        "gathering": str(item.assignment.gathering),
        "team": item.team.name,
        "due": dates.long_date(item.due, today=today),
        "when": dates.from_now(item.due, today=today),
    }


def place_of(assignment: Assignment, team: Team, state: State) -> str:
    """Straight to where it is done: the poster's fields, the improvement plan, or the place to hand in.

    What was sent back begins with reading why.
    """
    gathering = assignment.gathering
    names = {"network_slug": assignment.network.slug, "team_slug": team.slug}
    if state == State.RETURNED:
        return delivery_path(assignment, team)
    if assignment.kind == AssignmentKind.PLAN:
        return reverse("improvement:plan", kwargs=names)
    if assignment.kind == AssignmentKind.POSTER and gathering.number is not None:
        return reverse("posters:edit", kwargs={**names, "gathering_number": gathering.number})
    return f"{delivery_path(assignment, team)}#levering"


# What all of it reads


def delivery_path(assignment: Assignment, team: Team) -> str:
    """The page of the team's delivery: what was handed in, and what was answered."""
    names = {"network_slug": assignment.network.slug, "team_slug": team.slug, "assignment_pk": assignment.pk}
    return reverse("gatherings:delivery", kwargs=names)


def _assignments(*networks: int) -> QuerySet[Assignment]:
    """The work before gatherings that are not cancelled."""
    return (
        Assignment.objects.filter(network__in=networks)
        .exclude(gathering__state=Gathering.State.CANCELLED)
        .select_related("gathering", "network")
    )


def _unfinished(assignments: Sequence[Assignment], teams: Iterable[Team], today: date) -> Iterator[Work]:
    """Of these teams' work, what they still have to do."""
    found = Delivery.objects.filter(assignment__in=assignments).values_list(
        "assignment_id", "team_id", "state", "begun", "exempt", "extended_to"
    )
    facts = {
        (assignment, team): Facts(state, begun, exempt, extended_to)
        for assignment, team, state, begun, exempt, extended_to in found
    }
    teams = list(teams)
    for assignment in assignments:
        for team in teams:
            if team.network_id == assignment.network_id:
                own = facts.get((assignment.pk, team.pk))
                so_far = progress(own, due=assignment.due, today=today, joined_on=team.joined_on)
                if so_far.state in OPEN:
                    yield Work(assignment, team, so_far.due, so_far.state)


def doers(teams: Collection[int], today: date) -> dict[int, set[int]]:
    """Who can do a team's work on the day (keys of users, by the team's): its leader, or everyone where none leads."""
    places = TeamMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=today),
        team__in=teams,
        membership__in=Membership.objects.active(today).filter(role=Role.TEAM_MEMBER),
    ).values_list("team_id", "function", "membership__user_id")
    leaders: dict[int, set[int]] = defaultdict(set)
    everyone: dict[int, set[int]] = defaultdict(set)
    for team, function, person in places:
        everyone[team].add(person)
        if function == TeamMember.Function.LEADER:
            leaders[team].add(person)
    return everyone | leaders
