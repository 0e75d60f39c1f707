"""What somebody searches for, taken apart: words that must be there, words that must not, and words in a row."""

import re
import unicodedata
from dataclasses import dataclass

MOST = 12
"""Words; more of them find nothing, and cost."""

PREFIX_FROM = 3
"""Letters from which a word also finds those that begin with it: "fall" finds "fallrisiko"."""

WITHIN_FROM = 5
"""Letters from which a word is also found inside another: "risiko" in "fallrisikoen"."""

PIECE = re.compile(r'(?P<minus>(?<!\S)[-–−])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
WORD = re.compile(r"\w+")
QUOTES = str.maketrans(dict.fromkeys("«»“”„‟″", '"'))

PAIRS = (
    ("forbedr", "forbetr"),
    ("veiled", "rettlei"),
    ("sykehjem", "sjukeheim"),
    ("sykehus", "sjukehus"),
    ("syk", "sjuk"),
    ("hjemme", "heime"),
    ("hjem", "heim"),
    ("uke", "veke"),
    ("uka", "veka"),
    ("bruker", "brukar"),
    ("pasienter", "pasientar"),
    ("leder", "leiar"),
    ("ledelse", "leiing"),
    ("oppgave", "oppgåve"),
    ("trygghet", "tryggleik"),
    ("mulighet", "moglegheit"),
    ("ansatt", "tilsett"),
    ("medarbeider", "medarbeidar"),
    ("øvelse", "øving"),
    ("utskrivning", "utskriving"),
    ("innleggelse", "innlegging"),
    ("reinnleggelse", "reinnlegging"),
    ("fallforebygg", "fallførebygg"),
    ("forebygg", "førebygg"),
    ("pårørende", "pårørande"),
    ("tjeneste", "teneste"),
    ("hverdag", "kvardag"),
    ("mestring", "meistring"),
    ("ensom", "einsam"),
    ("flere", "fleire"),
)
"""How words of this work begin in bokmål and in nynorsk, where the languages part. A search for one finds both."""


@dataclass(frozen=True)
class Term:
    """A word, or several in a row (`is_phrase`). `forms`: the word, and what it is called in the other language."""

    text: str
    forms: tuple[str, ...]
    is_phrase: bool = False
    is_unwanted: bool = False


@dataclass(frozen=True)
class Question:
    """All that was asked for. Empty: there was no word in it."""

    terms: tuple[Term, ...] = ()

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_unwanted)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for: what is only to be left out finds everything else, and that is no search."""
        return not self.wanted


def understand(text: str) -> Question:
    """A line as it was typed: words, "words in a row", and -what is to be left out."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(QUOTES)
    terms: list[Term] = []
    for piece in PIECE.finditer(plain):
        unwanted = piece["minus"] is not None
        words = WORD.findall((piece["phrase"] if piece["phrase"] is not None else piece["word"]).replace("_", " "))
        if len(words) > 1:  # in quotation marks, or held together by a sign as "e-post"
            terms.append(Term(" ".join(words), (" ".join(words),), True, unwanted))
        elif words:
            forms = (words[0],) if piece["phrase"] is not None else (words[0], *in_the_other_language(words[0]))
            terms.append(Term(words[0], forms, False, unwanted))
    return Question(tuple(dict.fromkeys(terms))[:MOST])


def in_the_other_language(word: str) -> list[str]:
    """How the word begins in the other written Norwegian. A long beginning is enough; a short one keeps its end."""
    found = []
    for pair in PAIRS:
        for own, other in (pair, pair[::-1]):
            if word.startswith(own):
                found.append(other if len(other) >= WITHIN_FROM else other + word[len(own) :])
    return list(dict.fromkeys(found))
