"""Telling others than the team that its work is late, step by step: its supervisors, then the leaders who committed.

When, and whether at all, a network's rules say (`sessions.reminder_rules`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from networks.models import Membership, Network, ParticipationLeader, Role
from notices.kinds import Handed, Line, Words
from notices.models import Notice
from sessions import reminder_words as words
from sessions.answers import supervisors
from sessions.progress import State
from sessions.reminder_rules import Rules, read_rules
from sessions.reminders import LOOK_BACK, Work, delivery_path, due_between, fields_of, morning, work_of

SUPERVISOR = "assignment_late_supervisor"
LEADER = "assignment_late_leader"

People = Callable[[Collection[int], date], Mapping[int, Collection[int]]]


@dataclass(frozen=True)
class Step:
    """Somebody besides the team: who it is, when the rules say that she is told, and in which words.

    `name` stands in the keys; `sessions.reminders` takes back by it.
    """

    kind: str
    name: str
    words: Words
    people: People
    after: Callable[[Rules], int | None]

    def has_come(self, item: Work, rules: Rules, today: date) -> bool:
        """Whether the work is as late as the rules say. What was sent back is never late."""
        after = self.after(rules)
        return after is not None and item.state == State.LATE and (today - item.due).days >= after

    def key(self, item: Work, person: int) -> str:
        return f"late:{self.name}:{item.assignment.pk}:{item.team.pk}:{item.due:%Y%m%d}:{person}"


def leaders(teams: Collection[int], today: date) -> dict[int, set[int]]:
    """Who committed the team's organisation and is still its leader (keys of users, by the team's)."""
    places = ParticipationLeader.objects.filter(
        participation__teams__in=teams,
        user__memberships__in=Membership.objects.active(today).filter(role=Role.LEADER),
        user__memberships__network=F("network"),
    )
    found: dict[int, set[int]] = defaultdict(set)
    for team, person in places.values_list("participation__teams", "user"):
        if team in teams:
            found[team].add(person)
    return found


TO_SUPERVISOR = Step(SUPERVISOR, "supervisor", words.LATE_SUPERVISOR, supervisors, lambda rules: rules.supervisor_after)
TO_LEADER = Step(LEADER, "leader", words.LATE_LEADER, leaders, lambda rules: rules.leader_after)


def find_for_supervisors(network: Network, today: date) -> Iterator[Handed]:
    """What is so late that the teams' supervisors are told."""
    return _find(TO_SUPERVISOR, network, today)


def find_for_leaders(network: Network, today: date) -> Iterator[Handed]:
    """What is so late that the leaders who committed are told."""
    return _find(TO_LEADER, network, today)


def tell_supervisors(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what is still late, to those who guide the team today."""
    return _tell(TO_SUPERVISOR, notices, today)


def tell_leaders(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what is still late, to those who answer for the team's organisation today."""
    return _tell(TO_LEADER, notices, today)


def _find(step: Step, network: Network, today: date) -> Iterator[Handed]:
    """The time it takes follows what is late, not what is open. Six queries at most."""
    rules = read_rules([network.pk])[network.pk]
    after = step.after(rules)
    if after is None:
        return
    last = today - timedelta(days=after)
    work = [
        item
        for item in due_between(network, last - timedelta(days=LOOK_BACK), last, today)
        if step.has_come(item, rules, today)
    ]
    people = step.people({item.team.pk for item in work}, today) if work else {}
    for item in work:
        for person in sorted(people.get(item.team.pk, ())):
            yield Handed(
                key=step.key(item, person),
                recipient_id=person,
                kind=step.kind,
                about={
                    "assignment": item.assignment.pk,
                    "team": item.team.pk,
                    "due": item.due.isoformat(),
                    "stage": step.name,
                },
                due_at=morning(item.due + timedelta(days=after)),
            )


def _tell(step: Step, notices: Sequence[Notice], today: date) -> dict[int, Line]:
    work = {(item.assignment.pk, item.team.pk): item for item in work_of(notices, today)}
    people = step.people({item.team.pk for item in work.values()}, today)
    rules = read_rules({notice.network_id for notice in notices})
    lines = {}
    for notice in notices:
        item = work.get((notice.about["assignment"], notice.about["team"]))
        if item is None or notice.about["due"] != item.due.isoformat():
            continue
        own = rules[notice.network_id]
        if step.has_come(item, own, today) and notice.recipient_id in people.get(item.team.pk, ()):
            lines[notice.pk] = _line(step, item, today)
    return lines


def _line(step: Step, item: Work, today: date) -> Line:
    fields = fields_of(item, today)
    return step.words.line(
        fields,
        title=_("%(title)s, from %(team)s") % fields,
        path=delivery_path(item.assignment, item.team),
        when=item.due,
    )
