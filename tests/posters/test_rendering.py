"""The poster as a file: one sheet, nothing cut, archivable, readable by a screen reader, the same every time."""

import io
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has none

from gpf.pdf import fetcher
from posters.content import PosterContent
from posters.fitting import SMALLEST, fit
from posters.geometry import A1, A3, PAPERS, Paper
from posters.rendering import RenderedPoster, fingerprint, poster_html, render_poster
from posters.sections import sections_for
from tests.posters.samples import TEXTS, only, poster

LONG = " ".join(TEXTS.values()).replace("\n", " ").split()


def words(number: int) -> str:
    return " ".join(LONG[index % len(LONG)] for index in range(number))


def opened(rendered: RenderedPoster) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(rendered.pdf))


def text_of(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())


def letters(text: str) -> str:
    """The text without what line breaking does to it."""
    return re.sub(r"[^\w%≥→]", "", text)


# One sheet with everything on it


@pytest.mark.parametrize("gathering", [1, 2, 3, 4])
@pytest.mark.parametrize("paper", [A1, A3], ids=lambda paper: paper.name)
def test_a_poster_is_one_sheet_of_its_paper_with_every_word(gathering: int, paper: Paper) -> None:
    content = poster(gathering)
    rendered = render_poster(content, paper, "nb")
    pdf = opened(rendered)
    assert (rendered.pages, rendered.too_long, rendered.unprintable, len(pdf.pages)) == (1, (), "", 1)
    box = [round(float(side) / 72 * 25.4, 1) for side in pdf.pages[0].MediaBox]
    assert box == [0, 0, paper.width, paper.height]
    shown = letters(text_of(rendered.pdf))
    for section in content.sections:
        for line in section.text.split("\n"):
            assert letters(line) in shown, section.key
        assert letters(section.heading) in shown
    for part in (content.title, content.team, content.organisation, content.network, content.gathering, content.date):
        assert letters(part) in shown


@pytest.mark.parametrize("gathering", [1, 2, 3, 4])
def test_the_usual_poster_is_laid_out_once_and_is_large_enough_to_read(gathering: int) -> None:
    rendered = render_poster(poster(gathering), A1, "nb")
    assert rendered.layouts == 1
    assert rendered.scale * A1.rem_points >= 28


@pytest.mark.parametrize("gathering", [1, 2, 3, 4])
@pytest.mark.parametrize("paper", [A1, A3], ids=lambda paper: paper.name)
def test_a_poster_that_keeps_to_the_guidance_fits(gathering: int, paper: Paper) -> None:
    content = poster(gathering, **{section.key: words(section.words[1]) for section in sections_for(gathering)})
    assert render_poster(content, paper, "nb").too_long == ()


def test_headlines_are_at_least_60_points_on_a1() -> None:
    for title in ("Trygt hjem", "Slik gjør vi det tryggere å komme hjem " * 4, "Ø" * 160):
        assert fit(replace(poster(), title=title), A1).title_size * A1.rem_points >= 60


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.name)
def test_other_papers_need_nothing_but_their_size(paper: Paper) -> None:
    assert render_poster(only("matters", "learned"), paper, "nb").pages == 1


@pytest.mark.parametrize("number", range(20, 620, 75))
def test_type_shrinks_within_bounds_and_nothing_is_cut(number: int) -> None:
    content = poster(2, learned=words(number), expect=words(number // 2))
    rendered = render_poster(content, A1, "nb")
    if rendered.too_long:
        assert (rendered.pdf, rendered.pages) == (b"", 0)
        assert "learned" in {section.key for section in rendered.too_long}
    else:
        assert rendered.scale >= SMALLEST
        assert rendered.pages == 1
        assert letters(words(number)) in letters(text_of(rendered.pdf))


def test_the_sections_that_are_too_long_are_named_with_about_how_many_words() -> None:
    rendered = render_poster(poster(2, learned=words(3000)), A1, "nb")
    assert (rendered.pdf, rendered.pages) == (b"", 0)
    ((key, over),) = [(section.key, section.words) for section in rendered.too_long]
    assert key == "learned"
    assert render_poster(poster(2, learned=words(3000 - over - 60)), A1, "nb").too_long == ()
    assert render_poster(poster(2, learned=words(3000 - over + 300)), A1, "nb").too_long != ()


def test_short_sections_are_not_blamed_for_the_long_ones() -> None:
    rendered = render_poster(poster(2, learned=words(400), goals=words(500)), A1, "nb")
    assert {section.key for section in rendered.too_long} == {"learned", "goals"}


def test_facts_that_fill_the_sheet_are_named() -> None:
    rendered = render_poster(poster(1, team=words(900)), A1, "nb")
    assert [section.key for section in rendered.too_long] == ["team"]


def test_empty_sections_leave_nothing_behind() -> None:
    rendered = render_poster(poster(2, needs="", team=" \n ", learned="\x00"), A1, "nb")
    shown = letters(text_of(rendered.pdf))
    left = {section.key for section in poster(2).sections if letters(section.heading) in shown}
    assert {section.key for section in poster(2).sections} - left == {"needs", "team", "learned"}


@pytest.mark.parametrize(
    "content",
    [
        only(),
        only("team"),
        only("matters"),
        only("learned", title=""),
        PosterContent("", "", "", "", "", ""),
        only("matters", title="Menneskerettighetsorganisasjonsmedlemskapsavgiftsinnbetalingskvitteringsarkivene"),
        poster(1, learned="ø" * 80 + " " + "x" * 400, matters="ordoppbygging" * 7),
        poster(1, matters="😀", team="👩‍⚕️ 🇳🇴", expect="❤️ ≥ 80 % → ✓ ★"),
        only("matters", title="😀🎉"),
        poster(1, learned="מה חשוב לך? " * 12, expect="ما هو المهم بالنسبة لك؟ " * 12),
        poster(1, learned="a\x00b\x0c\ufeff\ue000\u202e\ud800 <b>&amp;</b> </style> {{ x }} {% y %}"),
        poster(2, goals="1 000 000 000 000 000 000 000 000 000 000 000 000 000 000 kroner\n5 → 6 ting\n% uten tall"),
        poster(1, interviewed="\n\n- 14 brukere\n\n• 6 pårørende"),
    ],
    ids=range(13),
)
def test_odd_contents_still_make_one_sheet(content: PosterContent) -> None:
    for language in ("nb", "nn", "en"):
        rendered = render_poster(content, A3, language)
        assert (rendered.pages, rendered.too_long) == (1, ())


def test_letters_no_font_has_are_told_and_leave_no_placeholder() -> None:
    rendered = render_poster(poster(1, learned="Trygt \U0001b000 hjem"), A1, "nb")
    assert rendered.unprintable == "\U0001b000"
    assert "Trygt hjem" in text_of(rendered.pdf)
    check_fonts(opened(rendered))


def test_text_is_escaped() -> None:
    rendered = render_poster(poster(1, learned="<h1>Hei</h1> & <img src=x>", team="<b>"), A1, "nb")
    assert "<h1>Hei</h1> & <img src=x>" in text_of(rendered.pdf)


def test_the_style_sheet_is_understood_whole(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        for gathering in (1, 2, 4):
            render_poster(poster(gathering), A1, "nb")
            render_poster(only("matters", "results"), A3, "nn")
    assert caplog.messages == []


# The same every time, and nothing from outside


def test_the_same_content_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'gpf.settings.test'; django.setup()\n"
        "from hashlib import sha256\n"
        "from posters.rendering import A3, render_poster\n"
        "from tests.posters.samples import only, poster\n"
        "render_poster(only('matters'), A3, 'nb')\n"
        "print(sha256(render_poster(poster(3, matters='😀 æøå'), A3, 'nb').pdf).hexdigest())"
    )
    root = Path(__file__).resolve().parent.parent.parent
    runs = {
        subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1
    first, second = (render_poster(poster(3), A1, "nb").pdf for _ in range(2))
    assert first == second


def test_the_fingerprint_changes_with_anything_that_changes_the_file() -> None:
    content = poster(2)
    prints = {
        fingerprint(content, "nb"),
        fingerprint(content, "nn"),
        fingerprint(replace(content, title="Trygg heim"), "nb"),
        fingerprint(replace(content, sections=content.sections[1:]), "nb"),
    }
    assert len(prints) == 4
    assert fingerprint(poster(2), "nb") in prints


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "https://example.org/x.png", "data:text/css,a", "font:../secret", "font:", "FONT:Inter"],
)
def test_nothing_but_the_posters_own_fonts_is_fetched(url: str) -> None:
    with pytest.raises(ValueError, match="own fonts"):
        fetcher().fetch(url)
    assert fetcher().fetch("font:Inter-Regular").read(4) == b"\x00\x01\x00\x00"


# PDF/A-2a: the archivable, accessible kind


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    with opened(render_poster(poster(4, matters="Å bli sett 😀\nČáhppesluokta → hjem"), A1, "nn")) as opened_pdf:
        yield opened_pdf


def test_it_says_that_it_is_pdf_a_2a_and_is_dressed_like_one(pdf: pikepdf.Pdf) -> None:
    assert (pdf.pdf_version, pdf.is_encrypted) == ("1.7", False)
    assert len(pdf.trailer.ID) == 2
    forbidden = {"/OpenAction", "/AA", "/AcroForm", "/Collection", "/OCProperties", "/Requirements"}
    assert not forbidden & set(pdf.Root.keys())
    assert not {"/AA", "/Annots"} & set(pdf.pages[0].obj.keys())
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("nn", True)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    (intent,) = pdf.Root.OutputIntents
    assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
    assert intent.DestOutputProfile.read_bytes()[16:20] == b"RGB "


def test_its_metadata_agree_with_each_other(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"
        title = "Trygt hjem fra sykehuset – Team Fjordbyen – Fjordbyen kommune"
        assert (metadata["dc:title"], str(pdf.docinfo.Title)) == (title, title)
        assert (metadata["dc:creator"], str(pdf.docinfo.Author)) == (["Team Fjordbyen"], "Team Fjordbyen")
        assert metadata["pdf:Producer"] == str(pdf.docinfo.Producer)
        assert set(pdf.docinfo.keys()) == {"/Title", "/Author", "/Producer"}
    ElementTree.fromstring(pdf.Root.Metadata.read_bytes())


def test_every_font_is_embedded_mapped_and_measured(pdf: pikepdf.Pdf) -> None:
    assert check_fonts(pdf) >= 5


def check_fonts(pdf: pikepdf.Pdf) -> int:
    """ISO 19005-2, 6.2.11: embedded, with a mapping to Unicode, widths that agree, and no placeholder glyph."""
    used = glyphs_used(pdf)
    fonts = {name: font for name, font in pdf.pages[0].Resources.Font.items() if name in used}
    for name, font in fonts.items():
        (descendant,) = font.DescendantFonts
        assert tuple(map(str, (font.Subtype, descendant.Subtype, descendant.CIDToGIDMap))) == (
            "/Type0",
            "/CIDFontType2",
            "/Identity",
        )
        program = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
        widths = declared_widths(descendant.W)
        scale = 1000 / program["head"].unitsPerEm
        order = program.getGlyphOrder()
        mapping = dict(re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes()))
        for glyph in used[name]:
            assert glyph != 0, "a placeholder is drawn"
            assert abs(widths[glyph] - program["hmtx"][order[glyph]][0] * scale) <= 1
            assert mapping[b"%04x" % glyph] not in (b"0000", b"feff", b"fffe")
    assert fonts.keys() == used.keys()
    return len(fonts)


def drawing(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, str]]:
    for step in pikepdf.parse_content_stream(pdf.pages[0]):
        yield step.operands, str(step.operator)


def glyphs_used(pdf: pikepdf.Pdf) -> dict[str, set[int]]:
    used: dict[str, set[int]] = {}
    name = ""
    for operands, operator in drawing(pdf):
        if operator == "Tf":
            name = str(operands[0])
        elif operator in ("Tj", "TJ"):
            parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    code = bytes(part)
                    used.setdefault(name, set()).update(
                        int.from_bytes(code[index : index + 2], "big") for index in range(0, len(code), 2)
                    )
    return used


def declared_widths(array: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    items = list(array)
    for first, run in zip(items[::2], items[1::2], strict=True):
        widths |= {int(first) + index: float(width) for index, width in enumerate(run)}
    return widths


# Tags: what a screen reader meets

STANDARD = {
    "Document",
    "Part",
    "Div",
    "Sect",
    "NonStruct",
    "P",
    "H1",
    "H2",
    "L",
    "LI",
    "LBody",
    "Lbl",
    "Span",
    "Figure",
}


def test_everything_drawn_is_tagged_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    open_marks: list[tuple[str, int | None]] = []
    seen: list[int] = []
    for operands, operator in drawing(pdf):
        name = operator
        if name in ("BDC", "BMC"):
            mark = int(operands[1].MCID) if name == "BDC" and "/MCID" in operands[1] else None
            open_marks.append((str(operands[0]), mark))
            seen += [mark] if mark is not None else []
        elif name == "EMC":
            open_marks.pop()
        elif name in ("Tj", "TJ"):
            assert open_marks[-1][1] is not None, "text outside the structure"
        elif name in ("f", "F", "f*", "S", "s", "B", "b", "B*", "b*", "Do", "sh"):
            assert open_marks, "something is drawn that is neither content nor artifact"
    parents = list(pdf.Root.StructTreeRoot.ParentTree.Nums[1])
    assert (open_marks, sorted(seen)) == ([], list(range(len(parents))))


def test_the_structure_is_made_of_standard_parts_in_reading_order(pdf: pikepdf.Pdf) -> None:
    nodes = list(structure(pdf.Root.StructTreeRoot.K[0]))
    kinds = [str(node.S)[1:] for node, _inside in nodes]
    assert set(kinds) <= STANDARD
    assert kinds.count("H1") == 1
    assert kinds.index("H1") < kinds.index("H2")
    assert kinds.count("H2") == 23
    assert not [node for node, inside in nodes if str(node.S) == "/P" and "/P" in inside], "a paragraph in a paragraph"
    assert all(inside[-1] == "/LI" for node, inside in nodes if str(node.S) == "/LBody")
    assert all(inside[-1] == "/L" for node, inside in nodes if str(node.S) == "/LI")
    (figure,) = [node for node, _inside in nodes if str(node.S) == "/Figure"]
    with translation.override("nn"):
        assert str(figure.Alt) == _("Gathering %(step)s of %(steps)s") % {"step": 4, "steps": 4}


def test_the_text_is_read_as_it_stands_facts_first_then_column_by_column() -> None:
    content = poster(2)
    text = letters(text_of(render_poster(content, A1, "nb").pdf))
    facts = [section for section in content.sections if section.slot == "fact"]
    lifted = [section for section in content.sections if section.tone == "key"]
    others = [section for section in content.sections if section not in (*facts, *lifted)]
    places = [text.index(letters(section.heading)) for section in (*facts, *lifted, *others)]
    assert text.index(letters(content.title)) < places[0]
    assert places == sorted(places)


def test_headings_in_the_structure_follow_the_page(pdf: pikepdf.Pdf) -> None:
    nodes = [node for node, _inside in structure(pdf.Root.StructTreeRoot.K[0]) if str(node.S) in ("/H1", "/H2")]
    marks = [int(child.K[0]) for node in nodes for child in node.K]
    assert marks == sorted(marks)


def structure(node: Any, inside: tuple[str, ...] = ()) -> Iterator[tuple[Any, tuple[str, ...]]]:
    yield node, inside
    for child in node.get("/K", []):
        if isinstance(child, pikepdf.Dictionary):
            yield from structure(child, (*inside, str(node.S)))


def test_the_page_can_be_had_as_finished_html() -> None:
    content = poster(2)
    html = poster_html(content, A1, "nb", fit(content, A1))
    assert html.lstrip().startswith("<!doctype html>")
    assert '<html lang="nb">' in html


def test_a_headline_of_two_lines_leaves_no_word_alone() -> None:
    plan = fit(replace(poster(1), title="Ein liten kommune, eitt lag"), A1)
    whole = A1.width_rem - 2 * plan.geometry.margin
    assert plan.title_width < 0.8 * whole
    rendered = render_poster(replace(poster(1), title="Ein liten kommune, eitt lag"), A1, "nn")
    assert "kommune,\r\neitt lag" in text_of(rendered.pdf)
