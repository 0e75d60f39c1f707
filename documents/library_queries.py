"""Reading a network's library."""

from dataclasses import dataclass, field

from documents.models import LibraryDocument


@dataclass(frozen=True)
class Shelf:
    """Documents shown together, in the order the coordinators gave them."""

    items: list[LibraryDocument]

    @property
    def places(self) -> list[tuple[LibraryDocument, bool, bool]]:
        """Each document, and whether there is one above and one below it."""
        last = len(self.items) - 1
        return [(item, number > 0, number < last) for number, item in enumerate(self.items)]


@dataclass(frozen=True)
class Library:
    """The preparation package, the other documents, and what has been taken out and can be put back."""

    package: Shelf
    others: Shelf
    removed: list[LibraryDocument] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.package.items and not self.others.items


def read_library(*, with_removed: bool = False) -> Library:
    """The library of the network that is open; what was taken out only for those who may put it back."""
    shown = LibraryDocument.with_removed.select_related("document", "added_by")
    rows = list(shown if with_removed else shown.filter(removed_at=None))
    kept = [row for row in rows if row.removed_at is None]
    return Library(
        package=Shelf([row for row in kept if row.in_package]),
        others=Shelf([row for row in kept if not row.in_package]),
        removed=[row for row in rows if row.removed_at is not None],
    )
