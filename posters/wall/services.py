"""Writing to posters, and closing them for it. Every function needs the network's scope."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from networks.models import Network
from posters.models import Poster, WallNote, WallRules
from posters.wall.told import announce_comment, withdraw_comment
from teams.models import Team


class ClosedError(ValueError):
    """The poster is closed for comments."""


@transaction.atomic
def take_along(*, poster: Poster, team: Team, by: User, text: str) -> WallNote:
    """Put an idea from a poster on a team's list. A team takes nothing from its own poster."""
    if poster.team_id == team.pk:
        raise ValueError("a team's own poster")
    return _write(poster, WallNote.Kind.IDEA, team, by, text)


@transaction.atomic
def comment(*, poster: Poster, team: Team | None, by: User, text: str) -> WallNote:
    """Say something to the team behind a poster; raises ClosedError.

    1. Hold the poster, so that nobody comments on one while it is closed.
    2. Write it, for the team she works in where she works in one.
    3. Tell the poster's team.
    """
    held = Poster.objects.select_for_update().get(pk=poster.pk)
    if not held.is_open or WallRules.objects.filter(network=held.network_id, is_open=False).exists():
        raise ClosedError
    note = _write(held, WallNote.Kind.COMMENT, team, by, text)
    announce_comment(note)
    return note


@transaction.atomic
def put_away(*, note: WallNote) -> None:
    note.put_away_at = timezone.now()
    note.save(update_fields=["put_away_at"])
    withdraw_comment(note)


def take_back(*, note: WallNote) -> None:
    note.put_away_at = None
    note.save(update_fields=["put_away_at"])


@transaction.atomic
def take_down(*, note: WallNote, by: User) -> None:
    """Nobody reads it any more but its writer, who is told so where it stood, and the coordinators."""
    note.hidden_at, note.hidden_by = timezone.now(), by
    note.save(update_fields=["hidden_at", "hidden_by"])
    withdraw_comment(note)


def put_back(*, note: WallNote) -> None:
    note.hidden_at = note.hidden_by = None
    note.save(update_fields=["hidden_at", "hidden_by"])


@transaction.atomic
def let_comment(*, poster: Poster, is_open: bool) -> None:
    """Open a poster for comments, or close it. What is said already stays."""
    held = Poster.objects.select_for_update().get(pk=poster.pk)
    held.is_open = is_open
    held.save(update_fields=["is_open"])


def let_comment_all(*, network: Network, is_open: bool) -> None:
    """The same for every poster of a network; a poster its own team has closed stays closed."""
    WallRules.objects.update_or_create(network=network, defaults={"is_open": is_open})


def _write(poster: Poster, kind: str, team: Team | None, by: User, text: str) -> WallNote:
    return WallNote.objects.create(
        network_id=poster.network_id, poster=poster, kind=kind, team=team, author=by, text=text
    )
