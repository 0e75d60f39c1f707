"""Moving a gathering, cancelling it, and taking that back: whole or not at all, and everybody told once.

Every function needs the network's scope. However many teams there are, the statements are as many.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from networks.models import Network
from notices.mailing import queue_letters
from sessions.concerned import read_concerned
from sessions.gathering_days import Days, days_of
from sessions.letters import CANCELLED, RESTORED, TeamFacts, move_letters, state_letters
from sessions.models import Assignment, Delivery, Gathering, GatheringMove
from sessions.moving import Extension, Moved, Placed, Preview, foresee
from sessions.programme import withdraw_programme
from sessions.progress import Facts
from sessions.reminders import withdraw_reminders_of

SALT = "sessions.moving"
UNFINISHED = (Delivery.State.OPEN, Delivery.State.RETURNED)


class MisplacedError(ValueError):
    """The gathering would come before one with a lower number, or after one with a higher."""


class NothingToMoveError(ValueError):
    """The gathering is held or cancelled, or has these days already."""


@dataclass(frozen=True)
class Changed:
    """What somebody else has changed since the person looked: a gathering or a piece of work, before and now."""

    thing: Gathering | Assignment
    before: str
    now: str


class MeanwhileError(ValueError):
    """Somebody else has changed the plan since the person was shown what would happen."""

    def __init__(self, changed: list[Changed]) -> None:
        super().__init__("changed meanwhile")
        self.changed = changed


def read_plan(*, hold: bool = False) -> list[Placed]:
    """Every gathering of the open network with its work and the extensions teams live by, in three queries.

    With `hold` the gatherings are held until the transaction ends, so that nobody else moves one meanwhile.
    """
    rows = Gathering.objects.select_for_update() if hold else Gathering.objects.all()
    gatherings = list(rows.order_by("pk"))
    work: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in Assignment.with_hidden.order_by("due", "position", "pk"):
        work[assignment.gathering_id].append(assignment)
    extended: dict[int, list[Extension]] = defaultdict(list)
    for gathering, team, of, until in _extensions():
        if until is not None:
            extended[gathering].append(Extension(team, of, until))
    return [Placed(each, tuple(work[each.pk]), tuple(extended[each.pk])) for each in gatherings]


def _extensions() -> Sequence[tuple[int, str, int, date | None]]:
    today = timezone.localdate()
    found = Delivery.objects.filter(
        Q(team__ended_on=None) | Q(team__ended_on__gt=today),
        Q(team__participation__withdrawn=False) | Q(team__participation__withdrawn_on__gt=today),
        state__in=UNFINISHED,
        exempt=False,
        extended_to__isnull=False,
    ).order_by("team__sort_name")
    return list(found.values_list("assignment__gathering_id", "team__name", "assignment_id", "extended_to"))


def sign(plan: Sequence[Placed]) -> str:
    """What the person is shown, to be sent back with her answer: the days of the gatherings and the deadlines."""
    return signing.dumps(_facts(plan), salt=SALT, compress=True)


@transaction.atomic
def move_gathering(
    *, network: Network, gathering: int, to: Days, along: bool, reason: str, by: User, seen: str
) -> tuple[Preview, int]:
    """Give a gathering other days, with all that hangs on it. Returns what was done, and how many are told.

    1. Hold the network's gatherings, and refuse when anything has changed since the person looked (MeanwhileError).
    2. Work out what follows; refuse what is held or cancelled, and what would come in the wrong order.
    3. Write the days, and a move for each gathering that got others.
    4. Count the deadlines anew; extensions stay as they are. Reminders of the old deadlines are withdrawn; those of the
       new ones come by themselves.
    5. One letter to each person, unless the new days are past already.
    """
    plan = read_plan(hold=True)
    changed = changed_since(plan, seen)
    if changed:
        raise MeanwhileError(changed)
    preview = foresee(plan, gathering, to, along=along, today=timezone.localdate())
    first = preview.first
    if first.gathering.state != Gathering.State.PLANNED or first.before == first.after:
        raise NothingToMoveError
    if preview.misplaced:
        raise MisplacedError
    people = [] if preview.is_over else read_concerned(preview.today)
    moves = _write_moves(preview, reason, by, told=len(people))
    _write_deadlines(preview)
    if people:
        facts, key = _facts_of_teams(preview), f"move:{moves[0].pk}"
        letters = move_letters(network, preview, people, facts, reason=reason, key=key)
        queue_letters(network=network, letters=letters)
    return preview, len(people)


def _write_moves(preview: Preview, reason: str, by: User, told: int) -> list[GatheringMove]:
    originals = _first_days(moved.gathering for moved in preview.moves)
    for moved in preview.moves:
        gathering = moved.gathering
        gathering.postponed = _is_postponed(moved, originals.get(gathering.pk))
        gathering.starts_on, gathering.ends_on = moved.after
        gathering.month = None
        gathering.calendar_sequence += 1
    Gathering.objects.bulk_update(
        [moved.gathering for moved in preview.moves],
        ["starts_on", "ends_on", "month", "postponed", "calendar_sequence"],
    )
    return GatheringMove.objects.bulk_create(
        GatheringMove(
            network_id=moved.gathering.network_id,
            gathering=moved.gathering,
            from_starts_on=moved.before.starts_on if moved.before else None,
            from_ends_on=moved.before.ends_on if moved.before else None,
            to_starts_on=moved.after.starts_on,
            to_ends_on=moved.after.ends_on,
            reason=reason,
            moved_by=by,
            told=told,
        )
        for moved in preview.moves
    )


def _first_days(gatherings: Iterable[Gathering]) -> dict[int, date]:
    """The days before their first move, of gatherings that have been moved."""
    rows = GatheringMove.objects.filter(gathering__in=list(gatherings)).exclude(from_starts_on=None)
    found = rows.order_by("gathering", "moved_at", "pk").distinct("gathering")
    return {pk: day for pk, day in found.values_list("gathering_id", "from_starts_on") if day}


def _is_postponed(moved: Moved, original: date | None) -> bool:
    """Later than it was meant to be at first. Of an old one that was postponed before, those days are not known."""
    if original is None and moved.gathering.postponed:
        return True
    first = original or (moved.before.starts_on if moved.before else moved.after.starts_on)
    return moved.after.starts_on > first


def _write_deadlines(preview: Preview) -> None:
    changed = [each for moved in preview.moves for each in moved.deadlines if not each.is_same]
    for each in changed:
        each.assignment.due = each.after
    Assignment.with_hidden.bulk_update([each.assignment for each in changed], ["due"])
    withdraw_reminders_of([each.assignment for each in changed])


def _facts_of_teams(preview: Preview) -> TeamFacts:
    """How far the teams are with the work before the gatherings that move, in one query."""
    work = [each.assignment.pk for moved in preview.moves for each in moved.shown]
    rows = Delivery.objects.filter(assignment__in=work).values_list(
        "team_id", "assignment_id", "state", "begun", "exempt", "extended_to"
    )
    found: TeamFacts = defaultdict(dict)
    for team, assignment, state, begun, exempt, extended_to in rows:
        found[team][assignment] = Facts(state, begun, exempt, extended_to)
    return found


@transaction.atomic
def cancel_gathering(*, network: Network, gathering: Gathering, reason: str) -> int:
    """Call a gathering off. Returns how many are told; the gathering must be held by the transaction.

    1. It is cancelled, with the reason. Its work asks for nothing any more, and reminds nobody; nor does its programme.
    2. One letter to each person, which takes it out of calendars; nobody is told of one that is past.
    """
    gathering.state = Gathering.State.CANCELLED
    gathering.cancelled_reason = reason
    gathering.calendar_sequence = F("calendar_sequence") + 1
    gathering.save(update_fields=["state", "cancelled_reason", "calendar_sequence"])
    gathering.refresh_from_db()
    withdraw_reminders_of(list(Assignment.with_hidden.filter(gathering=gathering)))
    withdraw_programme(gathering)
    return _tell_state(network, gathering, CANCELLED, reason)


@transaction.atomic
def restore_gathering(*, network: Network, gathering: Gathering) -> int:
    """Hold a cancelled gathering after all, on the days it had. Returns how many are told."""
    reason = gathering.cancelled_reason
    gathering.state = Gathering.State.PLANNED
    gathering.cancelled_reason = ""
    gathering.calendar_sequence = F("calendar_sequence") + 1
    gathering.save(update_fields=["state", "cancelled_reason", "calendar_sequence"])
    gathering.refresh_from_db()
    return _tell_state(network, gathering, RESTORED, reason)


def _tell_state(network: Network, gathering: Gathering, what: str, reason: str) -> int:
    days, today = days_of(gathering), timezone.localdate()
    if days is None or days.ends_on < today:
        return 0
    people = read_concerned(today)
    key = f"{what}:{gathering.pk}:{gathering.calendar_sequence}"
    queue_letters(network=network, letters=state_letters(network, gathering, people, what, reason=reason, key=key))
    return len(people)


# What a person was shown


def changed_since(plan: Sequence[Placed], seen: str) -> list[Changed]:
    """What differs from what the person was shown. Where that can not be read, everything may have changed."""
    try:
        before: dict[str, str] = signing.loads(seen, salt=SALT)
    except signing.BadSignature:
        before = {}
    now = _facts(plan)
    things: dict[str, Gathering | Assignment] = {}
    for placed in plan:
        things[f"g{placed.gathering.pk}"] = placed.gathering
        things |= {f"a{each.pk}": each for each in placed.assignments}
    return [
        Changed(thing, before.get(key, ""), now[key]) for key, thing in things.items() if before.get(key) != now[key]
    ]


def _facts(plan: Sequence[Placed]) -> dict[str, str]:
    facts = {}
    for placed in plan:
        own = placed.gathering
        days = placed.days or ("", "")
        facts[f"g{own.pk}"] = f"{own.state} {days[0]} {days[1]}"
        facts |= {f"a{each.pk}": f"{each.due}" for each in placed.assignments}
    return facts
