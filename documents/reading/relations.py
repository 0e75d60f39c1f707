"""How the parts of an Office file hang together."""

from pathlib import PurePosixPath
from posixpath import normpath
from typing import NamedTuple

from documents.reading.markup import local, parse
from documents.reading.package import Package


class Element(NamedTuple):
    """A tag without its namespace, and its attributes: those with a namespace have a colon in front (":id")."""

    name: str
    values: dict[str, str]


class Link(NamedTuple):
    """A relationship of a part: its id, the last word of its type, where it leads, and whether that is outside."""

    id: str
    type: str
    target: str
    outside: bool


class _Elements:
    """A parser target that keeps tags and attributes, in order."""

    def __init__(self) -> None:
        self._found: list[Element] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        values = {(":" if key[0] == "{" else "") + local(key): value for key, value in attributes.items()}
        self._found.append(Element(local(tag), values))

    def close(self) -> list[Element]:
        return self._found


def elements(package: Package, name: str) -> list[Element]:
    """Every element of a part. Raises RefusedFile."""
    found: list[Element] = parse(package.chunks(name), _Elements())
    return found


def links_of(package: Package, name: str) -> list[Link]:
    """The relationships of a part; none where it has no .rels beside it."""
    path = PurePosixPath(name)
    rels = str(path.parent / "_rels" / f"{path.name}.rels")
    return links_in(package, rels) if rels in package.names else []


def links_in(package: Package, rels: str) -> list[Link]:
    """The relationships a .rels part lists, those inside the file with the names of their parts."""
    base = PurePosixPath(rels).parent.parent
    return [_link(values, base) for name, values in elements(package, rels) if name == "Relationship"]


def _link(values: dict[str, str], base: PurePosixPath) -> Link:
    outside = values.get("TargetMode", "").strip().lower() == "external"
    target = values.get("Target", "")
    if not outside:
        target = normpath(f"/{base}/{target}" if not target.startswith("/") else target).lstrip("/")
    return Link(values.get("Id", ""), values.get("Type", "").rpartition("/")[2], target, outside)
