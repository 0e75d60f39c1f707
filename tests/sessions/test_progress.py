"""What a cell of the matrix says."""

from datetime import date

import pytest

from sessions.progress import Facts, Progress, State, progress

DUE = date(2026, 3, 10)
LATER = date(2026, 3, 17)


@pytest.mark.parametrize(
    ("facts", "today", "joined_on", "said"),
    [
        (None, DUE, None, Progress(State.NOT_STARTED, DUE)),
        (None, date(2026, 3, 15), None, Progress(State.LATE, DUE, 5)),
        (None, date(2026, 3, 15), date(2026, 3, 12), Progress(State.EXEMPT, DUE)),
        (Facts("open", begun=True), DUE, None, Progress(State.BEGUN, DUE)),
        (Facts("open", begun=True), date(2026, 3, 11), None, Progress(State.LATE, DUE, 1)),
        (Facts("open", extended_to=LATER), date(2026, 3, 15), None, Progress(State.NOT_STARTED, LATER)),
        (Facts("open", extended_to=LATER), date(2026, 3, 18), None, Progress(State.LATE, LATER, 1)),
        (Facts("open", extended_to=date(2026, 3, 3)), DUE, None, Progress(State.NOT_STARTED, DUE)),  # overtaken
        (Facts("open", exempt=True), date(2026, 3, 18), None, Progress(State.EXEMPT, DUE)),
        (Facts("delivered"), date(2026, 3, 18), None, Progress(State.DELIVERED, DUE)),
        (Facts("delivered"), date(2026, 3, 18), date(2026, 3, 12), Progress(State.DELIVERED, DUE)),
        (Facts("approved", exempt=True), date(2026, 3, 18), None, Progress(State.APPROVED, DUE)),
        (Facts("returned"), DUE, None, Progress(State.RETURNED, DUE)),
        (Facts("returned"), date(2026, 3, 12), None, Progress(State.RETURNED, DUE)),
    ],
)
def test_progress(facts: Facts | None, today: date, joined_on: date | None, said: Progress) -> None:
    assert progress(facts, due=DUE, today=today, joined_on=joined_on) == said
