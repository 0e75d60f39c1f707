"""Which periods are offered to a person who types in numbers. Pure: days in, days out."""

from collections.abc import Collection
from datetime import date

from improvement.measures.models import Measure
from improvement.measures.periods import is_over, missing, period_of, preceding

AT_ONCE = 8
"""So many periods are offered on one page."""


def offered(rhythm: str, taken: Collection[date], today: date) -> list[date | None]:
    """The periods without a number, the first missing one first. None is an event, whose day the person says.

    A measure with numbers: what is missing after its last number, then the one that is going on, then the gaps between
    its numbers, the newest first. A new one: the newest that is over, then those before it, for what was counted
    earlier, then the one that is going on.
    """
    if rhythm == Measure.Rhythm.EVENT:
        return [None]
    current = period_of(today, rhythm, min(taken, default=None))
    if not taken:
        before = [preceding(current, rhythm)]
        while len(before) < AT_ONCE:
            before.append(preceding(before[-1], rhythm))
        return [*before, current]
    wanting = missing(rhythm, taken, today)
    after = [start for start in wanting if start > max(taken)][-AT_ONCE:]
    gaps = [start for start in reversed(wanting) if start < max(taken)]
    going_on = [current] if current not in taken and not is_over(current, rhythm, today) else []
    found: list[date | None] = [*after, *going_on, *gaps]
    return found[: AT_ONCE + 1]
