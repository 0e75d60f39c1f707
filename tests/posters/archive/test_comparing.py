"""What became of a poster from gathering to gathering."""

from posters.archive.comparing import Cell, Row, Run, compare
from posters.content import PosterContent, PosterSection


def poster(**texts: str) -> PosterContent:
    sections = tuple(PosterSection(key, key.capitalize(), text) for key, text in texts.items())
    return PosterContent("", "Vinje", "Vinje", "Vest", "Samling", "", sections=sections)


def plain(text: str) -> tuple[tuple[Run, ...], ...]:
    return ((Run(text),),)


def test_each_section_is_held_against_the_poster_before() -> None:
    rows = compare(
        [
            poster(team="Vi er fem.", goal="Færre fall i sommer", ask="Hjelp oss med tall"),
            poster(team="Vi er fem.", goal="Færre fall før jul", learned="Spør natta"),
        ]
    )
    marked = ((Run("Færre fall"), Run("i sommer", "gone"), Run("før jul", "added")),)
    assert rows == [
        Row("team", "Team", (Cell("first", plain("Vi er fem.")), Cell("same", plain("Vi er fem.")))),
        Row("goal", "Goal", (Cell("first", plain("Færre fall i sommer")), Cell("changed", marked, True))),
        Row("ask", "Ask", (Cell("first", plain("Hjelp oss med tall")), Cell("gone"))),
        Row("learned", "Learned", (Cell("absent"), Cell("added", plain("Spør natta")))),
    ]


def test_another_text_stands_unmarked_and_a_very_long_one_too() -> None:
    rewritten = compare([poster(goal="Færre fall i sommer"), poster(goal="Bedre mat hver dag")])
    assert rewritten[0].cells[1] == Cell("changed", plain("Bedre mat hver dag"))
    long = compare([poster(goal="ord " * 3000), poster(goal="ord " * 3001)])
    assert long[0].cells[1].is_marked is False


def test_lines_stay_lines() -> None:
    rows = compare([poster(goal="En\nTo\nTre"), poster(goal="En\nTo og litt\nTre\nFire")])
    assert rows[0].cells[1].lines == (
        (Run("En"),),
        (Run("To"), Run("og litt", "added")),
        (Run("Tre"),),
        (Run("Fire", "added"),),
    )
