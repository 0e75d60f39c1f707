"""Which column holds what: by its heading, else by its place; and the person can say otherwise."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from improvement.measures.models import Measure
from improvement.measures.rules import parts_of
from improvement.measures.values import read_day, read_number

HEADINGS: dict[str, tuple[str, ...]] = {
    "on": ("dato", "dag", "uke", "veke", "måned", "månad", "mnd", "kvartal", "periode", "tid", "date", "week", "month"),
    "numerator": ("teller", "antall", "tal på", "av disse", "fikk", "fekk", "ja", "numerator", "count"),
    "denominator": ("nevner", "nemnar", "totalt", "alle", "av", "sum", "denominator", "total"),
    "value": ("verdi", "tall", "tal", "resultat", "antall", "gjennomsnitt", "value"),
    "note": ("merknad", "kommentar", "notat", "note", "comment"),
}


def names_of(measure: Measure) -> list[tuple[str, str]]:
    """What a column may hold, with the words for it."""
    words = {
        "numerator": measure.numerator or _("The part that counts"),
        "denominator": measure.denominator or _("All of them"),
        "value": _("The number"),
    }
    when = _("Day") if measure.rhythm == Measure.Rhythm.EVENT else _("Week, month or day")
    return [("on", when), *((part, words[part]) for part in parts_of(measure)), ("note", _("Note"))]


def divide(
    lines: Sequence[tuple[int, list[str]]], rhythm: str, today: date
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings, where there are any, and the lines below them. Titles above the headings are passed over."""
    begins = 0
    while begins < len(lines) - 1 and _is_heading(lines[begins][1], rhythm, today):
        begins += 1
    return (lines[begins - 1][1] if begins else []), list(lines[begins:])


def _is_heading(cells: Sequence[str], rhythm: str, today: date) -> bool:
    """Whether the line holds no day and no number."""
    return not any(_is_day(cell, rhythm, today) or _is_number(cell) for cell in cells if cell)


def find_columns(measure: Measure, lines: Sequence[Sequence[str]], heading: Sequence[str], today: date) -> list[str]:
    """What each column holds ("" for nothing that is read)."""
    width = max((len(cells) for cells in lines), default=0)
    wanted = ["on", *parts_of(measure)]
    found = [""] * width
    for at, cell in enumerate(heading):
        name = _by_heading(cell, measure, [*wanted, "note"], found)
        if at < width and name:
            found[at] = name
    if "on" not in found:
        days = [
            sum(_is_day(cells[at], measure.rhythm, today) for cells in lines if at < len(cells)) for at in range(width)
        ]
        best = max(range(width), key=lambda at: days[at], default=None)
        if best is not None and days[best]:
            found[best] = "on"
    for name in wanted:
        if name not in found:
            free = _free_number(found, lines)
            if free is not None:
                found[free] = name
    return _turned(found, lines) if measure.kind == Measure.Kind.SHARE else found


def _turned(found: list[str], lines: Sequence[Sequence[str]]) -> list[str]:
    """A share's two columns change places where the part is mostly more than the whole: headings can mislead."""
    if "numerator" not in found or "denominator" not in found:
        return found
    top, bottom = found.index("numerator"), found.index("denominator")
    pairs = [pair for cells in lines if (pair := _pair(cells, top, bottom)) is not None]
    if sum(over > under for over, under in pairs) <= sum(over < under for over, under in pairs):
        return found
    turned = list(found)
    turned[top], turned[bottom] = "denominator", "numerator"
    return turned


def _pair(cells: Sequence[str], top: int, bottom: int) -> tuple[Decimal, Decimal] | None:
    try:
        return read_number(cells[top]), read_number(cells[bottom])
    except (ValueError, IndexError):
        return None


def _by_heading(cell: str, measure: Measure, wanted: Sequence[str], taken: Sequence[str]) -> str:
    text = re.sub(r"[^\w ]", " ", cell).strip().lower()
    if not text:
        return ""
    own = {"numerator": measure.numerator.lower(), "denominator": measure.denominator.lower()}
    for name in wanted:
        if name in taken:
            continue
        if own.get(name) == text or text in HEADINGS[name] or text.split()[0] in HEADINGS[name]:
            return name
    return ""


def _free_number(found: Sequence[str], lines: Sequence[Sequence[str]]) -> int | None:
    """The first column nobody has claimed where most of what stands is a number."""
    for at, name in enumerate(found):
        cells = [line[at] for line in lines if at < len(line) and line[at]]
        if not name and cells and 2 * sum(map(_is_number, cells)) >= len(cells):
            return at
    return None


def _is_day(cell: str, rhythm: str, today: date) -> bool:
    try:
        read_day(cell, rhythm, today=today)
    except ValueError:
        return False
    return True


def _is_number(cell: str) -> bool:
    try:
        read_number(cell)
    except ValueError:
        return False
    return True
