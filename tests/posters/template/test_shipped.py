"""What comes with the product for each programme, and the colours that hold."""

import pytest

from posters.sections import LAST, shipped_sections
from posters.template.colours import ENOUGH, contrast_with_white, nearest_readable, read_colour
from posters.template.services import OWN, STAGES

PROGRAMMES = ("", "psykisk-helse-og-rus", "pasientsikkerhet")


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("stage", STAGES)
def test_what_is_shipped_is_whole_in_both_languages_and_builds_on_the_one_before(programme: str, stage: int) -> None:
    sections = shipped_sections(programme, stage)
    keys = [section.key for section in sections]
    assert len(set(keys)) == len(keys)
    assert not any(key.startswith(OWN) for key in keys)
    for section in sections:
        assert all(section.heading[language].strip() and section.prompt[language].strip() for language in ("nb", "nn"))
    if stage > 1:
        earlier = [section.key for section in shipped_sections(programme, stage - 1)]
        assert [key for key in keys if key in earlier] == earlier


def test_each_programme_has_its_own() -> None:
    own = {programme: {section.key for section in shipped_sections(programme, LAST)} for programme in PROGRAMMES}
    assert {"transitions", "participation"} <= own["psykisk-helse-og-rus"] - own[""]
    assert "risk" in own["pasientsikkerhet"] - own[""]
    assert "effect_goals" in own[""] - own["psykisk-helse-og-rus"] - own["pasientsikkerhet"]


@pytest.mark.parametrize(
    ("written", "read"),
    [("#0B5563", "#0b5563"), (" 0b5563 ", "#0b5563"), ("#FFF", "#ffffff"), ("red", None), ("", None)],
)
def test_a_colour_is_read_as_people_write_it(written: str, read: str | None) -> None:
    assert read_colour(written) == read


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#777777") == pytest.approx(4.48, abs=0.01)  # the well-known grey that just fails


@pytest.mark.parametrize("colour", ["#ff8800", "#ffffff", "#777777", "#00ff00", "#ffff00"])
def test_the_nearest_colour_holds_and_is_hardly_darker_than_it_must_be(colour: str) -> None:
    found = nearest_readable(colour)
    assert ENOUGH <= contrast_with_white(found) < ENOUGH + 0.15
    assert nearest_readable(found) == found
