"""Where a team stands: neither side reads the other's too early, on any page."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from notices.models import Notice
from notices.services import hand_over
from sessions.models import Gathering
from supervision.models import Score
from supervision.scores import notices
from supervision.scores.queries import revealed_scores
from supervision.scores.scale import LEVELS
from teams.models import Team
from tests.cast import Cast, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

SECRET = {"team": "Vi har prøvd hjembesøk", "supervisor": "De måler ikke ennå"}


def page(cast: Cast, name: str = "scores") -> str:
    more = [cast.west.gatherings[1].pk] if name == "score" else []
    return reverse(f"supervision:{name}", args=[cast.west.network.slug, cast.west.team.slug, *more])


def give(cast: Cast, client: Client, side: str, value: str = "2.5", **more: str) -> int:
    seen = client.get(page(cast, "score"), secure=True).context["form"]["seen"].value()
    sent = {"value": value, "reason": SECRET[side], "next_step": f"Neste for {side}", "seen": seen, **more}
    return client.post(page(cast, "score"), sent, secure=True).status_code


def readers(cast: Cast) -> dict[str, User]:
    people = cast.west.people()
    return {name: people[name] for name in ("team_leader", "member", "supervisor", "coordinator", "leader")}


def who_reads(cast: Cast, sign_in: SignIn) -> dict[str, set[str]]:
    """Whose words each person meets, on the page of scores and on the team's own page."""
    found = {}
    for name, user in readers(cast).items():
        client = sign_in(user)
        text = client.get(page(cast), secure=True).content.decode()
        text += client.get(
            reverse("overview:team", args=[cast.west.network.slug, cast.west.team.slug]), secure=True
        ).content.decode()
        found[name] = {side for side, words in SECRET.items() if words in text or f"Neste for {side}" in text}
    return found


TEAM = ("team_leader", "member")
OUTSIDE = ("coordinator", "leader")


def test_neither_side_reads_the_others_before_both_are_given(cast: Cast, sign_in: SignIn) -> None:
    assert give(cast, sign_in(cast.west.member), "team", give="1") == 302
    assert who_reads(cast, sign_in) == {
        **{key: {"team"} for key in TEAM},
        **{key: set() for key in ("supervisor", *OUTSIDE)},
    }
    # A draft is the side's own, and does not reveal the other's.
    assert give(cast, sign_in(cast.west.supervisor), "supervisor", "3.5") == 302
    assert who_reads(cast, sign_in) == {
        **{key: {"team"} for key in TEAM},
        "supervisor": {"supervisor"},
        **{key: set() for key in OUTSIDE},
    }
    assert give(cast, sign_in(cast.west.supervisor), "supervisor", "3.5", give="1") == 302
    assert who_reads(cast, sign_in) == {key: {"team", "supervisor"} for key in readers(cast)}
    shown = sign_in(cast.west.member).get(page(cast), secure=True)
    assert shown.context["found"].now.pair.gap == Decimal("1.0")
    assert "1,0" in shown.context["found"].now.pair.sentence


def test_the_first_day_reveals_what_is_given_and_no_draft(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    give(cast, sign_in(place.member), "team", give="1")
    give(cast, sign_in(place.supervisor), "supervisor")
    with tenancy.scope([place.network.pk]):
        today = timezone.localdate()
        Gathering.objects.filter(pk=place.gatherings[1].pk).update(starts_on=today, ends_on=today)
    found = who_reads(cast, sign_in)
    assert found == {
        **{key: {"team"} for key in (*TEAM, *OUTSIDE)},
        "supervisor": {"team", "supervisor"},
    }
    # The team's stands as it is; the supervisor may still give hers.
    assert sign_in(place.member).get(page(cast, "score"), secure=True).status_code == 302
    assert give(cast, sign_in(place.supervisor), "supervisor", give="1") == 302
    assert who_reads(cast, sign_in) == {key: {"team", "supervisor"} for key in readers(cast)}


def test_what_is_given_can_be_changed_until_both_have_read_it(cast: Cast, sign_in: SignIn) -> None:
    member = sign_in(cast.west.member)
    assert give(cast, member, "team", reason="", give="1") == 200  # a draft needs no reason, a score does
    give(cast, member, "team", give="1")
    give(cast, member, "team", "3.0")
    with tenancy.scope([cast.west.network.pk]):
        row = Score.objects.get()
    assert (row.value, row.given_at is not None) == (Decimal("3.0"), True)
    stale = {**_shown(member, cast), "value": "5.0", "give": "1"}
    give(cast, sign_in(cast.west.supervisor), "supervisor", give="1")
    assert member.post(page(cast, "score"), stale, secure=True).status_code == 302
    with tenancy.scope([cast.west.network.pk]):
        assert Score.objects.get(side="team").value == Decimal("3.0")


def _shown(client: Client, cast: Cast) -> dict[str, str]:
    form = client.get(page(cast, "score"), secure=True).context["form"]
    return {name: str(form[name].value()) for name in ("value", "reason", "next_step", "seen")}


def test_reports_read_what_is_revealed_in_one_query(cast: Cast, sign_in: SignIn) -> None:
    give(cast, sign_in(cast.west.member), "team", give="1")
    with tenancy.scope([cast.west.network.pk, cast.east.network.pk]):
        today = timezone.localdate()
        _score(cast.west, cast.west.other_team, "team", 0)
        _score(cast.west, cast.west.other_team, "supervisor", 1)
        _score(cast.east, cast.east.team, "team", 1)
        teams = list(Team.objects.order_by("pk"))
        with CaptureQueriesContext(connection) as asked:
            found = revealed_scores(teams, today)
        assert len(asked) == 1
    assert {team: [pair.gathering.number for pair in pairs] for team, pairs in found.items()} == {
        cast.west.other_team.pk: [1]
    }


def _score(place: Place, team: Team, side: str, gathering: int) -> Score:
    return Score.objects.create(
        network=place.network,
        team=team,
        gathering=place.gatherings[gathering],
        side=side,
        value=Decimal("2.0"),
        reason="Prøvd",
        given_at=timezone.now(),
    )


def test_both_sides_are_reminded_ten_days_before_until_they_have_given(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        today = timezone.localdate()
        begins = today + timedelta(days=10)
        assert list(notices.find(place.network, today)) == []
        Gathering.objects.filter(pk=place.gatherings[1].pk).update(starts_on=begins, ends_on=begins)
        hand_over(network_id=place.network.pk, notices=notices.find(place.network, today))
        assert _waiting() == {(place.team_leader.pk, "team"), (place.supervisor.pk, "supervisor")}
        told = notices.tell(list(Notice.objects.filter(kind=notices.KIND)), today)
        assert len(told) == 2
        # Moved: what was handed over for the old day is no longer true.
        Gathering.objects.filter(pk=place.gatherings[1].pk).update(starts_on=begins - timedelta(days=1))
        assert notices.tell(list(Notice.objects.filter(kind=notices.KIND)), today) == {}
        Gathering.objects.filter(pk=place.gatherings[1].pk).update(starts_on=begins)
    give(cast, sign_in(place.supervisor), "supervisor", give="1")
    with tenancy.scope([place.network.pk]):
        assert _waiting() == {(place.team_leader.pk, "team")}


def _waiting() -> set[tuple[int, str]]:
    rows = Notice.objects.filter(kind=notices.KIND, state=Notice.State.WAITING)
    return {(row.recipient_id, row.about["side"]) for row in rows}


def test_the_scale_has_ten_levels_in_both_languages() -> None:
    assert [level.value for level in LEVELS] == [Decimal(step) / 2 for step in range(1, 11)]
    assert all(words.get(code) for level in LEVELS for words in (level.names, level.meanings) for code in ("nb", "nn"))
