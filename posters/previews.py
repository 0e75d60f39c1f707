"""The real page beside the writing: made in the background, replaced when it is ready.

A preview is an edition that is not `kept`: it becomes a kept one if the team makes files of it, and goes when the
text has moved on. Every function needs the network's scope.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from posters.composing import from_json
from posters.content import PosterSection
from posters.models import Edition, Poster, Rendering
from posters.services import current_edition, make_edition, request_files
from sessions.models import Gathering
from teams.models import Team

PAPER = Rendering.Paper.A3  # every poster is made on it, so that what was looked at is made when it is delivered


@dataclass(frozen=True)
class Preview:
    """What is known of the poster as it is now, and the newest picture there is, which may be of an earlier text."""

    current: Rendering | None
    shown: Rendering | None

    @property
    def is_waiting(self) -> bool:
        return self.current is not None and self.current.on_its_way

    @property
    def is_wanted(self) -> bool:
        """Whether nobody has asked for it yet."""
        return self.current is None or self.current.lacks_pictures

    @property
    def is_old(self) -> bool:
        """Whether the picture is of an earlier text."""
        return self.shown is not None and self.shown != self.current

    @property
    def too_long(self) -> dict[str, int]:
        """About how many words too many, by section, as the layout measured it."""
        return dict(self.current.too_long) if self.current else {}

    @property
    def over(self) -> list["Over"]:
        """The same with the sections' headings, in the poster's order."""
        sections = from_json(self.current.edition.content).sections if self.current else ()
        return [Over(one, self.too_long[one.key]) for one in sections if one.key in self.too_long]


@transaction.atomic
def request_preview(*, poster: Poster) -> list[Rendering]:
    """Ask for the page of the poster as it is now. Answers with what a worker must be told of.

    1. Of earlier previews, keep the newest that has a picture, to be looked at meanwhile; those still waiting, for a
       text that has moved on, are not made.
    2. Ask for this one, unless it is made or on its way.
    """
    edition = make_edition(poster=poster, kept=False)
    earlier = Edition.objects.filter(poster=poster, kept=False).exclude(pk=edition.pk)
    newest = _with_picture(poster).exclude(edition=edition).first()
    earlier.exclude(Q(pk=newest.edition_id) if newest else Q(pk=None)).exclude(
        renderings__state=Rendering.State.WORKING
    ).delete()
    return request_files(edition=edition, papers=[PAPER])


@dataclass(frozen=True)
class Over:
    """A section that has about so many words too many."""

    section: PosterSection
    words: int


def read_preview(poster: Poster) -> Preview:
    """How far it has come."""
    edition = current_edition(poster) if poster.pk else None
    current = (
        Rendering.objects.filter(edition=edition, paper=PAPER).select_related("edition").first() if edition else None
    )
    if current and current.picture_id:
        return Preview(current, current)
    return Preview(current, _with_picture(poster).first() if poster.pk else None)


def _with_picture(poster: Poster) -> QuerySet[Rendering]:
    made = Rendering.objects.filter(edition__poster=poster, paper=PAPER).exclude(picture=None)
    return made.order_by("-finished_at")


def pictures_of(team: Team, gathering: Gathering) -> QuerySet[Rendering]:
    """The pictures of a poster's pages that its writers may look at."""
    made = Rendering.objects.filter(edition__poster__team=team, edition__poster__gathering=gathering)
    return made.select_related("picture")
