"""The cycle as one line: which order, which widths, where today is."""

from datetime import date, timedelta

from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from gpf.timeline import MAX_WEIGHT, Stop, Timeline, lay_out

SOGN = [
    Stop("Forberedelse", date(2020, 12, 3), kind="preparation"),
    Stop("Samling 1", date(2021, 3, 3), date(2021, 3, 4), url="/s/1/", place="Førde"),
    Stop("Samling 2", date(2021, 6, 9), date(2021, 6, 10), url="/s/2/"),
    Stop("Samling 3", date(2021, 12, 1), date(2021, 12, 2), url="/s/3/"),
    Stop("Samling 4", date(2022, 8, 31), date(2022, 9, 1), url="/s/4/"),
    Stop("Oppfølging", kind="follow_up"),
]


def when(line: Timeline) -> list[str]:
    return [item.when for item in line.items]


def today_of(line: Timeline) -> list[tuple[str, int]]:
    return [(item.stop.label, item.today) for item in line.items if item.today is not None]


def test_a_stretch_is_as_wide_as_its_months() -> None:
    assert [item.weight for item in lay_out(SOGN, today=date(2021, 4, 1)).items] == [3, 3, 6, 9, 2, 2]


def test_past_next_and_ahead() -> None:
    line = lay_out(SOGN, today=date(2021, 4, 19))
    assert when(line) == ["past", "past", "next", "ahead", "ahead", "ahead"]
    assert [item.reached for item in line.items] == [True, True, False, False, False, False]
    assert today_of(line) == [("Samling 1", 50)]


def test_the_days_of_a_gathering_are_now() -> None:
    for day in (date(2021, 6, 9), date(2021, 6, 10)):
        assert when(lay_out(SOGN, today=day))[2] == "now"
    assert when(lay_out(SOGN, today=date(2021, 6, 11)))[2:4] == ["past", "next"]


def test_the_whole_month_is_now_when_only_the_month_is_known() -> None:
    stops = [Stop("Samling 1", date(2026, 2, 1), month_only=True), Stop("Samling 2", date(2026, 5, 1), month_only=True)]
    assert when(lay_out(stops, today=date(2026, 2, 28))) == ["now", "next"]
    assert when(lay_out(stops, today=date(2026, 3, 1))) == ["past", "next"]


def test_today_before_and_after_everything() -> None:
    before = lay_out(SOGN, today=date(2020, 1, 1))
    assert (before.today_first, today_of(before)) == (True, [])
    assert when(before)[:2] == ["ahead", "next"]
    after = lay_out(SOGN, today=date(2026, 1, 1))
    assert (after.today_first, today_of(after)) == (False, [("Samling 4", 50)])


def test_dated_stops_are_put_in_order_and_an_added_workshop_finds_its_place() -> None:
    workshop = Stop("Måleverksted i Horten", date(2021, 10, 5), kind="extra")
    labels = [item.stop.label for item in lay_out([*SOGN, workshop], today=date(2021, 1, 1)).items]
    assert labels == [
        "Forberedelse",
        "Samling 1",
        "Samling 2",
        "Måleverksted i Horten",
        "Samling 3",
        "Samling 4",
        "Oppfølging",
    ]


def test_a_numbered_stop_without_a_date_stands_in_its_place() -> None:
    stops = [
        Stop("Samling 1", date(2020, 1, 1), month_only=True, number=1),
        Stop("Samling 3", date(2022, 6, 1), month_only=True, number=3),
        Stop("Samling 4", number=4),
        Stop("Samling 2", number=2),
    ]
    line = lay_out(stops, today=date(2023, 1, 1))
    assert [item.stop.label for item in line.items] == ["Samling 1", "Samling 2", "Samling 3", "Samling 4"]
    assert when(line) == ["past", "past", "past", "ahead"]
    assert today_of(line) == [("Samling 3", 50)]


def test_a_cancelled_stop_is_never_next() -> None:
    stops = [Stop("Samling 1", date(2026, 2, 1), cancelled=True), Stop("Samling 2", date(2026, 5, 1))]
    assert when(lay_out(stops, today=date(2026, 1, 1))) == ["cancelled", "next"]


def test_undated_stops_and_an_empty_line() -> None:
    line = lay_out([Stop("Samling 1"), Stop("Samling 2")], today=date(2026, 1, 1))
    assert (when(line), line.today_first, today_of(line)) == (["ahead", "ahead"], False, [])
    assert lay_out([], today=date(2026, 1, 1)).items == ()


def test_the_room_it_needs() -> None:
    extra = [Stop(f"Webinar {number}", date(2021, 4, number + 1), kind="extra") for number in range(3)]
    sizes = [lay_out([*SOGN, *extra[:number]], today=date(2021, 4, 1)).size for number in range(4)]
    assert sizes == ["few", "some", "some", "many"]


@given(
    st.lists(st.integers(min_value=0, max_value=2000), min_size=1, max_size=12),
    st.integers(min_value=-100, max_value=2500),
)
def test_any_line_has_places_that_css_knows(offsets: list[int], today: int) -> None:
    first = date(2020, 1, 1)
    line = lay_out([Stop("S", first + timedelta(days=days)) for days in offsets], today=first + timedelta(days=today))
    starts = [item.stop.start for item in line.items]
    assert starts == sorted(start for start in starts if start)
    assert all(1 <= item.weight <= MAX_WEIGHT for item in line.items)
    shown = [item.today for item in line.items if item.today is not None]
    assert len(shown) + line.today_first == 1
    assert all(percent % 5 == 0 and 0 <= percent <= 95 for percent in shown)


def test_the_drawing_is_a_list_of_links_with_words_for_everything() -> None:
    long_name = "Måleverksted for alle forbedringsteam i Utviklingssenter for sykehjem og hjemmetjenester i Vestland"
    stops = [
        *SOGN,
        Stop(long_name, date(2021, 10, 5), kind="extra"),
        Stop("<script>", date(2021, 11, 1), cancelled=True),
    ]
    with translation.override("nb"):
        html = render_to_string("components/timeline.html", {"timeline": lay_out(stops, today=date(2021, 4, 19))})
    assert html.count("<li") == len(stops)
    assert 'href="/s/2/"' in html
    assert "9.–10. juni 2021" in html
    assert "31. august–1. september 2022" in html
    assert "om 45 dager" not in html
    assert "om 2 måneder" in html
    assert long_name in html
    assert "<script>" not in html
    assert "style=" not in html
    assert html.count("timeline-today-date") == 1
