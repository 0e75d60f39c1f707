"""Measures of the cast's team, and the addresses of their pages."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from improvement.measures.models import Measure, Observation
from improvement.measures.services import Entry, add_measure, save_numbers
from tests.cast import Place

SignIn = Callable[[User], Client]


def monday(weeks_ago: int = 0) -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday(), weeks=weeks_ago)


def measure_of(place: Place, numbers: Iterable[tuple[int, int, int]] = (), **more: Any) -> Measure:
    """A share that is counted every week. `numbers`: weeks ago, how many, of how many."""
    words = {"title": "Besøk innen tre dager", "numerator": "fikk besøk", "denominator": "kom hjem", "rhythm": "week"}
    with tenancy.scope([place.network.pk]):
        made = add_measure(team=place.team, measure=Measure(**words | more), is_shared=False, by=place.member)
        save_numbers(
            measure=made,
            entries=[Entry(monday(ago), Decimal(top), Decimal(bottom)) for ago, top, bottom in numbers],
            by=place.member,
        )
    return made


def at(place: Place, name: str, *keys: int) -> str:
    return reverse(f"improvement:{name}", args=[place.network.slug, place.team.slug, *keys])


def numbers_of(measure: Measure) -> list[tuple[date, Decimal | None, Decimal | None, Decimal | None]]:
    with tenancy.scope([measure.network_id]):
        rows = Observation.objects.filter(measure=measure)
        return list(rows.values_list("on", "numerator", "denominator", "value"))
