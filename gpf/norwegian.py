"""Norwegian letters: alphabetical order for a database that does not know it, and names in addresses."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

from django.utils.text import slugify

_ASCII = str.maketrans({"æ": "ae", "ä": "a", "ø": "o", "ö": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d"})
# The three last letters, as characters that follow z in code point order.
_LAST = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}


def sort_key(name: str) -> str:
    """A text that sorts by code point as the name does in Norwegian: … z æ ø å, with "Aa" counted as å.

    Case and other accents do not matter, and what is neither letter nor digit counts as one space.
    """
    folded = name.casefold().replace("aa", "å")
    letters = (_LAST.get(letter) or _plain(letter) for letter in unicodedata.normalize("NFC", folded))
    return re.sub(r"[^0-9a-z{|}]+", " ", "".join(letters)).strip()


def slug_of(name: str, longest: int = 50) -> str:
    """The name as it stands in an address: "Nordre Ål" as "nordre-al". Empty where no letter or digit is left."""
    return slugify(unicodedata.normalize("NFC", name).casefold().translate(_ASCII))[:longest].strip("-")


def free_slug(name: str, taken: Container[str], *, otherwise: str = "", longest: int = 50) -> str:
    """The name in an address nobody has: with a number behind it, from 2, where another has it without.

    `otherwise` is for a name that has no letter or digit.
    """
    base = slug_of(name, longest) or otherwise
    if base not in taken:
        return base
    endings = (f"-{number}" for number in count(2))
    numbered = (base[: longest - len(ending)].strip("-") + ending for ending in endings)
    return next(slug for slug in numbered if slug not in taken)


def _plain(letter: str) -> str:
    """The letter without its accent: é as e, đ as d."""
    return {"đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th"}.get(letter) or unicodedata.normalize("NFD", letter)[0]
