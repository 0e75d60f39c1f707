"""The page on which a coordinator chooses whom to invite: what is listed, and how a row of it looks.

Some four hundred organisations stand on one page, so the rows are joined as text, escaped, outside the template.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gpf.norwegian import sort_key
from networks.models import HealthCommunity, Organisation
from networks.organisation_directory import MUNICIPALITY, Directory, Line, in_community, matches
from networks.organisation_history import in_words

DISTRICT, TRUST, HOSPITAL = Organisation.Kind.DISTRICT, Organisation.Kind.TRUST, Organisation.Kind.HOSPITAL
CHOOSABLE = frozenset({MUNICIPALITY, DISTRICT.value, TRUST.value, HOSPITAL.value})


@dataclass(frozen=True)
class Wanted:
    """What the coordinator looks for."""

    text: str = ""
    county: str = ""
    community: HealthCommunity | None = None
    communities: Sequence[HealthCommunity] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.county or self.community)


@dataclass(frozen=True)
class Choice:
    """One organisation that may be chosen, and which former ones led to it."""

    line: Line
    formerly: list[str] = field(default_factory=list)


class Area:
    """The county or health community that is looked in. A trust lies in the counties of its communities too."""

    def __init__(self, directory: Directory, wanted: Wanted) -> None:
        self.wanted = wanted
        now = directory.succession.numbers_now
        self.numbers = now(wanted.community.municipality_numbers) if wanted.community else set()
        lines = directory.lines() if wanted.county else ()
        inside = {line.number for line in lines if line.kind == MUNICIPALITY and line.county == wanted.county}
        self.trusts = {one.trust_id for one in wanted.communities if inside & now(one.municipality_numbers)}

    def holds(self, line: Line) -> bool:
        county, community = self.wanted.county, self.wanted.community
        if county and line.county != county and not self.trusts & _trusts_of(line):
            return False
        return community is None or in_community(line, community, self.numbers)


class Group(NamedTuple):
    """A heading, and the rows under it."""

    title: str
    rows: SafeString
    size: int


@dataclass(frozen=True)
class Marks:
    """What the network knows of organisations, by key: those in the round, its participants, those just ticked."""

    in_round: Collection[str]
    taking_part: Collection[str]
    ticked: Collection[str] = ()


def find(directory: Directory, wanted: Wanted) -> tuple[list[Choice], list[Line]]:
    """Those that may be chosen, in order; and the municipalities that ended without a successor anybody knows."""
    area = Area(directory, wanted)
    found: dict[str, Choice] = {}
    ended: list[Line] = []
    for line in directory.lines(former=bool(wanted.text)):
        if line.kind not in CHOOSABLE or not matches(line, wanted.text):
            continue
        reached = [directory.get(f"m{entry.number}") for entry in line.successors] if line.is_former else [line]
        if not reached:
            ended.append(line)
        for one in reached:
            if one is not None and area.holds(one):
                choice = found.setdefault(one.key, Choice(one))
                if line.is_former and line.name != one.name:
                    choice.formerly.append(line.name)
    return sorted(found.values(), key=lambda choice: _order(choice.line)), ended


def groups(directory: Directory, choices: Iterable[Choice], marks: Marks) -> list[Group]:
    """The rows as HTML under their headings; an empty group is left out."""
    titles = {
        MUNICIPALITY: _("Municipalities"),
        TRUST.value: _("Health trusts and hospitals"),
        DISTRICT.value: _("City districts"),
    }
    rows: dict[str, list[str]] = {kind: [] for kind in titles}
    for choice in choices:
        kind = TRUST.value if choice.line.kind == HOSPITAL else choice.line.kind
        rows[kind].append(_row(directory, choice, marks))
    return [Group(titles[kind], mark_safe("".join(found)), len(found)) for kind, found in rows.items() if found]


def ticked_elsewhere(directory: Directory, ticked: Iterable[str], shown: Iterable[Choice]) -> list[Choice]:
    """What has been ticked and is not on the page as it is filtered now."""
    here = {choice.line.key for choice in shown}
    lines = (directory.get(key) for key in ticked if key not in here)
    return [Choice(line) for line in lines if line is not None and not line.is_former and line.kind in CHOOSABLE]


def counties(directory: Directory) -> list[str]:
    """The counties to choose from: those of the municipalities in force."""
    return list(dict.fromkeys(line.county for line in directory.lines() if line.kind == MUNICIPALITY and line.county))


def _trusts_of(line: Line) -> set[int | None]:
    """The keys under which a trust may know the line: its own, and its parent's."""
    return {line.parent_pk, int(line.key[1:])} if line.kind in (TRUST, HOSPITAL) else set()


def _order(line: Line) -> tuple[str, bool, str]:
    """Under its group by name; a hospital behind its trust."""
    if line.kind not in (TRUST, HOSPITAL):
        return "", False, line.sort_name
    is_part = line.kind == HOSPITAL and bool(line.parent)
    return sort_key(line.parent) if is_part else line.sort_name, is_part, line.sort_name


def _row(directory: Directory, choice: Choice, marks: Marks) -> str:
    """`<li>`: a box to tick, the name, where it lies, and where it has taken part."""
    line = choice.line
    chosen = line.key in marks.in_round
    return (
        f'<li class="choose{" choose-part" if line.kind == HOSPITAL and line.parent else ""}">'
        f'<label class="choose-name"><input type="checkbox" class="ds-input" name="org" value="{line.key}"'
        f"{' checked disabled' if chosen else ' checked' if line.key in marks.ticked else ''}>"
        f"<span>{conditional_escape(line.name)}{''.join(_beside(directory, choice))}</span></label>"
        f"{''.join(_notes(directory, choice, marks, chosen))}</li>\n"
    )


def _beside(directory: Directory, choice: Choice) -> Iterator[str]:
    line = choice.line
    where = line.parent if line.kind != MUNICIPALITY else line.county
    if where:
        yield f' <span class="subtle small">{conditional_escape(where)}</span>'


def _notes(directory: Directory, choice: Choice, marks: Marks, chosen: bool) -> Iterator[str]:
    line = choice.line
    earlier = in_words(directory.parts(line), line.name)
    if chosen:
        yield format_html('<span class="tag" data-color="neutral">{}</span>', _("in the round"))
    elif line.key in marks.taking_part:
        yield format_html('<span class="tag" data-color="success">{}</span>', _("takes part here"))
    for name in choice.formerly:
        became = _("%(former)s is now %(name)s.") % {"former": name, "name": line.name}
        yield format_html('<span class="choose-note small">{}</span>', became)
    if earlier:
        yield format_html(
            '<span class="choose-note small subtle">{}</span>', _("Took part: %(where)s") % {"where": earlier}
        )
