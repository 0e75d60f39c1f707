"""A text of many sheets is refused at once, whatever it is made of, so that nobody can keep the workers busy."""

import time
from dataclasses import replace

import pytest

from posters.geometry import A1
from posters.rendering import render_poster
from tests.posters.samples import poster


@pytest.mark.parametrize(
    "text",
    ["- a\n" * 7500, "ord " * 7500, "å" * 30_000, "a\u0301" * 15_000],
    ids=["lines", "words", "one word", "marks"],
)
def test_every_section_full(text: str) -> None:
    full = poster(4)
    content = replace(full, sections=tuple(replace(section, text=text) for section in full.sections))
    began = time.monotonic()
    rendered = render_poster(content, A1, "nb")
    assert time.monotonic() - began < 2
    assert {section.key for section in rendered.too_long} == {section.key for section in content.sections}
    assert rendered.pdf == b""
    assert all(section.words > 0 for section in rendered.too_long)
