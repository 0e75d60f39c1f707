"""Telling a team that somebody has commented on its poster: one notice for what is new, whoever wrote it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from gpf import dates
from networks.models import Membership, Role
from notices.kinds import Handed, Kind, Line, Said, Topic, Words
from notices.models import Notice
from notices.services import hand_over, withdraw
from posters.models import Poster, WallNote
from teams.models import TeamMember

NEWS = 30
"""Days in which a comment is news."""

_FIELDS: Mapping[str, tuple[Said, Said]] = {
    "team": (_("the team"), "Vinje"),
    "gathering": (_("the gathering"), _("gathering 2")),
    "date": (_("the day it was written"), _("Tuesday 8 December")),
}
ONE = Words(
    "poster_commented",
    _("One comment on the poster"),
    gettext_noop("A comment on your poster for %(gathering)s, %(date)s"),
    gettext_noop("%(person)s has written to %(team)s. Read it, and answer below it."),
    {**_FIELDS, "person": (_("who wrote it"), _("Supervisor West"))},
)
SEVERAL = Words(
    "poster_commented:several",
    _("Several comments on the poster"),
    gettext_noop("%(count)s comments on your poster for %(gathering)s, %(date)s"),
    gettext_noop("People have written to %(team)s. Read what they say, and answer below it."),
    {**_FIELDS, "count": (_("how many comments"), "2"), "date": (_("the day of the newest"), _("Tuesday 8 December"))},
)


def announce_comment(note: WallNote) -> None:
    """A comment is written: the team's people are told, but for who wrote it. The poster is held by the transaction.

    What has not gone out yet of earlier comments comes along, and is told once; who wrote this one has read them.
    """
    network, poster = note.network_id, note.poster
    waiting = _waiting(poster)
    earlier = {notice.recipient_id: list(notice.about["notes"]) for notice in waiting}
    people = _team_members([poster.team_id], timezone.localdate()).get(poster.team_id, set()) - {note.author_id}
    withdraw(network_id=network, prefixes=sorted({_beginning(notice.key) for notice in waiting}))
    hand_over(
        network_id=network,
        notices=[
            Handed(
                key=f"{_key(poster)}{note.pk}:{person}",
                recipient_id=person,
                kind=KIND.name,
                about={"team": poster.team_id, "poster": poster.pk, "notes": [*earlier.get(person, []), note.pk]},
                due_at=note.written_at,
            )
            for person in sorted(people)
        ],
    )


def withdraw_comment(note: WallNote) -> None:
    """A comment is put away or taken down: where no other is new, nothing is told. Needs the network's scope."""
    waiting = _waiting(note.poster)
    shown = set(_shown([key for notice in waiting for key in notice.about["notes"]]).values_list("pk", flat=True))
    gone = {_beginning(notice.key) for notice in waiting if shown.isdisjoint(notice.about["notes"])}
    withdraw(network_id=note.network_id, prefixes=sorted(gone))


def tell(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word the comments that still stand, to those who work in the poster's team. Five queries at most."""
    keys = {key for notice in notices for key in notice.about["notes"]}
    path = ("author", "poster__team__network", "poster__gathering")
    notes = {note.pk: note for note in _shown(keys).select_related(*path)}
    people = _team_members({notice.about["team"] for notice in notices}, today)
    lines = {}
    for notice in notices:
        standing = [notes[key] for key in notice.about["notes"] if key in notes and _is_news(notes[key], today)]
        new = [note for note in standing if note.author_id != notice.recipient_id]
        if new and notice.recipient_id in people.get(notice.about["team"], ()):
            lines[notice.pk] = _line(new, today)
    return lines


KIND = Kind(
    "poster_commented",
    tell=tell,
    label=_("Comments on our poster"),
    wordings=(ONE, SEVERAL),
    roles=frozenset({Role.TEAM_MEMBER}),
    topic=Topic.NUMBERS,
)


def _waiting(poster: Poster) -> QuerySet[Notice]:
    return Notice.objects.filter(
        network=poster.network_id, key__startswith=_key(poster), state=Notice.State.WAITING
    ).order_by("pk")


def _shown(keys: Collection[int]) -> QuerySet[WallNote]:
    """Of these notes, the comments that nobody has put away or taken down."""
    return WallNote.objects.filter(pk__in=keys, kind=WallNote.Kind.COMMENT, hidden_at=None)


def _is_news(note: WallNote, today: date) -> bool:
    return (today - timezone.localdate(note.written_at)).days <= NEWS


def _team_members(teams: Iterable[int], today: date) -> dict[int, set[int]]:
    """Everybody who works in the teams on the day (keys of users, by the team's)."""
    places = TeamMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=today),
        team__in=list(teams),
        membership__in=Membership.objects.active(today).filter(role=Role.TEAM_MEMBER),
    )
    found: dict[int, set[int]] = defaultdict(set)
    for team, person in places.values_list("team", "membership__user"):
        found[team].add(person)
    return found


def _line(notes: Sequence[WallNote], today: date) -> Line:
    newest = notes[-1]
    poster, words = newest.poster, ONE if len(notes) == 1 else SEVERAL
    fields = {
        "team": poster.team.name,
        "gathering": str(poster.gathering),
        "date": dates.long_date(timezone.localdate(newest.written_at), today=today),
        "person": newest.author.name if newest.author else gettext("Somebody"),
        "count": str(len(notes)),
    }
    where = [poster.team.network.slug, poster.team.slug, poster.gathering.number]
    return words.line(
        fields,
        title=gettext("The poster of %(team)s for %(gathering)s") % fields,
        path=f"{reverse('posters:poster', args=where)}#comments",
    )


def _key(poster: Poster) -> str:
    """What the keys of a poster's notices begin with."""
    return f"comment:{poster.pk}:"


def _beginning(key: str) -> str:
    """A key without its recipient."""
    return f"{key.rpartition(':')[0]}:"
