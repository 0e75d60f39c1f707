"""The ZIP file that Office and OpenDocument files are, opened within bounds."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from documents.reading.report import Place, RefusedFile

MOST_PARTS = 5000
MOST_BYTES = 300 * 1024 * 1024
MOST_PART_BYTES = 150 * 1024 * 1024
HIGHEST_RATIO = 150
RATIO_COUNTS_FROM = 5 * 1024 * 1024
CHUNK = 256 * 1024


class Budget:
    """What a file and all files inside it may unpack to together."""

    def __init__(self, data: bytes) -> None:
        self._parts = MOST_PARTS
        self._bytes = min(MOST_BYTES, max(RATIO_COUNTS_FROM, HIGHEST_RATIO * len(data)))

    def spend(self, infos: list[zipfile.ZipInfo]) -> None:
        """Take the parts of one package from it. Raises RefusedFile when there is not enough left."""
        self._parts -= len(infos)
        self._bytes -= sum(info.file_size for info in infos)
        if self._parts < 0 or self._bytes < 0:
            raise RefusedFile("too_big_inside")


class Package:
    """The parts of a ZIP file by name, and the budget it shares with the files inside it.

    Raises RefusedFile for a bomb, a locked part or a broken file.
    """

    def __init__(self, data: bytes, budget: Budget | None = None) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise RefusedFile("broken") from None
        infos = self._zip.infolist()
        for info in infos:
            self._refuse_bomb_or_lock(info)
        self.budget = budget or Budget(data)
        self.budget.spend(infos)
        self.names = [info.filename for info in infos if not info.is_dir()]
        if len({name.casefold() for name in self.names}) != len(self.names):
            raise RefusedFile("broken")

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's content, piece by piece."""
        try:
            with self._zip.open(name) as part:
                while piece := part.read(CHUNK):
                    yield piece
        except (KeyError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError):
            raise RefusedFile("broken") from None

    def read(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    @staticmethod
    def _refuse_bomb_or_lock(info: zipfile.ZipInfo) -> None:
        if info.flag_bits & 0x1:
            raise RefusedFile("encrypted")
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > MOST_PART_BYTES or (info.file_size > RATIO_COUNTS_FROM and ratio > HIGHEST_RATIO):
            raise RefusedFile("too_big_inside", (Place("part", name=info.filename),))
