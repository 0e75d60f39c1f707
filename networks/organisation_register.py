"""The municipality register as a person looks things up in it: what is in force, what became of what, what it was.

Read whole, in two light queries: it holds some seven hundred numbers, and every page that lists municipalities needs
to follow them through mergers.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from networks.models import RegisterMunicipality


class Entry(NamedTuple):
    """One municipality number."""

    number: str
    name: str
    sort_name: str
    county: str
    valid_from: date | None
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class Succession:
    """Every number of the register, and who took over from whom. Empty where no register is loaded."""

    def __init__(self, entries: Iterable[Entry], pairs: Iterable[tuple[str, str]], day: date) -> None:
        """`pairs` are (number, its successor), `day` is today."""
        self.entries = {entry.number: entry for entry in entries}
        self.day = day
        self._after: dict[str, list[str]] = {}
        self._before: dict[str, list[str]] = {}
        for number, successor in pairs:
            self._after.setdefault(number, []).append(successor)
            self._before.setdefault(successor, []).append(number)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def in_force(self) -> list[Entry]:
        """The municipalities of today, in the register's order."""
        return [entry for entry in self.entries.values() if entry.in_force(self.day)]

    def is_former(self, number: str) -> bool:
        """Whether the number is known and no longer in force. Of an unknown number nothing is said."""
        return number in self.entries and not self.entries[number].in_force(self.day)

    def now(self, number: str) -> list[Entry]:
        """What the number has become: itself where it is in force, several after a split, none where nobody knows."""
        found: dict[str, Entry] = {}
        for reached in self._walk(number, self._after):
            if self.entries[reached].in_force(self.day):
                found[reached] = self.entries[reached]
        return sorted(found.values(), key=lambda entry: entry.sort_name)

    def earlier(self, number: str) -> list[str]:
        """Every number that has gone into this one, however far back; not the number itself."""
        return [reached for reached in self._walk(number, self._before) if reached != number]

    def numbers_now(self, numbers: Iterable[str]) -> set[str]:
        """The numbers in force that these stand for; one the register does not know stands for itself."""
        return {
            today
            for number in numbers
            for today in ([entry.number for entry in self.now(number)] if number in self.entries else [number])
        }

    def _walk(self, number: str, ways: dict[str, list[str]]) -> list[str]:
        """All that is reached from the number, each once, nearest first."""
        reached, waiting = dict.fromkeys([number] if number in self.entries else []), [number]
        while waiting:
            for other in ways.get(waiting.pop(0), ()):
                if other not in reached:
                    reached[other] = None
                    waiting.append(other)
        return list(reached)


def read_succession(day: date) -> Succession:
    """The register that is loaded, municipalities in Norwegian order. Two queries."""
    rows = RegisterMunicipality.objects.order_by("sort_name", "county", "number")
    entries = [
        Entry(*row) for row in rows.values_list("number", "name", "sort_name", "county", "valid_from", "valid_to")
    ]
    through = RegisterMunicipality.successors.through.objects
    pairs = through.values_list("from_registermunicipality__number", "to_registermunicipality__number")
    return Succession(entries, pairs.order_by("from_registermunicipality__number") if entries else (), day)


def twice(names: Iterable[str]) -> set[str]:
    """The names that come more than once, and need their county beside them."""
    return {name for name, times in Counter(names).items() if times > 1}
