"""Gatherings in the order of time, and the one that comes next."""

from collections.abc import Iterable
from datetime import date

from django.utils.text import capfirst

from sessions.models import Gathering


def in_order(gatherings: Iterable[Gathering]) -> list[Gathering]:
    """By day or month; those without either last, by number."""
    return sorted(gatherings, key=lambda each: (each.when or date.max, each.number or 0, each.pk))


def read_gatherings() -> list[Gathering]:
    """The gatherings of the open networks that are going to be or have been held."""
    return in_order(Gathering.objects.exclude(state=Gathering.State.CANCELLED))


def is_over(gathering: Gathering, today: date) -> bool:
    """Whether its last day has passed; one known by its month lasts the month out."""
    if gathering.ends_on:
        return gathering.ends_on < today
    if gathering.month:
        return gathering.month < today.replace(day=1)
    return gathering.state == Gathering.State.HELD


def next_gathering(gatherings: Iterable[Gathering], today: date) -> Gathering | None:
    """The first of these that is not over, or the last of all when everything is."""
    ordered = list(gatherings)
    return next((each for each in ordered if not is_over(each, today)), ordered[-1] if ordered else None)


def gathering_name(gathering: Gathering) -> str:
    """Samling 2: as it begins a heading."""
    return str(capfirst(str(gathering)))
