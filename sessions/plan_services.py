"""What a coordinator changes in a network's plan: the work before a gathering, and gatherings of its own.

Every function needs the network's scope. What the template said stays in `planned`, whatever is changed here.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from gpf.norwegian import free_slug
from networks.models import Network
from networks.planning import due_day
from sessions.models import Assignment, Delivery, Gathering
from sessions.plans import FROM_TEMPLATE
from sessions.reminders import withdraw_reminders_of


class InUseError(ValueError):
    """Teams have begun or handed in: the work can be hidden, and not removed."""


@transaction.atomic
def add_assignment(*, gathering: Gathering, assignment: Assignment) -> Assignment:
    """Ask the teams for one more thing before a gathering. `assignment` holds what was written, unsaved.

    1. It stands last among those of its day, under a name of its own in addresses.
    2. Its day is counted from the gathering, so that it follows a move.
    """
    assert gathering.starts_on is not None
    # Held, so that of two added at once the second gets another place and name.
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    others = Assignment.with_hidden.filter(gathering=gathering)
    assignment.network_id, assignment.gathering = gathering.network_id, gathering
    assignment.position = max(others.values_list("position", flat=True), default=0) + 1
    assignment.slug = free_slug(assignment.title_nb, set(others.values_list("slug", flat=True)), otherwise="oppgave")
    assignment.days_before = (gathering.starts_on - assignment.due).days
    assignment.save()
    return assignment


@transaction.atomic
def rewrite_assignment(*, assignment: Assignment, is_redated: bool) -> None:
    """Write what was changed in an assignment. With another day, old reminders are withdrawn; new ones come."""
    if is_redated:
        starts_on = assignment.gathering.starts_on
        assert starts_on is not None
        assignment.days_before = (starts_on - assignment.due).days
        withdraw_reminders_of([assignment])
    assignment.save()


@transaction.atomic
def hide_assignment(*, assignment: Assignment) -> None:
    """The network does not use it: nobody is asked for it or reminded. What was handed in is kept."""
    assignment.hidden = True
    assignment.save(update_fields=["hidden"])
    withdraw_reminders_of([assignment])


@transaction.atomic
def show_assignment(*, assignment: Assignment) -> None:
    """Ask for it again. Its reminders come by themselves."""
    assignment.hidden = False
    assignment.save(update_fields=["hidden"])


@transaction.atomic
def restore_assignment(*, assignment: Assignment) -> None:
    """Put an assignment back to what the template said when the network was planned, its day too."""
    assert assignment.planned is not None
    for name in FROM_TEMPLATE:
        setattr(assignment, name, assignment.planned.get(name, getattr(assignment, name)))
    if assignment.gathering.starts_on:
        assignment.due = due_day(assignment.gathering.starts_on, assignment.days_before)
    assignment.save()
    withdraw_reminders_of([assignment])


@transaction.atomic
def remove_assignment(*, assignment: Assignment) -> None:
    """Take away work that the network added. Refused once a team has begun it or been given more time (InUseError)."""
    if assignment.planned is not None or Delivery.objects.filter(assignment=assignment).exists():
        raise InUseError
    withdraw_reminders_of([assignment])
    assignment.delete()


@transaction.atomic
def swap_assignments(*, first: Assignment, second: Assignment) -> None:
    """Let two pieces of work before the same gathering change places.

    Places are counted anew: they may be equal, or have gaps.
    """
    ordered = list(
        Assignment.with_hidden.select_for_update()
        .filter(gathering=first.gathering_id)
        .order_by("due", "position", "pk")
    )
    one, other = ordered.index(first), ordered.index(second)
    ordered[one], ordered[other] = ordered[other], ordered[one]
    for place, assignment in enumerate(ordered):
        assignment.position = place
    Assignment.with_hidden.bulk_update(ordered, ["position"])


@transaction.atomic
def add_gathering(*, network: Network, gathering: Gathering) -> Gathering:
    """Add a gathering to the cycle. One whose days are past has been held."""
    today: date = timezone.localdate()
    gathering.network = network
    if gathering.ends_on and gathering.ends_on < today:
        gathering.state = Gathering.State.HELD
    gathering.save()
    return gathering
