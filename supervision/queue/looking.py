"""What nobody asks for, and is to be looked after: posters before a gathering, silence, and teams without a leader."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf import dates
from networks.models import AssignmentKind, Network
from posters.models import Poster
from sessions.progress import OPEN, State
from supervision.queue.answers import review_address
from supervision.queue.rows import EPOCH, Kind, Row, Said, at_midnight
from supervision.reports.reading import Handed, Standing
from teams.models import Team, TeamMember

BEFORE = timedelta(weeks=3)
"""So long before a gathering a poster that is not handed in is told of."""

SILENT_AFTER = 4
"""Weeks without anybody signing in, a delivery or a number."""


def posters(standings: Sequence[Standing], networks: Mapping[int, Network]) -> Iterator[Row]:
    """Posters that are not handed in, of gatherings within three weeks. One query."""
    wanted = [(each, handed) for each in standings for handed in each.work if _is_wanted(handed, each.today)]
    begun = set(
        Poster.objects.filter(
            team__in=[each.team.pk for each, _handed in wanted],
            gathering__in=[handed.assignment.gathering_id for _each, handed in wanted],
        ).values_list("team", "gathering")
    )
    for each, handed in wanted:
        gathering, network = handed.assignment.gathering, networks[each.team.network_id]
        assert gathering.starts_on is not None
        say = partial(_poster, each, handed, network, is_begun=(each.team.pk, gathering.pk) in begun)
        key = f"{each.team.pk}.{handed.assignment.pk}"
        yield Row(Kind.POSTER, key, each.team, network, at_midnight(gathering.starts_on - BEFORE), say)


def _poster(each: Standing, handed: Handed, network: Network, *, is_begun: bool) -> Said:
    gathering = handed.assignment.gathering
    assert gathering.starts_on is not None
    words = {"team": each.team.name, "gathering": str(gathering)}
    when = dates.from_now(gathering.starts_on, today=each.today)
    return Said(
        sentence=_poster_words(handed.progress.state, is_begun) % words,
        address=review_address(network, each.team, handed.assignment.pk),
        how_long=_("the gathering is %(when)s") % {"when": when},
    )


def _is_wanted(handed: Handed, today: date) -> bool:
    starts_on = handed.assignment.gathering.starts_on
    if handed.assignment.kind != AssignmentKind.POSTER or starts_on is None:
        return False
    return handed.progress.state in OPEN and today <= starts_on <= today + BEFORE


def _poster_words(state: State, begun: bool) -> str:
    if state == State.RETURNED:
        return _("%(team)s has its poster for %(gathering)s back, and has not delivered it again")
    if begun:
        return _("%(team)s has begun its poster for %(gathering)s, and not delivered it")
    return _("%(team)s has not begun its poster for %(gathering)s")


def silent(standings: Sequence[Standing], networks: Mapping[int, Network]) -> Iterator[Row]:
    """Teams with something to do, of which nothing has been seen for more than four weeks. No query."""
    for each in standings:
        if not any(handed.progress.state in OPEN for handed in each.work) or not _is_silent(each):
            continue
        network = networks[each.team.network_id]
        since = at_midnight(each.seen) if each.seen else EPOCH
        yield Row(Kind.SILENT, str(each.team.pk), each.team, network, since, partial(_silent, each, network))


def _silent(each: Standing, network: Network) -> Said:
    return Said(
        sentence=_("No sign of life from %(team)s") % {"team": each.team.name},
        address=team_address(network, each.team),
        how_long=_weeks(each.weeks_unseen),
        note=_silence(each),
    )


def _is_silent(each: Standing) -> bool:
    if each.seen is None:
        return each.team.joined_on is None or (each.today - each.team.joined_on).days > SILENT_AFTER * 7
    return (each.today - each.seen).days > SILENT_AFTER * 7


def _silence(each: Standing) -> str:
    """When somebody last was there, delivered and measured, each in a few words."""
    signs = (
        (each.signed_in, _("nobody has signed in yet"), _("last signed in %(when)s")),
        (each.handed_in_on, _("nothing delivered yet"), _("last delivery %(when)s")),
        (each.measuring.newest, _("no numbers yet"), _("newest number %(when)s")),
    )
    said = [words % {"when": dates.from_now(day, today=each.today)} if day else never for day, never, words in signs]
    return str(capfirst(", ".join(said))) + "."


def _weeks(weeks: int | None) -> str:
    if weeks is None:
        return _("no sign yet")
    return ngettext("no sign for %(weeks)s week", "no sign for %(weeks)s weeks", weeks) % {"weeks": weeks}


def leaderless(teams: Mapping[int, Team], networks: Mapping[int, Network], today: date) -> Iterator[Row]:
    """Teams that nobody leads, since the last one left. Two queries."""
    leads = TeamMember.objects.filter(team__in=teams, function=TeamMember.Function.LEADER)
    here = leads.filter(
        Q(left_on=None) | Q(left_on__gt=today),
        Q(membership__ends_on=None) | Q(membership__ends_on__gt=today),
        membership__user__is_active=True,
    )
    led = set(here.values_list("team", flat=True))
    rows = leads.values_list("team").annotate(left=Max("left_on"), ended=Max("membership__ends_on")).order_by()
    left = {team: max(filter(None, (left, ended)), default=None) for team, left, ended in rows}
    for pk, team in teams.items():
        if pk in led:
            continue
        since: date | None = left.get(pk)
        known = since or team.joined_on
        network = networks[team.network_id]
        say = partial(_leaderless, team, network, since, pk in left, today)
        yield Row(Kind.LEADERLESS, str(pk), team, network, at_midnight(known) if known else EPOCH, say)


def _leaderless(team: Team, network: Network, since: date | None, had_one: bool, today: date) -> Said:
    return Said(
        sentence=_("%(team)s has no team leader") % {"team": team.name},
        address=team_address(network, team),
        how_long=_("since %(day)s") % {"day": dates.short_date(since, today=today)} if since else "",
        note=_("The leader has left. Ask the team who leads it now, and tell the coordinator.")
        if had_one
        else _("Nobody has been named yet. Ask the team who leads it, and tell the coordinator."),
    )


def team_address(network: Network, team: Team) -> str:
    return reverse("overview:team", args=[network.slug, team.slug])
