"""Texts with fields in braces: what is refused, and that filling them fills nothing twice and never fails."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from notices.fields import check, fill, in_braces, used

ALLOWED = ("navn", "oppgave", "frist")
TEXTS = st.text(alphabet=st.sampled_from("{}ab \n!.:[]0%navfrist"), max_size=60)
VALUES = st.fixed_dictionaries(
    {name: st.text(alphabet=st.sampled_from("{}navfrist \n%s()"), max_size=12) for name in ALLOWED}
)


def test_fields_are_filled_however_they_are_spelled() -> None:
    values = {"navn": "Kari", "oppgave": "Plakat", "frist": "8. desember"}
    assert fill("{ Namn }: {OPPGÅVE} innen {frist}.", values) == "Kari: Plakat innen 8. desember."
    assert used("{ Namn }: {OPPGÅVE}") == {"navn", "oppgave"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{fristen} er nær", ["There is no field {fristen} here. Did you mean {frist}?"]),
        ("{x}", ["There is no field {x} here. You can use {navn}, {oppgave}, {frist}."]),
        ("Hei {navn", ["“{navn” begins with { and has no } after it."]),
        ("Hei navn}", ["“Hei navn}” ends with } and has no { before it."]),
        (
            "Hei {{navn}}",
            ["“{{navn}}” begins with { and has no } after it.", "“Hei {{navn}}” ends with } and has no { before it."],
        ),
        ("Hei { }", ["There is nothing between { and }. Write a field there, or take them out."]),
        (
            "Hei {navn}\nog {frist\n}",
            [
                "Line 2: “{frist” begins with { and has no } after it.",
                "Line 3: “}” ends with } and has no { before it.",
            ],
        ),
        ("{navn}, {NAMN}, 100 %, %(navn)s, $navn, [x]", []),
    ],
)
def test_what_is_wrong_is_said_and_where(text: str, said: list[str]) -> None:
    with translation.override("en"):
        assert check(text, ALLOWED) == said


@pytest.mark.parametrize(
    "text", ["{navn!r}", "{navn.__class__}", "{navn[0]}", "{navn:>99}", "{0}", "{navn.__init__.__globals__}"]
)
def test_nothing_of_pythons_own_formatting_works(text: str) -> None:
    assert check(text, ALLOWED)
    assert fill(text, {"navn": "Kari"}) == text


@given(TEXTS, VALUES)
def test_filling_never_fails_and_fills_nothing_twice(text: str, values: dict[str, str]) -> None:
    filled = fill(text, values)
    # Filling is putting each value in its field's place: the text around it is untouched, whatever the values hold.
    marks = {name: f"\x00{name}\x00" for name in ALLOWED}
    marked = fill(text, marks)
    for name, mark in marks.items():
        marked = marked.replace(mark, values[name])
    assert filled == marked


@given(TEXTS)
def test_a_text_that_passes_has_no_brace_left_when_it_is_filled(text: str) -> None:
    if not check(text, ALLOWED):
        filled = fill(text, dict.fromkeys(ALLOWED, "x"))
        assert "{" not in filled
        assert "}" not in filled


def test_shipped_words_are_shown_as_people_write_them() -> None:
    assert in_braces("%(title)s: 100 %% innen %(due)s for %(team)s") == "{oppgave}: 100 % innen {frist} for {team}"
    assert in_braces("%(title)s: 100 %% innan %(due)s", "nn") == "{oppgåve}: 100 % innan {frist}"
