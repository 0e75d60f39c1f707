"""Doors of what is a person's own: notices, how she is told, her calendar."""

from typing import Any

from django.core import signing

from gpf import tenancy
from notices import unsubscribing
from sessions.feed import own_feed, secret_of
from tests.access.door import Door, nothing
from tests.cast import Cast


def a_notice(cast: Cast) -> dict[str, Any]:
    """Of somebody: who it is not for is led back to her own list."""
    with tenancy.scope([cast.west.network.pk]):
        return {"notice_pk": 1}


def a_way_out(cast: Cast) -> dict[str, Any]:
    return {"token": signing.dumps(cast.west.member.pk, salt=unsubscribing.SALT)}


def a_feed(cast: Cast) -> dict[str, Any]:
    return {"secret": secret_of(own_feed(cast.west.member))}


def no_feed(cast: Cast) -> dict[str, Any]:
    return {"secret": f"{cast.west.member.pk}-{'0' * 40}"}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("notices_own:mine", ">++++++++++", nothing),
    Door("notices_own:unread", ">++++++++++", nothing, is_page=False),
    Door("notices_own:preferences", ">++++++++++", nothing),
    Door("notices_own:all_read", ">mmmmmmmmmm", nothing, is_page=False),
    Door("notices_own:follow", ">++++++++++", a_notice, is_page=False),
    Door("notices_own:unsubscribe", "+++++++++++", a_way_out),
    Door("calendar_feed:own", ">++++++++++", nothing),
    Door("calendar_feed:feed", "+++++++++++", a_feed, is_page=False),
    Door("calendar_feed:feed", "00000000000", no_feed, is_page=False, note="a guessed secret"),
]
