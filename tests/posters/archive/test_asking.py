"""A search taken apart, and its words marked in a text."""

import pytest

from posters.archive.asking import MOST, Term, understand
from posters.archive.excerpts import marker


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Fall natt", [Term("fall", ("fall",)), Term("natt", ("natt",))]),
        ("«en god natt»", [Term("en god natt", ("en god natt",), True)]),
        ('"ikke lukket', [Term("ikke lukket", ("ikke lukket",), True)]),
        ("e-post", [Term("e post", ("e post",), True)]),
        ("natt -fall", [Term("natt", ("natt",)), Term("fall", ("fall",), False, True)]),
        ("sykehjemmene", [Term("sykehjemmene", ("sykehjemmene", "sjukeheim", "sjukehjemmene"))]),
        ("veke", [Term("veke", ("veke", "uke"))]),
        ("A\u030apent", [Term("åpent", ("åpent",))]),
        ("natt natt", [Term("natt", ("natt",))]),
        ("%_'\\):*&|!<-> «»\"", []),
        ("", []),
    ],
)
def test_what_is_asked_for(typed: str, terms: list[Term]) -> None:
    assert list(understand(typed).terms) == terms


def test_many_words_are_not_all_looked_for_and_leaving_out_alone_is_no_search() -> None:
    assert len(understand(" ".join(f"ord{n}" for n in range(40))).terms) == MOST
    assert understand("-fall").is_empty


def test_words_are_marked_as_they_are_found_and_nothing_else_is_html() -> None:
    found = marker(understand('fallene "god natt" ti'), {"fallene": "fall", "ti": "ti"})
    marked = found.mark("<b>Fallet</b> & fallrisiko. God natt! ti tiltak, avfall, god dag")
    assert marked == (
        "&lt;b&gt;<mark>Fallet</mark>&lt;/b&gt; &amp; <mark>fallrisiko</mark>. <mark>God natt</mark>! "
        "<mark>ti</mark> tiltak, avfall, god dag"
    )
