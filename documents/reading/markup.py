"""XML as text, in the order it stands, without keeping the tree: what a person can write comes out, line by line.

Inside a paragraph the pieces are joined as they are read on the page, however an editor has cut them up; between
paragraphs, cells and everything else stands a line break.
"""

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from documents.reading.report import RefusedFile
from gpf.identity import kind_of_number

PARAGRAPHS = frozenset({"p", "h", "si", "is", "text"})
RUNS = frozenset({"t", "delText", "instrText", "delInstrText", "text", "tspan"})
SIGNS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "line-break": "\n",
    "note": "\n",
    "annotation": "\n",
    "noBreakHyphen": "-",
}
ATTRIBUTES = frozenset(
    {
        *(
            "descr",
            "title",
            "name",
            "alt",
            "Target",
            "author",
            "initials",
            "displayText",
            "display",
            "tooltip",
            "location",
        ),
        *(
            "href",
            "string-value",
            "text",
            "prompt",
            "promptTitle",
            "error",
            "errorTitle",
            "v",
            "formula",
            "val",
            "value",
            "current-value",
            "label",
            "instr",
            "anchor",
        ),
    }
)
FLOW = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TAG = re.compile(r"<[^<>]*>")
TEN_DIGITS = re.compile(r"[1-9][0-9]{9}")
APART = "\n" * 5  # further than the parts of one number are ever written


def local(tag: str) -> str:
    """ "p" for "{http://…}p"."""
    return tag.rpartition("}")[2]


class Text:
    """A parser target that collects text. `lines` is what was read when the parser is closed."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._aside: list[str] = []
        self._paragraphs = 0
        self._flow = 0  # depth of paragraphs whose text stands among the tags, as OpenDocument writes
        self._tags: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self._tags.append(name)
        if name in PARAGRAPHS:
            self._end_line()  # a paragraph may lie in another, as in a text box
            self._paragraphs += 1
            self._flow += tag.startswith(FLOW)
        if name == "s" and self._flow:
            self._pieces.append(" " * min(int(_attribute(attributes, "c") or 1), 20))
        if name in SIGNS:
            self._pieces.append(SIGNS[name])
        for key, value in attributes.items():
            if local(key) in ATTRIBUTES and not value.isspace():
                self._aside.append(_with_its_zero(value) if local(key) == "v" else value)

    def data(self, text: str) -> None:
        if self._tags[-1] == "v":
            text = _with_its_zero(text)
        if not self._paragraphs:
            if text.strip():
                self._pieces.append(text)
        elif self._flow or self._tags[-1] in RUNS:
            self._pieces.append(text)
        elif text.strip():
            # Sizes and positions of pictures stand as text in a paragraph too; they must not touch what is written.
            self._aside.append(text)

    def end(self, tag: str) -> None:
        name = self._tags.pop()
        if name in PARAGRAPHS:
            self._paragraphs -= 1
            self._flow -= tag.startswith(FLOW)
        if name in PARAGRAPHS or not self._paragraphs:
            self._end_line()

    def _end_line(self) -> None:
        if self._pieces and self._pieces[-1] != "\n":
            self._pieces.append("\n")

    def close(self) -> tuple[str, str]:
        """The running text with a line for each paragraph, and beside it what attributes and loose ends say."""
        return "".join(self._pieces), APART.join(self._aside)


def _with_its_zero(value: str) -> str:
    """A number that a chart or a pivot table keeps, with the zero that a birth date has lost there."""
    return f"0{value}" if TEN_DIGITS.fullmatch(value) and kind_of_number(int(value)) else value


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if local(key) == name), "")


def parse(chunks: Iterable[bytes], target: Any) -> Any:
    """Feed XML to a target and return what it closes with. Entities are refused, and so is what is not XML."""
    parser = XMLParser(target=target)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        return parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise RefusedFile("broken") from None


def text_of(chunks: Iterable[bytes], *, lenient: bool = False) -> tuple[str, str]:
    """Running text and what stands beside it; an empty part has none. `lenient` reads what is nearly XML.

    Raises RefusedFile.
    """
    data = b"".join(chunks)
    if not data.strip():
        return "", ""
    try:
        running, beside = parse([data], Text())
    except RefusedFile:
        if not lenient:
            raise
        running, beside = TAG.sub("\n", data.decode("utf-8", "replace")), ""
    return running, beside
