"""What a poster said before, and the way back to it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from posters.content import clean
from posters.models import Poster, PosterVersion
from posters.template.resolving import sections_of_poster

KEPT = ("title", "language", "content", "charts", "design", "orientation", "shows_new")
"""What of a poster a version keeps."""

ONE_SITTING = timedelta(minutes=10)
"""What one person writes within so long is one version."""


def stood(poster: Poster) -> dict[str, Any]:
    """The poster as a version keeps it."""
    return {name: getattr(poster, name) for name in KEPT}


def begin_history(poster: Poster) -> None:
    """Keep how the poster stood before anybody changes it for the first time. Needs the poster locked."""
    if not poster.versions.exists():
        PosterVersion.objects.create(
            network_id=poster.network_id,
            poster=poster,
            number=1,
            stood=stood(poster),
            made_by_id=poster.saved_by_id,
            began_at=poster.saved_at - 2 * ONE_SITTING,  # so that what is written now becomes a version of its own
            made_at=poster.saved_at,
        )


def note_version(poster: Poster, by: User) -> None:
    """Keep how the poster stands now. Somebody who writes on has one version for a sitting. Needs the poster locked."""
    now, newest = timezone.now(), poster.versions.first()
    as_now = stood(poster)
    if newest and newest.stood == as_now:
        return
    if newest and newest.made_by_id == by.pk and now - newest.began_at < ONE_SITTING:
        newest.stood, newest.made_at = as_now, now
        newest.save(update_fields=["stood", "made_at"])
        return
    PosterVersion.objects.create(
        network_id=poster.network_id,
        poster=poster,
        number=newest.number + 1 if newest else 1,
        stood=as_now,
        made_by=by,
        began_at=now,
        made_at=now,
    )


@transaction.atomic
def go_back(*, poster: Poster, version: PosterVersion, by: User) -> Poster:
    """Let the poster say what it said then. How it stood until now is a version too: this can be taken back.

    1. Lock the poster, and keep how it stands.
    2. Write what stood in the version; what it had no section for stays empty.
    """
    locked = Poster.objects.select_for_update(of=("self",)).get(pk=poster.pk)
    _close(locked, by)
    for name in KEPT:
        setattr(locked, name, version.stood[name])
    locked.saved_by, locked.saved_at = by, timezone.now()
    locked.save()
    _close(locked, by)
    return locked


def _close(poster: Poster, by: User) -> None:
    """Keep how it stands as a version of its own, that nothing is added to."""
    note_version(poster, by)
    PosterVersion.objects.filter(poster=poster).update(began_at=timezone.now() - 2 * ONE_SITTING)


@dataclass(frozen=True)
class Step:
    """A version in the list: what differs from the one before it, by heading."""

    version: PosterVersion
    changed: list[str]


def read_steps(poster: Poster) -> list[Step]:
    """The versions, the newest first."""
    versions = list(poster.versions.select_related("made_by"))
    headings = {section.key: section.named(poster.language) for section in sections_of_poster(poster)}
    earlier = [*(version.stood for version in versions[1:]), {}][: len(versions)]
    return [
        Step(version, _changed(version.stood, before, headings))
        for version, before in zip(versions, earlier, strict=True)
    ]


def _changed(now: dict[str, Any], before: dict[str, Any], headings: dict[str, str]) -> list[str]:
    texts, old = now["content"], before.get("content", {})
    charts, chosen = now["charts"], before.get("charts", {})
    return [
        heading
        for key, heading in headings.items()
        if clean(texts.get(key, "")) != clean(old.get(key, "")) or charts.get(key, []) != chosen.get(key, [])
    ]
