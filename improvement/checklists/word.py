"""A checklist as a file for Word: real headings, tables with heading rows, the language set for the spelling check."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Written
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

from improvement.checklists.content import Row, sections
from improvement.checklists.paper_words import foot, to_fill_in

BOX = "☐"
DARK = RGBColor(0x0B, 0x55, 0x63)
WIDTHS = (Cm(0.9), Cm(12.3), Cm(3.8))


def write(content: Mapping[str, Any], *, language: str) -> bytes:
    """The file. `content` as `handing_out.on_paper` gives it."""
    file = Document()
    with translation.override(language):
        _set_up(file, content, language)
        file.add_heading(content["title"], level=1)
        file.add_paragraph(content["when"])
        file.add_paragraph(f"{_('Label')}: ______________________________")
        for section in sections(content["rows"]):
            if section.heading:
                file.add_heading(section.heading, level=2)
            _table(file, section.items)
        file.add_paragraph()
        file.add_paragraph(_("Filled in, the list belongs in the journal or is shredded. It is never sent back here."))
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _set_up(file: Written, content: Mapping[str, Any], language: str) -> None:
    properties = file.core_properties
    properties.title, properties.language, properties.author = content["title"], f"{language}-NO", content["whose"]
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.8)
    page.footer.paragraphs[0].text = foot(content)
    for style in file.styles:
        if style.type != WD_STYLE_TYPE.PARAGRAPH:
            continue
        if style.name == "Normal":
            style.font.name, style.font.size = "Calibri", Pt(11)
            _speak(style.element.get_or_add_rPr(), language)
        elif style.name in ("Heading 1", "Heading 2"):
            style.font.name, style.font.color.rgb = "Calibri", DARK
            style.font.size = Pt(20 if style.name == "Heading 1" else 13)


def _speak(properties: Any, language: str) -> None:
    """The language of the text, for the spelling check and for whoever has it read aloud."""
    found = properties.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        properties.append(found)
    found.set(qn("w:val"), f"{language}-NO")


def _table(file: Written, items: Sequence[Row]) -> None:
    table = file.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    table.autofit = False
    for cell, words in zip(table.rows[0].cells, (_("Done"), _("Point"), _("Date and initials")), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    _mark_heading(table)
    for item in items:
        cells = table.add_row().cells
        cells[0].text = BOX
        cells[1].text = item["text"]
        if item["field"]:
            cells[1].add_paragraph(to_fill_in(item["field"]))
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = width
        kept = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(kept)


def _mark_heading(table: Table) -> None:
    """The first row is read as the heading of the columns, and stands again on the next page."""
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(heading)
