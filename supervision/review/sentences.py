"""Sentences to start an answer from, by what kind of work it is to: data/sentences.json, in both forms of Norwegian."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).parent / "data" / "sentences.json"

AIMS: Mapping[str, str | Promise] = {
    "praise": _("Say what is good"),
    "ask": _("Ask"),
    "next": _("The next step"),
}


@dataclass(frozen=True)
class Sentence:
    """One of them. `key` stands in the form: "plan-ask-0"."""

    key: str
    aim: str
    words: Mapping[str, str]

    def text(self, language: str) -> str:
        """In nynorsk where that is asked for, else in bokmål."""
        return self.words["nn" if language == "nn" else "nb"]


def sentences_for(kind: str) -> Sequence[Sentence]:
    """Those that fit a kind of work (`networks.models.AssignmentKind`), its own before those that always fit."""
    return [*SENTENCES.get(kind, ()), *SENTENCES["any"]]


def _read() -> dict[str, list[Sentence]]:
    whole = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        kind: [
            Sentence(f"{kind}-{aim}-{place}", aim, words)
            for aim in AIMS
            for place, words in enumerate(aims.get(aim, ()))
        ]
        for kind, aims in whole.items()
    }


SENTENCES = _read()
