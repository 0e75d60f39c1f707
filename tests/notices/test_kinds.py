"""Everything that is told has a name for people, and words that a network can change."""

import re

import pytest

from notices import fields, kinds, wording
from notices.kinds import Kind, Words

KINDS = kinds.registered()
WORDS = [words for kind in KINDS for words in kind.wordings]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_a_name_for_people(kind: Kind) -> None:
    assert str(kind.label) not in ("", kind.name)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.name)
def test_words_use_the_fields_they_offer_under_names_that_tell_them_apart(words: Words) -> None:
    used = set(re.findall(r"%\((\w+)\)s", words.subject + words.text))
    assert used <= set(words.fields) | set(wording.COMMON)
    known = {**words.fields, **wording.COMMON}
    assert len({fields.name(field) for field in known}) == len(known)
    assert all(fields.name(field) in fields.NAMES.values() for field in known), "a name in Norwegian"


def test_no_two_are_called_the_same() -> None:
    assert len({words.name for words in WORDS}) == len(WORDS)
    assert len({str(kind.label) for kind in KINDS}) == len(KINDS)
