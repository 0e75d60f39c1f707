"""A poster made into one page of tagged PDF/A-2a.

The size of the type is estimated first (`fitting`), so that one layout is enough; what came out is measured, and
only if it went wrong laid out again a little smaller. Text is never cut and never runs to a second page: what does
not fit in the smallest type we allow is told, section by section.

Rendering reads nothing but the poster's own fonts. The same content gives the same bytes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from json import dumps
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from django.template import Engine
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from gpf import fonts, pdf
from posters.content import PosterChart, PosterContent, PosterPhoto, PosterSection, clean
from posters.figures import Placed, drawn_beside, figure_rows, stands_beside
from posters.fitting import (
    HEADING_SPACING,
    LARGEST_FACT,
    SMALLEST,
    STEP,
    TITLE_SPACING,
    Fit,
    Material,
    Room,
    Ruler,
    Run,
    fact_width,
    fit,
    hanging,
    runs,
    wide_columns,
)
from posters.geometry import A1, A3, FIGURE_SHARES, GEOMETRIES, PAPERS, Geometry, Paper, spacings
from posters.palette import palette
from posters.sections import WORDS_ON_A_POSTER

if TYPE_CHECKING:
    from weasyprint import Document

__all__ = ["A1", "A3", "PAPERS", "Paper", "PosterContent", "PosterSection", "RenderedPoster", "TooLong", "fingerprint",
           "poster_html", "render_poster"]  # fmt: skip

MOST_LAYOUTS = 5
TITLES = re.compile(r"<title[^>]*>.*?</title>\s*(<desc[^>]*>.*?</desc>)?", re.DOTALL)
FACTS_SHARE, HERO_SHARE = 0.2, 0.3  # of the sheet's height, at most, where there is too much text
HOPELESS = 3 * WORDS_ON_A_POSTER  # words: no layout can make these fit
LINE_IN_WORDS, LETTERS_A_WORD = 4, 8
LARGE_IN_WORDS = 1.5  # what a word of an insight takes
TALL = 40  # sheets; the height of the page on which too long a text is measured


@dataclass(frozen=True)
class TooLong:
    """A section that takes more than its share of the sheet, and about how many words to take out."""

    key: str
    words: int


@dataclass(frozen=True)
class RenderedPoster:
    """What came of it. `pdf` is empty exactly when `too_long` names sections; `unprintable` holds characters that
    no font here can draw and that the file therefore lacks. `scale` is the type size, 1 being 28 points on A1."""

    pdf: bytes
    scale: float
    too_long: tuple[TooLong, ...]
    pages: int
    layouts: int
    unprintable: str = ""


def render_poster(
    content: PosterContent, paper: Paper, language: str, files: Mapping[str, bytes] | None = None
) -> RenderedPoster:
    """One sheet of PDF, or which sections are too long for it. `language` is that of the poster: nb, nn or en.

    `files` are the bytes of its pictures by their SHA-256.
    """
    with pdf.no_collecting():
        return _render(content, paper.turned(content.orientation), language, files or {})


def _render(content: PosterContent, paper: Paper, language: str, files: Mapping[str, bytes]) -> RenderedPoster:
    hopeless = _hopeless(content)
    if hopeless:
        return RenderedPoster(b"", SMALLEST, hopeless, 0, 0)
    room, layouts, plan = Room(), 0, None
    while layouts < MOST_LAYOUTS and (plan is None or plan.fits):
        plan = fit(content, paper, room)
        document = pdf.lay_out(poster_html(content, paper, language, plan), files)
        used, layouts = _used(document, paper), layouts + 1
        if used.pages == 1 and used.bottom <= used.floor:
            return _written(document, content, paper, language, plan.scale, layouts, files)
        room = _less_room(room, plan, used)
    return RenderedPoster(b"", SMALLEST, _too_long(content, paper, language, files), 0, layouts + 1)


def _less_room(room: Room, plan: Fit, used: "Used") -> Room:
    """What the next try must reckon with, after a layout that came out larger than estimated."""
    lost = max(0.0, used.top - plan.top)
    over = (used.bottom + lost - used.top) / (used.floor - used.top)
    smaller = min(plan.scale - 1 / STEP, plan.scale / sqrt(max(1.0, over)))
    return Room(largest=plan.scale if lost > 0.05 else smaller, reserved=room.reserved + lost)


def fingerprint(content: PosterContent, language: str) -> str:
    """64 hexadecimal digits that are the same exactly when the poster's files would be."""
    return sha256(dumps([asdict(content), language, _design()]).encode()).hexdigest()


@cache
def _design() -> str:
    """The look itself: templates, geometry and engine, so that a new design makes new files."""
    names = ("poster.html", "poster.css", "section.html", "runs.html", "figures.html")
    sources = [Engine.get_default().get_template(f"posters/pdf/{name}").source for name in names]
    spaced = [asdict(one) for design in GEOMETRIES for lying in (False, True) for one in spacings(design, lying=lying)]
    colours = [asdict(palette(design, "")) for design in GEOMETRIES]
    return sha256(
        dumps([version("weasyprint"), spaced, colours, FIGURE_SHARES, SMALLEST, *sources]).encode()
    ).hexdigest()


# The page as HTML


def poster_html(content: PosterContent, paper: Paper, language: str, plan: Fit, *, tall: bool = False) -> str:
    """The finished page, complete with its style sheet. `tall` gives it room without end, to measure it."""
    with translation.override(language):
        return render_to_string("posters/pdf/poster.html", _context(content, paper, language, plan, tall=tall))


def _context(content: PosterContent, paper: Paper, language: str, plan: Fit, *, tall: bool) -> dict[str, Any]:
    g, scale = plan.geometry, plan.scale
    whole = (paper.width_rem - 2 * g.margin) / scale
    count = max(1, len(plan.columns))
    column = (whole - (count - 1) * g.gutter) / count
    style = "wide" if count == 1 else "card"
    facts = [section for section in content.sections if section.is_fact and section.is_filled]
    return {
        "g": g,
        "c": palette(content.design, content.colour),
        "design": content.design,
        "logo": content.logo and {"src": f"photo:{content.logo.sha256}", "alt": content.logo.alt or content.network},
        "paper": paper,
        "language": language,
        "document_title": " – ".join([content.headline, *content.byline]),
        "content": content,
        "network": clean(content.network),
        "people": clean(content.people),
        "points": list(_points(content.step, content.steps)),
        "steps": _steps_colours(content),
        "steps_title": _("Gathering %(step)s of %(steps)s") % {"step": content.step, "steps": content.steps},
        "facts": [_shown(section, "fact", fact_width(whole, scale, len(facts), g), g) for section in facts],
        "fact_scale": min(scale, LARGEST_FACT),
        "hero": plan.hero and _shown(plan.hero, "wide", whole, g),
        "columns": [
            {
                "sections": [
                    _shown(section, style, column, replace(g, figures=plan.figures.get(section.key, g.figures)))
                    for section in sections
                ],
                "height": 0 if tall else round(height, 3),
                # A column stands beside the one before, though it follows it: so it is read after it.
                "rise": round(plan.heights[number - 1], 3) if number else 0,
                "left": round(number * (column + g.gutter), 4),
            }
            for number, (sections, height) in enumerate(zip(plan.columns, plan.heights, strict=True))
        ],
        "column_width": round(column - 0.001, 4),
        "beside_gap": 2 * g.figure_gap,
        "wide_insight_size": round(g.insight_size * g.wide_text_size, 4),
        "tag_gap": round(g.tag_gap / g.tag_size, 4),
        "wide_paragraph_gap": round(g.paragraph_gap / g.wide_text_size, 4),
        "wide_item_row_gap": round(g.wide_item_gap * g.wide_item_size, 4),
        "wide_item_column_gap": round(g.wide_column_gap * g.wide_item_size, 4),
        "scale": scale,
        "title_size": plan.title_size,
        "title_width": round(plan.title_width, 3),
        "title_spacing": TITLE_SPACING,
        "heading_spacing": HEADING_SPACING,
        "sheet_height": paper.height * (TALL if tall else 1),
        **_faces(content),
    }


def _faces(content: PosterContent) -> dict[str, Any]:
    """The fonts; the one for emoji comes along only when it is wanted."""
    emoji = fonts.wants_emoji(repr(content))
    lent = "Poster Emoji, sans-serif" if emoji else "sans-serif"
    return {
        "faces": [{"name": name, **face} for name, face in FACES.items() if emoji or name != fonts.EMOJI],
        "text_family": f"Poster, {lent}",
        "display_family": f"Poster Display, {lent}",
    }


FACES: Mapping[str, Mapping[str, Any]] = {
    fonts.TEXT: {"family": "Poster", "weight": 400},
    fonts.STRONG: {"family": "Poster", "weight": 600},
    fonts.HEADING: {"family": "Poster Display", "weight": 700},
    fonts.HEADLINE: {"family": "Poster Display", "weight": 800},
    fonts.EMOJI: {"family": "Poster Emoji", "weight": 400},
}


def _shown(section: PosterSection, style: str, width: float, g: Geometry) -> dict[str, Any]:
    """A section for the template, with how its figures and items stand at this width in em."""
    inner = width - 2 * {"wide": g.wide_pad, "card": g.pad_x, "fact": 0.0}[style]
    wide = style == "wide"
    beside = stands_beside(section, wide=wide)
    drawn = inner * g.beside if beside else inner
    shown_width = drawn_beside(section, inner, g) if beside else inner
    text_width, text_style = (inner - shown_width - 2 * g.figure_gap, "card") if beside else (inner, style)
    return {
        "key": section.key,
        "tone": section.tone,
        "new": section.new,
        "heading": clean(section.heading),
        "style": style,
        "beside": beside,
        "drawn_width": round(shown_width, 3),
        "text_style": text_style,
        "runs": [_shown_run(run, text_style, text_width, g) for run in runs(section)],
        "rows": [[_shown_figure(one) for one in row.placed] for row in figure_rows(section, drawn, g, wide=wide)],
    }


def _shown_figure(one: Placed) -> dict[str, Any]:
    """A chart or a picture for the template, in em."""
    size = {"width": one.width, "height": one.height}
    if isinstance(one.what, PosterPhoto):
        return size | {"src": f"photo:{one.what.sha256}", "alt": one.what.alt}
    chart = one.what
    return size | {
        "svg": _drawn(chart),
        "title": clean(chart.title),
        "columns": chart.columns,
        "table": chart.rows,
    }


def _drawn(chart: PosterChart) -> str:
    """Our own drawing in our own letters, with the whole text alternative as its title, which is what a PDF takes."""
    alternative = escape(clean(chart.alternative))
    svg = TITLES.sub(f"<title>{alternative.replace(chr(92), '')}</title>", chart.svg, count=1)
    svg = svg.replace('font-family="Text, sans-serif"', 'font-family="Poster, sans-serif"', 1)
    return mark_safe(svg)  # drawn by improvement.charts, which escapes every text in it


def _shown_run(run: Run, style: str, width: float, g: Geometry) -> dict[str, Any]:
    wide, number = style == "wide", run.kind == "number"
    hang = hanging(run, width, g) if number and not wide else 0.0
    return {
        "kind": run.kind,
        "blocks": run.blocks,
        "columns": wide_columns(run, width, g) if wide and run.kind != "p" else 1,
        "hang": round(hang, 3),
    }


def _steps_colours(content: PosterContent) -> dict[str, str]:
    """Of the line of gatherings: those gone by are full, those to come are rings."""
    c = palette(content.design, content.colour)
    if content.design == "data":
        return {"line": c.rule, "now": c.accent, "past": c.main, "ground": "#ffffff"}
    return {"line": c.line_on_main, "now": c.lit_on_main, "past": c.on_main, "ground": c.main}


def _points(step: int, steps: int) -> Iterator[dict[str, Any]]:
    """The product's mark, drawn for this network: its gatherings on a line that rises, this one lit."""
    for number in range(1, steps + 1 if step else 1):
        along = (number - 1) / max(1, steps - 1)
        yield {
            "x": round(12 + 152 * along, 1),
            "y": round(34 - 24 * along**1.25, 1),
            "now": number == step,
            "past": number < step,
        }


# The file


def _written(
    document: "Document",
    content: PosterContent,
    paper: Paper,
    language: str,
    scale: float,
    layouts: int,
    files: Mapping[str, bytes],
) -> RenderedPoster:
    identifier = f"{fingerprint(content, language)[:32]}{paper.name}".encode()
    file = pdf.write(document, identifier)
    missing = pdf.missing(document)
    if missing:  # PDF/A allows no placeholder for a letter that no font has
        again = _render(_without(content, missing), paper, language, files)
        return replace(again, layouts=again.layouts + layouts, unprintable=missing + again.unprintable)
    return RenderedPoster(file, scale, (), len(document.pages), layouts)


def _without(content: PosterContent, missing: str) -> PosterContent:
    gone = str.maketrans("", "", missing)

    def bare(part: Any) -> Any:
        return replace(
            part, **{name: text.translate(gone) for name, text in vars(part).items() if isinstance(text, str)}
        )

    whole: PosterContent = bare(content)
    return replace(whole, sections=tuple(bare(section) for section in content.sections))


# Measuring what was laid out


@dataclass(frozen=True)
class Used:
    """Where the cards begin and end and where the foot begins, in rem from the top of the sheet."""

    top: float
    bottom: float
    floor: float
    pages: int


def _used(document: "Document", paper: Paper) -> Used:
    """Measures a layout; on a second page the cards end as much lower as they reach into it."""
    rem = paper.rem_points / 0.75  # CSS pixels
    boxes = list(_boxes(document, "main", "section", "footer"))
    top = next(box.position_y for _page, box in boxes if box.element_tag == "main")
    floor = next(box.position_y for _page, box in boxes if box.element_tag == "footer") - rem * 0.5
    height = document.pages[0].height
    ends = [page * height + box.position_y + box.border_height() for page, box in boxes if box.element_tag == "section"]
    return Used(top / rem, max(ends, default=top) / rem, floor / rem, len(document.pages))


def _boxes(document: "Document", *tags: str) -> Iterator[tuple[int, Any]]:
    """The laid-out boxes of these elements with the number of their page, from 0."""
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants(placeholders=True):
            if box.element is not None and box.element_tag in tags and box.element.tag == box.element_tag:
                yield number, box


def _too_long(content: PosterContent, paper: Paper, language: str, files: Mapping[str, bytes]) -> tuple[TooLong, ...]:
    """The sections above their fair share in the smallest type, measured on a sheet without end.

    The share is the height at which, with every section cut to it, all would fit: short sections keep what they
    have, and only the long ones are told.
    """
    *_looser, tightest = spacings(content.design, lying=paper.is_lying)
    ruler = Ruler(Material(content), paper, replace(tightest, figures=FIGURE_SHARES[-1]))
    plan = ruler.plan(SMALLEST, ruler.columns, fits=False)
    document = pdf.lay_out(poster_html(content, paper, language, plan, tall=True), files)
    rem = paper.rem_points / 0.75
    heights = {box.element.get("id"): box.border_height() / rem for _page, box in _boxes(document, "section")}
    shares = _shares(ruler, heights)
    written = {one.key for one in content.sections if len(clean(one.text).split()) > 1}
    over = {
        key: height - shares[key] for key, height in heights.items() if key in written and height - shares[key] > 0.01
    }
    if not over:  # all would fit if cards could be cut in two, or figures were fewer: shorten the longest
        longest = max(written or heights, key=lambda key: heights[key])
        over = {longest: heights[longest] / 10}
    return tuple(
        TooLong(section.key, _words_over(section, heights[section.key], over[section.key], ruler.g))
        for section in content.sections
        if section.key in over
    )


def _hopeless(content: PosterContent) -> tuple[TooLong, ...]:
    """The sections above their fair share where the whole is several sheets of text, told without laying it out:
    laying out such a text would keep a worker for minutes."""
    weights = {section.key: _weight(section) for section in content.sections}
    if sum(weights.values()) <= HOPELESS:
        return ()
    share = int(fair_share(list(weights.values()), WORDS_ON_A_POSTER, 0))
    return tuple(
        TooLong(section.key, _of(section, share, weights[section.key]))
        for section in content.sections
        if weights[section.key] > share
    )


def _of(section: PosterSection, share: int, weight: int) -> int:
    """How many of its words are above its share of the room."""
    words = len(section.text.split())
    return max(1, min(words - 1, ceil(words * (weight - share) / weight)))


def _weight(section: PosterSection) -> int:
    """About how many words of room a text takes: a line its height however short it is, a long word its length, what is
    set large so much more."""
    lines = section.text.splitlines()
    weight = sum(max(LINE_IN_WORDS, len(line.split()), len(line) // LETTERS_A_WORD) for line in lines)
    return ceil(weight * LARGE_IN_WORDS) if section.kind == "insight" and len(lines) == 1 else weight


def _shares(ruler: Ruler, heights: Mapping[str, float]) -> dict[str, float]:
    """The height in rem that every section may take: facts and the card lifted out have a share of the sheet, the
    other cards share what is left of the columns."""
    sheet, gap = ruler.paper.height_rem, ruler.g.gap * SMALLEST
    facts = {fact.section.key: heights[fact.section.key] for fact in ruler.facts}
    cards = [heights[card.section.key] for card in ruler.cards]
    room = ruler.room(SMALLEST)
    strip = max(facts.values(), default=0.0)
    shares = dict.fromkeys(facts, min(strip, FACTS_SHARE * sheet))
    room += strip - min(strip, FACTS_SHARE * sheet)
    if ruler.hero:
        hero = heights[ruler.hero.section.key]
        shares[ruler.hero.section.key] = min(hero, (HERO_SHARE if cards else 1) * sheet, room + hero)
        room += hero - shares[ruler.hero.section.key]
    columns = ruler.columns
    fair = fair_share(cards, columns * (room + gap), gap) if cards else 0.0
    return shares | {card.section.key: min(fair, room) for card in ruler.cards}


def fair_share(heights: Sequence[float], room: float, gap: float) -> float:
    """The height to which the tallest must come down for all to fill no more than the room."""
    room -= gap * len(heights)
    share = room
    for number, height in enumerate(sorted(heights)):
        share = room / (len(heights) - number)
        if height > share:
            return share
        room -= height
    return share + room


def _words_over(section: PosterSection, height: float, over: float, g: Geometry) -> int:
    """About how many words make up so much of the section's height; headings and edges can not be shortened."""
    words = len(clean(section.text).split())
    fixed = SMALLEST * (g.pad_top + g.heading_size * g.heading_line + g.heading_gap + g.pad_bottom)
    return max(1, min(words - 1, ceil(words * over / max(height - fixed, over))))
