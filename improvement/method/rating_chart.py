"""How one effect goal's ratings are drawn over the gatherings: dots on five lines, joined. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from improvement.method.queries import GoalRatings
from sessions.models import Gathering

LEFT, STEP, RIGHT = 48, 96, 48
TOP, LINE = 20, 20
HIGHEST = 5


@dataclass(frozen=True)
class Dot:
    """One rating: where it stands and what it says."""

    x: int
    y: int
    score: int


@dataclass(frozen=True)
class Drawing:
    """A panel of `width` × `height`: five lines with their height, a place for each gathering, the dots, their line."""

    width: int
    height: int
    lines: Sequence[tuple[int, int]]
    stops: Sequence[tuple[int, Gathering]]
    dots: Sequence[Dot]

    @property
    def path(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


def draw_ratings(found: GoalRatings, gatherings: Sequence[Gathering]) -> Drawing:
    """One effect goal over all gatherings of the network, those to come too, so that all five panels are alike."""
    places = {gathering.pk: LEFT + STEP * number for number, gathering in enumerate(gatherings)}
    return Drawing(
        width=LEFT + STEP * max(len(gatherings) - 1, 1) + RIGHT,
        height=TOP + LINE * (HIGHEST - 1) + 40,
        lines=[(score, _height(score)) for score in range(1, HIGHEST + 1)],
        stops=[(places[gathering.pk], gathering) for gathering in gatherings],
        dots=[
            Dot(places[rated.gathering.pk], _height(rated.score), rated.score)
            for rated in found.ratings
            if rated.gathering.pk in places
        ],
    )


def _height(score: int) -> int:
    return TOP + LINE * (HIGHEST - score)
