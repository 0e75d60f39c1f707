"""Needs, goals and changes as a person writes them: linked, rewritten, put away and taken back."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from improvement.goals.queries import read_chain
from improvement.goals.rounds import RoundForm, begin_round
from improvement.models import Change, ChangeGoal, Goal, GoalNeed, GoalPoints, Measure, Need, PdsaRound, Theme
from tests.cast import Cast, Place
from tests.improvement.goals.test_chain import write_chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast: Cast) -> Place:
    User.objects.update(language="en")
    return cast.west


@pytest.fixture
def client_of_member(place: Place, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(place.member)


def at(place: Place, name: str, *keys: int) -> str:
    return reverse(f"improvement:{name}", args=[place.network.slug, place.team.slug, *keys])


def in_scope(place: Place) -> Any:
    return tenancy.scope([place.network.pk])


def test_a_theme_grows_into_a_need_and_a_need_into_a_goal(place: Place, client_of_member: Client) -> None:
    with in_scope(place):
        theme = Theme.objects.create(network=place.network, team=place.team, text="Hvem kommer?")
        others = Theme.objects.create(network=place.network, team=place.other_team, text="Andres tema")
    page = client_of_member.get(at(place, "need_add") + f"?theme={theme.pk}").content.decode()
    assert 'value="Hvem kommer?"' in page
    assert "Andres tema" not in page
    assert client_of_member.get(at(place, "need_add") + f"?theme={others.pk}").status_code == 404

    client_of_member.post(at(place, "need_add"), {"text": "Å vite hvem som kommer", "themes": [theme.pk]})
    with in_scope(place):
        need = Need.objects.get()
        assert list(need.themes.all()) == [theme]
    sent = {"text": "Alle vet hvem", "needs": [need.pk], "effect_goals": ["1", "3"], "hph_steps": ["hph2"]}
    answer = client_of_member.post(at(place, "goal_add"), sent)
    with in_scope(place):
        goal = Goal.objects.get()
        assert answer["Location"] == at(place, "goals") + f"#mal-{goal.pk}"
        assert (goal.effect_goals, goal.hph_steps, goal.state) == ([1, 3], ["hph2"], "draft")
        assert [(one.goal_id, one.need_id) for one in GoalNeed.objects.all()] == [(goal.pk, need.pk)]
    client_of_member.post(at(place, "change_add"), {"text": "Ring dagen før", "goals": [goal.pk], "need": need.pk})
    page = client_of_member.get(at(place, "goals")).content.decode()
    assert "The goal has no measure yet." in page
    assert f"malinger/ny/?goal={goal.pk}" in page
    assert "The goal has no change yet." not in page


def test_a_line_of_another_team_can_not_be_linked(place: Place, client_of_member: Client) -> None:
    with in_scope(place):
        strange = Need.objects.create(network=place.network, team=place.other_team, text="Andres behov")
        Need.objects.create(network=place.network, team=place.team, text="Eget behov")
    answer = client_of_member.post(at(place, "goal_add"), {"text": "Mål", "needs": [strange.pk]})
    assert answer.status_code == 200
    with in_scope(place):
        assert not Goal.objects.exists()


def test_the_second_to_save_is_told_which_links_were_changed(place: Place, client_of_member: Client) -> None:
    with in_scope(place):
        keys = write_chain(place.team)
        other = Need.objects.create(network=place.network, team=place.team, text="Én å ringe")
    address = at(place, "goal_edit", keys["goal"])
    form = client_of_member.get(address).context["form"]
    shown = {"text": "Besøk i tide", "needs": [keys["need"]], "state": "draft", "how_much": "90 %"}
    shown |= {"for_whom": "eldre", "by_when": "2030-06-01", "seen": form.initial["seen"]}
    assert client_of_member.post(address, shown | {"needs": [keys["need"], other.pk]}).status_code == 302
    refused = client_of_member.post(address, shown | {"needs": [], "text": "Besøk snart"})
    told = refused.context["form"].non_field_errors()[0]
    assert "Which needs does it answer?: was “Vil vite hvem som kommer”" in told
    assert "Én å ringe" in told
    with in_scope(place):
        assert Goal.objects.get().text == "Besøk i tide"
        assert GoalNeed.objects.count() == 2


def test_a_goal_that_is_over_says_what_became_of_it(place: Place, client_of_member: Client) -> None:
    with in_scope(place):
        keys = write_chain(place.team)
    address = at(place, "goal_edit", keys["goal"])
    seen = client_of_member.get(address).context["form"].initial["seen"]
    sent = {"text": "Besøk i tide", "state": "reached", "needs": [keys["need"]], "seen": seen}
    assert "outcome" in client_of_member.post(address, sent).context["form"].errors
    assert client_of_member.post(address, sent | {"outcome": "82 % i mai."}).status_code == 302


def test_put_away_is_undone_with_its_links(place: Place, client_of_member: Client) -> None:
    with in_scope(place):
        keys = write_chain(place.team)
        before = read_chain(place.team)
    sent = {"kind": "need", "pk": keys["need"]}
    page = client_of_member.post(at(place, "goals_keep"), sent | {"do": "put_away"}, follow=True).content.decode()
    assert f'form="tilbake-need-{keys["need"]}"' in page
    assert f'id="tilbake-need-{keys["need"]}"' in page
    with in_scope(place):
        assert read_chain(place.team).needs == ()
    client_of_member.post(at(place, "goals_keep"), sent | {"do": "take_back"})
    with in_scope(place):
        assert read_chain(place.team) == before


def test_lines_move_up_and_down_and_stop_at_the_ends(place: Place, client_of_member: Client) -> None:
    with in_scope(place):
        keys = [Need.objects.create(network=place.network, team=place.team, text=text, position=7).pk for text in "abc"]

    def move(key: int, way: str) -> str:
        client_of_member.post(at(place, "goals_arrange"), {"kind": "need", "pk": key, "do": way})
        with in_scope(place):
            return "".join(Need.objects.values_list("text", flat=True))

    assert [move(keys[0], "down"), move(keys[2], "up"), move(keys[1], "up"), move(keys[1], "up")] == [
        "bac",
        "bca",
        "bca",
        "bca",
    ]


def test_a_change_goes_from_idea_through_rounds_into_use(place: Place, client_of_member: Client) -> None:
    with in_scope(place):
        goal = Goal.objects.create(network=place.network, team=place.team, text="Mål")
        change = Change.objects.create(network=place.network, team=place.team, text="Faste dager")
        ChangeGoal.objects.create(network=place.network, change=change, goal=goal)
    first = client_of_member.post(at(place, "pdsa_add", change.pk))["Location"]
    assert first == at(place, "pdsa", change.pk, 1)
    assert client_of_member.post(at(place, "pdsa_add", change.pk))["Location"] == first  # it is still going on
    seen = client_of_member.get(first).context["form"].initial["seen"]
    today = timezone.localdate().isoformat()
    sent = {"starts_on": today, "plan": "Prøve", "act": "Begge soner", "decision": "adapt", "seen": seen}
    assert "learned" in client_of_member.post(first, sent).context["form"].errors
    assert client_of_member.post(first, sent | {"learned": "Fredag er for sent"}).status_code == 302
    page = client_of_member.get(at(place, "change", change.pk)).content.decode()
    assert "Begin the next round" in page
    assert "Fredag er for sent" in page

    second = client_of_member.post(at(place, "pdsa_add", change.pk))["Location"]
    form = client_of_member.get(second).context["form"]
    assert (form.initial["plan"], form.instance.number) == ("Begge soner", 2)
    sent = {"starts_on": today, "decision": "adopt", "learned": "Det virker", "seen": form.initial["seen"]}
    client_of_member.post(second, sent)
    assert "Take it into use" in client_of_member.get(at(place, "change", change.pk)).content.decode()
    client_of_member.post(at(place, "change_decide", change.pk), {"state": "in_use"})
    with in_scope(place):
        assert Change.objects.get().state == "in_use"


def test_rounds_stand_in_the_order_of_their_days(place: Place) -> None:
    today = timezone.localdate()
    with in_scope(place):
        change = Change.objects.create(network=place.network, team=place.team, text="Faste dager")
        PdsaRound.objects.create(
            network=place.network, change=change, number=1, starts_on=today, decision="adapt", learned="Lært"
        )
        second = begin_round(change=change, by=place.member)
        seen = RoundForm(instance=second).initial["seen"]

        def errors(**sent: object) -> list[str]:
            return list(RoundForm({"seen": seen} | sent, instance=PdsaRound.objects.get(pk=second.pk)).errors)

        assert errors(starts_on=today - timedelta(days=1)) == ["starts_on"]
        assert errors(starts_on=today, ends_on=today - timedelta(days=1)) == ["ends_on"]
        assert errors(starts_on=today + timedelta(days=7), ends_on=today + timedelta(days=14)) == []


# Points


def goals_of(place: Place, count: int = 2) -> list[int]:
    with in_scope(place):
        return [
            Goal.objects.create(network=place.network, team=place.team, text=f"Mål {at}", position=at).pk
            for at in range(count)
        ]


def points(place: Place) -> dict[tuple[str, int], int]:
    with in_scope(place):
        rows = GoalPoints.objects.select_related("member__membership__user")
        return {(str(row.member), row.goal_id): row.points for row in rows}


def fields(client: Client, address: str, **given: Sequence[int | str]) -> dict[str, Any]:
    """What a browser would send from the page, with each member's points as given."""
    sent: dict[str, Any] = {}
    for form in client.get(address).context["forms"]:
        sent[form.add_prefix("seen")] = form.initial["seen"]
        values = given.get(str(form.member).split()[0], [])
        sent |= {cell.html_name: value for cell, value in zip(form.cells(), values, strict=False)}
    return sent


def test_her_ten_points_order_the_goals_and_more_than_ten_are_told(place: Place, client_of_member: Client) -> None:
    first, second = goals_of(place)
    address = at(place, "prioritise")
    refused = client_of_member.post(address, fields(client_of_member, address, Medlem=[4, 8]))
    (form,) = refused.context["forms"]
    assert form.errors == {f"g{second}": ["12 points are given here, and each has 10. Take 2 away."]}
    assert points(place) == {}
    page = client_of_member.post(address, fields(client_of_member, address, Medlem=[2, 8]), follow=True)
    assert points(place) == {("Medlem Vest", first): 2, ("Medlem Vest", second): 8}
    assert "Not given yet:" in page.content.decode()
    assert "Teamleder Vest" in page.content.decode()
    with in_scope(place):
        assert [goal.pk for goal in read_chain(place.team).goals] == [second, first]


def test_a_field_full_of_digits_is_refused_in_words(place: Place, client_of_member: Client) -> None:
    goals_of(place)
    address = at(place, "prioritise")
    refused = client_of_member.post(address, fields(client_of_member, address, Medlem=["9" * 5000, 1]))
    assert (refused.status_code, points(place)) == (200, {})
    away = at(place, "goals_keep")
    assert client_of_member.post(away, {"kind": "goal", "pk": "9" * 5000}).status_code == 404


def test_the_meetings_table_leaves_what_it_did_not_touch(place: Place, client_of_member: Client) -> None:
    first, second = goals_of(place)
    address = at(place, "prioritise") + "?alle=1"
    table = fields(client_of_member, address, Medlem=[1, 9])
    own = fields(client_of_member, address, Teamleder=[10, 0])
    client_of_member.post(address, own)
    client_of_member.post(address, table)
    assert points(place) == {
        ("Teamleder Vest", first): 10,
        ("Medlem Vest", first): 1,
        ("Medlem Vest", second): 9,
    }
    late = client_of_member.post(address, table | {f"m{_leader(place)}-g{first}": 3})
    assert any("nothing is saved yet" in str(form.errors) for form in late.context["forms"])


def _leader(place: Place) -> int:
    with in_scope(place):
        return place.team.members.get(function="leader").pk


# What others see


def test_who_only_reads_sees_no_way_to_write_and_no_number_of_few(cast: Cast, sign_in: Any, place: Place) -> None:
    with in_scope(place):
        keys = write_chain(place.team)
        Measure.objects.get(pk=keys["measure"]).observations.update(denominator=4)
        Goal.objects.create(network=place.network, team=place.team, text="Uten noe")
    page = sign_in(place.supervisor).get(at(place, "goals")).content.decode()
    assert "not shown, fewer than five" in page
    assert "The goal has no measure yet." in page
    assert "/skriv/" not in page
    assert "/nytt/" not in page
    assert "/ny/" not in page
    page = sign_in(place.member).get(at(place, "goals")).content.decode()
    assert "not shown" not in page
    assert "100 %" in page
