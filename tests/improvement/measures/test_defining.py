"""What a team measures: chosen or its own, changed, ended, put away, listed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gpf import tenancy
from improvement.measures.kinds import BY_KIND
from improvement.measures.library import LIBRARY
from improvement.measures.models import Measure
from improvement.models import Goal
from networks.models import Network
from tests.cast import Cast
from tests.improvement.measures.stage import SignIn, at, measure_of

pytestmark = pytest.mark.django_db


def found(cast: Cast) -> Measure:
    with tenancy.scope([cast.west.network.pk]):
        return Measure.objects.get()


def test_a_ready_measure_is_one_click_and_one_save(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        goal = Goal.objects.create(network=cast.west.network, team=cast.west.team, text="Ni av ti")
    client = sign_in(cast.west.member)
    choose = at(cast.west, "measure_add")
    assert client.get(choose, secure=True).content.decode().count('class="ready"') == len(LIBRARY) + len(BY_KIND)
    page = f"{choose}?library=hph2-3-days&goal={goal.pk}"
    form = client.get(page, secure=True).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    made = client.post(page, sent | {"once": "x"}, secure=True)
    measure = found(cast)
    assert made["Location"] == at(cast.west, "enter", measure.pk)
    assert (measure.library_key, measure.kind, measure.goal_id) == ("hph2-3-days", "share", goal.pk)
    assert measure.target == 90
    assert measure.shared_at is not None


@pytest.mark.parametrize("kind", list(BY_KIND))
def test_each_kind_asks_for_what_it_needs(cast: Cast, sign_in: SignIn, kind: str) -> None:
    client, page = sign_in(cast.west.member), f"{at(cast.west, 'measure_add')}?own={kind}"
    asked = set(client.get(page, secure=True).context["form"].fields)
    assert asked & {"numerator", "denominator", "per", "unit"} == set(BY_KIND[kind].fields)
    empty = client.post(
        page, {"title": "Fall", "direction": "decrease", "role": "outcome", "rhythm": "month"}, secure=True
    )
    if kind in ("share", "rate"):
        assert set(empty.context["form"].errors) == {"numerator", "denominator"}
    else:
        assert found(cast).rhythm == ("event" if kind == "time_between" else "month")


def test_the_kind_stays_when_there_are_numbers(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    measure = measure_of(cast.west, unit="dager")
    page = at(cast.west, "measure_edit", measure.pk)
    form = client.get(page, secure=True).context["form"]
    assert {"kind", "rhythm"} < set(form.fields)
    sent = {"title": "Fall", "kind": "count", "rhythm": "month", "direction": "decrease", "role": "outcome"}
    seen = {"seen": form.initial["seen"], "numerator": "fikk besøk", "denominator": "kom hjem"}
    client.post(page, sent | seen, secure=True)
    assert (found(cast).kind, found(cast).numerator) == ("count", "")

    with tenancy.scope([cast.west.network.pk]):
        measure.delete()
    counted = measure_of(cast.west, [(2, 7, 9)])
    page = at(cast.west, "measure_edit", counted.pk)
    form = client.get(page, secure=True).context["form"]
    assert not {"kind", "rhythm"} & set(form.fields)
    client.post(page, sent | {"seen": form.initial["seen"], "numerator": "a", "denominator": "b"}, secure=True)
    assert (found(cast).title, found(cast).kind, found(cast).rhythm) == ("Fall", "share", "week")


def test_two_who_change_a_measure_hear_of_each_other(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    measure = measure_of(cast.west, [(2, 7, 9)], target=90)
    page = at(cast.west, "measure_edit", measure.pk)
    form = client.get(page, secure=True).context["form"]
    mine = {"title": "Fall", "direction": "increase", "role": "process", "numerator": "a", "denominator": "b"}
    with tenancy.scope([cast.west.network.pk]):
        Measure.objects.update(target=80, shared_at=timezone.now())
    sent = mine | {"seen": form.initial["seen"], "target": "95"}
    told = client.post(page, sent, secure=True).context["form"].meanwhile
    assert len(told) == 2
    assert found(cast).target == 80


def test_where_the_network_shows_nothing_nobody_is_asked(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        Network.objects.filter(pk=cast.west.network.pk).update(work_shown=Network.WorkSight.NEVER)
    page = sign_in(cast.west.member).get(f"{at(cast.west, 'measure_add')}?own=share", secure=True)
    assert "shared" not in page.context["form"].fields


def test_ended_put_away_taken_back_and_moved(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.member)
    first, second = measure_of(cast.west, title="Den første"), measure_of(cast.west, title="Den andre")
    listed = at(cast.west, "measures")

    def act(measure: Measure, what: str) -> None:
        client.post(at(cast.west, "measure_keep", measure.pk), {"act": what}, secure=True)

    def order() -> list[str]:
        return [line.measure.title for line in client.get(listed, secure=True).context["lines"]]

    act(second, "up")
    act(second, "up")
    assert order() == ["Den andre", "Den første"]
    act(first, "away")
    page = client.get(listed, secure=True)
    assert f'form="tilbake-maling-{first.pk}"' in page.content.decode()
    assert f'id="tilbake-maling-{first.pk}"' in page.content.decode()
    assert order() == ["Den andre"]
    act(first, "back")
    act(second, "end")
    assert order() == ["Den første"]
    act(second, "resume")
    assert order() == ["Den andre", "Den første"]


def test_the_list_asks_as_often_for_three_as_for_one_and_shows_nothing_of_others(cast: Cast, sign_in: SignIn) -> None:
    measure_of(cast.east, [(2, 7, 9)], title="Østs egen måling")
    measure_of(cast.west, [(3, 7, 9), (2, 7, 9)])
    client, counts = sign_in(cast.west.member), []
    for _twice in range(2):
        with CaptureQueriesContext(connection) as queries:
            html = client.get(at(cast.west, "measures"), secure=True).content.decode()
        counts.append(len(queries))
        for number in range(2):
            measure_of(cast.west, [(3, 7, 9), (2, 7, 9)], title=f"Måling {number}")
    assert counts[0] == counts[1]
    assert "Østs egen" not in html


def test_a_supervisor_reads_the_list_without_small_numbers(cast: Cast, sign_in: SignIn) -> None:
    measure_of(cast.west, [(3, 7, 9), (2, 6, 9), (1, 1, 3)])
    page = sign_in(cast.west.supervisor).get(at(cast.west, "measures"), secure=True)
    (line,) = page.context["lines"]
    assert line.newest.endswith("(6 av 9)")
    assert at(cast.west, "enter", line.measure.pk) not in page.content.decode()
