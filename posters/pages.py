"""What several pages of posters share."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from posters.access import Place
from posters.content import Block, PosterSection, blocks
from posters.models import Rendering
from posters.services import poster_assignment
from posters.tasks import make_file
from sessions.access import progress_of
from sessions.models import Delivery
from sessions.progress import Progress


def ask_for_files(told: Sequence[Rendering]) -> None:
    """Tell the workers, once they can see what they are told of."""
    for rendering in told:
        transaction.on_commit(lambda one=rendering: make_file.delay(one.network_id, one.pk))  # type: ignore[misc]  # a lambda's default has no type


def address(name: str, place: Place, **more: Any) -> str:
    """A page of a team's poster for a gathering."""
    where = {"network_slug": place.team.network.slug, "team_slug": place.team.slug}
    return reverse(f"posters:{name}", kwargs={**where, "gathering_number": place.gathering.number, **more})


def progress_at(place: Place) -> Progress | None:
    """How far the team has come with the assignment the poster answers."""
    assignment = poster_assignment(place.gathering)
    if assignment is None:
        return None
    delivery = Delivery.objects.filter(team=place.team, assignment=assignment).first()
    return progress_of(place.team, assignment, delivery, today=timezone.localdate())


def readable(sections: Sequence[PosterSection], slot: str = "") -> list[dict[str, Any]]:
    """The sections that stand there (of a slot, or all), their lines gathered by kind."""
    return [
        {"section": section, "runs": [{"kind": kind, "blocks": list(run)} for kind, run in _runs(section)]}
        for section in sections
        if not slot or section.slot == slot
    ]


def _runs(section: PosterSection) -> Iterator[tuple[str, Iterator[Block]]]:
    return groupby(blocks(section), key=lambda block: block.kind)
