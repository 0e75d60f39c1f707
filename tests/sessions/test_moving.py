"""What a move would do, told before anything is saved: Vestfold's second gathering, moved twice."""

from datetime import date

import pytest

from sessions.gathering_days import Days, days_of, nearest_run
from sessions.models import Assignment, Gathering
from sessions.moving import Extension, Placed, Preview, followers, foresee

TODAY = date(2020, 3, 16)
FIRST = Days(date(2020, 1, 15), date(2020, 1, 16))
JUNE = Days(date(2020, 6, 9), date(2020, 6, 10))
DECEMBER = Days(date(2020, 12, 1), date(2020, 12, 2))
AUTUMN_AFTER = Days(date(2021, 9, 14), date(2021, 9, 15))


def gathering(pk: int, days: Days | None, **more: object) -> Gathering:
    found = Gathering(pk=pk, number=pk, **more)
    if days:
        found.starts_on, found.ends_on = days
    return found


def work(pk: int, days_before: int, due: date, title: str = "Plan", *, hidden: bool = False) -> Assignment:
    return Assignment(pk=pk, days_before=days_before, due=due, title_nb=title, hidden=hidden)


def vestfold(
    second: Days = JUNE, due: tuple[date, date, date] = (date(2020, 5, 26), date(2020, 5, 29), date(2020, 5, 26))
) -> list[Placed]:
    """Four gatherings, the first held; before the second a plan, a poster and something hidden; one team has longer."""
    plan, poster, hidden = (
        work(pk, days, day, str(pk), hidden=pk == 3) for pk, days, day in zip((1, 2, 3), (14, 10, 14), due, strict=True)
    )
    return [
        Placed(gathering(1, FIRST, state="held")),
        Placed(gathering(2, second), (plan, poster, hidden), (Extension("Larvik", 1, date(2020, 6, 4)),)),
        Placed(gathering(3, Days(date(2020, 12, 8), date(2020, 12, 9)))),
        Placed(gathering(4, Days(date(2021, 9, 7), date(2021, 9, 8)))),
        Placed(Gathering(pk=5, kind="experience", starts_on=date(2022, 9, 7), ends_on=date(2022, 9, 7))),
        Placed(
            Gathering(
                pk=6,
                kind="measurement_workshop",
                title="Måleverksted i Horten",
                starts_on=date(2020, 10, 1),
                ends_on=date(2020, 10, 1),
            )
        ),
    ]


def days(preview: Preview) -> dict[str, tuple[Days | None, Days]]:
    return {str(move.gathering.pk): (move.before, move.after) for move in preview.moves}


def deadlines(preview: Preview) -> list[tuple[int, date, date]]:
    return [(each.assignment.pk, each.before, each.after) for each in preview.first.deadlines]


def test_every_deadline_moves_with_the_gathering_and_the_extension_stays() -> None:
    preview = foresee(vestfold(), 2, Days(date(2020, 9, 15), date(2020, 9, 16)), along=False, today=TODAY)
    assert deadlines(preview) == [
        (1, date(2020, 5, 26), date(2020, 9, 1)),
        (3, date(2020, 5, 26), date(2020, 9, 1)),
        (2, date(2020, 5, 29), date(2020, 9, 4)),  # the 5th is a Saturday
    ]
    assert [each.assignment.pk for each in preview.first.shown] == [1, 2]
    (kept,) = preview.first.extensions
    assert (kept.extension, kept.is_overtaken) == (Extension("Larvik", 1, date(2020, 6, 4)), True)
    assert (preview.misplaced, preview.concerns) == ((), ())


def test_it_can_be_moved_again_and_the_extension_is_still_there() -> None:
    first = foresee(vestfold(), 2, Days(date(2020, 6, 2), date(2020, 6, 3)), along=False, today=TODAY)
    (kept,) = first.first.extensions
    assert (kept.extension.until, kept.is_overtaken) == (date(2020, 6, 4), False), (
        "two weeks more than the others still"
    )
    moved = vestfold(
        Days(date(2020, 6, 2), date(2020, 6, 3)), (date(2020, 5, 19), date(2020, 5, 22), date(2020, 5, 19))
    )
    again = foresee(moved, 2, Days(date(2020, 10, 13), date(2020, 10, 14)), along=False, today=TODAY)
    assert deadlines(again) == [
        (1, date(2020, 5, 19), date(2020, 9, 29)),
        (3, date(2020, 5, 19), date(2020, 9, 29)),
        (2, date(2020, 5, 22), date(2020, 10, 2)),
    ]
    assert [kept.extension.until for kept in again.first.extensions] == [date(2020, 6, 4)]


def test_those_after_it_come_along_to_working_days() -> None:
    preview = foresee(vestfold(), 2, DECEMBER, along=True, today=TODAY)
    assert days(preview) == {
        "2": (JUNE, DECEMBER),
        # 175 days later is Tuesday 1 June 2021
        "3": (Days(date(2020, 12, 8), date(2020, 12, 9)), Days(date(2021, 6, 1), date(2021, 6, 2))),
        "4": (Days(date(2021, 9, 7), date(2021, 9, 8)), Days(date(2022, 3, 1), date(2022, 3, 2))),
        "5": (Days(date(2022, 9, 7), date(2022, 9, 7)), Days(date(2023, 3, 1), date(2023, 3, 1))),
    }
    assert preview.misplaced == ()


def test_alone_it_would_come_after_the_third() -> None:
    preview = foresee(vestfold(), 2, AUTUMN_AFTER, along=False, today=TODAY)
    assert [(each.other.pk, each.is_too_late) for each in preview.misplaced] == [(3, True), (4, True)]
    early = foresee(vestfold(), 3, Days(date(2020, 6, 10), date(2020, 6, 11)), along=False, today=TODAY)
    assert [(each.other.pk, each.is_too_late) for each in early.misplaced] == [(2, False)]


def test_the_held_and_the_cancelled_stay_and_the_cancelled_is_in_nobodys_way() -> None:
    plan = vestfold()
    next(each.gathering for each in plan if each.gathering.pk == 3).state = "cancelled"
    assert [each.gathering.pk for each in followers(plan, 2)] == [4, 5]
    assert foresee(plan, 2, Days(date(2020, 12, 8), date(2020, 12, 9)), along=False, today=TODAY).misplaced == ()


def test_the_same_days_as_the_workshop_and_days_that_have_been() -> None:
    preview = foresee(vestfold(), 2, Days(date(2020, 9, 30), date(2020, 10, 1)), along=False, today=TODAY)
    assert [(each.kind, each.day, each.other and each.other.pk) for each in preview.concerns] == [
        ("meets", date(2020, 10, 1), 6)
    ]
    past = foresee(vestfold(), 2, Days(date(2020, 3, 3), date(2020, 3, 4)), along=False, today=TODAY)
    assert [each.kind for each in past.concerns] == ["past"]
    assert past.is_over
    assert all(each.is_past for each in past.first.deadlines)


def test_a_gathering_without_days_gets_its_first_ones() -> None:
    plan = [Placed(gathering(1, FIRST)), Placed(gathering(2, None))]
    preview = foresee(plan, 2, JUNE, along=True, today=TODAY)
    assert days(preview) == {"2": (None, JUNE)}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (date(2026, 5, 14), Days(date(2026, 5, 12), date(2026, 5, 13))),  # Ascension Day
        (date(2026, 7, 15), Days(date(2026, 8, 3), date(2026, 8, 4))),  # summer
        (date(2026, 9, 8), Days(date(2026, 9, 8), date(2026, 9, 9))),
    ],
)
def test_the_nearest_working_days(wanted: date, found: Days) -> None:
    assert nearest_run(wanted, 2) == found


def test_days_that_are_not_known() -> None:
    assert days_of(Gathering(month=date(2022, 6, 1))) is None
