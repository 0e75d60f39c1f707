"""How many people live where networks have worked: counts over a register, touching no database.

A municipality took part under the number of its time. What that means in the year of a report can be counted in two
ways. *Whole*: every municipality of that year that holds any of the area counts with everyone in it. *Parts*: a
municipality that grew by a merger counts only for the share that took part, by the populations before the merger.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from networks.register import Municipality, Register


@dataclass(frozen=True)
class Coverage:
    """`numbers` are those of the year; `lacks` says what the register could not answer, and what was done then."""

    numbers: tuple[str, ...]
    persons: int
    nation: int
    lacks: tuple[str, ...]

    @property
    def percent(self) -> float | None:
        """The share of the nation with one decimal, or None where the register has no population of the year."""
        return round(100 * self.persons / self.nation, 1) if self.nation else None


def cover(numbers: Iterable[str], register: Register, year: int, *, whole: bool) -> Coverage:
    """The municipalities and people of 1 January of the year that the numbers stand for."""
    return _Count(register, year).cover(set(numbers), whole=whole)


class _Count:
    """One count: a register, a day, and a list of what is missing that grows on the way."""

    def __init__(self, register: Register, year: int) -> None:
        self.register = register
        self.year = year
        self.day = date(year, 1, 1)
        self.lacks: dict[str, None] = {}  # in order, each once
        self.predecessors: dict[str, list[Municipality]] = {number: [] for number in register}
        for municipality in register.values():
            for successor in municipality.successors:
                self.predecessors[successor].append(municipality)

    def cover(self, numbers: set[str], *, whole: bool) -> Coverage:
        taking_part = self._known(numbers)
        reached = sorted(set().union(*(self._on_the_day(number) for number in taking_part)))
        persons = Fraction(0)
        for number in reached:
            persons += self._persons(number) * (1 if whole else self._share(number, taking_part))
        return Coverage(tuple(reached), round(persons), self._nation(), tuple(self.lacks))

    def _known(self, numbers: set[str]) -> set[str]:
        missing = sorted(numbers - self.register.keys())
        for number in missing:
            self._lack(f"{number} is not in the register; not counted")
        return numbers & self.register.keys()

    def _on_the_day(self, number: str) -> set[str]:
        """The numbers in force on the day that hold any of this one's area, forwards or backwards in time."""
        municipality = self.register[number]
        if municipality.in_force(self.day):
            return {number}
        if self._later(municipality):
            others = [predecessor.number for predecessor in self.predecessors[number]]
        else:
            others = list(municipality.successors)
        if not others:
            self._lack(f"{number} {municipality.name} can not be followed to {self.year}; not counted")
        return set().union(*(self._on_the_day(other) for other in others))

    def _lack(self, what: str) -> None:
        self.lacks[what] = None

    def _later(self, municipality: Municipality) -> bool:
        """Whether it began after the day."""
        return municipality.valid_from is not None and municipality.valid_from > self.day

    def _share(self, number: str, taking_part: set[str]) -> Fraction:
        """How much of a number in force on the day took part: 0 to 1."""
        if any(self._takes_part_later(number, one) for one in taking_part):
            return Fraction(1)
        return self._share_of(number, taking_part)

    def _takes_part_later(self, number: str, participant: str) -> bool:
        """Whether the participant is what this number became after the day."""
        return self._later(self.register[participant]) and number in self._on_the_day(participant)

    def _share_of(self, number: str, taking_part: set[str]) -> Fraction:
        if number in taking_part:
            return Fraction(1)
        parts = self.predecessors[number]
        shares = [self._share_of(part.number, taking_part) for part in parts]
        if len(set(shares)) <= 1:
            return shares[0] if shares else Fraction(0)
        return self._weighted(number, parts, shares)

    def _weighted(self, number: str, parts: list[Municipality], shares: list[Fraction]) -> Fraction:
        """The mean of the shares by the parts' people; one that was split counts equally into each piece."""
        sizes = [Fraction(_last_population(part), len(part.successors)) for part in parts]
        if all(sizes):
            return sum((size * share for size, share in zip(sizes, shares, strict=True)), Fraction(0)) / sum(sizes)
        unknown = ", ".join(part.number for part, size in zip(parts, sizes, strict=True) if not size)
        name = self.register[number].name
        self._lack(f"{number} {name} is counted whole: no population for {unknown} before the merger")
        return Fraction(1)

    def _persons(self, number: str) -> int:
        municipality = self.register[number]
        persons = municipality.population.get(self.year)
        if persons is None:
            self._lack(f"{number} {municipality.name} has no population for {self.year}; not counted")
        return persons or 0

    def _nation(self) -> int:
        """Everyone on the day. A sum with holes would make any share too big, so it is then no sum at all."""
        found = [one.population.get(self.year) for one in self.register.values() if one.in_force(self.day)]
        holes = found.count(None)
        if holes:
            self._lack(f"{holes} of the {len(found)} municipalities of {self.year} have no population")
            return 0
        return sum(persons or 0 for persons in found)


def _last_population(municipality: Municipality) -> int:
    """The newest the register has of it, or 0."""
    return municipality.population[max(municipality.population)] if municipality.population else 0
