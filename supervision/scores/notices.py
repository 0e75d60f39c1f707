"""Reminding both sides, ten days before a gathering, to say where the team is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gpf import dates
from networks.models import Network
from notices.kinds import Handed, Line
from notices.models import Notice
from sessions.answers import supervisors
from sessions.models import Gathering
from sessions.reminders import doers
from supervision.models import Score
from supervision.words import SCORE_SUPERVISOR, SCORE_TEAM
from teams.models import Team

KIND = "score_due"
BEFORE = timedelta(days=10)
MORNING = time(7)


@dataclass(frozen=True)
class Missing:
    """A side that has not given its score before a gathering that comes."""

    team: Team
    gathering: Gathering
    side: str
    people: frozenset[int]


def key_of(gathering: int, team: int, side: str) -> str:
    """What the keys of a side's reminders begin with."""
    return f"score:{gathering}:{team}:{side}:"


def find(network: Network, today: date) -> Iterator[Handed]:
    """The reminders of the gatherings that begin within ten days. Five queries at most."""
    for missing in _missing([network.pk], today):
        begins = missing.gathering.starts_on
        assert begins is not None
        for person in sorted(missing.people):
            yield Handed(
                key=f"{key_of(missing.gathering.pk, missing.team.pk, missing.side)}{begins:%Y%m%d}:{person}",
                recipient_id=person,
                kind=KIND,
                about={
                    "gathering": missing.gathering.pk,
                    "team": missing.team.pk,
                    "side": missing.side,
                    "begins": begins.isoformat(),
                },
                due_at=timezone.make_aware(datetime.combine(begins - BEFORE, MORNING)),
            )


def tell(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what is still missing before a gathering that has not been moved, to those who can still give it."""
    wanted = {
        (missing.gathering.pk, missing.team.pk, missing.side): missing
        for missing in _missing({notice.network_id for notice in notices}, today)
    }
    lines = {}
    for notice in notices:
        about = notice.about
        missing = wanted.get((about["gathering"], about["team"], about["side"]))
        if missing is None or notice.recipient_id not in missing.people:
            continue
        begins = missing.gathering.starts_on
        if begins is not None and begins.isoformat() == about["begins"]:
            lines[notice.pk] = _line(missing, begins, today)
    return lines


def _missing(networks: Sequence[int] | set[int], today: date) -> Iterator[Missing]:
    coming = list(
        Gathering.objects.filter(
            network__in=networks,
            kind=Gathering.Kind.NETWORK,
            starts_on__gt=today,
            starts_on__lte=today + BEFORE,
        )
        .exclude(state=Gathering.State.CANCELLED)
        .select_related("network")
    )
    if not coming:
        return
    teams = list(Team.objects.taking_part(today).filter(network__in={each.network_id for each in coming}))
    given = set(
        Score.objects.filter(gathering__in=coming, given_at__isnull=False).values_list("gathering", "team", "side")
    )
    keys = [team.pk for team in teams]
    people = {Score.Side.TEAM: doers(keys, today), Score.Side.SUPERVISOR: supervisors(keys, today)}
    for gathering in coming:
        for team in teams:
            for side, those in people.items():
                is_given = (gathering.pk, team.pk, side) in given
                if team.network_id == gathering.network_id and not is_given and those.get(team.pk):
                    yield Missing(team, gathering, side, frozenset(those[team.pk]))


def _line(missing: Missing, begins: date, today: date) -> Line:
    words = {
        "team": missing.team.name,
        "gathering": str(missing.gathering),
        "date": dates.long_date(begins, today=today),
        "when": dates.from_now(begins, today=today),
    }
    said = SCORE_TEAM if missing.side == Score.Side.TEAM else SCORE_SUPERVISOR
    return said.line(
        words,
        title=_("Where %(team)s stands, before %(gathering)s") % words,
        path=reverse(
            "supervision:score", args=[missing.gathering.network.slug, missing.team.slug, missing.gathering.pk]
        ),
        when=begins,
    )
