"""The network's archive of posters: what there is to choose from, and what is found."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from gpf.norwegian import sort_key
from posters.archive.asking import Question
from posters.archive.excerpts import Excerpt, Marker, excerpts, marker
from posters.archive.searching import find, stems
from posters.composing import gathering_name, organisation_name
from posters.content import clean
from posters.models import Edition, Rendering
from posters.present.queries import read_pictures
from sessions.models import Gathering
from teams.models import Team

PAGE_SIZE = 24

TEAM = ("poster__team__sort_name", "poster__team")
ORGANISATION = ("poster__team__participation__organisation__sort_name",)
ORDERS: Mapping[str, tuple[str, ...]] = {
    "newest": ("-poster__gathering__number", *ORGANISATION, *TEAM),
    "oldest": ("poster__gathering__number", *ORGANISATION, *TEAM),
    "organisation": (*ORGANISATION, *TEAM, "poster__gathering__number"),
    "match": ("-rank", "-poster__gathering__number", *TEAM),
}


@dataclass(frozen=True)
class Choices:
    """What the posters a person may read can be narrowed by."""

    gatherings: list[tuple[str, str]] = field(default_factory=list)
    organisations: list[tuple[str, str]] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)
    tag_forms: Mapping[str, set[str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.gatherings


@dataclass(frozen=True)
class Found:
    """A poster in the archive. `excerpts` say where what was searched for stands."""

    team: Team
    gathering: Gathering
    gathering_name: str
    language: str
    headline: SafeString
    byline: SafeString
    tags: list[str]
    sheet: Rendering | None
    excerpts: list[Excerpt]


def read_choices(editions: QuerySet[Edition]) -> Choices:
    """From every poster the person may read, and no other."""
    gatherings: dict[int, str] = {}
    organisations: dict[str, str] = {}
    tags: dict[str, set[str]] = defaultdict(set)
    for edition in editions.defer("content", "words").order_by("-poster__gathering__number"):
        poster = edition.poster
        gatherings[poster.gathering.number or 0] = gathering_name(poster.gathering)
        organisation = poster.team.participation.organisation
        organisations[organisation.slug] = organisation_name(organisation)
        for tag in tags_of(edition):
            tags[tag.casefold()].add(tag)
    return Choices(
        gatherings=[(str(number), name) for number, name in gatherings.items()],
        organisations=sorted(organisations.items(), key=lambda choice: sort_key(choice[1])),
        tags=sorted(((key, min(forms)) for key, forms in tags.items()), key=lambda choice: sort_key(choice[1])),
        tag_forms=tags,
    )


def narrow(editions: QuerySet[Edition], asked: Mapping[str, str], choices: Choices) -> QuerySet[Edition]:
    """The editions as they were chosen; `asked` holds choices that exist. A tag is one, however teams spell it."""
    if asked.get("gathering"):
        editions = editions.filter(poster__gathering__number=int(asked["gathering"]))
    if asked.get("organisation"):
        editions = editions.filter(poster__team__participation__organisation__slug=asked["organisation"])
    if asked.get("tag"):
        forms = choices.tag_forms[asked["tag"]]
        editions = editions.filter(reduce(or_, (Q(poster__tags__contains=[form]) for form in forms)))
    return editions


def read_page(
    editions: QuerySet[Edition], question: Question, order: str, number: str | None
) -> tuple[Page[int], list[Found]]:
    """A page of them, each with its picture, and with excerpts when something is searched for.

    The keys are read first: the words of all the posters are then looked through once, not once to count and once to
    show.
    """
    hits = editions if question.is_empty else find(editions, question)
    chosen = order or ("newest" if question.is_empty else "match")
    keys = list(hits.order_by(*ORDERS[chosen], "pk").values_list("pk", flat=True))
    page = Paginator(keys, PAGE_SIZE).get_page(number)
    by_key = editions.in_bulk(list(page.object_list))
    shown = [by_key[key] for key in page.object_list]
    found = marker(question, stems(form for term in question.wanted for form in term.forms))
    pictures = read_pictures(shown)
    return page, [_found(edition, found, pictures.get(edition.pk)) for edition in shown]


def tags_of(edition: Edition) -> list[str]:
    """What the team has marked the poster with."""
    return [clean(str(tag)) for tag in edition.poster.tags if clean(str(tag))]


def _found(edition: Edition, found: Marker, sheet: Rendering | None) -> Found:
    team, gathering = edition.poster.team, edition.poster.gathering
    headline = clean(str(edition.content.get("title", ""))) or team.name
    names = dict.fromkeys((team.name, organisation_name(team.participation.organisation)))
    return Found(
        team=team,
        gathering=gathering,
        gathering_name=gathering_name(gathering),
        language=edition.language,
        headline=found.mark(headline),
        byline=found.mark(" · ".join(name for name in names if name != headline)),
        tags=tags_of(edition),
        sheet=sheet,
        excerpts=excerpts(edition, found) if found.pattern else [],
    )
