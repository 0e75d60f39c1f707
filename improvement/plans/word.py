"""The plan as a Word file a team can work on in: real headings and table heads, a language, a title.

The same plan gives the same bytes. The charts are the product's own drawings, which Word shows since 2016; a program
that does not know such drawings has their text alternative and the sentence below.
"""

import base64
import io
import zipfile
from datetime import date, datetime, time
from itertools import count

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordFile
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from improvement.plans.wording import NEW, ChangeWords, Facts, GoalWords, Line, MeasureWords, PlanWords

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SVG_TYPE = "image/svg+xml"
SVG_BLIP = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO"}
INK, QUIET = RGBColor(0x0B, 0x55, 0x63), RGBColor(0x3C, 0x50, 0x57)
WIDTH, HEIGHT = Cm(16), Cm(16 * 340 / 720)  # as improvement.charts draws for a page
SVG_START = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="340" font-family="Arial, sans-serif" color="#17282d" '
)
"""A drawing on its own says what it is, and brings its letters; on a page it has both from around it."""
COLUMNS = (7.0, 3.2, 3.4, 2.4)
EMPTY_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNgYAAAAAMAASsJTYQAAAAASUVORK5CYII="
)
"""One clear point, where a program shows no drawings."""


def write(words: PlanWords, *, language: str, made_on: date, title: str) -> bytes:
    """The file, in the language of the plan."""
    with translation.override(language):
        return _Writer(language, made_on, title).write(words)


class _Writer:
    def __init__(self, language: str, made_on: date, title: str) -> None:
        self.made_on = made_on
        self.file: WordFile = Document()
        self.drawings = count(1)
        _set_up(self.file, language, made_on, title)

    def write(self, plan: PlanWords) -> bytes:
        self.file.add_paragraph(plan.title, style="Title")
        self._quiet(" · ".join(filter(None, (plan.lead, plan.made))))
        if plan.since:
            self._heading(plan.since)
            self._quiet(plan.compared)
            self._bullets(plan.changed or (_("Nothing has changed."),))
        self._heading(_("The team"))
        self._facts(plan.facts)
        self._lines(plan.people)
        if plan.interviews or plan.themes:
            self._heading(_("What users have told us"))
            self._text(plan.interviews)
            self._lines(plan.themes)
        if plan.needs:
            self._heading(_("Needs"))
            self._lines(plan.needs)
        if plan.goals:
            self._heading(_("Goals and changes"))
            for goal in plan.goals:
                self._goal(goal)
        if plan.other_changes:
            self._heading(_("Changes that belong to no goal yet"))
            self._changes(plan.other_changes)
        if plan.other_measures:
            self._heading(_("Measures that belong to no goal yet"))
            self._measures(plan.other_measures, level=2)
        if plan.ratings:
            self._heading(_("The programme’s effect goals, as the team sees itself"))
            self._lines(plan.ratings)
        return _same_bytes(self.file, self.made_on)

    # The parts

    def _goal(self, goal: GoalWords) -> None:
        self._heading(f"{goal.number}. {goal.text}", level=2)
        self._quiet(" · ".join(filter(None, (str(capfirst(goal.state)), mark_word(goal.mark)))))
        self._facts(goal.facts)
        self._text(goal.outcome)
        self._changes(goal.changes)
        if goal.elsewhere:
            self._text(_("Also meant to move this goal: %(changes)s.") % {"changes": "; ".join(goal.elsewhere)})
        self._measures(goal.measures, level=3)

    def _changes(self, changes: tuple[ChangeWords, ...]) -> None:
        if not changes:
            return
        table = self._table((_("What we change"), _("Responsible"), _("When"), _("State")))
        for change in changes:
            cells = table.add_row().cells  # type: ignore[no-untyped-call]  # python-docx's own
            for cell, width in zip(cells, COLUMNS, strict=True):
                cell.width = Cm(width)
            mark = mark_word(change.mark)
            _fill(cells[0], f"{change.text} ({mark})" if mark else change.text, strong=True)
            for line in (change.about, *(f"{lesson.note}: {lesson.text}" for lesson in change.lessons)):
                if line:
                    cells[0].add_paragraph(line)
            _fill(cells[1], change.responsible or "–")
            _fill(cells[2], change.when or "–")
            _fill(cells[3], str(capfirst(change.state)))
        self._text(" ")

    def _measures(self, measures: tuple[MeasureWords, ...], *, level: int) -> None:
        for measure in measures:
            mark = mark_word(measure.mark)
            title = _("Measure: %(title)s") % {"title": measure.title}
            self._heading(f"{title} ({mark})" if mark else title, level=level)
            if measure.chart:
                self._drawing(measure.chart, measure.alternative)
                for number, happened in enumerate(measure.marks, start=1):
                    self._quiet(f"{number}. {happened}")
            self._text(measure.sentence)
            self._facts(measure.facts)

    def _drawing(self, svg: str, alternative: str) -> None:
        """The drawing as Word keeps it: a picture for programs of old, and beside it the drawing itself."""
        number = next(self.drawings)
        run = self.file.add_paragraph().add_run()
        shape = run.add_picture(io.BytesIO(EMPTY_PICTURE), WIDTH, HEIGHT)
        shape._inline.docPr.set("descr", alternative)
        blob = svg.replace("<svg ", SVG_START, 1).encode()
        name = PackURI(f"/word/media/drawing{number}.svg")
        relation = self.file.part.relate_to(Part(name, SVG_TYPE, blob, self.file.part.package), IMAGE)
        blip = shape._inline.graphic.graphicData.pic.blipFill.blip
        assert blip is not None
        listed, extension = OxmlElement("a:extLst"), OxmlElement("a:ext")
        extension.set("uri", SVG_BLIP)
        drawing = extension.makeelement(f"{{{SVG_SPACE}}}svgBlip", nsmap={"asvg": SVG_SPACE})
        drawing.set(qn("r:embed"), relation)
        extension.append(drawing)
        listed.append(extension)
        blip.append(listed)

    # The pieces

    def _heading(self, text: str, level: int = 1) -> None:
        self.file.add_heading(text, level)

    def _text(self, text: str) -> None:
        if text:
            self.file.add_paragraph(text)

    def _quiet(self, text: str) -> None:
        if text:
            self.file.add_paragraph().add_run(text).font.color.rgb = QUIET

    def _facts(self, facts: Facts) -> None:
        for term, value in facts:
            paragraph = self.file.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(f"{term}: ").bold = True
            paragraph.add_run(value)

    def _bullets(self, texts: tuple[str, ...]) -> None:
        for text in texts:
            self.file.add_paragraph(text, style="List Bullet")

    def _lines(self, lines: tuple[Line, ...]) -> None:
        for line in lines:
            paragraph = self.file.add_paragraph(line.text, style="List Bullet")
            rest = " · ".join(filter(None, (line.note, mark_word(line.mark))))
            if rest:
                paragraph.add_run(f" – {rest}").font.color.rgb = QUIET

    def _table(self, heads: tuple[str, ...]) -> Table:
        """A table whose first row is its head: repeated on every page, and told as such to a screen reader."""
        table: Table = self.file.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.autofit = False
        for cell, head, width in zip(table.rows[0].cells, heads, COLUMNS, strict=True):
            cell.width = Cm(width)
            _fill(cell, head, strong=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        return table


def mark_word(mark: str) -> str:
    """New or changed since the plan it is compared with, or nothing."""
    if not mark:
        return ""
    return _("new") if mark == NEW else _("changed")


def _fill(cell: _Cell, text: str, *, strong: bool = False) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.add_run(text).bold = strong
    return paragraph


def _set_up(file: WordFile, language: str, made_on: date, title: str) -> None:
    """The title and the language in the file itself; margins, letters and colours."""
    at = datetime.combine(made_on, time())
    properties = file.core_properties
    properties.title, properties.language, properties.author = title, LANGUAGES.get(language, language), ""
    properties.comments, properties.created, properties.modified = "", at, at
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    styles = file.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(11)
    for name, size in (("Title", 24), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11.5)):
        font = styles[name].font
        font.name, font.size, font.color.rgb = "Calibri", Pt(size), INK
        for fonts in styles[name].element.iter(qn("w:rFonts")):
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
    for spoken in styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), LANGUAGES.get(language, language))


def _same_bytes(file: WordFile, made_on: date) -> bytes:
    """The file with the plan's day on everything in it: a ZIP otherwise tells when it was packed."""
    packed, found = io.BytesIO(), io.BytesIO()
    file.save(packed)
    with zipfile.ZipFile(packed) as read, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as written:
        for each in read.infolist():
            stamped = zipfile.ZipInfo(each.filename, (made_on.year, made_on.month, made_on.day, 0, 0, 0))
            stamped.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(stamped, read.read(each))
    return found.getvalue()
