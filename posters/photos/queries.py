"""What the writing page shows of a poster's pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from posters.fields import digest
from posters.models import Photo, Poster
from posters.photos.forms import PhotoForm
from posters.photos.services import MOST


@dataclass(frozen=True)
class Shown:
    """A picture with its form, what is wanting before it is printed, and what was wrong with what was sent."""

    photo: Photo
    form: PhotoForm
    wanting: str
    problems: Sequence[str] = ()


@dataclass(frozen=True)
class Pictures:
    """All of a poster's pictures, and those that are put away."""

    kept: list[Shown]
    away: list[Photo]

    @property
    def is_full(self) -> bool:
        return len(self.kept) >= MOST

    def of(self, section: str) -> "Pictures":
        """Those of a section."""
        return Pictures(
            [one for one in self.kept if one.photo.section == section],
            [photo for photo in self.away if photo.section == section],
        )


def read_photos(
    poster: Poster,
    *,
    typed: Mapping[str, str] | None = None,
    about: Photo | None = None,
    problems: Sequence[str] = (),
) -> Pictures:
    """The pictures; `about` one of them with what was `typed`, and the `problems` with it. One query."""
    if not poster.pk:
        return Pictures([], [])
    found = list(Photo.with_put_away.filter(poster=poster).select_related("document"))
    kept = [
        _shown(photo, typed, problems) if photo == about else _shown(photo)
        for photo in found
        if photo.put_away_at is None
    ]
    return Pictures(kept, [photo for photo in found if photo.put_away_at])


def _shown(photo: Photo, typed: Mapping[str, str] | None = None, problems: Sequence[str] = ()) -> Shown:
    start = {"alt": photo.alt, "people": photo.people}
    if typed:
        start = {name: typed.get(name, "") for name in start}
    return Shown(photo, PhotoForm(initial=start | {"seen": digest(photo.alt)}, photo=photo), _wanting(photo), problems)


def _wanting(photo: Photo) -> str:
    if photo.is_ready:
        return ""
    if photo.alt.strip():
        return _("It is printed when you have said whether anybody can be recognised.")
    if photo.people:
        return _("It is printed when you have said what it shows.")
    return _("It is printed when you have said what it shows, and whether anybody can be recognised.")
