"""From when until when a person guides a team: for good, or while somebody else is away.

A person's rows for one team never overlap. The day one ends is the first without her.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from networks.models import Membership
from teams.models import Supervisor, Team


@transaction.atomic
def begin_guiding(
    *, team: Team, membership: Membership, since: date | None = None, handed_over_by: Membership | None = None
) -> Supervisor:
    """Let a person guide a team for good, from today or another day. Needs the network's scope.

    1. Who does so already goes on; who was to stop later goes on too.
    2. Who stands in for somebody on that day guides it for good from then on.
    3. What was to begin later is taken back: it has begun.
    """
    day = since or timezone.localdate()
    rows = _rows(team, membership)
    now = next((row for row in rows if row.since <= day and (row.until is None or row.until > day)), None)
    for later in (row for row in rows if row.since > day):
        later.delete()
    if now is not None and now.stands_in_for_id is not None and now.since < day:
        _end(now, day)
        now = None
    if now is None:
        now = next((row for row in rows if row.since == day), None)
    if now is None:
        now = Supervisor(network_id=team.network_id, team=team, membership=membership, since=day)
    now.until, now.stands_in_for = None, None
    now.handed_over_by = handed_over_by or now.handed_over_by
    now.save()
    return now


@transaction.atomic
def stand_in(
    *, team: Team, membership: Membership, stands_in_for: Membership, since: date, last_day: date
) -> Supervisor | None:
    """Let a person guide a team while another is away, the last day with her. Needs the network's scope.

    None where she guides it in all that time anyway. Days in which she stands in already become part of this.
    """
    until = date.fromordinal(last_day.toordinal() + 1)
    rows = _rows(team, membership)
    if any(row.since <= since and (row.until is None or row.until >= until) for row in rows):
        return None
    for row in rows:
        overlaps = row.since < until and (row.until is None or row.until > since)
        if overlaps and row.stands_in_for_id is None:  # what is for good is left, and this ends or begins beside it
            since, until = _beside(row, since, until)
        elif overlaps:
            since, until = min(since, row.since), max(until, row.until or until)
            row.delete()
    own = {"until": until, "stands_in_for": stands_in_for, "network_id": team.network_id}
    made, _new = Supervisor.objects.update_or_create(team=team, membership=membership, since=since, defaults=own)
    return made


@transaction.atomic
def end_guiding(*, team: Team, membership: Membership, on: date | None = None) -> None:
    """Let a person guide the team no more from the day on, nor stand in there. Needs the network's scope."""
    day = on or timezone.localdate()
    for row in _rows(team, membership):
        if row.until is None or row.until > day:
            _end(row, day)


@transaction.atomic
def end_stand_ins(*, team: Team, stands_in_for: Membership, on: date | None = None) -> None:
    """Nobody stands in for the person with the team any more. Needs the network's scope."""
    day = on or timezone.localdate()
    for row in Supervisor.objects.select_for_update().filter(team=team, stands_in_for=stands_in_for, until__gt=day):
        _end(row, day)


def end_stand_in(*, row: Supervisor, on: date | None = None) -> None:
    """A stand-in ends before its time; one that has not begun is taken back. Needs the network's scope."""
    _end(row, on or timezone.localdate())


def _end(row: Supervisor, day: date) -> None:
    if row.since > day:
        row.delete()
        return
    row.until = day
    row.save(update_fields=["until"])


def _beside(row: Supervisor, since: date, until: date) -> tuple[date, date]:
    return (row.until or until, until) if row.since <= since else (since, row.since)


def _rows(team: Team, membership: Membership) -> list[Supervisor]:
    return list(Supervisor.objects.select_for_update().filter(team=team, membership=membership).order_by("since", "pk"))
