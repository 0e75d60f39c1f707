"""A team is told of what is written to its poster, once, until it is taken down."""

import pytest
from django.utils import timezone

from gpf import tenancy
from networks.models import Membership
from notices import kinds
from notices.models import Notice
from posters.models import Poster, WallNote
from posters.wall import services
from posters.wall.told import KIND
from tests.cast import Cast, Place
from tests.posters.stage import write

pytestmark = pytest.mark.django_db


def said(place: Place) -> dict[str, str]:
    """What waits to be told of the poster: the person's part, and the subject."""
    parts = {user.pk: part for part, user in place.people().items()}
    with tenancy.scope([place.network.pk]):
        waiting = list(Notice.objects.filter(kind=KIND.name, state=Notice.State.WAITING))
        lines = kinds.tell(waiting, timezone.localdate())
        return {parts[n.recipient_id]: lines[n.pk].fields.get("count", "1") for n in waiting if n.pk in lines}


def test_what_is_new_is_told_together_and_not_to_who_wrote_it(cast: Cast) -> None:
    west = cast.west

    def comment(by: str) -> WallNote:
        with tenancy.scope([west.network.pk]):
            poster = Poster.objects.get()
            note: WallNote = services.comment(poster=poster, team=None, by=west.people()[by], text="Fint")
        return note

    with tenancy.scope([west.network.pk]):
        write(west)
    first = comment("supervisor")
    assert said(west) == {"team_leader": "1", "member": "1"}
    second = comment("member")
    assert said(west) == {"team_leader": "2"}, "who writes has read what stood there"
    with tenancy.scope([west.network.pk]):
        services.take_down(note=first, by=west.coordinator)
    assert said(west) == {"team_leader": "1"}
    with tenancy.scope([west.network.pk]):
        services.put_away(note=second)
        assert not Notice.objects.filter(kind=KIND.name, state=Notice.State.WAITING).exists()
        services.put_back(note=first)
    third = comment("observer")
    assert said(west) == {"team_leader": "1", "member": "1"}, "what was taken back is not told again by another"
    with tenancy.scope([west.network.pk]):
        Membership.objects.filter(user=west.member).update(ends_on=timezone.localdate())
        WallNote.objects.filter(pk=third.pk).update(author=west.team_leader)
    assert said(west) == {}
