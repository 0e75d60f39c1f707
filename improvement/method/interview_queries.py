"""What pages read of a team's interviews: how many were asked, and the themes that came out of it.

Outside the team nobody sees a number that fewer than five people are behind, nor a sum it could be taken from.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from improvement.method.models import InterviewRound, Theme
from teams.models import Team

FEWEST = 5


@dataclass(frozen=True)
class RoundShown:
    """A round of interviews, and how many it was as this reader sees it."""

    row: InterviewRound
    count: str


@dataclass(frozen=True)
class ThemeShown:
    """A theme, and how many said it as this reader sees it; `width` is the length of its bar, 0–100, else None."""

    row: Theme
    said: str
    width: int | None

    @property
    def has_need(self) -> bool:
        """Whether it has grown into a need that is still there."""
        return self.row.need is not None and self.row.need.put_away_at is None


@dataclass(frozen=True)
class Interviews:
    """All of it: rounds, themes, the sum as one says it, and what has been put away (for the team itself)."""

    rounds: Sequence[RoundShown]
    themes: Sequence[ThemeShown]
    asked: int
    asked_words: str
    away_rounds: Sequence[InterviewRound]
    away_themes: Sequence[Theme]
    said_by_more: bool

    @property
    def themes_words(self) -> str:
        number = len(self.themes)
        return ngettext("%(number)d theme", "%(number)d themes", number) % {"number": number}


def read_interviews(team: Team, *, own: bool) -> Interviews:
    """The team's interviews for a reader; `own`: she works in the team. Two queries."""
    rounds = list(InterviewRound.with_put_away.filter(team=team).order_by("from_on", "pk"))
    themes = list(Theme.with_put_away.filter(team=team).select_related("need"))
    kept = [row for row in rounds if row.put_away_at is None]
    asked = sum(row.count for row in kept)
    visible = sum(row.count for row in kept if row.count >= FEWEST)
    shown = sorted((row for row in themes if row.put_away_at is None), key=_most_said_first)
    return Interviews(
        rounds=[RoundShown(row, _people(row.count, own)) for row in kept],
        themes=[_theme(row, asked, own, visible) for row in shown],
        asked=asked,
        asked_words=_sum(kept, own),
        away_rounds=[row for row in rounds if row.put_away_at] if own else [],
        away_themes=[row for row in themes if row.put_away_at] if own else [],
        said_by_more=own and any((row.mentioned_by or 0) > asked for row in shown),
    )


def _most_said_first(theme: Theme) -> tuple[int, int, int]:
    return (-(theme.mentioned_by or 0), theme.position, theme.pk)


def _theme(row: Theme, asked: int, own: bool, visible: int) -> ThemeShown:
    """`visible`: how many the reader outside the team is told were asked. A theme never tells of more."""
    said = row.mentioned_by
    if said is None:
        return ThemeShown(row, "", None)
    if not own and min(said, asked) < FEWEST:
        return ThemeShown(row, _("Fewer than 5 said it"), None)
    if not own and said > visible:
        words = _("More than %(said)d said it") % {"said": visible} if visible else _("Several said it")
        return ThemeShown(row, words, None)
    if not own:
        return ThemeShown(row, _("%(said)d said it") % {"said": said}, None)
    words = _("%(said)d of %(asked)d said it") % {"said": said, "asked": asked}
    return ThemeShown(row, words, min(100, round(100 * said / asked)) if asked else None)


def _people(count: int, own: bool) -> str:
    return str(count) if own or count >= FEWEST else _("fewer than 5")


def _sum(rounds: Sequence[InterviewRound], own: bool) -> str:
    """How many in all: a reader outside the team is told a sum she cannot take a small number out of."""
    seen = sum(row.count for row in rounds if own or row.count >= FEWEST)
    asked = sum(row.count for row in rounds)
    if seen == asked:
        return ngettext("%(number)d interviewed", "%(number)d interviewed", asked) % {"number": asked}
    if not seen:
        return _("Fewer than 5 in each round")
    return _("More than %(number)d interviewed") % {"number": seen}
