"""PDF: pages, annotations, form fields, bookmarks and properties."""

import ctypes
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pypdfium2
import pypdfium2.raw as pdfium

from documents.reading.markup import TAG
from documents.reading.report import Passage, Place, RefusedFile, Report

MOST_PAGES = 1000
MOST_ANNOTATIONS = 2000
DEEPEST_BOOKMARK = 100
HOLDS_A_FILE = {pdfium.FPDF_ANNOT_FILEATTACHMENT, pdfium.FPDF_ANNOT_RICHMEDIA, pdfium.FPDF_ANNOT_MOVIE}
XFA = {pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND}
OPENING = re.compile(rb"/OpenAction\s*(?:<<([^<>]{0,2000})>>|(\d{1,8})\s+(\d{1,5})\s+R\b)")
RUNS = re.compile(rb"/S\s*/(?:JavaScript|Launch|SubmitForm|ImportData)\b")
XMP = re.compile(rb"<x:xmpmeta.{0,200000}?</x:xmpmeta>", re.DOTALL)


def read(data: bytes) -> Report:
    """Read a PDF. Raises RefusedFile."""
    document = _open(data)
    report = Report(kind="pdf", pages=len(document))
    if report.pages > MOST_PAGES:
        raise RefusedFile("too_many_pages")
    _refuse_what_runs_or_hides(document)
    if any(RUNS.search(action) for action in _opening_actions(data)):
        raise RefusedFile("script")
    document.init_forms()
    report.read(_about(document, data))
    for number in range(report.pages):
        report.read(_page(document, number))
    return report


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        code = pdfium.FPDF_GetLastError()
        raise RefusedFile(
            "encrypted" if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) else "broken"
        ) from None


def _refuse_what_runs_or_hides(document: pypdfium2.PdfDocument) -> None:
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise RefusedFile("script")
    if document.count_attachments():
        raise RefusedFile("attachments")
    if document.get_formtype() in XFA:
        raise RefusedFile("xfa")


def _opening_actions(data: bytes) -> Iterator[bytes]:
    """What the file does when it is opened, where that stands plainly; the library counts named scripts only."""
    for inline, number, generation in OPENING.findall(data)[-10:]:
        yield inline
        if number:
            action = rb"\b%s\s+%s\s+obj\s*<<([^<>]{0,2000})>>" % (number, generation)
            yield from re.findall(action, data)


def _about(document: pypdfium2.PdfDocument, data: bytes) -> Iterator[Passage]:
    properties = Place("properties")
    yield Passage(properties, "\n".join(document.get_metadata_dict().values()))
    for match in XMP.finditer(data):
        yield Passage(properties, TAG.sub("\n", match[0].decode("utf-8", "replace")))
    yield Passage(
        properties, "\n".join(bookmark.get_title() for bookmark in document.get_toc(max_depth=DEEPEST_BOOKMARK))
    )


def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[Passage]:
    try:
        page = document[number]
        text = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        raise RefusedFile("broken", (Place("page", number + 1),)) from None
    yield Passage(Place("page", number + 1), text.replace("\ufffe", "").replace("\x02", ""))
    yield from _annotations(document, page, number + 1)
    page.close()


def _annotations(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int) -> Iterator[Passage]:
    form = document.formenv
    count = pdfium.FPDFPage_GetAnnotCount(page)
    if count > MOST_ANNOTATIONS:
        raise RefusedFile("xfa")  # its words say what helps: print it
    for index in range(count):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        if pdfium.FPDFAnnot_GetSubtype(annotation) in HOLDS_A_FILE:
            raise RefusedFile("attachments")
        yield Passage(Place("note_on_page", number), _link(document, annotation))
        for key in (b"Contents", b"T", b"RC", b"Subj"):
            text = _string(pdfium.FPDFAnnot_GetStringValue, annotation, key)
            yield Passage(Place("note_on_page", number), TAG.sub("", text))
        if form:
            for read_value in (pdfium.FPDFAnnot_GetFormFieldValue, pdfium.FPDFAnnot_GetFormFieldAlternateName):
                yield Passage(Place("form_field", number), _string(read_value, form, annotation))
            for option in range(pdfium.FPDFAnnot_GetOptionCount(form, annotation)):
                label = _string(pdfium.FPDFAnnot_GetOptionLabel, form, annotation, option)
                yield Passage(Place("form_field", number), label)
        pdfium.FPDFPage_CloseAnnot(annotation)


def _link(document: pypdfium2.PdfDocument, annotation: object) -> str:
    """The address a link leads to. Raises RefusedFile for one that starts a program."""
    action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
    if not action:
        return ""
    if pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_LAUNCH:
        raise RefusedFile("script")
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return unquote(buffer.value.decode("utf-8", "replace"))


def _string(read_value: object, *where: object) -> str:
    """A text of the C library: asked once for its length in bytes, once for its UTF-16 content."""
    length = read_value(*where, None, 0)  # type: ignore[operator]  # a function of the C library
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    read_value(*where, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)  # type: ignore[operator]  # as above
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
