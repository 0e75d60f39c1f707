"""Files to hand in, made here: small, and just enough of the real thing for the programs that read them."""

import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from PIL import Image
from PIL.PngImagePlugin import PngInfo

OFFICE = "application/vnd.openxmlformats-officedocument."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def added_to(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    """The same package with more parts."""
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def types(main: str) -> str:
    return f'<Types><Override PartName="/x" ContentType="{OFFICE}{main}.main+xml"/></Types>'


def rels(*links: tuple[str, str, str], outside: Iterable[str] = ()) -> str:
    """`links` are (id, last word of the type, target)."""
    body = "".join(
        f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if key in outside else "/>")
        for key, kind, target in links
    )
    return f"<Relationships>{body}</Relationships>"


def paragraph(*runs: str) -> str:
    """A Word paragraph cut into runs, as the spelling checker leaves it."""
    return "<w:p>" + "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{escape(run)}</w:t></w:r>" for run in runs) + "</w:p>"


def docx(body: str = "", *, parts: dict[str, Any] | None = None) -> bytes:
    """`body` is the markup of the text; `parts` are added, by name."""
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": types("wordprocessingml.document"),
        "_rels/.rels": rels(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body or paragraph("Plan")}</w:body></w:document>',
    }
    return zipped(content | (parts or {}))


def word_part(kind: str, text: str) -> str:
    return f'<w:{kind} xmlns:w="{W}">{paragraph(text)}</w:{kind}>'


def pptx(slides: list[str], notes: dict[int, str] | None = None, order: list[int] | None = None) -> bytes:
    """Slides with these texts, shown in `order` (file numbers from 1); `notes` by file number."""
    numbers = order or list(range(1, len(slides) + 1))
    spaces = f'xmlns:p="{P}" xmlns:r="{RELATION}"'
    shown = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in numbers)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types("presentationml.presentation"),
        "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{shown}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": rels(*((f"r{n}", "slide", f"slides/slide{n}.xml") for n in numbers)),
    }
    for number, text in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = _drawn("sld", text)
        if notes and number in notes:
            parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = rels(
                ("n", "notesSlide", f"../notesSlides/n{number}.xml")
            )
            parts[f"ppt/notesSlides/n{number}.xml"] = _drawn("notes", notes[number])
    return zipped(parts)


def _drawn(kind: str, text: str) -> str:
    return f'<p:{kind} xmlns:p="{P}" xmlns:a="{A}"><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p></p:{kind}>'


def odt(body: str = "", *, manifest: str = "<manifest/>", parts: dict[str, Any] | None = None) -> bytes:
    """`body` is the markup of the text, with the prefix t: for text."""
    space = 'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<content {space}>{body or '<t:p>Forbedringsplan</t:p>'}</content>",
        "META-INF/manifest.xml": manifest,
        "Configurations2/accelerator/current.xml": "",
        "layout-cache": b"\x00\x01",
    }
    return zipped(content | (parts or {}))


def xlsx(rows: list[list[Any]], *, title: str = "Ark1", hidden: list[list[Any]] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if hidden:
        other = book.create_sheet("Skjult")
        other.sheet_state = "hidden"
        for row in hidden:
            other.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = "dd.mm.yyyy"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def pdf(*pages: str, **about: str) -> bytes:
    """A PDF by hand: one line of text a page, and properties."""
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(count))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    if about:
        objects.append("<< " + " ".join(f"/{key} ({value})" for key, value in about.items()) + " >>")
    return put_together(objects, info=len(objects) if about else 0)


def put_together(objects: list[str], *, info: int = 0, catalog: int = 1) -> bytes:
    """Number the objects and write the table of where they stand."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    about = f" /Info {info} 0 R" if info else ""
    out += f"trailer\n<< /Size {len(objects) + 1} /Root {catalog} 0 R{about} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def pdf_with(page: str = "", catalog: str = "", more: tuple[str, ...] = (), text: str = "Plan") -> bytes:
    """A PDF of one page with more in its page and its catalogue; further objects are numbered from 6."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
    return put_together(
        [
            f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
            "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> {page} >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
            *more,
        ]
    )


def png(size: tuple[int, int] = (20, 10), **words: str) -> bytes:
    info = PngInfo()
    for key, value in words.items():
        info.add_text(key, value)
    buffer = BytesIO()
    Image.new("1", size).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def jpeg(description: str = "", comment: str = "", caption: str = "") -> bytes:
    exif = Image.Exif()
    if description:
        exif[0x010E] = description
    buffer = BytesIO()
    Image.new("RGB", (20, 10)).save(buffer, "JPEG", exif=exif, comment=comment.encode() or b"")
    data = buffer.getvalue()
    return data[:2] + _caption(caption.encode()) + data[2:] if caption else data


def _caption(words: bytes) -> bytes:
    """An IPTC caption (record 2, data set 120) in the segment in which picture editors keep it."""
    record = b"\x1c\x02\x78" + len(words).to_bytes(2) + words
    block = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + len(record).to_bytes(4) + record + b"\x00" * (len(record) % 2)
    return b"\xff\xed" + (len(block) + 2).to_bytes(2) + block
