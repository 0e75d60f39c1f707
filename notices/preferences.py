"""How a person wants to be told: by kind, and the days on which she wants no mail."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from accounts.models import User
from networks.models import Membership
from notices import kinds
from notices.models import Choice, Quiet


def concerning(memberships: Iterable[Membership]) -> list[kinds.Kind]:
    """The kinds a person with these roles may be told, and knows by a name. None to who has no role anywhere."""
    roles = {membership.role for membership in memberships}
    return [kind for kind in kinds.registered() if kind.label and kind.concerns(roles)]


def ways(user: User) -> dict[str, Choice.Way]:
    """How the person gets each kind that is registered: as she has chosen, else as the kind comes. One query."""
    chosen = dict(Choice.objects.filter(user=user).values_list("kind", "way"))
    return {kind.name: _way(kind, chosen.get(kind.name)) for kind in kinds.registered()}


def _way(kind: kinds.Kind, chosen: str | None) -> Choice.Way:
    way = Choice.Way(chosen) if chosen else kind.way
    return Choice.Way.DIGEST if way == Choice.Way.PRODUCT and not kind.may_decline else way


@transaction.atomic
def choose(*, user: User, ways: Mapping[str, Choice.Way], quiet: tuple[date, date] | None) -> None:
    """Keep what a person has chosen.

    1. A row for each kind she wants otherwise than it comes; none for the others, so that she follows along should
       the kind change.
    2. Her quiet days, or none.
    """
    Choice.objects.filter(user=user).delete()
    Choice.objects.bulk_create(
        Choice(user=user, kind=kind.name, way=ways[kind.name])
        for kind in kinds.registered()
        if kind.name in ways and ways[kind.name] != kind.way
    )
    if quiet is None:
        Quiet.objects.filter(user=user).delete()
    else:
        Quiet.objects.update_or_create(user=user, defaults={"starts_on": quiet[0], "ends_on": quiet[1]})


@transaction.atomic
def decline(*, user: User) -> None:
    """No more mail of what may be declined: it is told in the product only."""
    Choice.objects.bulk_create(
        [Choice(user=user, kind=kind.name, way=Choice.Way.PRODUCT) for kind in kinds.registered() if kind.may_decline],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["way"],
    )
