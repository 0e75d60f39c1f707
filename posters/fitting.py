"""How large the type can be, and which card goes where.

The layout is estimated from the fonts' own widths, closely enough that the layout engine is needed only once;
`rendering` checks what came out, and says in a `Room` what the next try must reckon with.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, groupby, pairwise
from math import floor

from gpf import fonts
from posters.content import Block, PosterContent, PosterSection, blocks, clean
from posters.figures import drawn_beside, figure_rows, rows_height, stands_beside
from posters.geometry import FIGURE_SHARES, Geometry, Paper, spacings
from posters.words import Words

STEP = 64  # type sizes are whole 64ths of a rem: few different ones, so that a worker's font caches stay small
SMALLEST = 1.0  # 28 points on A1, which can be read at two metres
LARGEST = {1: 112 / STEP, 2: 96 / STEP, 3: 92 / STEP}
LARGEST_FACT = 1.1
ROOMY_FROM = 1.12  # what needs smaller type than this is spaced more tightly instead, if that helps
COLUMNS, COLUMNS_LYING = 2, 3
FIGURE_STEPS = tuple(share / 20 for share in range(26, 9, -1))  # shares tried where a column has room left
LARGE_ENOUGH = 1.06  # smaller type than this is helped by smaller charts and pictures
FEW = 2  # so few cards always go over the whole width; with some more they do where there is room for large type
SOME, SOME_FROM = 4, 80 / STEP
LOOSE = 1.03  # how much wider than measured a balanced headline may run
FIGURES_FIRST = ("chart", "goals", "numbers")  # in the design that leads with them
SLACK = 0.99  # of the height
STRETCH = 1.35  # how much taller than its text a card may be drawn to fill a column
TITLE_SPACING = -0.012  # em
HEADING_SPACING = -0.006
MOST_NUMBER_COLUMNS = 4
MOST_HANGING = 0.42  # of the width; a wider figure stands above its caption


@dataclass(frozen=True)
class Room:
    """What a layout has taught: the largest type to try, and height that the estimate did not know of, in rem."""

    largest: float = 9.0
    reserved: float = 0.0


@dataclass(frozen=True)
class Fit:
    """Where everything goes: type sizes in rem, the card lifted out, the others by column, and how tall each column
    is drawn in rem. `figures` is the share of their height that a section's charts and pictures have, where it is not
    that of the geometry. `top` is where the body begins, in rem from the top of the sheet.

    `fits` is false when even the smallest type is too large; the measures are then those of the smallest.
    """

    geometry: Geometry
    scale: float
    title_size: float
    title_width: float
    hero: PosterSection | None
    columns: tuple[tuple[PosterSection, ...], ...]
    heights: tuple[float, ...]
    figures: Mapping[str, float]
    top: float
    fits: bool


def fit(content: PosterContent, paper: Paper, room: Room | None = None) -> Fit:
    """The largest type at which the poster is estimated to fill no more than the sheet."""
    room, material = room or Room(), Material(content)
    shares = FIGURE_SHARES if any(one.section.charts or one.section.photos for one in material.all) else (1.0,)
    airy, tight, tightest = spacings(content.design, lying=paper.is_lying)
    tried: list[Fit] = []
    for share in shares:
        if share == FIGURE_SHARES[-1] and any(plan.fits for plan in tried):
            break  # letters in charts so small only where nothing else helps
        for spacing, enough in ((airy, ROOMY_FROM), (tight, LARGE_ENOUGH)):
            plan = _fit(Ruler(material, paper, replace(spacing, figures=share), room.reserved), room)
            if plan.fits and plan.scale >= enough:
                return plan
            tried.append(plan)
    return _largest(tried) if any(plan.fits for plan in tried) else _tightest(material, paper, tightest, shares, room)


def _tightest(material: "Material", paper: Paper, g: Geometry, shares: Sequence[float], room: Room) -> Fit:
    """With the largest charts and pictures that leave the type large; without any, what comes closest."""
    tried: list[Fit] = []
    for share in shares:
        tried.append(_fit(Ruler(material, paper, replace(g, figures=share), room.reserved), room))
        if tried[-1].fits and tried[-1].scale >= LARGE_ENOUGH:
            return tried[-1]
    return _largest(tried)


def _largest(tried: Sequence[Fit]) -> Fit:
    return max(tried, key=lambda plan: (plan.fits, plan.scale))


def _fit(ruler: "Ruler", room: Room) -> Fit:
    few = len(ruler.cards) <= FEW
    if few or len(ruler.cards) <= SOME:
        wide = _best(ruler, 1, room.largest)
        if wide and (few or wide.scale >= SOME_FROM):
            return wide
    found = [_best(ruler, columns, room.largest) for columns in range(2, ruler.columns + 1)]
    best = max(filter(None, found), key=lambda plan: (plan.scale, len(plan.columns)), default=None)
    return best or ruler.plan(SMALLEST, ruler.columns, fits=False)


def _best(ruler: "Ruler", columns: int, largest: float) -> Fit | None:
    """The largest size that fits in so many columns: a binary search, as height grows with size."""
    low, high = round(SMALLEST * STEP), floor(min(LARGEST[columns], largest) * STEP)
    found = None
    while low <= high:
        middle = (low + high) // 2
        if ruler.fits(middle / STEP, columns):
            found, low = middle, middle + 1
        else:
            high = middle - 1
    return ruler.plan(found / STEP, columns, fits=True) if found else None


class Material:
    """What is to be placed, its words measured once: the card lifted out, the other cards, the facts."""

    def __init__(self, content: PosterContent) -> None:
        self.content = content
        filled = [Measured(section) for section in content.sections if section.is_filled]
        cards = [one for one in filled if not one.section.is_fact]
        key = next((one for one in cards if one.section.tone == "key"), None)
        lifts_charts = content.design == "data" and content.orientation == "portrait"
        drawn = next((one for one in cards if one.section.charts), None) if lifts_charts else None
        self.hero = drawn or key
        self.cards = [one for one in cards if one is not self.hero]
        if content.design == "data":
            self.cards.sort(key=lambda one: not (one.section.charts or one.section.kind in FIGURES_FIRST))
        self.facts = [one for one in filled if one.section.is_fact]
        self.all = filled
        self.title = Words.of(content.headline, fonts.HEADLINE, TITLE_SPACING)


class Ruler:
    """Measures one poster on one sheet with one way of spacing."""

    def __init__(self, material: Material, paper: Paper, geometry: Geometry, reserved: float = 0.0) -> None:
        self.paper, self.g, self.reserved = paper, geometry, reserved
        self.content, self.title = material.content, material.title
        self.hero, self.cards, self.facts = material.hero, material.cards, material.facts
        self.width = paper.width_rem - 2 * geometry.margin
        self.columns = COLUMNS_LYING if paper.is_lying else COLUMNS

    # The band on top and the foot, in rem

    @cached_property
    def title_size(self) -> float:
        return next(size for size, most in self.g.titles if self.title.lines(self.width / size) <= most)

    @cached_property
    def title_width(self) -> float:
        """The narrowest the headline can be without another line, so that its lines are about as long."""
        lines = self.title.lines(self.width / self.title_size)
        shares = (share / 100 for share in range(40, 100, 2))
        narrow = (self.width * share for share in shares)
        found = next((width for width in narrow if self.title.lines(width / self.title_size) == lines), self.width)
        return min(self.width, found * LOOSE)

    @cached_property
    def header(self) -> float:
        g = self.g
        lines = self.title.lines(self.width / self.title_size)
        height = g.header_top + 2 * g.meta_size * g.line + g.title_gap + lines * self.title_size * g.title_line
        if byline := " · ".join(self.content.byline):
            height += g.team_gap + Words.of(byline, fonts.STRONG).lines(self.width / g.team_size) * g.team_size * 1.25
        if people := clean(self.content.people):
            lines = Words.of(people, fonts.TEXT).lines(self.width / g.people_size)
            height += g.people_gap + lines * g.people_size * g.line
        return height + g.header_bottom

    @cached_property
    def footer(self) -> float:
        g = self.g
        lines = Words.of(self.content.imprint, fonts.TEXT).lines(self.width / g.footer_size)
        return g.body_gap + 2 * g.footer_pad + lines * g.footer_size * g.line

    # What grows and shrinks with the type, in rem

    def strip(self, scale: float) -> float:
        """The height of the facts below the headline."""
        if not self.facts:
            return 0.0
        size = min(scale, LARGEST_FACT)
        width = fact_width(self.width / scale, scale, len(self.facts), self.g)
        return size * (2 * self.g.fact_pad + max(fact.fact_height(width, self.g) for fact in self.facts))

    def room(self, scale: float) -> float:
        """The height left for the columns of cards."""
        taken = self.header + self.strip(scale) + self.g.body_gap + self.footer + self.reserved
        if self.hero:
            taken += scale * (self.hero.wide_height(self.width / scale, self.g) + self.g.gap)
        return self.paper.height_rem - taken

    def split(self, scale: float, columns: int) -> "Split":
        g = self.g
        width = (self.width / scale - (columns - 1) * g.gutter) / columns
        heights = [card.height(width, g, wide=columns == 1) for card in self.cards]
        return split_evenly([scale * height for height in heights], columns, scale * g.gap)

    def fits(self, scale: float, columns: int) -> bool:
        return max(self.split(scale, columns).heights) <= self.room(scale) * SLACK

    def grown(self, split: "Split", scale: float, columns: int) -> "Grown":
        """In a column that is shorter than the tallest, charts and pictures take what room they can of what is left."""
        heights, figures, most = list(split.heights), {}, max(split.heights)
        width = (self.width / scale - (columns - 1) * self.g.gutter) / columns
        for number, (start, stop) in enumerate(pairwise(split.bounds)):
            for card in self.cards[start:stop]:
                if not (card.section.charts or card.section.photos):
                    continue
                usual = card.height(width, self.g, wide=columns == 1)
                for share in FIGURE_STEPS:
                    more = card.height(width, replace(self.g, figures=share), wide=columns == 1) - usual
                    if share > self.g.figures and heights[number] + more * scale <= most:
                        heights[number] += more * scale
                        figures[card.section.key] = share
                        break
        return Grown(tuple(heights), figures)

    def plan(self, scale: float, columns: int, *, fits: bool) -> Fit:
        split = self.split(scale, columns)
        grown = self.grown(split, scale, columns)
        # Columns end on one line where they can; a card is never drawn much taller than what it holds.
        level = min(max(0.0, self.room(scale)), max(split.heights) * STRETCH)
        return Fit(
            geometry=self.g,
            scale=scale,
            title_size=self.title_size,
            title_width=self.title_width,
            hero=self.hero.section if self.hero else None,
            columns=tuple(tuple(card.section for card in self.cards[a:b]) for a, b in pairwise(split.bounds) if a < b),
            heights=tuple(min(level, height * STRETCH) for height in grown.heights if height),
            figures=grown.figures,
            top=self.header + self.strip(scale) + self.reserved,
            fits=fits,
        )


@dataclass(frozen=True)
class Split:
    """Where the columns begin and end among the cards, and how tall each is."""

    bounds: tuple[int, ...]
    heights: tuple[float, ...]


@dataclass(frozen=True)
class Grown:
    """How tall the columns are with their charts and pictures as large as there is room for; see `Fit.figures`."""

    heights: tuple[float, ...]
    figures: Mapping[str, float]


def fact_width(whole: float, scale: float, count: int, g: Geometry) -> float:
    """The width of one of the facts side by side, in em of their own type; `whole` is in em of the body's."""
    return (whole * scale / min(scale, LARGEST_FACT) - (count - 1) * g.fact_gap) / max(1, count)


def split_evenly(heights: Sequence[float], columns: int, gap: float) -> Split:
    """Cut the cards, in their order, into so many columns or fewer that the tallest is as short as can be."""

    def height(start: int, stop: int) -> float:
        return sum(heights[start:stop]) + gap * max(0, stop - start - 1)

    bounds = min(
        _cuts(len(heights), min(columns, max(1, len(heights)))),
        key=lambda cut: (max(height(a, b) for a, b in pairwise(cut)), cut),
    )
    return Split(bounds, tuple(height(a, b) for a, b in pairwise(bounds)))


def _cuts(cards: int, columns: int) -> Iterator[tuple[int, ...]]:
    """Every way to cut a row of cards into columns with at least one each."""
    for inner in combinations(range(1, cards), columns - 1):
        yield (0, *inner, cards)


@dataclass(frozen=True)
class Run:
    """Blocks of one kind that follow each other, with their words measured."""

    kind: str
    blocks: tuple[Block, ...]
    words: tuple[Words, ...]

    @cached_property
    def figure(self) -> float:
        """The width of the widest figure, in em of its own size."""
        return max(fonts.face(fonts.HEADING).width(block.figure) for block in self.blocks)


def runs(section: PosterSection) -> Iterator[Run]:
    """The section's blocks, gathered by kind."""
    for kind, group in groupby(blocks(section), key=lambda block: block.kind):
        members = tuple(group)
        yield Run(kind, members, tuple(_words(block) for block in members))


def _words(block: Block) -> Words:
    if block.kind == "person":
        return Words.of(f"{block.figure} {block.text}", fonts.STRONG)  # a little wider than it is, never narrower
    return Words.of(block.text, fonts.HEADING if block.kind == "insight" else fonts.TEXT)


class Measured:
    """A section with its words measured. Heights are in em of the type size, for a width in em."""

    def __init__(self, section: PosterSection) -> None:
        self.section = section
        self.heading = Words.of(clean(section.heading), fonts.HEADING, HEADING_SPACING)
        self.runs = list(runs(section))

    def height(self, width: float, g: Geometry, *, wide: bool) -> float:
        return self.wide_height(width, g) if wide else self.card_height(width, g)

    def card_height(self, width: float, g: Geometry) -> float:
        width -= 2 * g.pad_x
        head = self._head(width, g.heading_size, g.heading_gap, g)
        text = self._text(width, g.paragraph_gap, g)
        drawn = rows_height(figure_rows(self.section, width, g, wide=False), g)
        return g.pad_top + head + text + drawn + (g.figure_gap if text and drawn else 0.0) + g.pad_bottom

    def fact_height(self, width: float, g: Geometry) -> float:
        return self._head(width, g.fact_heading_size, g.fact_heading_gap, g) + self._text(
            width, g.fact_paragraph_gap, g
        )

    def wide_height(self, width: float, g: Geometry) -> float:
        """A card over the whole width: larger text, lists in two columns, figures side by side."""
        width -= 2 * g.wide_pad
        head = 2 * g.wide_pad + self._head(width, g.wide_heading_size, g.wide_heading_gap, g)
        if not stands_beside(self.section, wide=True):
            drawn = rows_height(figure_rows(self.section, width, g, wide=True), g)
            text = self._wide_text(width, g)
            return head + text + drawn + (g.figure_gap if text and drawn else 0.0)
        drawn = rows_height(figure_rows(self.section, width * g.beside, g, wide=True), g)
        beside = width - drawn_beside(self.section, width, g) - 2 * g.figure_gap
        return head + max(drawn, self._text(beside, g.paragraph_gap, g))

    def _wide_text(self, width: float, g: Geometry) -> float:
        heights = [_wide_run_height(run, width, g) for run in self.runs]
        return sum(heights) + g.paragraph_gap * max(0, len(heights) - 1)

    def _head(self, width: float, size: float, gap: float, g: Geometry) -> float:
        tag = g.tag_size * g.heading_line + g.tag_gap if self.section.new else 0.0
        return tag + self.heading.lines(width / size) * size * g.heading_line + gap

    def _text(self, width: float, paragraph_gap: float, g: Geometry) -> float:
        heights = [_run_height(run, width, paragraph_gap, g) for run in self.runs]
        return sum(heights) + g.paragraph_gap * max(0, len(heights) - 1)


def _run_height(run: Run, width: float, paragraph_gap: float, g: Geometry) -> float:
    if run.kind == "insight":
        return _insight_height(run, width, g.insight_size, paragraph_gap, g)
    if run.kind in ("p", "person"):
        return sum(words.lines(width) * g.line for words in run.words) + paragraph_gap * (len(run.words) - 1)
    gaps = g.item_gap * (len(run.words) - 1)
    if run.kind == "li":
        return sum(words.lines(width - g.item_indent) * g.line for words in run.words) + gaps
    if hang := hanging(run, width, g):
        return sum(g.number_drop + words.lines(width - hang) * g.line for words in run.words) + gaps
    return sum(g.number_size * g.number_line + words.lines(width) * g.line for words in run.words) + gaps


def _insight_height(run: Run, width: float, size: float, paragraph_gap: float, g: Geometry) -> float:
    lines = sum(words.lines(width / size) for words in run.words)
    return lines * size * g.insight_line + paragraph_gap * (len(run.words) - 1)


def _wide_run_height(run: Run, width: float, g: Geometry) -> float:
    if run.kind == "insight":
        return _insight_height(run, width, g.insight_size * g.wide_text_size, g.paragraph_gap, g)
    if run.kind in ("p", "person"):
        size = g.wide_text_size
        return size * sum(words.lines(width / size) * g.line for words in run.words) + g.paragraph_gap * (
            len(run.words) - 1
        )
    if run.kind == "li":
        size, columns = g.wide_item_size, wide_columns(run, width, g)
        cell = (width / size - (columns - 1) * g.wide_column_gap) / columns - g.item_indent
        rows = _rows([words.lines(cell) * g.line for words in run.words], columns)
        return size * (sum(rows) + g.wide_item_gap * (len(rows) - 1))
    columns = wide_columns(run, width, g)
    cell = (width - (columns - 1) * g.wide_column_gap) / columns
    figure = g.wide_number_size * g.number_line
    rows = _rows([figure + words.lines(cell) * g.line for words in run.words], columns)
    return sum(rows) + g.wide_item_gap * (len(rows) - 1)


def hanging(run: Run, width: float, g: Geometry) -> float:
    """How far captions stand in beside their figures, in em; 0 where the figures are too wide for that."""
    indent = run.figure * g.number_size + g.number_space
    return indent if indent <= MOST_HANGING * width else 0.0


def wide_columns(run: Run, width: float, g: Geometry) -> int:
    """How many items or figures stand side by side in a card over the whole width."""
    if run.kind == "li":
        return min(2, len(run.blocks))
    side_by_side = floor((width + g.wide_column_gap) / (run.figure * g.wide_number_size + g.wide_column_gap))
    return max(1, min(MOST_NUMBER_COLUMNS, len(run.blocks), side_by_side))


def _rows(heights: Sequence[float], columns: int) -> list[float]:
    """The heights of a grid's rows."""
    return [max(heights[start : start + columns]) for start in range(0, len(heights), columns)]
