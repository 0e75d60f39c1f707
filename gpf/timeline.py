"""The cycle of a network as one line: preparation, gatherings, today, follow-up.

`lay_out` is a pure function from dates to places. `templates/components/timeline.html` draws what it returns as a list:
on a wide page each stop takes a share of the width by its `weight`, on a narrow one the list stands upright.
Nothing is placed by inline style: weights and percentages are classes in `static/gpf/timeline.css`.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

MAX_WEIGHT = 12
STEP = 5  # per cent: how finely today is placed within a stretch

Kind = Literal["preparation", "gathering", "extra", "follow_up"]
When = Literal["past", "now", "next", "ahead", "cancelled"]


@dataclass(frozen=True)
class Stop:
    """One thing on the line.

    `start` is the first day (or any day of the month, with `month_only`); None for something not yet dated. `kind` is
    "gathering" for the numbered ones, "extra" for others (måleverksted, webinar), the other two are the ends.
    A `number` puts one without a date behind the stop with the number before.
    """

    label: str
    start: date | None = None
    end: date | None = None
    kind: Kind = "gathering"
    month_only: bool = False
    url: str = ""
    place: str = ""
    cancelled: bool = False
    number: int | None = None


@dataclass(frozen=True)
class Item:
    """A stop in its place.

    `weight` (1–12) is its share of the width, `reached` whether its first day has come, `today` the per cent of the
    stretch behind it that has gone (on the last reached stop only).
    """

    stop: Stop
    when: When
    weight: int
    reached: bool
    today: int | None = None


@dataclass(frozen=True)
class Timeline:
    items: tuple[Item, ...]
    today: date
    today_first: bool = False  # today is before everything on the line

    @property
    def size(self) -> Literal["few", "some", "many"]:
        """How much room the line needs to lie down: each stop takes 9 rem. See `static/gpf/timeline.css`."""
        stops = len(self.items) + self.today_first
        return "few" if stops <= 6 else "some" if stops <= 8 else "many"


def lay_out(stops: Sequence[Stop], *, today: date) -> Timeline:
    """Place the stops on the line.

    Dated stops come in the order of their dates; an undated one behind the stop of the number before its own, or else
    behind the one it was given after. The first one that is still to come is "next". A stretch is as wide as the
    months to the following stop, within 1–12; one without a known length takes 2.
    """
    ordered = _in_order(stops)
    following = _next_index(ordered, today)
    here = _today_index(ordered, today)
    items = []
    for index, stop in enumerate(ordered):
        after = next((later.start for later in ordered[index + 1 :] if later.start), None)
        items.append(
            Item(
                stop=stop,
                when="past" if index < here and not stop.cancelled else _when(stop, today, is_next=index == following),
                weight=_weight(stop.start, after),
                reached=index <= here,
                today=_gone(stop.start, after, today) if index == here else None,
            )
        )
    first = next((stop.start for stop in ordered if stop.start), None)
    return Timeline(tuple(items), today, today_first=first is not None and today < first)


def _in_order(stops: Sequence[Stop]) -> list[Stop]:
    dates = {stop.number: stop.start for stop in stops if stop.number is not None and stop.start}
    known = date.min
    keyed: list[tuple[date, int, int, Stop]] = []
    for index, stop in enumerate(stops):
        known = stop.start or _before(stop, dates) or known
        keyed.append((known, stop.start is None, index, stop))
    return [entry[3] for entry in sorted(keyed, key=lambda entry: entry[:3])]


def _before(stop: Stop, dates: dict[int, date]) -> date | None:
    """The date of the nearest stop with a smaller number."""
    smaller = [number for number in dates if stop.number is not None and number < stop.number]
    return dates[max(smaller)] if smaller else None


def _next_index(stops: Sequence[Stop], today: date) -> int:
    """The first gathering that has not begun. The ends of the line are never next."""
    for index, stop in enumerate(stops):
        if stop.start and stop.start > today and not stop.cancelled and stop.kind in ("gathering", "extra"):
            return index
    return -1


def _today_index(stops: Sequence[Stop], today: date) -> int:
    """The last stop that has begun, or -1 when today is before them all."""
    return max((index for index, stop in enumerate(stops) if stop.start and stop.start <= today), default=-1)


def _when(stop: Stop, today: date, *, is_next: bool) -> When:
    if stop.cancelled:
        return "cancelled"
    if is_next:
        return "next"
    if stop.start is None or stop.start > today:
        return "ahead"
    if stop.kind in ("gathering", "extra") and today <= _last_day(stop.start, stop.end, stop.month_only):
        return "now"
    return "past"


def _last_day(start: date, end: date | None, month_only: bool) -> date:
    if month_only:
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return end or start


def _weight(start: date | None, after: date | None) -> int:
    if start is None or after is None:
        return 2
    return min(MAX_WEIGHT, max(1, round((after - start).days / 30.44)))


def _gone(start: date | None, after: date | None, today: date) -> int:
    """How much of the stretch from `start` to `after` has gone, in steps of 5 per cent; half way when it has no end."""
    if start is None or after is None or after <= start:
        return 50
    return min(100 - STEP, round((today - start) / (after - start) * 100 / STEP) * STEP)


__all__ = ["Item", "Stop", "Timeline", "lay_out"]
