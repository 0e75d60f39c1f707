"""Numbers typed in, corrected, and taken away."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from gpf import tenancy
from improvement.measures.history import read_history
from improvement.measures.models import Measure
from improvement.measures.services import Entry, save_numbers
from tests.cast import Cast
from tests.identity_numbers import NATIONAL
from tests.improvement.measures.stage import SignIn, at, measure_of, monday, numbers_of

pytestmark = pytest.mark.django_db


def typed(weeks_ago: int, **parts: str) -> dict[str, Any]:
    on = monday(weeks_ago)
    return {"period": [on.isoformat()]} | {f"{on:%Y%m%d}-{name}": text for name, text in parts.items()}


def test_the_weeks_since_the_last_number_are_offered_one_by_one_and_then_the_chart_is_shown(
    cast: Cast, sign_in: SignIn
) -> None:
    measure = measure_of(cast.west, [(5, 7, 9), (3, 6, 9)])
    client, page = sign_in(cast.west.member), at(cast.west, "enter", measure.pk)
    first = client.get(page, secure=True)
    assert first.context["first"].period == monday(2)
    assert [form.period for form in first.context["others"]] == [monday(1), monday(0), monday(4)]
    html = first.content.decode()
    assert 'name="once"' in html
    assert html.count('inputmode="decimal"') == 8

    saved = client.post(page, typed(2, numerator="8", denominator="9"), secure=True)
    assert saved["Location"] == f"{page}?lagret=1"
    then = client.get(saved["Location"], secure=True)
    assert then.context["first"].period == monday(1)
    assert "89 %" in str(*then.context["messages"])
    # Not measured is a choice, and no zero. Nothing waits then: the chart.
    done = client.post(page, typed(1, absent="on", note="Vinterferie"), secure=True)
    assert done["Location"] == at(cast.west, "measure", measure.pk)
    assert [row[1] for row in numbers_of(measure)] == [7, 6, 8, None]


def test_several_weeks_at_once_whole_or_not_at_all(cast: Cast, sign_in: SignIn) -> None:
    measure = measure_of(cast.west, [(4, 7, 9)])
    client, page = sign_in(cast.west.member), at(cast.west, "enter", measure.pk)
    sent = [typed(3, numerator="8", denominator="9"), typed(2, numerator="11", denominator="9"), typed(1)]
    data = {name: text for one in sent for name, text in one.items()}
    data["period"] = [one["period"][0] for one in sent]
    refused = client.post(page, data, secure=True)
    assert refused.context["other_errors"]
    assert 'value="11"' in refused.content.decode()
    assert len(numbers_of(measure)) == 1
    data[f"{monday(2):%Y%m%d}-numerator"] = "9"
    client.post(page, data, secure=True)
    assert [row[1] for row in numbers_of(measure)] == [7, 8, 9]  # the third was left empty, and is passed over


@pytest.mark.parametrize(
    ("weeks_ago", "parts", "field"),
    [
        (1, {"numerator": "11", "denominator": "9"}, "numerator"),
        (1, {"numerator": "-1", "denominator": "9"}, "numerator"),
        (1, {"numerator": "mange", "denominator": "9"}, "numerator"),
        (1, {"numerator": "7"}, "denominator"),
        (1, {"numerator": "7", "denominator": "0"}, "numerator"),
        (1, {"numerator": "7,5", "denominator": "9"}, "numerator"),
        (1, {"numerator": "7", "denominator": "9", "absent": "on"}, "absent"),
        (1, {"note": "Ferie"}, "__all__"),
        (1, {"note": f"Gjaldt {NATIONAL}", "numerator": "7", "denominator": "9"}, "note"),
        (-1, {"numerator": "7", "denominator": "9"}, "__all__"),
        (4, {"numerator": "7", "denominator": "9"}, "__all__"),
        (1, {}, "__all__"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    cast: Cast, sign_in: SignIn, weeks_ago: int, parts: dict[str, str], field: str
) -> None:
    measure = measure_of(cast.west, [(4, 7, 9)])
    page = sign_in(cast.west.member).post(at(cast.west, "enter", measure.pk), typed(weeks_ago, **parts), secure=True)
    assert page.status_code == 200
    assert field in page.context["first"].errors
    for text in parts.values():
        assert text == "on" or f'value="{text}"' in page.content.decode()
    assert len(numbers_of(measure)) == 1


def test_a_period_that_has_a_number_leads_to_correcting_it(cast: Cast, sign_in: SignIn) -> None:
    measure = measure_of(cast.west, [(4, 7, 9)])
    client = sign_in(cast.west.member)
    page = client.get(f"{at(cast.west, 'enter', measure.pk)}?dag={monday(4) + timedelta(days=3)}", secure=True)
    correct = at(cast.west, "correct", measure.pk, page.context["there"].pk)
    assert correct in page.content.decode()
    # An earlier week than the first can be chosen by any day in it.
    earlier = client.get(f"{at(cast.west, 'enter', measure.pk)}?dag={monday(9) + timedelta(days=6)}", secure=True)
    assert earlier.context["first"].period == monday(9)

    seen = client.get(correct, secure=True).context["form"].initial["seen"]
    client.post(correct, {"numerator": "", "denominator": "", "note": "", "seen": seen}, secure=True)
    assert numbers_of(measure)[0][1] is None
    client.post(correct, {"remove": "1"}, secure=True)
    assert numbers_of(measure) == []
    assert client.get(at(cast.west, "measure_history", measure.pk), secure=True).status_code == 200
    with tenancy.scope([cast.west.network.pk]), translation.override("en"):
        told = [(row.before, row.after, row.who) for row in read_history(measure)]
    assert told == [("not measured", "taken away", "Medlem Vest"), ("7 of 9", "not measured", "Medlem Vest")]


def test_two_who_correct_the_same_number_hear_of_each_other(cast: Cast, sign_in: SignIn) -> None:
    measure = measure_of(cast.west, [(4, 1000, 2000)])
    client = sign_in(cast.west.member)
    pk = client.get(f"{at(cast.west, 'enter', measure.pk)}?dag={monday(4)}", secure=True).context["there"].pk
    correct = at(cast.west, "correct", measure.pk, pk)
    seen = client.get(correct, secure=True).context["form"].initial["seen"]
    client.post(correct, {"numerator": "1001", "denominator": "2000", "note": "", "seen": seen}, secure=True)
    # The second changed the other part only: the first one's number is taken into her form, and nothing is lost.
    second = client.post(correct, {"numerator": "1000", "denominator": "1999", "seen": seen}, secure=True)
    assert second.status_code == 200 or numbers_of(measure)[0][1] == 1001
    assert numbers_of(measure)[0][1] == 1001


def test_saving_the_same_again_changes_nothing_and_many_take_no_more_queries(cast: Cast) -> None:
    measure = measure_of(cast.west, [(ago, 7, 9) for ago in range(40, 20, -1)])
    entries = [Entry(monday(ago), numerator=8, denominator=9) for ago in range(40, 10, -1)]  # type: ignore[arg-type]
    with tenancy.scope([cast.west.network.pk]):
        first = save_numbers(measure=measure, entries=entries, by=cast.west.member)
        assert (first.added, first.changed, first.same) == (10, 20, 0)
        again = save_numbers(measure=measure, entries=entries, by=cast.west.member)
        assert (again.added, again.changed, again.same) == (0, 0, 30)
        assert len(read_history(measure)) == 20
        counts = []
        for many in (entries[:2], entries):
            changed = [Entry(each.on, each.numerator, each.denominator, note=f"{len(many)}") for each in many]
            with CaptureQueriesContext(connection) as queries:
                save_numbers(measure=measure, entries=changed, by=cast.west.member)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_event_is_a_day_and_never_the_same_day_twice(cast: Cast, sign_in: SignIn) -> None:
    measure = measure_of(cast.west, title="Fall", kind=Measure.Kind.TIME_BETWEEN, rhythm="event")
    client, page = sign_in(cast.west.member), at(cast.west, "enter", measure.pk)
    today = timezone.localdate()
    for day, status in (
        (today, 302),
        (today, 200),
        (today + timedelta(days=1), 200),
        (today - timedelta(days=21), 302),
    ):
        assert client.post(page, {"period": "", "new-on": day.isoformat()}, secure=True).status_code == status, day
    assert [row[0] for row in numbers_of(measure)] == [today - timedelta(days=21), today]
