"""A statement that runs a thousand times: PostgreSQL reads and plans it once for each connection, not every time.

Source: PostgreSQL 18 manual, PREPARE and EXECUTE.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

_numbers = count(1)


class Prepared:
    """`statement` says $1, $2 … where its values go; `types` are theirs, in PostgreSQL's words."""

    def __init__(self, types: str, statement: str) -> None:
        self._types, self._statement = types, statement
        self._names: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    def row(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """Run it; the one row it answers with. Raises what `cursor.execute` does."""
        with connection.cursor() as cursor:
            name = self._names.get(connection.connection)
            if name is None:  # a new one each time, also where the last attempt was broken off half-way
                name = f"notices_{next(_numbers)}"
                cursor.execute(f"PREPARE {name} ({self._types}) AS {self._statement}")
                self._names[connection.connection] = name
            cursor.execute(f"EXECUTE {name} ({', '.join(['%s'] * len(values))})", values)
            row: tuple[Any, ...] = cursor.fetchone()
        return row
