"""What speaks against a day: nobody is at work, people are away, another network meets. It warns, and stops nobody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from gpf import tenancy
from gpf.dates import date_range, long_date
from networks.access import visible_networks
from networks.models import Network
from networks.planning import Quiet, holiday, is_working_day, quiet_weeks
from sessions.models import Gathering

HOLIDAYS = {
    "New Year's Day": gettext_lazy("New Year's Day"),
    "Maundy Thursday": gettext_lazy("Maundy Thursday"),
    "Good Friday": gettext_lazy("Good Friday"),
    "Easter Sunday": gettext_lazy("Easter Sunday"),
    "Easter Monday": gettext_lazy("Easter Monday"),
    "Labor Day": gettext_lazy("Labour Day"),
    "Constitution Day": gettext_lazy("Constitution Day"),
    "Ascension Day": gettext_lazy("Ascension Day"),
    "Pentecost": gettext_lazy("Whit Sunday"),
    "Pentecost Monday": gettext_lazy("Whit Monday"),
    "Christmas Eve": gettext_lazy("Christmas Eve"),
    "Christmas Day": gettext_lazy("Christmas Day"),
    "Second Day of Christmas": gettext_lazy("Boxing Day"),
    "New Year's Eve": gettext_lazy("New Year's Eve"),
}
QUIET = {
    Quiet.EASTER: gettext_lazy("In the weeks around Easter, when many are away."),
    Quiet.SUMMER: gettext_lazy("In the middle of the summer, when many are away."),
    Quiet.CHRISTMAS: gettext_lazy("In the weeks around Christmas, when many are away."),
}
LONGEST = 31  # days of a gathering that are looked at; what is longer is a slip of the pen


@dataclass(frozen=True)
class Span:
    """First and last day of something, and what it is called."""

    name: str
    starts_on: date
    ends_on: date


def holiday_name(day: date) -> str:
    """The name of the day everybody has off, in the reader's language; empty on other days."""
    names = [name for name in holiday(day).split("; ") if name]
    return ", ".join(str(HOLIDAYS.get(name, name)) for name in names)


def calendar_marks(starts_on: date, ends_on: date | None = None) -> list[str]:
    """What the calendar says against these days, in words: each day that is off, and the quiet weeks they lie in."""
    days = list(_days(starts_on, ends_on or starts_on))
    off = [_off(day) for day in days if not is_working_day(day)]
    quiet = {quiet_weeks(day): None for day in days if is_working_day(day)}  # a day that is off has said enough
    return off + [str(QUIET[weeks]) for weeks in quiet if weeks]


def _off(day: date) -> str:
    """One day that is off."""
    name = holiday_name(day)
    words = {"day": capfirst(long_date(day)), "name": name}
    if name:
        return _("%(day)s is off: %(name)s.") % words
    return _("%(day)s is not a working day.") % words


def _days(starts_on: date, ends_on: date) -> Iterator[date]:
    for number in range(min((ends_on - starts_on).days + 1, LONGEST)):
        yield starts_on + timedelta(days=number)


def read_neighbours(user: User, spans: Iterable[Span], *, but: Network | None = None) -> dict[str, list[Gathering]]:
    """The gatherings of other networks on the same days, by the name of the span, in three queries.

    Only networks the person may enter are opened, and only for this. The transaction must know the person.
    """
    wanted = [span for span in spans if span.ends_on >= span.starts_on]
    if not wanted:
        return {}
    with tenancy.scope([], savepoint=False):  # which networks are hers is seen from outside them all
        networks = set(visible_networks(user).values_list("pk", flat=True)) - {but.pk if but else None}
    with tenancy.scope(sorted(networks)):
        near = list(
            Gathering.objects.filter(
                starts_on__lte=max(span.ends_on for span in wanted),
                ends_on__gte=min(span.starts_on for span in wanted),
            )
            .exclude(state=Gathering.State.CANCELLED)
            .select_related("network")
            .order_by("starts_on", "network__sort_name", "pk")
        )
    found = {span.name: [each for each in near if _meet(span, each)] for span in wanted}
    return {name: gatherings for name, gatherings in found.items() if gatherings}


def _meet(span: Span, gathering: Gathering) -> bool:
    if gathering.starts_on is None or gathering.ends_on is None:
        return False
    return span.starts_on <= gathering.ends_on and gathering.starts_on <= span.ends_on


def neighbour_mark(gathering: Gathering) -> str:
    """As "Læringsnettverk Øst has gathering 2 on 3.–4. mars 2027."."""
    assert gathering.starts_on is not None  # `read_neighbours` finds only those with days
    return _("%(network)s has %(gathering)s on %(days)s.") % {
        "network": gathering.network,
        "gathering": gathering,
        "days": date_range(gathering.starts_on, gathering.ends_on),
    }
