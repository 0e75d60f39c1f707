"""What the page of a network's plan shows: each gathering with its work, and where they differ from the template."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf import dates
from networks.models import AssignmentKind
from sessions.models import Assignment, Delivery, Gathering
from sessions.plans import FROM_TEMPLATE


@dataclass(frozen=True)
class Difference:
    """One thing the network has changed: what it is, and what the template said."""

    label: str
    template: str


@dataclass(frozen=True)
class HandedIn:
    """A team that has handed in work which the network has hidden since."""

    name: str
    slug: str


@dataclass(frozen=True)
class Row:
    """A piece of work. It changes places only with those of the same day: deadlines come first in every list."""

    assignment: Assignment
    is_added: bool
    differences: list[Difference]
    handed_in: list[HandedIn]
    may_be_removed: bool
    up: bool
    down: bool


@dataclass(frozen=True)
class Section:
    """A gathering with its work."""

    gathering: Gathering
    is_added: bool
    planned_days: str
    moves: int
    rows: list[Row]

    @property
    def may_be_moved(self) -> bool:
        return self.gathering.state == Gathering.State.PLANNED


@dataclass(frozen=True)
class NextStep:
    """The one thing that is missing for the next gathering."""

    gathering: Gathering
    title: str
    label: str
    is_publishing: bool = False


def read_plan_page() -> list[Section]:
    """Every gathering of the open network in order of time, hidden work included, in three queries."""
    work = Assignment.with_hidden.order_by("due", "position", "pk")
    found = Gathering.objects.annotate(move_count=Count("moves")).prefetch_related(
        Prefetch("assignments", work, to_attr="all_work")
    )
    gatherings = sorted(found, key=lambda each: (each.when or date.max, each.number or 0, each.pk))
    every = [assignment for gathering in gatherings for assignment in gathering.all_work]
    from_template = any(each.planned for each in gatherings) or any(each.planned for each in every)
    touched, handed_in = _deliveries()
    return [
        Section(
            gathering=gathering,
            is_added=from_template and not gathering.planned,
            planned_days=_planned_days(gathering),
            moves=gathering.move_count,
            rows=list(_rows(gathering.all_work, from_template, touched, handed_in)),
        )
        for gathering in gatherings
    ]


def next_step(sections: list[Section], today: date) -> NextStep | None:
    """What the next gathering lacks: how and where people meet, then its programme, and that people can read it."""
    coming = (each.gathering for each in sections if each.gathering.ends_on and each.gathering.ends_on >= today)
    gathering = next((each for each in coming if each.state == Gathering.State.PLANNED), None)
    if gathering is None:
        return None
    words = {"gathering": str(gathering)}
    if not gathering.form:
        return NextStep(gathering, _("Say how you meet at %(gathering)s") % words, _("Choose how you meet"))
    if gathering.form != Gathering.Form.DIGITAL and not gathering.place:
        return NextStep(gathering, _("Say where %(gathering)s is held") % words, _("Write the place"))
    if gathering.form != Gathering.Form.PHYSICAL and not gathering.online_link:
        return NextStep(gathering, _("Give the link to %(gathering)s") % words, _("Write the link"))
    if not gathering.programme:
        return NextStep(gathering, _("Write the programme of %(gathering)s") % words, _("Write the programme"))
    if not gathering.programme_published_at:
        said = _("Publish the programme of %(gathering)s") % words
        return NextStep(gathering, said, _("Look it over"), is_publishing=True)
    return None


def differences(assignment: Assignment) -> list[Difference]:
    """What the network has changed since the template was taken, as the template had it."""
    planned = assignment.planned or {}
    labels = {
        "title_nb": _("Bokmål"),
        "title_nn": _("Nynorsk"),
        "guidance_nb": _("Guidance in bokmål"),
        "guidance_nn": _("Guidance in nynorsk"),
        "kind": _("Hand in"),
        "days_before": _("Deadline"),
    }
    return [
        Difference(labels[name], _said(name, planned[name]))
        for name in FROM_TEMPLATE
        if name in planned and name in labels and planned[name] != getattr(assignment, name)
    ]


def _said(name: str, value: object) -> str:
    if name == "days_before":
        days = int(str(value))
        return ngettext("%(count)d day before the gathering", "%(count)d days before the gathering", days) % {
            "count": days
        }
    if name == "kind":
        return str(dict(AssignmentKind.choices).get(str(value), value))
    return Truncator(str(value)).chars(400) or "–"


def _rows(
    work: list[Assignment], from_template: bool, touched: set[int], handed_in: dict[int, list[HandedIn]]
) -> Iterator[Row]:
    for place, each in enumerate(work):
        before, after = work[:place][-1:], work[place + 1 :][:1]
        is_added = from_template and each.planned is None
        yield Row(
            assignment=each,
            is_added=is_added,
            differences=differences(each),
            handed_in=handed_in[each.pk] if each.hidden else [],
            may_be_removed=each.planned is None and each.pk not in touched,
            up=any(other.due == each.due for other in before),
            down=any(other.due == each.due for other in after),
        )


def _deliveries() -> tuple[set[int], dict[int, list[HandedIn]]]:
    """The added or hidden work (by primary key) that teams have begun or got more time for; and who handed it in."""
    rows = (
        Delivery.objects.filter(Q(assignment__hidden=True) | Q(assignment__planned=None))
        .order_by("team__sort_name", "team")
        .values_list("assignment_id", "team__name", "team__slug", "delivered_at")
    )
    touched: set[int] = set()
    handed_in: dict[int, list[HandedIn]] = defaultdict(list)
    for assignment, name, slug, delivered_at in rows:
        touched.add(assignment)
        if delivered_at:
            handed_in[assignment].append(HandedIn(name, slug))
    return touched, handed_in


def _planned_days(gathering: Gathering) -> str:
    """The days of the template's plan, where the gathering has others now."""
    planned = gathering.planned or {}
    first, last = planned.get("starts_on"), planned.get("ends_on")
    if not first or (gathering.starts_on and gathering.starts_on.isoformat() == first):
        return ""
    return dates.date_range(date.fromisoformat(first), date.fromisoformat(last) if last else None)
