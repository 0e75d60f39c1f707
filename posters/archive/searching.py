"""Posters found by their words. What a person may not read is never looked in.

PostgreSQL's own Norwegian takes the endings off the words, in bokmål and, near enough, in nynorsk. Norwegian writes
words together, so that a word is also found at the beginning of a longer one, and a long word inside one.

No index: `visible_editions` are the posters of one network, and behind row-level security PostgreSQL uses none for a
condition that is not leakproof, as `@@` is not. Measured with a GIN index there and 416 posters: it was not used, also
where a scan was forbidden. Reading them all took 0.2 s; a network of forty teams has 160 at its end.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connection
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from posters.archive.asking import PREFIX_FROM, WITHIN_FROM, Question, Term
from posters.models import Edition

NORWEGIAN, SIMPLE = "norwegian", "simple"


def find(editions: QuerySet[Edition], question: Question) -> QuerySet[Edition]:
    """Those among the editions that answer the question, each with its `rank`: what says it most stands first."""
    everything = Concat(
        F("words"), Value("\n"), Cast("poster__tags", TextField()), Value("\n"), F("poster__team__name"), Value("\n"),
        F("poster__team__participation__organisation__name"), output_field=TextField(),
    )  # fmt: skip
    searched = editions.annotate(everything=everything).annotate(
        vector=SearchVector("everything", config=NORWEGIAN) + SearchVector("everything", config=SIMPLE)
    )
    asked = [(term, _query(term)) for term in question.terms]
    conditions = [~_holds(term, query) if term.is_unwanted else _holds(term, query) for term, query in asked]
    ranked = reduce(or_, [query for term, query in asked if not term.is_unwanted])
    return searched.filter(reduce(and_, conditions)).annotate(rank=SearchRank(F("vector"), ranked, normalization=1))


def stems(words: Iterable[str]) -> dict[str, str]:
    """What each word is without its ending, as the search sees it; a word that is everywhere ("og") has none."""
    asked = list(dict.fromkeys(words))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, ts_lexize('norwegian_stem', word) FROM unnest(%s::text[]) AS word", [asked])
        return {word: found[0] if found else "" for word, found in cursor.fetchall()}


def _holds(term: Term, query: SearchQuery) -> Q:
    """The text holds the term: by its stem, as it is typed, or, of a long word, somewhere inside another."""
    within = [form for form in term.forms if len(form) >= WITHIN_FROM and not term.is_phrase]
    return reduce(or_, (Q(everything__icontains=form) for form in within), Q(vector=query))


def _query(term: Term) -> SearchQuery:
    if term.is_phrase:
        return SearchQuery(term.text, config=SIMPLE, search_type="phrase")
    parts = [
        SearchQuery(_lexeme(form), config=config, search_type="raw")
        for form in term.forms
        for config in (NORWEGIAN, SIMPLE)
    ]
    return reduce(or_, parts)


def _lexeme(word: str) -> str:
    """For `to_tsquery`: the word in quotation marks (it is letters and figures only), and whether it may go on."""
    return f"'{word}':*" if len(word) >= PREFIX_FROM else f"'{word}'"
