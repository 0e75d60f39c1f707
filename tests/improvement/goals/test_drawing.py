"""The driver diagram: nothing overlaps or runs out of its box, however long the words are. No database."""

import re
from itertools import combinations

import pytest
from django.utils import translation

from gpf import fonts
from improvement.goals.drawing import draw_goal
from improvement.goals.printing import SHEET, SMALLEST, sheets
from improvement.goals.trees import Branch, Leaf, Tree, as_content, from_content
from improvement.goals.wrapping import wrap

LONG = "Ernæringskartleggingsoppfølgingsansvarskoordinator"
TEXT = f"Sykepleier ringer {LONG} og utviklingssenteret for sykehjem og hjemmetjenester dagen før"

TREES = {
    "bare": Tree("Trygge netter"),
    "no changes": Tree("Trygge netter", "90 % · eldre", ("Besøk",), (Branch("Vil vite"),)),
    "twelve changes": Tree(
        TEXT,
        f"fra 45 til 90 prosent · {LONG} · innen 1. juni",
        (TEXT, LONG),
        (Branch(TEXT, tuple(Leaf(TEXT, state) for state in ("idea", "trying", "in_use") * 2)), Branch(LONG)),
        tuple(Leaf(f"{LONG} {LONG}", "idea") for _number in range(6)),
    ),
}

Rectangle = tuple[float, float, float, float]


@pytest.fixture(autouse=True)
def in_english() -> None:
    translation.activate("en")


def boxes(svg: str) -> list[Rectangle]:
    found = re.findall(r'<rect [^>]*x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg)
    return [(float(x), float(y), float(x) + float(w), float(y) + float(h)) for x, y, w, h in found]


def lines(svg: str) -> list[Rectangle]:
    """Where each line of text in a box stands: from its letters' tops to their feet."""
    found = re.findall(r'x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"( font-weight="600")? [^>]*>([^<]+)<', svg)
    return [
        (
            float(x),
            float(y) - 0.8 * float(size),
            float(x) + fonts.face(fonts.STRONG if strong else fonts.TEXT).width(text) * float(size),
            float(y) + 0.25 * float(size),
        )
        for x, y, size, strong, text in found
    ]


@pytest.mark.parametrize("name", TREES)
def test_nothing_overlaps_and_every_line_stands_in_its_box(name: str) -> None:
    drawing = draw_goal(TREES[name], 1)
    drawn = boxes(drawing.svg)
    for (left, top, right, bottom), (left2, top2, right2, bottom2) in combinations(drawn, 2):
        assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
    for left, top, right, bottom in drawn:
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width
        assert bottom <= drawing.height
    for left, top, right, bottom in lines(drawing.svg):
        holding = [box for box in drawn if box[0] <= left and box[1] <= top and right <= box[2] and bottom <= box[3]]
        assert len(holding) == 1


def test_missing_links_are_drawn_as_missing() -> None:
    svg = draw_goal(TREES["bare"], 1).svg
    assert svg.count("driver-missing") == 3
    assert all(word in svg for word in ("No measure yet", "No need is linked to the goal yet", "No change yet"))
    assert draw_goal(TREES["no changes"], 1).svg.count("driver-missing") == 1


def test_what_people_wrote_is_only_text() -> None:
    svg = draw_goal(Tree("<script>a & b</script>", "", ("<b>",), (Branch("<i>", (Leaf("<u>", "idea"),)),)), 1).svg
    assert not re.search(r"<(script|b|i|u)>", svg)
    assert "&lt;u&gt;" in svg


def test_a_word_too_long_for_a_line_is_cut_with_a_hyphen() -> None:
    found = wrap(f"a {LONG}", fonts.TEXT, 15, 200)
    assert len(found) > 2
    assert found[1].endswith("-")
    assert "".join(found).replace("-", "").replace("a", "", 1) == LONG
    assert wrap("", fonts.TEXT, 15, 200) == [""]


def test_paper_content_comes_back_as_it_went() -> None:
    content = as_content(list(TREES.values()), team="Vinje", network="Vest")
    assert from_content(content) == list(TREES.values())


def test_a_goal_with_much_beneath_it_goes_over_sheets_and_loses_nothing() -> None:
    assert sheets(TREES["no changes"]) == [TREES["no changes"]]
    parts = sheets(TREES["twelve changes"])
    assert len(parts) > 1
    assert {part.text for part in parts} == {TEXT}
    assert min(SHEET[1] / draw_goal(part, 1).height for part in parts) >= SMALLEST
    changes = [leaf for part in parts for branch in part.branches for leaf in branch.leaves]
    assert changes == list(TREES["twelve changes"].branches[0].leaves)
    assert [leaf for part in parts for leaf in part.leaves] == list(TREES["twelve changes"].leaves)
    assert [branch.text for part in parts for branch in part.branches][-1] == LONG
