"""The three designs, upright and lying, with charts and pictures: whole, readable, archivable."""

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any, get_args

import pikepdf
import pypdfium2
import pytest
from pikepdf.pdfa import validate_written

from posters.content import Design, Orientation, PosterContent
from posters.fitting import fit
from posters.geometry import A0, A1, A4, PAPERS
from posters.palette import _rgb, contrast, palette
from posters.rendering import RenderedPoster, render_poster
from posters.sections import sections_for
from tests.posters.figures import photo, with_figures
from tests.posters.samples import TEXTS, only, poster

DESIGNS, ORIENTATIONS = get_args(Design), get_args(Orientation)
LEVEL_A = "pdfaid:conformance is 'A', expected 'B'"
"""What a validator of level B says of level A, which asks for the same and for tags as well."""


def nodes(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure, in reading order."""

    def walk(kids: Any) -> Iterator[Any]:
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from walk(kid.get("/K", []))

    yield from walk(pdf.Root.StructTreeRoot.K)


def texts(rendered: RenderedPoster) -> str:
    return str(pypdfium2.PdfDocument(rendered.pdf)[0].get_textpage().get_text_range())


@pytest.mark.parametrize(("design", "orientation"), list(product(DESIGNS, ORIENTATIONS)))
def test_every_design_is_one_whole_sheet_of_valid_pdf_a(design: Design, orientation: Orientation) -> None:
    content, files = with_figures(design, orientation)
    rendered = render_poster(content, A1, "nb", files)
    assert (rendered.pages, rendered.too_long, rendered.unprintable) == (1, (), "")
    assert rendered.scale >= 1  # 28 points on A1
    report = validate_written(io.BytesIO(rendered.pdf), "2b")
    assert [finding.message for finding in report.violations] == [LEVEL_A]
    shown = "".join(texts(rendered).split())
    for section in content.sections:
        assert "".join(section.heading.split()) in shown


def test_charts_and_pictures_are_told_to_those_who_can_not_see_them() -> None:
    content, files = with_figures(charts=2)
    pdf = pikepdf.open(io.BytesIO(render_poster(content, A1, "nb", files).pdf))
    found = list(nodes(pdf))
    told = [str(node.Alt) for node in found if node.S == "/Figure"]
    assert [words for words in told if words.startswith("Et bilde i")] == ["Et bilde i teal", "Et bilde i peru"]
    assert sum(words.startswith("Måling ") and "24 " in words for words in told) == 2
    assert sum(node.S == "/Table" for node in found) == 2
    assert sum(node.S == "/TR" for node in found) == 2 * (24 + 1)


def test_the_same_poster_has_the_same_bytes_and_three_pictures_are_no_half_megabyte() -> None:
    content, files = with_figures(charts=2, photos=3)
    first = render_poster(content, A1, "nb", files)
    assert render_poster(content, A1, "nb", files).pdf == first.pdf
    assert len(first.pdf) <= 500_000


@pytest.mark.parametrize("paper", [A0, A4], ids=lambda paper: paper.name)
def test_a_sheet_that_lies_is_as_wide_as_the_upright_one_is_high(paper: Any) -> None:
    content = replace(poster(1), orientation="landscape")
    pdf = pikepdf.open(io.BytesIO(render_poster(content, paper, "nb").pdf))
    box = [round(float(side) / 72 * 25.4, 1) for side in pdf.pages[0].MediaBox]
    assert box == [0, 0, paper.height, paper.width]
    assert set(PAPERS) == {"A0", "A1", "A2", "A3", "A4"}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("colour", ["", "#ffffff", "#000000", "#ffdd00", "#7fd1ae", "#c2185b", "#808080"])
def test_every_text_can_be_read_in_any_colour(design: Design, colour: str) -> None:
    c = palette(design, colour)
    grounds = {"on_main": c.main, "soft_on_main": c.main, "lit_on_main": c.main, "on_ask": c.ask, "quiet": "#ffffff"}
    for name, ground in grounds.items():
        assert contrast(_rgb(getattr(c, name)), _rgb(ground)) >= 4.5, name
    for ground in (c.tint, c.strip, "#ffffff"):
        assert contrast(_rgb(c.main), _rgb(ground)) >= 4.5, ground
        assert contrast(_rgb(c.accent), _rgb(ground)) >= 4.5, ground


@pytest.mark.parametrize(("design", "gathering"), list(product(DESIGNS, [1, 2, 3, 4])))
def test_what_keeps_to_the_guidance_fits_on_a_sheet_that_lies(design: Design, gathering: int) -> None:
    words = " ".join(TEXTS.values()).split() * 3
    texts = {section.key: " ".join(words[: section.words[1]]) for section in sections_for(gathering)}
    content = replace(poster(gathering, **texts), design=design, orientation="landscape")
    assert fit(content, A1.turned("landscape")).fits


def test_a_fact_with_a_picture_stands_as_a_card_with_its_picture() -> None:
    picture, data = photo("teal", 60, 40)
    content = only("team", "matters")
    sections = (replace(one, photos=(picture,)) if one.key == "team" else one for one in content.sections)
    content = replace(content, sections=tuple(sections))
    assert "team" in {one.key for column in fit(content, A1).columns for one in column}
    assert b"DCTDecode" in render_poster(content, A1, "nb", {picture.sha256: data}).pdf


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_twenty_pictures_and_odd_ones_fit_and_are_shown_whole(orientation: Orientation) -> None:
    taken = [photo("teal", 60, 40)] * 18 + [photo("gray", 600, 20), photo("peru", 20, 600)]
    content, _none = with_figures("calm", orientation, photos=0)
    pictures = tuple(one for one, _data in taken)
    sections = (replace(one, photos=pictures) if one.key == "pictures" else one for one in content.sections)
    files = {one.sha256: data for one, data in taken}
    rendered = render_poster(replace(content, sections=tuple(sections)), A1, "nb", files)
    assert (rendered.pages, rendered.too_long) == (1, ())
    page = pypdfium2.PdfDocument(rendered.pdf)[0]
    shown = [one.get_bounds() for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    shapes = sorted(round((right - left) / (top - bottom), 1) for left, bottom, right, top in shown)
    assert (len(shapes), shapes[0], shapes[1], shapes[-2], shapes[-1]) == (20, 0.0, 1.5, 1.5, 30.0)


def hard(content: PosterContent, **texts: str) -> PosterContent:
    sections = (replace(one, text=texts.get(one.key, one.text)) for one in content.sections)
    return replace(content, sections=tuple(sections))


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("design", DESIGNS)
def test_what_is_hard_to_set_is_set(design: Design, orientation: Orientation) -> None:
    base = replace(only("team", "matters", "learned", title="🙂🎉"), design=design, orientation=orientation)
    content = hard(base, matters="ord" * 27, learned="שלום עולם", team="مرحبا")
    rendered = render_poster(content, A1, "nb")
    assert (rendered.pages, rendered.too_long) == (1, ())


def test_a_poster_takes_no_picture_but_its_own() -> None:
    content, files = with_figures(photos=1)
    stranger, _bytes = photo("red", 30, 20)
    sections = (replace(one, photos=(stranger,)) if one.key == "pictures" else one for one in content.sections)
    rendered = render_poster(replace(content, sections=tuple(sections)), A1, "nb", files)
    assert b"DCTDecode" not in rendered.pdf
    assert rendered.pages == 1
