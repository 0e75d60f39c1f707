"""Letters as files: archivable, readable by a screen reader, the same every time, with nothing from elsewhere."""

import io

import pikepdf
import pypdfium2

from gpf.pdf import render_pdf

LETTER = """<div class="sender"><p>Læringsnettverk</p></div><h1>Kjære Fjordbyen</h1><p>Bli med i nettverket.</p>
<p><a href="https://gpf.example/pamelding/x/">Svar her</a></p><img src="https://gpf.example/x.png" alt="">"""


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_letter_is_archivable_tagged_and_named() -> None:
    file = render_pdf(LETTER, language="nn", title="Invitasjon")
    pdf = pikepdf.open(io.BytesIO(file))
    with pdf.open_metadata() as metadata:
        assert (metadata.pdfa_status, metadata["dc:title"], str(pdf.docinfo.Title)) == (
            "2A",
            "Invitasjon",
            "Invitasjon",
        )
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked), len(pdf.pages)) == ("nn", True, 1)
    assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox] == [0, 0, 210, 297]
    assert all("/FontFile2" in f.DescendantFonts[0].FontDescriptor for f in pdf.pages[0].Resources.Font.values())
    assert {"Kjære Fjordbyen", "Bli med i nettverket.", "1 / 1"} <= set(words(file).split("\r\n"))


def test_the_same_letter_gives_the_same_bytes_and_another_does_not() -> None:
    first, again = (render_pdf(LETTER, language="nb", title="Invitasjon") for _ in range(2))
    assert first == again
    assert render_pdf(LETTER, language="nb", title="Purring") != first


def test_a_letter_that_no_font_has_is_left_out() -> None:
    file = render_pdf("<p>Trygt \U0001b000hjem 😀</p>", language="nb", title="Trygt \U0001b000 hjem")
    assert "Trygt hjem" in words(file)


def test_a_long_letter_goes_on_with_numbered_pages() -> None:
    file = render_pdf("<p>Læringsnettverk</p>" * 80, language="nb", title="Lang")
    assert "3 / 3" in words(file)
