"""Where on a poster the words stand that were searched for, with the words marked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from posters.archive.asking import PREFIX_FROM, WITHIN_FROM, Question
from posters.composing import from_json
from posters.content import clean
from posters.models import Edition

AROUND = 90  # letters before and after
MOST = 2  # excerpts from one poster


@dataclass(frozen=True)
class Excerpt:
    """A piece of a poster; `heading` says of which section."""

    heading: str
    text: SafeString


@dataclass(frozen=True)
class Marker:
    """Finds what was searched for in a text, as the search itself does."""

    pattern: re.Pattern[str] | None

    def mark(self, text: str) -> SafeString:
        """The text, escaped, with every hit in `<mark>`."""
        parts: list[str] = []
        at = 0
        for start, end in self.hits(text):
            parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
        return mark_safe("".join([*parts, escape(text[at:])]))

    def hits(self, text: str) -> Iterator[tuple[int, int]]:
        if self.pattern:
            for found in self.pattern.finditer(text):
                if found.end() > found.start():
                    yield found.span()


def marker(question: Question, stems: Mapping[str, str]) -> Marker:
    """`stems` is what `searching.stems` says of the question's words."""
    patterns: list[str] = []
    for term in question.wanted:
        if term.is_phrase:
            patterns.append(r"\b" + r"\W+".join(map(re.escape, term.text.split())) + r"\b")
        for form in () if term.is_phrase else term.forms:
            beginning = min(filter(None, (form, stems.get(form, ""))), key=len)
            if len(form) >= WITHIN_FROM:
                patterns.append(rf"\w*{re.escape(form)}\w*")
            patterns.append(rf"\b{re.escape(beginning)}\w*" if len(form) >= PREFIX_FROM else rf"\b{re.escape(form)}\b")
    return Marker(re.compile("|".join(patterns), re.IGNORECASE) if patterns else None)


def excerpts(edition: Edition, found: Marker) -> list[Excerpt]:
    """The first places on a poster that hold what was searched for; of a text without sections, of its words."""
    made = list(_made(_texts(edition), found))
    if not made:
        made = list(_made((("", line) for line in _rest(edition)), found))
    return made[:MOST]


def _made(texts: Iterator[tuple[str, str]], found: Marker) -> Iterator[Excerpt]:
    for heading, text in texts:
        hit = next(found.hits(text), None)
        if hit:
            yield Excerpt(heading, found.mark(_around(text, *hit)))


def _texts(edition: Edition) -> Iterator[tuple[str, str]]:
    for section in from_json(edition.content).sections:
        yield section.heading, " · ".join(clean(section.text).split("\n"))
        for chart in section.charts:
            yield section.heading, clean(chart.title)
        for photo in section.photos:
            yield section.heading, clean(photo.alt)


def _rest(edition: Edition) -> list[str]:
    """The words of a poster that are in none of its sections: of a file of the team's own, its text."""
    content = from_json(edition.content)
    told = {content.headline, *content.byline, *(clean(section.heading) for section in content.sections)}
    return [line for line in edition.words.split("\n") if line not in told]


def _around(text: str, start: int, end: int) -> str:
    """So much of the text around a hit, cut between words."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = text[first:start], text[end:last]
    if first:
        before = "… " + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before + text[start:end] + after
