"""A chart for those who read it: each point in words, the text alternative, the table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from improvement.charts.numbers import number
from improvement.charts.picture import Picture
from improvement.charts.words import sentence, value_of, when


def point(picture: Picture, at: int) -> str:
    """One point in words: week 47, 2026: 78 % (7 of 9)."""
    period = when(picture, at)
    if picture.is_hidden(at):
        return _("%(period)s: not shown, fewer than five") % {"period": period}
    if picture.values[at] is None:
        return _("%(period)s: not measured") % {"period": period}
    told = f"{period}: {value_of(picture, at)}"
    top = picture.numerators[at] if picture.numerators else None
    bottom = picture.denominators[at] if picture.denominators else None
    if top is not None and bottom is not None:
        told += " " + _("(%(count)s of %(all)s)") % {"count": number(top), "all": number(bottom)}
    if picture.is_excluded(at):
        told += " – " + _("left out")
    return told


def alternative(picture: Picture) -> str:
    """The chart in words, for those who do not see it."""
    if not picture.present:
        return _("%(title)s. No numbers yet.") % {"title": picture.title}
    first, last = picture.present[0], picture.present[-1]
    count = len(picture.present)
    span = ngettext("%(count)s number, in %(first)s.", "%(count)s numbers, from %(first)s to %(last)s.", count) % {
        "count": count,
        "first": when(picture, first),
        "last": when(picture, last),
    }
    newest = _("The newest is %(number)s.") % {"number": value_of(picture, last)}
    return f"{picture.title}. {span} {newest} {sentence(picture)}"


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    period: str
    value: str
    counts: str
    note: str


def rows(picture: Picture) -> list[Row]:
    """The table: every point, the newest first."""
    return [_row(picture, at) for at in reversed(range(len(picture.days)))]


def _row(picture: Picture, at: int) -> Row:
    top = picture.numerators[at] if picture.numerators else None
    bottom = picture.denominators[at] if picture.denominators else None
    counts = (
        ""
        if top is None or bottom is None
        else _("%(count)s of %(all)s")
        % {
            "count": number(top),
            "all": number(bottom),
        }
    )
    said = [picture.notes[at] if picture.notes else ""]
    if picture.is_excluded(at):
        said.insert(0, _("left out"))
    if picture.signals(at) and not picture.is_excluded(at):
        said.insert(0, _("stands out"))
    value = value_of(picture, at)
    if picture.is_hidden(at):
        value = _("not shown")
    elif not value:
        value = _("not measured")
    return Row(when(picture, at), value, counts, "; ".join(filter(None, said)))
