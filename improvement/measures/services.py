"""Writing measures and their numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from improvement.measures.limits_services import settle_baseline
from improvement.measures.models import Correction, LimitPeriod, Measure, Observation
from improvement.measures.waiting import withdraw_settled
from teams.models import Team

COLUMNS = ("numerator", "denominator", "value", "note")


@dataclass(frozen=True)
class Entry:
    """A number as it is to be saved. All of them empty: the period was not measured, which is not zero."""

    on: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class Saved:
    """How many numbers were new, changed, and as they were before."""

    added: int = 0
    changed: int = 0
    same: int = 0


@transaction.atomic
def add_measure(*, team: Team, measure: Measure, is_shared: bool, by: User) -> Measure:
    """Keep a new measure, last in the team's order, with its first stretch of limits. Needs the network's scope."""
    last = Measure.with_put_away.filter(team=team).aggregate(last=Max("position"))["last"]
    measure.network_id, measure.team, measure.created_by = team.network_id, team, by
    measure.position = 0 if last is None else last + 1
    measure.shared_at = timezone.now() if is_shared else None
    measure.save()
    LimitPeriod.objects.create(network_id=team.network_id, measure=measure, decided_by=by)
    return measure


def change_measure(*, measure: Measure, is_shared: bool) -> None:
    """Keep what was changed; when it was first shared stays as it was."""
    measure.shared_at = (measure.shared_at or timezone.now()) if is_shared else None
    measure.save()


@transaction.atomic
def move_measure(*, measure: Measure, step: int) -> None:
    """Let a measure change places with the one before it (-1) or after it (1). At an end nothing happens.

    1. Hold the team's measures that go on, so that two who move at once do not undo one another.
    2. Write the order anew where it differs.
    """
    lines = list(Measure.objects.select_for_update().filter(team=measure.team_id, ended_on=None))
    place = lines.index(measure) if measure in lines else -1
    if place < 0 or not 0 <= place + step < len(lines):
        return
    lines.insert(place + step, lines.pop(place))
    for position, line in enumerate(lines, start=1):
        if line.position != position:
            Measure.objects.filter(pk=line.pk).update(position=position)


@transaction.atomic
def end_measure(*, measure: Measure, on: date | None) -> None:
    """No more numbers are awaited from a day on; None takes the measure up again."""
    measure.ended_on = on
    measure.save(update_fields=["ended_on"])
    withdraw_settled(measure.team)


@transaction.atomic
def put_away(*, measure: Measure) -> None:
    """Out of every page, with its numbers kept for the day it is taken back."""
    measure.put_away_at = timezone.now()
    measure.save(update_fields=["put_away_at"])
    withdraw_settled(measure.team)


def take_back(*, measure: Measure) -> None:
    """Where it was, with its numbers."""
    measure.put_away_at = None
    measure.save(update_fields=["put_away_at"])


@transaction.atomic
def save_numbers(*, measure: Measure, entries: Iterable[Entry], by: User) -> Saved:
    """Keep the numbers, all of them or none. Needs the network's scope.

    1. Hold the measure, so that two who type at once do not write one period twice.
    2. Add what is new; change what differs, and write a correction of it.
    3. End a baseline that has got its twelfth number.
    4. Where nothing of the team's is missing any more, nobody is told that it is.
    """
    Measure.with_put_away.select_for_update().get(pk=measure.pk)
    wanted = list(entries)
    kept = {row.on: row for row in Observation.objects.filter(measure=measure, on__in=[each.on for each in wanted])}
    new = [each for each in wanted if each.on not in kept]
    Observation.objects.bulk_create(
        Observation(network_id=measure.network_id, measure=measure, entered_by=by, on=each.on, **_values(each))
        for each in new
    )
    changed = [(kept[each.on], each) for each in wanted if each.on in kept and _differs(kept[each.on], each)]
    _change(changed, by)
    settle_baseline(measure=measure)
    withdraw_settled(measure.team)
    return Saved(len(new), len(changed), len(wanted) - len(new) - len(changed))


@transaction.atomic
def correct_number(*, row: Observation, entry: Entry, by: User) -> None:
    """Change one number, and keep what it was. Needs the network's scope."""
    if _differs(row, entry):
        _change([(row, entry)], by)
        settle_baseline(measure=row.measure)


@transaction.atomic
def remove_number(*, row: Observation, by: User) -> None:
    """Take a number away, and keep what it was. Needs the network's scope."""
    _correction(row, {}, by).save()
    row.delete()


@transaction.atomic
def leave_out(*, row: Observation, reason: str, by: User) -> None:
    """Leave a number out of centre line, limits and signals for a reason; an empty reason takes it in again."""
    before = {"excluded_reason": row.excluded_reason}
    row.excluded, row.excluded_reason = bool(reason), reason
    row.save(update_fields=["excluded", "excluded_reason"])
    Correction.objects.create(
        network_id=row.network_id,
        measure_id=row.measure_id,
        on=row.on,
        before=before,
        after={"excluded_reason": reason},
        corrected_by=by,
    )
    settle_baseline(measure=row.measure)


def _values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in COLUMNS}


def _differs(row: Observation, entry: Entry) -> bool:
    return any(getattr(row, name) != value for name, value in _values(entry).items())


def _change(changed: Sequence[tuple[Observation, Entry]], by: User) -> None:
    """Write what differs, and remember what it was; two queries, however many."""
    Correction.objects.bulk_create(_correction(row, _state(entry), by) for row, entry in changed)
    for row, entry in changed:
        for name, value in _values(entry).items():
            setattr(row, name, value)
        row.entered_by, row.entered_at = by, timezone.now()
    Observation.objects.bulk_update([row for row, _entry in changed], [*COLUMNS, "entered_by", "entered_at"])


def _correction(row: Observation, after: dict[str, str], by: User) -> Correction:
    return Correction(
        network_id=row.network_id,
        measure_id=row.measure_id,
        on=row.on,
        before=_state(row),
        after=after,
        corrected_by=by,
    )


def _state(number: Observation | Entry) -> dict[str, str]:
    """The number as JSON. Never empty: that would say that it was taken away."""
    return plain({name: getattr(number, name) for name in COLUMNS}) or {"absent": "yes"}


def plain(values: dict[str, Any]) -> dict[str, str]:
    """The numbers as JSON keeps them: without zeros at the end."""
    return {
        name: f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
        for name, value in values.items()
        if value not in (None, "")
    }
