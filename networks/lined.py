"""JSON that remembers its lines, so that what is wrong in a file of facts can be pointed at.

`read()` gives a tree of `Value`s, each with the line it begins on; `Record` takes the fields of an object out
by type, and refuses the file with the line and the reason where one does not fit.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

DEEPEST = 12
LONGEST = 120

Content = dict[str, "Value"] | list["Value"] | str | int | float | bool | None


class BadFileError(Exception):
    """A file that does not fit its format: the line, counted from 1, and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Value:
    """A JSON value and the line it begins on."""

    line: int
    content: Content


def read(text: str) -> Value:
    """The one value of a JSON text (RFC 8259). Raises BadFileError, also at a key given twice and at NaN."""
    return _Reader(text).whole()


class _Reader:
    """Walks through objects and lists itself, and leaves strings and numbers to the standard library."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.breaks = [found.start() for found in re.finditer("\n", text)]
        self.scalars = json.JSONDecoder(parse_constant=self._no_constant)

    def whole(self) -> Value:
        value = self.value(0)
        if self.peek():
            raise self.bad("something follows the end of the data")
        return value

    def value(self, depth: int) -> Value:
        first, line = self.peek(), self.line()
        if depth > DEEPEST:
            raise self.bad(f"more than {DEEPEST} levels deep")
        if first == "{":
            return Value(line, self.members(depth))
        if first == "[":
            return Value(line, self.elements(depth))
        return Value(line, self.scalar())

    def members(self, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}

        def member() -> None:
            key = self.scalar() if self.peek() == '"' else None
            if not isinstance(key, str):
                raise self.bad("a key in double quotes is expected")
            if key in found:
                raise self.bad(f"“{key}” is given twice")
            self.take(":")
            found[key] = self.value(depth + 1)

        self.each("{", "}", member)
        return found

    def elements(self, depth: int) -> list[Value]:
        found: list[Value] = []
        self.each("[", "]", lambda: found.append(self.value(depth + 1)))
        return found

    def each(self, opening: str, closing: str, part: Callable[[], None]) -> None:
        """Run `part` for each of what stands between the brackets, with commas between."""
        self.take(opening)
        if self.peek() != closing:
            part()
            while self.peek() == ",":
                self.take(",")
                part()
        self.take(closing)

    def scalar(self) -> str | int | float | bool | None:
        try:
            content, self.at = self.scalars.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            raise BadFileError(error.lineno, f"not JSON: {error.msg}") from None
        assert content is None or isinstance(content, str | int | float | bool)  # called on neither { nor [
        return content

    def take(self, sign: str) -> None:
        if self.peek() != sign:
            raise self.bad(f"“{sign}” is expected")
        self.at += 1

    def peek(self) -> str:
        """The next character that is not white space, or nothing at the end."""
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
            self.at += 1
        return self.text[self.at : self.at + 1]

    def line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1

    def bad(self, reason: str) -> BadFileError:
        return BadFileError(self.line(), reason)

    def _no_constant(self, name: str) -> float:
        raise self.bad(f"{name} is no JSON number")


class Record:
    """The fields of one JSON object, taken out by type; a field nobody expects is refused at once."""

    def __init__(self, value: Value, noun: str, fields: str) -> None:
        """`noun` names the thing in messages; `fields` lists every key it may have."""
        if not isinstance(value.content, dict):
            raise BadFileError(value.line, f"{noun}: an object in braces is expected")
        self.line = value.line
        self.noun = noun
        self.fields = value.content
        for key, other in self.fields.items():
            if key not in fields.split():
                raise BadFileError(other.line, f"{noun}: “{key}” is not known")

    def bad(self, key: str, reason: str) -> BadFileError:
        """The exception to raise about a field, or about the whole where the field is missing."""
        line = self.fields[key].line if key in self.fields else self.line
        return BadFileError(line, f"{self.noun}: “{key}” {reason}")

    def has(self, key: str) -> bool:
        return key in self.fields

    def text(self, key: str, like: str = "", longest: int = LONGEST) -> str:
        """A text that is not empty and, where a pattern is given, matches the whole of it."""
        content = self._content(key)
        if not isinstance(content, str) or not content.strip():
            raise self.bad(key, "must be a text")
        if len(content) > longest:
            raise self.bad(key, f"has {len(content)} characters; it may have {longest}")
        if like and not re.fullmatch(like, content):
            raise self.bad(key, f"is “{content}”, which does not have the right form")
        return content

    def text_or(self, key: str, otherwise: str, like: str = "", longest: int = LONGEST) -> str:
        return self.text(key, like, longest) if self.has(key) else otherwise

    def one_of(self, key: str, choices: Collection[str]) -> str:
        content = self.text(key)
        if content not in choices:
            raise self.bad(key, f"is “{content}”; it may be {', '.join(choices)}")
        return content

    def number(self, key: str, lowest: int, highest: int) -> int:
        content = self._content(key)
        if not isinstance(content, int) or isinstance(content, bool):
            raise self.bad(key, "must be a whole number")
        if not lowest <= content <= highest:
            raise self.bad(key, f"is {content}; it may be {lowest} to {highest}")
        return content

    def number_or_none(self, key: str, lowest: int, highest: int) -> int | None:
        return self.number(key, lowest, highest) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """True or false; false where it is not given."""
        content = self._content(key) if self.has(key) else False
        if not isinstance(content, bool):
            raise self.bad(key, "must be true or false")
        return content

    def flag_or_unknown(self, key: str) -> bool | None:
        """True, false, or null for what is not known; it must be given."""
        return None if self._content(key) is None else self.flag(key)

    def day(self, key: str) -> date:
        """A day written as 2022-08-31."""
        return self._date(key, self.text(key))

    def day_or_none(self, key: str) -> date | None:
        """A day, or None where it is not given or is null."""
        return None if self.fields.get(key, Value(0, None)).content is None else self.day(key)

    def month(self, key: str) -> date:
        """The first day of a month written as 2022-08."""
        return self._date(key, f"{self.text(key)}-01")

    def values(self, key: str) -> list[Value]:
        content = self._content(key)
        if not isinstance(content, list):
            raise self.bad(key, "must be a list in square brackets")
        return content

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty where it is not given."""
        found = []
        for value in self.values(key) if self.has(key) else []:
            if not isinstance(value.content, str) or not value.content:
                raise BadFileError(value.line, f"{self.noun}: “{key}” must be a list of texts")
            found.append(value.content)
        return found

    def _content(self, key: str) -> Content:
        if key not in self.fields:
            raise self.bad(key, "is missing")
        return self.fields[key].content

    def _date(self, key: str, written: str) -> date:
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", written):
                raise ValueError
            return date.fromisoformat(written)
        except ValueError:
            raise self.bad(key, f"is “{self._content(key)}”, which is no date") from None
