"""Beginning, going back, and what two people write at once."""

from collections.abc import Iterator

import pytest

from gpf import tenancy
from posters import fields, previews, versions, writing
from posters.composing import compose
from posters.filling import fill
from posters.models import Edition, Poster, PosterVersion, Rendering
from posters.previews import PAPER
from tests.cast import Cast, Place
from tests.improvement.plans.stage import write_work
from tests.posters.stage import make, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def save(place: Place, by: str = "team_leader", seen: dict[str, str] | None = None, **texts: str) -> writing.Saved:
    return writing.save_poster(
        team=place.team, gathering=place.gatherings[1], by=getattr(place, by), texts=texts, seen=seen or {}
    )


def test_a_new_poster_begins_with_what_the_improvement_work_says(west: Place) -> None:
    write_work(west)
    draft = writing.draft_for(west.team, west.gatherings[1])
    assert draft.content["needs"]
    assert "goals" in draft.content
    assert Poster.objects.count() == 0


def test_it_is_offered_beside_what_the_team_has_written_itself(west: Place) -> None:
    write_work(west)
    poster = save(west, needs="Noen som ringer").poster
    known = fill(west.team, "nb")
    assert writing.offers(poster, known)["needs"] == known.texts["needs"] != "Noen som ringer"


def test_what_one_writes_in_a_sitting_is_a_version_and_can_be_gone_back_to(west: Place) -> None:
    save(west, learned="Natta er verst.")
    poster = save(west, learned="Natta er verst, og morgenen.").poster
    assert [version.stood["content"].get("learned") for version in poster.versions.all()] == [
        "Natta er verst, og morgenen.",
        None,
    ]
    poster = save(west, by="member", learned="Alt er bra.").poster
    then = PosterVersion.objects.get(poster=poster, number=2)
    versions.go_back(poster=poster, version=then, by=west.member)
    poster.refresh_from_db()
    assert poster.content["learned"] == "Natta er verst, og morgenen."
    lost = PosterVersion.objects.get(poster=poster, number=3)
    assert lost.stood["content"]["learned"] == "Alt er bra."  # so that going back can be taken back


def test_a_field_left_alone_keeps_the_others_words_however_often_it_is_saved(west: Place) -> None:
    save(west, learned="Natta er verst.")
    seen = {"learned": fields.digest("Natta er verst.")}
    save(west, by="member", learned="Morgenen er verst.", seen=seen)
    for _time in range(2):
        saved = save(west, learned="Natta er verst.", expect="Mer", seen=seen)
        assert saved.others == {"learned": "Morgenen er verst."}
        assert saved.poster.content["learned"] == "Morgenen er verst."


def test_the_look_is_kept_as_words_are(west: Place) -> None:
    write_work(west)
    save(west, design="bold", shows_new="")
    poster = Poster.objects.get()
    assert (poster.design, poster.shows_new) == ("bold", False)
    assert compose(poster).design == "bold"


def test_a_preview_goes_when_the_text_moves_on_and_stays_when_it_is_made(west: Place) -> None:
    poster = write(west, learned="Natta")
    told = previews.request_preview(poster=poster)
    assert [rendering.paper for rendering in told] == [PAPER]
    assert previews.request_preview(poster=poster) == []  # the same again is not made again
    poster = write(west, learned="Natta er verst")
    previews.request_preview(poster=poster)
    assert Edition.objects.count() == 1
    kept = make(poster)
    assert kept.kept
    write(west, learned="Dagen")
    poster.refresh_from_db()
    previews.request_preview(poster=poster)
    assert Edition.objects.filter(pk=kept.pk).exists()
    assert Rendering.objects.filter(edition__kept=False).count() == 1
