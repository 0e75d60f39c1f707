"""The reading process: a file on standard input, a report on standard output. It can do little else."""

import contextlib
import resource
import sys

from documents.reading.report import Reason, RefusedFile, Report, refusal_as_json

MEMORY = 2 * 1024**3
CPU_SECONDS = 20
PDF_HEADER_WITHIN = 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")


def main() -> None:
    """Read, and say what was found. Whatever goes wrong in a parser means that the file is broken."""
    _limit()
    try:
        answer = read(sys.stdin.buffer.read()).as_json()
    except RefusedFile as refused:
        answer = refusal_as_json(refused.reason, refused.places)
    except Exception:
        answer = refusal_as_json("broken")
    sys.stdout.write(answer)


def read(data: bytes) -> Report:
    """Read a file as what its first bytes say it is. Raises RefusedFile."""
    if data.startswith(b"PK\x03\x04"):
        from documents.reading import office

        return office.read(data)
    for beginning, kind in ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg")):
        if data.startswith(beginning):
            from documents.reading import images

            return images.read(data, kind)
    if b"%PDF-" in data[:PDF_HEADER_WITHIN]:
        from documents.reading import pdf

        return pdf.read(data)
    raise RefusedFile(_why_not(data))


def _why_not(data: bytes) -> Reason:
    """What to say of a file that is none of the kinds taken."""
    if data.startswith(OLE):
        return "encrypted" if ENCRYPTED_OFFICE in data else "old_office"
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heif"):
        return "heic"
    return "unknown"


def _limit() -> None:
    """Little memory, little time, no file written. Some systems do not know every limit."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))


if __name__ == "__main__":
    main()
