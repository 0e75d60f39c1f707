"""A gathering's programme: the coordinators' own until it is published, which tells those who take part."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from gpf import dates
from networks.models import Membership, Role
from notices.kinds import Handed, Line
from notices.models import Notice
from notices.services import hand_over, withdraw
from sessions import answer_words
from sessions.concerned import read_concerned
from sessions.models import Gathering
from teams.models import Team, TeamMember

KIND = "programme_published"

TOLD = (Role.TEAM_MEMBER, Role.SUPERVISOR, Role.LEADER)
"""Coordinators write it, and observers find it on the gathering's page."""


class NothingToPublishError(ValueError):
    """There is no programme, or no day that people could come: none is settled, or the gathering is cancelled."""


@transaction.atomic
def publish(*, gathering: Gathering) -> int:
    """Show the programme to everybody, and tell those who take part; again, where it has been changed.

    The gathering is held by the transaction, and its network opened. Returns how many are told; of a gathering that
    is over, nobody.
    1. Refuse where there is nothing to read (NothingToPublishError).
    2. Note when. 3. What has not gone out of an earlier one gives way to this.
    """
    if not may_be_published(gathering):
        raise NothingToPublishError
    is_changed = gathering.programme_published_at is not None
    gathering.programme_published_at = timezone.now()
    gathering.save(update_fields=["programme_published_at"])
    _withdraw(gathering)
    if _is_over(gathering, timezone.localdate()):
        return 0
    people = _people(timezone.localdate())
    at = gathering.programme_published_at
    hand_over(
        network_id=gathering.network_id,
        notices=[
            Handed(
                key=f"{_key(gathering)}{at:%Y%m%d%H%M%S%f}:{person}",
                recipient_id=person,
                kind=KIND,
                about={"gathering": gathering.pk, "at": at.isoformat(), "is_changed": is_changed},
                due_at=at,
            )
            for person in people
        ],
    )
    return len(people)


def may_be_published(gathering: Gathering) -> bool:
    """Whether there is something to read, and a day to come."""
    is_on = gathering.state != Gathering.State.CANCELLED and gathering.starts_on is not None
    return is_on and bool(gathering.programme.strip())


def how_many_are_told(gathering: Gathering, today: date) -> int:
    """How many people publishing it would tell. Needs the network's scope."""
    return 0 if _is_over(gathering, today) else len(_people(today))


@transaction.atomic
def take_back(*, gathering: Gathering) -> None:
    """Only the coordinators see the programme again. The gathering is held by the transaction."""
    gathering.programme_published_at = None
    gathering.save(update_fields=["programme_published_at"])
    _withdraw(gathering)


def withdraw_programme(gathering: Gathering) -> None:
    """The gathering is cancelled: its programme is no news. Needs the network's scope."""
    _withdraw(gathering)


def tell(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word the programmes that are still published and ahead, as of their newest publishing, to those who take part."""
    networks = {notice.network_id for notice in notices}
    keys = {notice.about["gathering"] for notice in notices}
    gatherings = Gathering.objects.filter(network__in=networks).select_related("network").in_bulk(keys)
    people = _taking_part(networks, today)
    lines = {}
    for notice in notices:
        gathering = gatherings.get(notice.about["gathering"])
        if gathering is None or not _stands(notice, gathering, today):
            continue
        if (notice.network_id, notice.recipient_id) in people:
            lines[notice.pk] = _line(notice, gathering, today)
    return lines


def _taking_part(networks: Collection[int], today: date) -> set[tuple[int, int]]:
    """Who is told, by network and user: supervisors and leaders, and members of teams that go on. Two queries."""
    active = Membership.objects.active(today).filter(network__in=networks)
    others = active.filter(role__in=[role for role in TOLD if role != Role.TEAM_MEMBER])
    at_work = TeamMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=today),
        membership__in=active.filter(role=Role.TEAM_MEMBER),
        team__in=Team.objects.going_on(today),
    )
    members = at_work.values_list("network", "membership__user")
    return {*others.values_list("network", "user"), *members}


def _stands(notice: Notice, gathering: Gathering, today: date) -> bool:
    """Whether it is the newest publishing of a programme people still have use for."""
    at = gathering.programme_published_at
    return (
        at is not None
        and at.isoformat() == notice.about["at"]
        and may_be_published(gathering)
        and not _is_over(gathering, today)
    )


def _people(today: date) -> list[int]:
    return [each.user.pk for each in read_concerned(today) if each.role in TOLD]


def _is_over(gathering: Gathering, today: date) -> bool:
    return gathering.ends_on is not None and gathering.ends_on < today


def _withdraw(gathering: Gathering) -> None:
    withdraw(network_id=gathering.network_id, prefixes=[_key(gathering)])


def _key(gathering: Gathering) -> str:
    return f"programme:{gathering.pk}:"


def _line(notice: Notice, gathering: Gathering, today: date) -> Line:
    starts_on = gathering.starts_on
    assert starts_on is not None  # `_stands` asks for it
    fields = {
        "gathering": str(gathering),
        "days": dates.date_range(starts_on, gathering.ends_on),
        "when": dates.from_now(starts_on, today=today),
    }
    said = answer_words.PROGRAMME_CHANGED if notice.about["is_changed"] else answer_words.PROGRAMME
    return said.line(
        fields,
        title=str(capfirst(str(gathering))),
        path=reverse("gatherings:gathering", args=[gathering.network.slug, gathering.pk]) + "#program",
        when=starts_on,
    )
