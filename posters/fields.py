"""A poster's fields, each a text by a key: so that two people's writing is merged in one way, and kept in one way.

"title", "design", "orientation" and "shows_new" ("yes" or empty) are columns of their own; "charts:<section>" is the
measures chosen for it, as "7,12"; every other key is a section's text.
"""

from collections.abc import Iterable
from hashlib import sha256

from posters.models import Poster
from posters.sections import Section

TITLE = "title"
LOOK = ("design", "orientation", "shows_new")
CHARTS = "charts:"
MOST_CHARTS = 4


def keys_of(sections: Iterable[Section]) -> list[str]:
    """Every field of a poster with these sections."""
    found = list(sections)
    return [
        TITLE,
        *LOOK,
        *(section.key for section in found),
        *(CHARTS + section.key for section in found if section.kind == "chart"),
    ]


def text_of(poster: Poster, key: str) -> str:
    """What stands in a field."""
    if key == TITLE:
        return poster.title
    if key == "shows_new":
        return "yes" if poster.shows_new else ""
    if key in LOOK:
        return str(getattr(poster, key))
    if key.startswith(CHARTS):
        return ",".join(map(str, poster.charts.get(key.removeprefix(CHARTS), [])))
    return str(poster.content.get(key, ""))


def write(poster: Poster, key: str, text: str) -> None:
    """Put a text in a field; saves nothing."""
    if key == TITLE:
        poster.title = text
    elif key == "shows_new":
        poster.shows_new = bool(text)
    elif key in LOOK:
        setattr(poster, key, text)
    elif key.startswith(CHARTS):
        poster.charts[key.removeprefix(CHARTS)] = [int(part) for part in text.split(",") if part][:MOST_CHARTS]
    else:
        poster.content[key] = text


def digest(text: str) -> str:
    """A short mark of a text, to see whether it has changed."""
    return sha256(text.encode()).hexdigest()[:10]
