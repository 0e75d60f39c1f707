"""What is taken, what is refused, and what is said about it."""

from collections.abc import Callable
from datetime import date
from time import perf_counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from documents.content import KINDS, LARGEST, MESSAGES, Content, Refused, clean_name, inspect
from tests.documents import files
from tests.identity_numbers import LATE, NATIONAL, SYNTHETIC, D, H, complete

PATIENT = complete("150345", individual=300)
CELLS = f"{NATIONAL[:6]}", f"{NATIONAL[6:]}"


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def look(data: bytes, name: str) -> Content:
    return inspect(SimpleUploadedFile(name, data))


def refused(data: bytes, name: str) -> Refused:
    with pytest.raises(Refused) as found:
        look(data, name)
    said = f"{found.value!r} {found.value} {found.value.__cause__!r}"
    assert not [number for number in (NATIONAL, D, H, LATE, SYNTHETIC, PATIENT) if number in said or number[:6] in said]
    return found.value


TAKEN: dict[str, tuple[str, Callable[[], bytes], int, bool]] = {
    "pdf": ("plan.pdf", lambda: files.pdf("Plan", "Tlf. 41 23 45 67"), 2, True),
    "scanned pdf": ("plan.PDF", lambda: files.pdf(""), 1, False),
    "docx": ("plan.docx", files.docx, 0, True),
    "pptx": ("plakat.pptx", lambda: files.pptx(["Plakat", "To"]), 2, True),
    "xlsx": ("tall.xlsx", lambda: files.xlsx([["Måned", "Andel"], [date(2022, 1, 1), 0.51234567891]]), 0, True),
    "odt": ("plan.odt", files.odt, 0, True),
    "png": ("bilde.png", files.png, 1, False),
    "jpg": ("bilde.jpg", files.jpeg, 1, False),
}


@pytest.mark.parametrize(("name", "make", "pages", "has_text"), TAKEN.values(), ids=TAKEN)
def test_takes(name: str, make: Callable[[], bytes], pages: int, has_text: bool) -> None:
    data = make()
    kind = name.rsplit(".")[-1].lower().replace("jpg", "jpeg")
    assert look(data, name) == Content(kind, KINDS[kind].content_type, name, len(data), pages, has_text)


HIDDEN: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "pdf page": ("a.pdf", lambda: files.pdf("Plan", f"Pasient {NATIONAL}"), "on page 2"),
    "pdf page, spaced": ("a.pdf", lambda: files.pdf(f"{NATIONAL[:6]} {NATIONAL[6:]}"), "on page 1"),
    "pdf properties": ("a.pdf", lambda: files.pdf("Plan", Title=f"Plan {D}"), "in the properties of the file"),
    "pdf note": (
        "a.pdf",
        lambda: files.pdf_with(
            page="/Annots [6 0 R]",
            more=(f"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Ring {NATIONAL}) >>",),
        ),
        "in a note on page 1",
    ),
    "pdf form field": (
        "a.pdf",
        lambda: files.pdf_with(
            page="/Annots [6 0 R]",
            catalog="/AcroForm << /Fields [6 0 R] >>",
            more=(f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /Rect [0 0 99 20] /V ({NATIONAL}) >>",),
        ),
        "in a form field on page 1",
    ),
    "pdf bookmark": (
        "a.pdf",
        lambda: files.pdf_with(
            catalog="/Outlines 6 0 R",
            more=(
                "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
                f"<< /Title (Pasient {H}) /Parent 6 0 R /Dest [4 0 R /Fit] >>",
            ),
        ),
        "in the properties of the file",
    ),
    "pdf bookmark far down": (
        "a.pdf",
        lambda: files.pdf_with(
            catalog="/Outlines 6 0 R",
            more=(
                "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
                *(f"<< /Title (x) /Parent {n - 1} 0 R /First {n + 1} 0 R /Last {n + 1} 0 R >>" for n in range(7, 15)),
                f"<< /Title (Pasient {H}) /Parent 14 0 R >>",
            ),
        ),
        "in the properties of the file",
    ),
    "pdf link": (
        "a.pdf",
        lambda: files.pdf_with(
            page=f"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://x.example/{NATIONAL}) >> >>]"
        ),
        "in a note on page 1",
    ),
    "pdf choice": (
        "a.pdf",
        lambda: files.pdf_with(
            page="/Annots [6 0 R]",
            catalog="/AcroForm << /Fields [6 0 R] >>",
            more=(
                "<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (f) /Rect [0 0 99 20] /V (a) "
                f"/Opt [(a) ({NATIONAL})] >>",
            ),
        ),
        "in a form field on page 1",
    ),
    "docx text": ("a.docx", lambda: files.docx(files.paragraph("En") + files.paragraph(NATIONAL)), "in paragraph 2"),
    "docx text cut in runs": (
        "a.docx",
        lambda: files.docx(files.paragraph(NATIONAL[:4], NATIONAL[4:6], " ", NATIONAL[6:])),
        "in paragraph 1",
    ),
    "docx table cells": (
        "a.docx",
        lambda: files.docx(
            f"<w:tbl><w:tr><w:tc>{files.paragraph(CELLS[0])}</w:tc><w:tc>{files.paragraph(CELLS[1])}</w:tc></w:tr></w:tbl>"
        ),
        "in paragraph 1",
    ),
    "docx deleted text": (
        "a.docx",
        lambda: files.docx(f"<w:p><w:del><w:r><w:delText>{NATIONAL}</w:delText></w:r></w:del></w:p>"),
        "in paragraph 1",
    ),
    "docx text box in a line that ends in a digit": (
        "a.docx",
        lambda: files.docx(
            f"<w:p><w:r><w:t>7</w:t></w:r><w:r><w:txbxContent>{files.paragraph(NATIONAL)}</w:txbxContent></w:r></w:p>"
        ),
        "in paragraph 2",
    ),
    "docx header": (
        "a.docx",
        lambda: files.docx(parts={"word/header1.xml": files.word_part("hdr", NATIONAL)}),
        "in the header",
    ),
    "docx footnote": (
        "a.docx",
        lambda: files.docx(parts={"word/footnotes.xml": files.word_part("footnotes", NATIONAL)}),
        "in a footnote",
    ),
    "docx comment": (
        "a.docx",
        lambda: files.docx(parts={"word/comments.xml": files.word_part("comments", NATIONAL)}),
        "in a comment",
    ),
    "docx properties": (
        "a.docx",
        lambda: files.docx(
            parts={"docProps/core.xml": f"<core><title>{NATIONAL}</title><creator>Vinje</creator></core>"}
        ),
        "in the properties of the file",
    ),
    "docx link": (
        "a.docx",
        lambda: files.docx(
            parts={
                "word/_rels/document.xml.rels": files.rels(("r1", "hyperlink", f"file:///{NATIONAL}"), outside=["r1"])
            }
        ),
        "in a hidden part of the file (word/_rels/document.xml.rels)",
    ),
    "docx picture text": (
        "a.docx",
        lambda: files.docx(f'<w:p><w:drawing><docPr descr="Skjema {NATIONAL}"/></w:drawing></w:p>'),
        "in paragraph 1",
    ),
    "docx field": (
        "a.docx",
        lambda: files.docx(f'<w:p><w:fldSimple w:instr="QUOTE {NATIONAL}"/></w:p>'),
        "in paragraph 1",
    ),
    "docx link to a bookmark": (
        "a.docx",
        lambda: files.docx(f'<w:p><w:hyperlink w:anchor="p_{NATIONAL}"/></w:p>'),
        "in paragraph 1",
    ),
    "docx chart without its zero": (
        "a.docx",
        lambda: files.docx(parts={"word/charts/chart1.xml": f"<chart><pt><v>{int(NATIONAL)}</v></pt></chart>"}),
        "in a hidden part of the file (word/charts/chart1.xml)",
    ),
    "docx text called a picture": (
        "a.docx",
        lambda: files.docx(parts={"word/media/a.png": f"Pasient {NATIONAL}"}),
        "in a hidden part of the file (word/media/a.png)",
    ),
    "odt text without an ending": (
        "a.odt",
        lambda: files.odt(parts={"Notat": f"Pasient {NATIONAL}"}),
        "in a hidden part of the file (Notat)",
    ),
    "docx workbook inside": (
        "a.docx",
        lambda: files.docx(parts={"word/embeddings/tall.xlsx": files.xlsx([[NATIONAL]])}),
        "in a hidden part of the file (word/embeddings/tall.xlsx)",
    ),
    "pptx slide in the order shown": (
        "a.pptx",
        lambda: files.pptx(["En", NATIONAL, "Tre"], order=[3, 1, 2]),
        "on slide 3",
    ),
    "pptx notes": ("a.pptx", lambda: files.pptx(["En", "To"], notes={2: NATIONAL}), "in the notes to slide 2"),
    "xlsx text": ("a.xlsx", lambda: files.xlsx([["x"], ["y", f"Nr {NATIONAL}"]]), "in the sheet Ark1!B2"),
    "xlsx number without its zero": ("a.xlsx", lambda: files.xlsx([[int(NATIONAL)]]), "in the sheet Ark1!A1"),
    "xlsx number": ("a.xlsx", lambda: files.xlsx([["a", int(LATE)]]), "in the sheet Ark1!B1"),
    "xlsx two cells": ("a.xlsx", lambda: files.xlsx([[CELLS[0], CELLS[1]]]), "in the sheet Ark1!B1"),
    "xlsx date and last five": (
        "a.xlsx",
        lambda: files.xlsx([[date(1945, 3, 15), int(PATIENT[6:])]]),
        "in the sheet Ark1!B1",
    ),
    "xlsx hidden sheet": ("a.xlsx", lambda: files.xlsx([["x"]], hidden=[[NATIONAL]]), "in the sheet Skjult!A1"),
    "xlsx formula": ("a.xlsx", lambda: files.xlsx([[f'=IF(A2="{NATIONAL}",1,0)']]), "in the sheet Ark1!A1"),
    "xlsx pivot table without its zero": (
        "a.xlsx",
        lambda: files.added_to(
            files.xlsx([["x"]]), {"xl/pivotCache/records1.xml": f'<records><r><n v="{int(NATIONAL)}"/></r></records>'}
        ),
        "in a hidden part of the file (xl/pivotCache/records1.xml)",
    ),
    "xlsx comment cut in runs": (
        "a.xlsx",
        lambda: files.added_to(
            files.xlsx([["x"]]),
            {"xl/comments1.xml": f"<c><text><r><t>{NATIONAL[:5]}</t></r><r><t>{NATIONAL[5:]}</t></r></text></c>"},
        ),
        "in a comment",
    ),
    "xlsx sheet name": (
        "a.xlsx",
        lambda: files.xlsx([[NATIONAL]], title=NATIONAL),
        "in the sheet [identity number]!A1",
    ),
    "odt text cut in spans": (
        "a.odt",
        lambda: files.odt(
            f"<t:p>Plan</t:p><t:p>Nr {NATIONAL[:3]}<t:span>{NATIONAL[3:6]}</t:span><t:s/>{NATIONAL[6:]}</t:p>"
        ),
        "in paragraph 2",
    ),
    "odt text before a footnote's number": (
        "a.odt",
        lambda: files.odt(
            f"<t:p>{NATIONAL}<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>Se</t:p></t:note-body></t:note></t:p>"
        ),
        "in paragraph 1",
    ),
    "odt form field": ("a.odt", lambda: files.odt(f'<t:x current-value="{NATIONAL}"/>'), "in paragraph 1"),
    "odt form label": ("a.odt", lambda: files.odt(f'<t:x label="{NATIONAL}"/>'), "in paragraph 1"),
    "odt properties": (
        "a.odt",
        lambda: files.odt(parts={"meta.xml": f"<meta><title>{NATIONAL}</title></meta>"}),
        "in the properties",
    ),
    "png words": ("a.png", lambda: files.png(Comment=f"Fra {SYNTHETIC}"), "in the properties of the file"),
    "jpeg description": ("a.jpg", lambda: files.jpeg(description=f"Fra {NATIONAL}"), "in the properties of the file"),
    "jpeg comment": ("a.jpg", lambda: files.jpeg(comment=f"Fra {NATIONAL}"), "in the properties of the file"),
    "jpeg caption": ("a.jpg", lambda: files.jpeg(caption=f"Fra {NATIONAL}"), "in the properties of the file"),
    "name of a part": (
        "a.docx",
        lambda: files.docx(parts={f"word/media/{NATIONAL}.png": b"x"}),
        "in the properties of the file",
    ),
}


@pytest.mark.parametrize(("name", "make", "where"), HIDDEN.values(), ids=HIDDEN)
def test_finds_an_identity_number_and_says_where(name: str, make: Callable[[], bytes], where: str) -> None:
    refusal = refused(make(), name)
    assert refusal.reason == "identity_number"
    assert refusal.places[0].startswith(where)
    assert refusal.message == (
        f"There is what looks like a national identity number {', '.join(refusal.places)}. "
        "Nothing that identifies a person may be kept here, so nothing was saved. Take it out, and try again."
    )


def test_says_every_place_up_to_five() -> None:
    refusal = refused(files.pdf(*[NATIONAL] * 7), "a.pdf")
    assert refusal.places == tuple(f"on page {number}" for number in range(1, 6))
    assert "on page 5 …" in refusal.message


def test_pictures_and_other_numbers_in_an_office_file_may_stay() -> None:
    chart = "<chart><pt><v>4741000000</v></pt><pt><v>0.1234567890</v></pt><pt><v>1234567890</v></pt></chart>"
    media: dict[str, str | bytes] = {"word/media/a.png": files.png(), "word/media/b.jpg": files.jpeg()}
    look(files.docx(parts={"word/charts/chart1.xml": chart} | media), "a.docx")


def test_two_bare_numbers_side_by_side_are_counts() -> None:
    look(files.xlsx([[int(LATE[:6]), int(LATE[6:])]]), "tall.xlsx")


LOCK = (
    b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O <"
    + b"41" * 32
    + b"> /U <"
    + b"42" * 32
    + b"> /P -4 >> /ID [<01> <01>]"
)
WIDE = f"<w:p>{' ' * 4_000_000}</w:p>"
MACRO_TYPES = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
NOT_TAKEN: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.pdf", lambda: b"", "empty"),
    "text": ("a.pdf", lambda: b"Plan", "unknown"),
    "web page": ("a.pdf", lambda: b"<html><script>alert(1)</script>", "unknown"),
    "program": ("a.pdf", lambda: b"MZ\x90\x00" + b"\x00" * 100, "unknown"),
    "zip": ("a.docx", lambda: files.zipped({"plan.txt": "Plan"}), "unknown"),
    "zip with a program": ("a.docx", lambda: files.docx(parts={"word/plan.exe": b"MZ"}), "embedded"),
    "other opendocument": (
        "a.odt",
        lambda: files.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "unknown",
    ),
    "heic": ("a.jpg", lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 20, "heic"),
    "old word": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_office"),
    "locked word": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "locked odt": ("a.odt", lambda: files.odt(manifest="<manifest><encryption-data/></manifest>"), "encrypted"),
    "locked pdf": (
        "a.pdf",
        lambda: files.pdf("Plan").replace(b"/Root 1 0 R", LOCK),
        "encrypted",
    ),
    "broken pdf": ("a.pdf", lambda: b"%PDF-1.7\nnothing", "broken"),
    "broken docx": ("a.docx", lambda: files.docx()[:-30], "broken"),
    "broken xml": ("a.docx", lambda: files.docx("<w:p>"), "broken"),
    "broken png": ("a.png", lambda: files.png()[:-20], "broken"),
    "broken jpeg": ("a.jpg", lambda: files.jpeg()[:200], "broken"),
    "macros": ("a.docx", lambda: files.docx(parts={"word/vbaProject.bin": b"x"}), "macros"),
    "macro file by another name": (
        "a.docx",
        lambda: files.zipped({"[Content_Types].xml": MACRO_TYPES}),
        "macros",
    ),
    "odt macros": ("a.odt", lambda: files.odt(parts={"Basic/script-lc.xml": "<x/>"}), "macros"),
    "object": ("a.docx", lambda: files.docx(parts={"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "object called a picture": (
        "a.docx",
        lambda: files.docx(parts={"word/media/a.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600}),
        "embedded",
    ),
    "workbook called a picture": (
        "a.docx",
        lambda: files.docx(parts={"word/media/a.png": files.xlsx([["x"]])}),
        "embedded",
    ),
    "template from the web": (
        "a.docx",
        lambda: files.docx(
            parts={
                "word/_rels/settings.xml.rels": files.rels(
                    ("r", "attachedTemplate", "https://a.example/x.dotm"), outside=["r"]
                )
            }
        ),
        "fetches",
    ),
    "entities": (
        "a.docx",
        lambda: files.docx(parts={"docProps/core.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        "broken",
    ),
    "zip bomb": ("a.docx", lambda: files.docx(parts={"word/media.xml": b" " * 60_000_000}), "too_big_inside"),
    "too many parts": ("a.docx", lambda: files.docx(parts={f"x{n}.xml": "" for n in range(5100)}), "too_big_inside"),
    "workbooks that unpack to too much together": (
        "a.docx",
        lambda: files.docx(parts={f"word/embeddings/{n}.docx": files.docx(WIDE) for n in range(20)}),
        "too_big_inside",
    ),
    "workbooks with too many parts together": (
        "a.docx",
        lambda: files.docx(
            parts={
                f"word/embeddings/{n}.docx": files.docx(parts={f"x{m}.xml": "" for m in range(600)}) for n in range(9)
            }
        ),
        "too_big_inside",
    ),
    "script": (
        "a.pdf",
        lambda: files.pdf_with(
            catalog="/Names << /JavaScript << /Names [(a) 6 0 R] >> >>",
            more=("<< /S /JavaScript /JS (app.alert\\(1\\)) >>",),
        ),
        "script",
    ),
    "script when it is opened": (
        "a.pdf",
        lambda: files.pdf_with(catalog="/OpenAction << /Type /Action /S /JavaScript /JS (x) >>"),
        "script",
    ),
    "program when it is opened": (
        "a.pdf",
        lambda: files.pdf_with(catalog="/OpenAction 6 0 R", more=("<< /F (cmd.exe) /S/Launch >>",)),
        "script",
    ),
    "attachment": (
        "a.pdf",
        lambda: files.pdf_with(
            catalog="/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>",
            more=("<< /Type /Filespec /F (a.txt) /EF << /F 7 0 R >> >>", "<< /Length 1 >>\nstream\nx\nendstream"),
        ),
        "attachments",
    ),
    "attachment on a page": (
        "a.pdf",
        lambda: files.pdf_with(page="/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] >>]"),
        "attachments",
    ),
    "film on a page": (
        "a.pdf",
        lambda: files.pdf_with(page="/Annots [<< /Subtype /RichMedia /Rect [0 0 9 9] >>]"),
        "attachments",
    ),
    "too many notes": (
        "a.pdf",
        lambda: files.pdf_with(page=f"/Annots [{'<< /Subtype /Text /Rect [0 0 9 9] >> ' * 2001}]"),
        "xfa",
    ),
    "link that starts a program": (
        "a.pdf",
        lambda: files.pdf_with(page="/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (cmd.exe) >> >>]"),
        "script",
    ),
    "too many points": ("a.png", lambda: files.png((13_000, 10_000)), "too_many_pixels"),
    "pdf called word": ("a.docx", lambda: files.pdf("Plan"), "wrong_ending"),
    "word called pdf": ("a.pdf", files.docx, "wrong_ending"),
    "no ending": ("plan", lambda: files.pdf("Plan"), "wrong_ending"),
    "png that is a pdf too": ("a.pdf", lambda: files.png(Comment="%PDF-1.7"), "wrong_ending"),
    "program by its last ending": ("plan.pdf.exe", lambda: files.pdf("Plan"), "wrong_ending"),
}


@pytest.mark.parametrize(("name", "make", "reason"), NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_refuses(name: str, make: Callable[[], bytes], reason: str) -> None:
    assert refused(make(), name).reason == reason


def test_a_template_on_a_drive_is_common_and_may_stay() -> None:
    link = files.rels(("r", "attachedTemplate", "file:///T:/mal.dotx"), outside=["r"])
    look(files.docx(parts={"word/_rels/settings.xml.rels": link}), "a.docx")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", lambda: files.docx(parts={"word/media/a.svg": "<" * 1_000_000})),
        (
            "a.pdf",
            lambda: files.pdf_with(page=f"/Annots [<< /Subtype /Text /Rect [0 0 9 9] /Contents ({'<' * 500_000}) >>]"),
        ),
    ],
    ids=["svg", "pdf note"],
)
def test_half_a_tag_again_and_again_takes_no_time(name: str, make: Callable[[], bytes]) -> None:
    start = perf_counter()
    look(make(), name)
    assert perf_counter() - start < 3


@pytest.mark.parametrize(
    ("kind", "target", "part"),
    [
        ("attachedTemplate", " https://a.example/x.dotm", "settings.xml.rels"),
        ("attachedTemplate", "mhtml:http://a.example/x.dotm", "settings.xml.rels"),
        ("attachedTemplate", "file://a.example/x.dotm", "settings.xml.rels"),
        ("attachedTemplate", "\\\\a.example\\x.dotm", "settings.xml.rels"),
        ("oleobject", "http://a.example/x", "document.xml.rels"),
        ("oleObject", "http://a.example/x", "document.xml.RELS"),
    ],
)
def test_refuses_what_is_fetched_however_it_is_written(kind: str, target: str, part: str) -> None:
    link = files.rels(("r", kind, target), outside=["r"]).replace("External", " external ")
    assert refused(files.docx(parts={f"word/_rels/{part}": link}), "a.docx").reason == "fetches"


@pytest.mark.parametrize(
    "target",
    [
        "Normal.dotm",
        "file:///C:\\Maler\\mal.dotm",
        "file:///C:%5CMaler%5Cmal.dotm",
        "\\\\filserver\\maler\\mal.dotm",
        "file:///\\\\filserver01.local\\maler\\mal.dotm",
    ],
)
def test_a_template_of_the_house_may_stay(target: str) -> None:
    link = files.rels(("r", "attachedTemplate", target), outside=["r"])
    look(files.docx(parts={"word/_rels/settings.xml.rels": link}), "a.docx")


def test_says_how_big_it_is_and_what_to_do() -> None:
    refusal = refused(b"%PDF-" + b"0" * (30 * 1024 * 1024 + 7), "a.pdf")
    assert refusal.message == (
        "The file is 31 MB. The limit is 25 MB. Save it as PDF with smaller images, or split it in two."
    )
    assert LARGEST == 25 * 1024 * 1024


def test_refuses_a_number_in_the_name_before_it_reads() -> None:
    refusal = refused(b"anything", f"Plan {NATIONAL[:6]}_{NATIONAL[6:]}.pdf")
    assert refusal.reason == "identity_number"
    assert refusal.message.startswith("The name of the file holds what looks like a national identity number.")


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.content.SECONDS", 0.001)
    assert refused(files.pdf("Plan"), "a.pdf").reason == "too_slow"


def test_a_reader_that_dies_means_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.content.sys.executable", "false")
    assert refused(files.pdf("Plan"), "a.pdf").reason == "broken"


def test_every_reason_has_words() -> None:
    from typing import get_args

    from documents.reading.report import Reason

    assert set(get_args(Reason)) - {"identity_number"} == set(MESSAGES) - {"too_slow"}


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\Plan\\min plan.docx", "min plan.docx"),
        ("../../etc/passwd", "passwd"),
        ("plan\u202efdp.exe", "plan fdp.exe"),
        ("plan\r\nSet-Cookie: x.pdf", "plan Set-Cookie x.pdf".replace("Cookie x", "Cookie: x")),
        ("", "fil"),
        ("æ" * 300 + ".pdf", "æ" * 146 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_the_upload_can_be_read_again_afterwards() -> None:
    upload = SimpleUploadedFile("plan.pdf", files.pdf("Plan"))
    inspect(upload)
    assert upload.read(5) == b"%PDF-"
