"""Writing, making and handing in."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from gpf import tenancy
from gpf.guarded import IdentityNumberError
from posters import fields, services, tasks, writing
from posters.composing import as_json, compose, from_json
from posters.models import STUCK_AFTER, Edition, Poster, Rendering
from posters.template.resolving import sections_of
from sessions.models import Delivery, DeliveryVersion, Gathering
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL
from tests.posters.samples import TEXTS
from tests.posters.stage import hand_in, make, poster_before, write


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def save(place: Place, *, by: Any = None, seen: dict[str, str] | None = None, **texts: str) -> writing.Saved:
    return writing.save_poster(
        team=place.team, gathering=place.gatherings[1], by=by or place.team_leader, texts=texts, seen=seen or {}
    )


def states(edition: Edition) -> dict[str, str]:
    return dict(edition.renderings.values_list("paper", "state"))


# Writing


def test_what_is_written_is_kept_and_begins_the_delivery(west: Place) -> None:
    saved = save(west, title="Trygt hjem", learned="Natta er verst.")
    assert (saved.poster.title, saved.poster.content, saved.conflicts) == (
        "Trygt hjem",
        {"learned": "Natta er verst."},
        {},
    )
    delivery = Delivery.objects.get(team=west.team, assignment=west.poster)
    assert (delivery.begun, delivery.state) == (True, Delivery.State.OPEN)


def test_writing_on_leaves_the_words_of_the_delivery_alone(west: Place) -> None:
    save(west, learned="Natta er verst.")
    DeliveryVersion.objects.update(comment="Vi er usikre på målet")
    save(west, learned="Natta er verst, og morgenen.")
    assert DeliveryVersion.objects.get().comment == "Vi er usikre på målet"


def test_the_second_poster_starts_from_the_first(west: Place) -> None:
    write(west, 1, title="Trygt hjem", learned="Natta er verst.")
    fresh = writing.draft_for(west.team, west.gatherings[1])
    assert not fresh.pk
    assert (fresh.title, fresh.content) == ("Trygt hjem", {"learned": "Natta er verst."})
    second = save(west, needs="Noen som ringer").poster
    assert second.content == {"learned": "Natta er verst.", "needs": "Noen som ringer"}
    assert Poster.objects.get(gathering=west.gatherings[0]).content == {"learned": "Natta er verst."}


def test_a_first_poster_is_in_the_networks_form_of_norwegian(west: Place) -> None:
    west.network.language = "nn"
    west.network.save()
    west.team.refresh_from_db()
    assert writing.draft_for(west.team, west.gatherings[0]).language == "nn"
    west.network.language = "en"
    west.network.save()
    west.team.refresh_from_db()
    assert writing.draft_for(west.team, west.gatherings[0]).language == "nb"


def test_two_who_write_in_different_fields_lose_nothing(west: Place) -> None:
    save(west, learned="En", needs="To")
    seen = {"learned": fields.digest("En"), "needs": fields.digest("To")}
    save(west, learned="En endret", needs="To", seen=seen)
    other = save(west, by=west.member, learned="En", needs="To endret", seen=seen)
    assert (other.poster.content, other.conflicts) == ({"learned": "En endret", "needs": "To endret"}, {})


def test_two_who_write_in_the_same_field_are_told_and_nothing_is_overwritten(west: Place) -> None:
    save(west, learned="En")
    seen = {"learned": fields.digest("En")}
    save(west, learned="Min tekst", seen=seen)
    other = save(west, by=west.member, learned="Din tekst", seen=seen)
    assert (other.poster.content, other.conflicts) == ({"learned": "Min tekst"}, {"learned": "Min tekst"})
    again = save(west, by=west.member, learned="Din tekst", seen={"learned": fields.digest("Min tekst")})
    assert (again.poster.content, again.conflicts) == ({"learned": "Din tekst"}, {})


def test_unknown_fields_are_not_kept(west: Place) -> None:
    assert save(west, learned="En", anything="Annet").poster.content == {"learned": "En"}


def test_an_identity_number_is_kept_nowhere(west: Place) -> None:
    with pytest.raises(IdentityNumberError):
        save(west, learned=f"Ola, {NATIONAL}")


# Composing


def test_a_poster_says_who_made_it_and_when_it_is_for(west: Place) -> None:
    content = compose(write(west, title="Trygt hjem", learned="Natta er verst.", needs=" "))
    assert (content.headline, content.team, content.network) == ("Trygt hjem", "Vinje", "Læringsnettverk Vest")
    assert (content.step, content.steps) == (2, 2)
    assert [section.key for section in content.sections] == ["learned"]
    assert str(west.gatherings[1].starts_on and west.gatherings[1].starts_on.year) in content.date
    assert from_json(as_json(content)) == content


def test_what_has_changed_since_the_last_poster_is_marked(west: Place) -> None:
    write(west, 1, learned="Natta er verst.", expect="Mye", matters="Å bli sett")
    poster = save(west, learned="Natta er verst.", expect="Mer", needs="Noen som ringer").poster
    marked = {section.key: section.new for section in compose(poster).sections}
    # What is first asked for at the second gathering is new on every poster, and is not marked.
    assert marked == {"matters": False, "learned": False, "needs": False, "expect": True}


def test_the_last_gathering_of_a_short_network_has_every_section(west: Place) -> None:
    poster = write(west, 2, **TEXTS)
    assert len(compose(poster).sections) == len(TEXTS)
    Gathering.objects.create(network=west.network, number=3)
    Gathering.objects.create(network=west.network, number=4)
    assert len(sections_of(west.gatherings[1])) == 13
    assert len(compose(poster).sections) == len(TEXTS)  # what is written stays, though it is asked for no longer


# Making


def test_the_same_content_is_made_once(west: Place) -> None:
    poster = write(west)
    edition = services.make_edition(poster=poster)
    first = services.request_files(edition=edition)
    assert {rendering.paper for rendering in first} == {"A1", "A3"}
    assert services.make_edition(poster=poster) == edition
    assert services.request_files(edition=edition) == []
    save(west, title="Et annet navn")
    poster.refresh_from_db()
    assert services.current_edition(poster) is None
    assert services.make_edition(poster=poster) != edition


def test_a_worker_makes_a_file(west: Place) -> None:
    edition = services.make_edition(poster=write(west))
    for rendering in services.request_files(edition=edition):
        assert tasks.make_file.apply((west.network.pk, rendering.pk)).get() == "ready"
        rendering.refresh_from_db()
        assert rendering.document is not None
        assert rendering.document.name.endswith(f"2 {rendering.paper}.pdf")
        assert "Vinje" in rendering.document.name
        assert rendering.document.file.read(5) == b"%PDF-"
        assert tasks.make_file.apply((west.network.pk, rendering.pk)).get() == ""
    assert states(edition) == {"A1": "ready", "A3": "ready"}


def test_what_is_too_long_is_told_and_not_made_again(west: Place) -> None:
    edition = services.make_edition(poster=write(west, learned="ord " * 3000))
    (first, _second) = services.request_files(edition=edition)
    assert tasks.make_file.apply((west.network.pk, first.pk)).get() == "too_long"
    first.refresh_from_db()
    assert first.too_long.keys() == {"learned"}
    assert first.document is None
    assert first not in services.request_files(edition=edition)


def test_a_failure_is_told_and_can_be_tried_again(west: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = services.make_edition(poster=write(west))
    (first, _second) = services.request_files(edition=edition)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(services, "keep_made", full)
    assert tasks.make_file.apply((west.network.pk, first.pk)).get() == "failed"
    monkeypatch.undo()
    assert services.request_files(edition=edition) == [first]
    assert tasks.make_file.apply((west.network.pk, first.pk)).get() == "ready"


def test_two_workers_do_not_make_the_same_file(west: Place) -> None:
    edition = services.make_edition(poster=write(west))
    (first, _second) = services.request_files(edition=edition)
    assert services.begin_file(rendering_pk=first.pk) is not None
    assert services.begin_file(rendering_pk=first.pk) is None


def test_a_worker_that_died_leaves_the_file_to_the_next(west: Place) -> None:
    edition = services.make_edition(poster=write(west))
    (first, _second) = services.request_files(edition=edition)
    assert services.begin_file(rendering_pk=first.pk) is not None
    # Its message comes back at once …
    assert services.begin_file(rendering_pk=first.pk, again=True) is not None
    # … or is lost, and somebody asks again when it has taken too long.
    Rendering.objects.filter(pk=first.pk).update(started_at=timezone.now() - STUCK_AFTER - timedelta(seconds=1))
    first.refresh_from_db()
    assert first.is_stuck(timezone.now())
    assert first in services.request_files(edition=edition)
    assert services.begin_file(rendering_pk=first.pk) is not None


def test_what_kills_every_worker_is_given_up(west: Place) -> None:
    edition = services.make_edition(poster=write(west))
    (first, _second) = services.request_files(edition=edition)
    jobs = [services.begin_file(rendering_pk=first.pk, again=True) for _ in range(services.MOST_ATTEMPTS + 1)]
    assert [job is not None for job in jobs] == [True, True, True, False]
    assert states(edition)[first.paper] == "failed"


def test_what_nobody_makes_is_taken_up_even_if_nobody_looks(west: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(tasks.make_file, "delay", lambda *numbers: told.append(numbers))
    services.request_delivery(poster=write(west), by=west.member)
    assert tasks.take_up.apply().get() == 0
    lost, died = Rendering.objects.order_by("pk")
    long_ago = timezone.now() - STUCK_AFTER - timedelta(seconds=1)
    Rendering.objects.filter(pk=lost.pk).update(queued_at=long_ago)
    services.begin_file(rendering_pk=died.pk)
    Rendering.objects.filter(pk=died.pk).update(started_at=long_ago)
    assert tasks.take_up.apply().get() == 2
    assert sorted(told) == [(west.network.pk, lost.pk), (west.network.pk, died.pk)]
    for numbers in told:
        tasks.make_file.apply(numbers)
    assert Delivery.objects.get().state == Delivery.State.DELIVERED


# Handing in


def test_a_poster_with_files_is_handed_in_at_once(west: Place) -> None:
    edition = hand_in(west)
    assert edition.version is not None
    assert edition.version.delivery.state == Delivery.State.DELIVERED
    assert edition.version.document == edition.renderings.get(paper="A3").document


def test_a_poster_without_files_is_handed_in_when_the_last_is_made(west: Place) -> None:
    poster = write(west)
    told = services.request_delivery(poster=poster, by=west.member)
    assert len(told) == 2
    edition = Edition.objects.get()
    for number, rendering in enumerate(told):
        assert Delivery.objects.get().state == (Delivery.State.OPEN)
        assert tasks.make_file.apply((west.network.pk, rendering.pk)).get() == "ready", number
    edition.refresh_from_db()
    assert (edition.deliver_for, Delivery.objects.get().state) == (None, Delivery.State.DELIVERED)
    assert edition.version is not None
    assert edition.version.saved_by == west.member


def test_what_is_written_after_the_button_is_not_in_what_is_handed_in(west: Place) -> None:
    poster = write(west, title="Trygt hjem", learned="Natta er verst.")
    told = services.request_delivery(poster=poster, by=west.member)
    save(west, title="Noe annet")
    for rendering in told:
        tasks.make_file.apply((west.network.pk, rendering.pk))
    edition = Edition.objects.exclude(version=None).get()
    assert from_json(edition.content).title == "Trygt hjem"


def test_a_poster_that_is_too_long_is_not_handed_in(west: Place) -> None:
    poster = write(west, learned="ord " * 3000)
    for rendering in services.request_delivery(poster=poster, by=west.member):
        tasks.make_file.apply((west.network.pk, rendering.pk))
    assert Edition.objects.get().deliver_for is None
    assert Delivery.objects.get().state == Delivery.State.OPEN
    assert services.request_delivery(poster=poster, by=west.member) == []
    assert Edition.objects.get().deliver_for is None
    with pytest.raises(services.PosterTooLongError) as error:
        services.deliver_poster(poster=poster, by=west.member)
    assert error.value.sections.keys() == {"learned"}


def test_handing_in_the_same_again_is_a_new_version(west: Place) -> None:
    edition = hand_in(west)
    first = edition.version
    services.request_delivery(poster=edition.poster, by=west.member)
    edition.refresh_from_db()
    assert edition.version != first
    assert DeliveryVersion.objects.exclude(delivered_at=None).count() == 2


def test_what_the_team_wrote_to_the_delivery_goes_along(west: Place) -> None:
    poster = write(west)
    DeliveryVersion.objects.update(comment="Vi er usikre på målet")
    make(poster)
    services.request_delivery(poster=poster, by=west.member)
    assert DeliveryVersion.objects.get().comment == "Vi er usikre på målet"


def test_nothing_is_handed_in_where_nobody_has_asked(west: Place) -> None:
    poster = write(west)
    poster_before(west.gatherings[1]).delete()
    with pytest.raises(services.NoAssignmentError):
        services.request_delivery(poster=poster, by=west.member)


def test_a_poster_is_made_and_handed_in_without_a_worker(west: Place) -> None:
    version = services.deliver_poster(poster=write(west), by=west.team_leader)
    assert version.document is not None
    assert states(version.poster_edition) == {"A1": "ready", "A3": "ready"}


def test_letters_that_can_not_be_drawn_are_remembered(west: Place) -> None:
    edition = services.make_edition(poster=write(west, learned="Trygt \U0001b000 hjem"))
    (first, _second) = services.request_files(edition=edition)
    assert tasks.make_file.apply((west.network.pk, first.pk)).get() == "ready"
    first.refresh_from_db()
    assert first.unprintable == "\U0001b000"
