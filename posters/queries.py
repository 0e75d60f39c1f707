"""What the pages of posters show."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posters.composing import from_json
from posters.content import PosterSection, clean
from posters.models import Edition, Rendering
from posters.sections import Section


@dataclass(frozen=True)
class Counter:
    """How many words a section has and how many are right. A script fills in {count} and {over}."""

    text: str
    most: int
    is_over: bool
    one: str
    several: str
    over: str


@dataclass(frozen=True)
class Note:
    """What stands under a field: how many words it has, and what is wrong with it.

    `digest` is of the stored text. Where somebody else has changed it meanwhile, `theirs` is that text, and `seen` the
    digest this person's page was made with: `digest` is then what she has been shown of it. `fresh` is what somebody
    else has written in a field that she has left alone.
    """

    key: str
    words: Counter | None
    digest: str
    seen: str = ""
    problems: tuple[str, ...] = ()
    theirs: str = ""
    fresh: str | None = None


def count_words(section: Section, text: str) -> Counter:
    """As "32 words. 15–50 are right.", or "53 words: 3 more than there is good room for"."""
    fewest, most = section.words
    guidance = _("%(fewest)s–%(most)s are right.") % {"fewest": fewest, "most": most}
    one, several = (ngettext("%(count)s word.", "%(count)s words.", n) % {"count": "{count}"} for n in (1, 2))
    over = _("%(count)s words: %(over)s more than there is good room for") % {"count": "{count}", "over": "{over}"}
    count = len(clean(text).split())
    form = over if count > most else f"{one if count == 1 else several} {guidance}"
    return Counter(
        text=form.format(count=grouped(count), over=grouped(count - most)),
        most=most,
        is_over=count > most,
        one=f"{one} {guidance}",
        several=f"{several} {guidance}",
        over=over,
    )


def grouped(number: int) -> str:
    """With the language's mark between the thousands."""
    return number_format(number, force_grouping=True)


@dataclass(frozen=True)
class Files:
    """How far an edition's files have come."""

    edition: Edition | None
    renderings: list[Rendering]

    @property
    def state(self) -> str:
        """none, waiting, ready, too_long, failed or stuck: what the page says."""
        if not self.renderings:
            return "none"
        states = {rendering.state for rendering in self.renderings}
        for state in (Rendering.State.TOO_LONG, Rendering.State.FAILED):
            if state in states:
                return str(state.value)
        now = timezone.now()
        if any(rendering.is_stuck(now) for rendering in self.renderings):
            return "stuck"
        return "waiting" if any(rendering.on_its_way for rendering in self.renderings) else "ready"

    @property
    def papers(self) -> set[str]:
        return {rendering.paper for rendering in self.renderings}

    @property
    def ready(self) -> list[Rendering]:
        return [rendering for rendering in self.renderings if rendering.state == Rendering.State.READY]

    @property
    def unprintable(self) -> str:
        return " ".join(dict.fromkeys("".join(rendering.unprintable for rendering in self.ready)))

    @property
    def too_long(self) -> list[tuple[PosterSection, int]]:
        """The sections that do not fit, with about how many words too many, in the poster's order."""
        over: dict[str, int] = {}
        for rendering in self.renderings:
            for key, words in rendering.too_long.items():
                over[key] = max(words, over.get(key, 0))
        sections = from_json(self.edition.content).sections if self.edition else ()
        return [(section, over[section.key]) for section in sections if section.key in over]


def read_files(edition: Edition | None) -> Files:
    """The files that have been asked for; what was only looked at while writing is none."""
    if edition is None or not edition.kept:
        return Files(None, [])
    papers: list[str] = list(Rendering.Paper.values)
    found = edition.renderings.select_related("document")
    return Files(edition, sorted(found, key=lambda rendering: papers.index(rendering.paper)))
