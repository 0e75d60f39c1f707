"""When a network reminds of a deadline, and whom besides the team when work is late: read, and written anew."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from networks.models import Network
from notices.models import Notice
from notices.services import withdraw
from sessions.models import ReminderRules, told_on

FURTHEST = 90
"""Days before or after a deadline beyond which nothing is told."""

CHUNK = 200  # beginnings of keys a statement


@dataclass(frozen=True)
class Stage:
    """A reminder's place: `days` before the deadline, below zero after it."""

    days: int

    @property
    def name(self) -> str:
        """What stands in its notice's key. It may not change: under another name, what was told is told again."""
        if self.days >= 0:
            return str(self.days)
        return "late" if self.days == -1 else f"late{-self.days}"

    def day(self, due: date) -> date:
        return due - timedelta(days=self.days)


@dataclass(frozen=True)
class Rules:
    """A network's rules: the stages from the earliest to the latest, and how late work is when others are told."""

    stages: tuple[Stage, ...]
    supervisor_after: int | None
    leader_after: int | None

    @property
    def earliest(self) -> int:
        """Days before the deadline on which the first reminder is told; below zero after it."""
        return self.stages[0].days if self.stages else -FURTHEST

    @property
    def latest(self) -> int:
        """The same of the last reminder."""
        return self.stages[-1].days if self.stages else -FURTHEST

    def reached(self, due: date, today: date) -> list[Stage]:
        """The stages whose day has come; the last is the one to tell."""
        return [stage for stage in self.stages if stage.day(due) <= today]


def rules_of(row: ReminderRules) -> Rules:
    """The rules as the row holds them. What can not be a stage is left out: a broken row stops nobody's mail."""
    kept = row.days if isinstance(row.days, list) else told_on()
    days = {day for day in kept if isinstance(day, int) and abs(day) <= FURTHEST}
    return Rules(tuple(Stage(day) for day in sorted(days, reverse=True)), row.supervisor_after, row.leader_after)


def read_rules(networks: Collection[int]) -> Mapping[int, Rules]:
    """The rules of each network (primary key), as they come where it has none of its own. One query."""
    own = {row.network_id: rules_of(row) for row in ReminderRules.objects.filter(network__in=networks)}
    coming = rules_of(ReminderRules())
    return {network: own.get(network, coming) for network in networks}


@transaction.atomic
def change_rules(*, rules: ReminderRules) -> None:
    """Keep a network's rules. Needs its scope, and the row held.

    1. Write them.
    2. Take back the waiting reminders of stages that are no more; what is due by the new ones is found by itself.
    """
    rules.save()
    now = rules_of(rules)
    waiting = Notice.objects.filter(network=rules.network_id, state=Notice.State.WAITING)
    names = [stage.name for stage in now.stages]
    gone = set(_beginnings(waiting.filter(key__startswith="due:").exclude(about__stage__in=names).values_list("key")))
    if now.supervisor_after is None:
        gone.add("late:supervisor:")
    if now.leader_after is None:
        gone.add("late:leader:")
    prefixes = sorted(gone)
    for start in range(0, len(prefixes), CHUNK):
        withdraw(network_id=rules.network_id, prefixes=prefixes[start : start + CHUNK])


def _beginnings(keys: Collection[tuple[str]]) -> Iterator[str]:
    """Keys without their recipients: a stage is gone for everybody."""
    return (f"{key.rpartition(':')[0]}:" for (key,) in keys)


def held_rules(network: Network) -> ReminderRules:
    """The network's row, made where there is none, held until the transaction ends."""
    ReminderRules.objects.get_or_create(network=network)
    return ReminderRules.objects.select_for_update().get(network=network)
