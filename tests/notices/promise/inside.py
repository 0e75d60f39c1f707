"""What the nursery does inside the product: fill it before, and tell afterwards what it says it has done.

Everything is plain data: what is not, does not pass between processes.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Q

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Network, Role
from notices.mailing import Addressee, Enclosed, queue_letters
from notices.models import Digest, Message, Notice
from teams.models import TeamMember
from tests.cast import Place, make_cast
from tests.notices.conftest import only_due

Row = TypeVar("Row")


def fill(people: int, letters: int) -> dict[str, Any]:
    """Two networks where the plan is due in 14 days for so many people, every fifth of them in both; and letters.

    Returns who is to be told: {"notices": [[network, address], …], "letters": [[network, address], …]}.
    """
    cast = make_cast()
    users = User.objects.bulk_create(
        User(email=f"person{number}@test.example", name=f"Person {number}", password="!") for number in range(people)
    )
    _take_in(cast.west, users)
    _take_in(cast.east, users[::5])
    for place in (cast.west, cast.east):
        only_due(place, 14)
    _queue(cast.west, letters)
    reminded = [(cast.west, [cast.west.team_leader, *users]), (cast.east, [cast.east.team_leader, *users[::5]])]
    return {
        "notices": [[place.network.pk, user.email] for place, those in reminded for user in those],
        "letters": [[cast.west.network.pk, f"leser{number}@test.example"] for number in range(letters)],
    }


def _take_in(place: Place, users: list[User]) -> None:
    """Into the team that nobody leads, where everybody is reminded."""
    with tenancy.scope([place.network.pk]):
        places = Membership.objects.bulk_create(
            Membership(network=place.network, user=user, role=Role.TEAM_MEMBER) for user in users
        )
        TeamMember.objects.bulk_create(
            TeamMember(network=place.network, team=place.other_team, membership=each) for each in places
        )


def _queue(place: Place, number: int) -> None:
    with tenancy.scope([place.network.pk]):
        letters = (
            Enclosed(f"test:{index}", Addressee(f"Leser {index}", f"leser{index}@test.example", "nb"), "Hei", "Hei")
            for index in range(number)
        )
        queue_letters(network=place.network, letters=letters)


def notices() -> list[dict[str, Any]]:
    """Every notice: of what kind, whose, its state, and the mail it went in."""
    return _of_every_network(
        lambda: [
            {
                "network": notice.network_id,
                "kind": notice.kind,
                "address": notice.recipient.email,
                "state": notice.state,
                "message_id": notice.message.message_id if notice.message else "",
            }
            for notice in Notice.objects.select_related("recipient", "message")
        ]
    )


def messages() -> list[dict[str, Any]]:
    """Every network's part of every mail, and every letter."""
    return _of_every_network(
        lambda: [
            {
                "network": row.network_id,
                "is_letter": bool(row.key),
                "address": row.to_address,
                "state": row.state,
                "message_id": row.message_id,
            }
            for row in Message.objects.select_related("recipient")
        ]
    )


def digests() -> list[dict[str, Any]]:
    """Every day's mail."""
    return [{"message_id": row.message_id, "state": row.state} for row in Digest.objects.all()]


def outcome() -> dict[str, Any]:
    """All that the product says became of it."""
    return {"notices": notices(), "messages": messages(), "digests": digests()}


def left(refused: str) -> int:
    """How much is still to be done. A mail in doubt to who is refused is tried on, and is not waited for."""
    open_notices = Q(state__in=["waiting", "claimed"]) & ~Q(recipient__email=refused)
    counts = _of_every_network(
        lambda: [
            Notice.objects.filter(open_notices).count(),
            Message.objects.filter(state__in=["queued", "sending"]).exclude(recipient__email=refused).count(),
        ]
    )
    return sum(counts)


def _of_every_network(read: Callable[[], list[Row]]) -> list[Row]:
    rows: list[Row] = []
    for network in Network.objects.values_list("pk", flat=True):
        with tenancy.scope([network]):
            rows += read()
    return rows
