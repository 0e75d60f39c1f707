"""Word, PowerPoint and OpenDocument text, and what is common to all of Office."""

import re
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import unquote

from documents.reading import workbook
from documents.reading.markup import APART, text_of
from documents.reading.package import Package
from documents.reading.relations import Link, elements, links_in, links_of
from documents.reading.report import Passage, Place, RefusedFile, Report

OTHER_FILES = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-")  # OLE, ZIP, PDF
CONTENT_TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument."
KINDS = {
    f"{MAIN}wordprocessingml.document.main+xml": "docx",
    f"{MAIN}spreadsheetml.sheet.main+xml": "xlsx",
    f"{MAIN}presentationml.presentation.main+xml": "pptx",
}
ODT = b"application/vnd.oasis.opendocument.text"
MARKUP = {"xml", "rels", "vml", "svg", "rdf", "psmdcp"}
NESTED = set(KINDS.values())
SILENT = {
    *("png", "jpg", "jpeg", "jfif", "jpe", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf", "wdp", "ico", "webp"),
    *("odttf", "fntdata", "ttf", "otf", "mp3", "mp4", "m4a", "m4v", "mov", "wav", "wmv", "avi"),
}
"""Pictures, sound and fonts: nothing to read in them."""
PULLED_IN = {"oleobject", "frame", "subdocument", "package", "control", "afchunk"}
IN_THE_HOUSE = re.compile(
    r"(file:///)?[a-z]:[/\\].*|(file:)?[/\\]{2,5}[\w-]+(\.local)?[/\\].*|[^/\\:]*", re.IGNORECASE | re.DOTALL
)
"""A template on a drive, or on a server that only the organisation's own network knows, as municipalities keep them."""
USUAL_PLACES: list[tuple[str, Place]] = [
    (r"word/document\d*\.xml|content\.xml", Place("paragraph")),
    (r"word/(header|footer)[^/]*\.xml|styles\.xml", Place("header_footer")),
    (r"word/(footnotes|endnotes)\.xml", Place("footnote")),
    (r"(word|xl|ppt)/.*comments?[^/]*\.xml", Place("comment")),
    (r"docProps/.*|meta\.xml|.*\.psmdcp|customXml/.*", Place("properties")),
]


def read(data: bytes) -> Report:
    """Read an Office or OpenDocument file. Raises RefusedFile."""
    package = Package(data)
    # All of them are opened before one is read, so that too many end at once.
    inside = {name: Package(package.read(name), package.budget) for name in package.names if _ending(name) in NESTED}
    return _read(package, inside)


def _read(package: Package, inside: dict[str, Package]) -> Report:
    """Read a package, and those that lie inside it but nothing that lies in them again."""
    report = Report(kind=_kind(package))
    _refuse_what_runs(package)
    report.read([Passage(Place("properties"), APART.join(package.names))])
    if report.kind == "xlsx":
        workbook.read(package, report)
    places = _slide_places(package)
    report.pages = sum(name.startswith("ppt/slides/") for name in places)
    for name in package.names:
        if not (report.kind == "xlsx" and workbook.is_read_by_cell(name)):
            place = places.get(name) or _usual_place(name)
            if name in inside:
                for _place in _read(inside[name], {}).places:
                    report.note(place)
            else:
                _read_part(package, name, place, report)
    return report


def _kind(package: Package) -> str:
    if CONTENT_TYPES in package.names:
        types = [values.get("ContentType", "") for _name, values in elements(package, CONTENT_TYPES)]
        if any("macroenabled" in found.lower() for found in types):
            raise RefusedFile("macros")
        kind = next((KINDS[found] for found in types if found in KINDS), "")
    else:
        kind = "odt" if "mimetype" in package.names and package.read("mimetype").strip() == ODT else ""
    if not kind:
        raise RefusedFile("unknown")
    return kind


def _refuse_what_runs(package: Package) -> None:
    """Macros, and what Word or PowerPoint would fetch from outside and run; a locked OpenDocument file too."""
    if any(
        name.lower().endswith("vbaproject.bin") or name.lower().startswith(("basic/", "scripts/"))
        for name in package.names
    ):
        raise RefusedFile("macros")
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and b"encryption-data" in package.read(manifest):
        raise RefusedFile("encrypted")
    rels = (name for name in package.names if name.lower().endswith(".rels"))
    if any(_is_fetched(link) for link in chain.from_iterable(links_in(package, name) for name in rels)):
        raise RefusedFile("fetches")


def _is_fetched(link: Link) -> bool:
    """Hyperlinks, linked pictures and workbooks are common and wait to be asked; a template may lie on a drive."""
    kind = link.type.strip().lower()
    elsewhere = not IN_THE_HOUSE.fullmatch(unquote(link.target).strip())
    return link.outside and (kind in PULLED_IN or (kind == "attachedtemplate" and elsewhere))


def _usual_place(name: str) -> Place:
    return next((place for pattern, place in USUAL_PLACES if re.fullmatch(pattern, name)), Place("part", name=name))


def _slide_places(package: Package) -> dict[str, Place]:
    """The slide each part of a presentation belongs to, numbered as they are shown."""
    main = "ppt/presentation.xml"
    if main not in package.names:
        return {}
    slides = {link.id: link.target for link in links_of(package, main) if link.type == "slide"}
    order = [values.get(":id", "") for name, values in elements(package, main) if name == "sldId"]
    places: dict[str, Place] = {}
    for number, slide in enumerate((slides[key] for key in order if key in slides), 1):
        places[slide] = Place("slide", number)
        for link in links_of(package, slide):
            if not link.outside and link.type not in ("slide", "slideLayout", "image"):
                kind = Place("slide_note" if link.type == "notesSlide" else "slide", number)
                places.setdefault(link.target, kind)
    return places


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lstrip(".").lower()


def _read_part(package: Package, name: str, place: Place, report: Report) -> None:
    """Read a part as what its ending says; refuse what can not be read and is no picture, sound or font."""
    ending = _ending(name)
    if ending in MARKUP:
        running, beside = text_of(package.chunks(name), lenient=ending in ("vml", "svg"))
        report.read([Passage(place, running), Passage(place, beside)])
    else:
        data = package.read(name)
        if not _is_silent(name, ending) or data.startswith(OTHER_FILES):
            raise RefusedFile("embedded", (Place("part", name=PurePosixPath(name).name),))
        report.read([Passage(place, _plain_text(data))])


def _is_silent(name: str, ending: str) -> bool:
    """Whether a part is by its name one in which nothing can be read.

    OpenDocument keeps the pictures of embedded objects, a cache and its own type in parts without an ending.
    """
    return not ending or ending in SILENT or name.startswith(("xl/printerSettings/", "word/printerSettings/"))


def _plain_text(data: bytes) -> str:
    """What stands in a part that is text whatever it is called; nothing for pictures, sound and fonts."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""
