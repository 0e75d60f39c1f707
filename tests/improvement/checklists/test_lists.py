"""The lists themselves: complete in both languages, compared and brought together by their rows. No database."""

import io

import pytest
from django.http import QueryDict
from docx import Document

from gpf.identity import find
from improvement.checklists import editing
from improvement.checklists.content import FIELDS, ID, LONGEST_HEADING, LONGEST_POINT, MOST_ROWS, Row, sections, start
from improvement.checklists.difference import compare, merge
from improvement.checklists.forms import ChecklistForm
from improvement.checklists.steps import STEPS
from improvement.checklists.word import write
from tests.identity_numbers import NATIONAL


def item(key: str, text: str = "", field: str = "") -> Row:
    return {"id": key, "kind": "item", "text": text or key, "field": field}


def heading(key: str) -> Row:
    return {"id": key, "kind": "section", "text": key, "field": ""}


def ids(rows: list[Row]) -> list[str]:
    return [row["id"] for row in rows]


@pytest.mark.parametrize("step", [step.key for step in STEPS])
def test_a_starting_version_is_whole_in_both_languages(step: str) -> None:
    bokmal, nynorsk = start(step, "nb"), start(step, "nn")
    assert [(r["id"], r["kind"], r["field"]) for r in bokmal["rows"]] == [
        (r["id"], r["kind"], r["field"]) for r in nynorsk["rows"]
    ]
    assert len(set(ids(bokmal["rows"]))) == len(bokmal["rows"]) <= MOST_ROWS
    for row in [*bokmal["rows"], *nynorsk["rows"]]:
        assert ID.fullmatch(row["id"])
        assert row["field"] in FIELDS
        assert 0 < len(row["text"]) <= (LONGEST_HEADING if row["kind"] == "section" else LONGEST_POINT)
    assert all(section.heading and section.items for section in sections(bokmal["rows"]))


def test_what_differs_is_marked_where_it_stands() -> None:
    old = [heading("s1"), item("s1-1"), item("s1-2"), item("s1-3"), item("s1-4")]
    new = [heading("s1"), item("s1-4"), item("s1-1"), item("s1-3", "Skrive om"), item("nabcdefgh")]
    assert [(one.row["id"], one.state) for one in compare(old, new)] == [
        ("s1", ""),
        ("s1-4", "moved"),
        ("s1-1", ""),
        ("s1-2", "removed"),
        ("s1-3", "changed"),
        ("nabcdefgh", "added"),
    ]


def test_two_peoples_changes_come_together_and_mine_stand() -> None:
    base = [item("s1-1"), item("s1-2"), item("s1-3"), item("s1-4")]
    mine = [item("s1-1", "mitt"), item("s1-2"), item("s1-3"), item("nmineeeee"), item("s1-4", "mitt")]
    theirs = [item("s1-1", "hennar"), item("s1-2", "hennar"), item("ntheirsss")]
    merged = merge(base, mine, theirs)
    # s1-3, which I left alone, goes with the other; s1-4, which I rewrote, stays.
    assert ids(merged.rows) == ["s1-1", "s1-2", "ntheirsss", "nmineeeee", "s1-4"]
    assert [row["text"] for row in merged.rows][:2] == ["mitt", "hennar"]
    assert merged.theirs == {"s1-1": "hennar"}


def test_a_heading_moves_with_its_points() -> None:
    rows = [heading("s1"), item("s1-1"), heading("s2"), item("s2-1"), item("s2-2"), heading("s3")]
    assert ids(editing.act(rows, "up:s2")) == ["s2", "s2-1", "s2-2", "s1", "s1-1", "s3"]
    assert ids(editing.act(rows, "down:s1")) == ["s2", "s2-1", "s2-2", "s1", "s1-1", "s3"]
    assert ids(editing.act(rows, "down:s1-1")) == ["s1", "s2", "s1-1", "s2-1", "s2-2", "s3"]
    assert ids(editing.act(rows, "down:s2-2")) == ["s1", "s1-1", "s2", "s2-1", "s3", "s2-2"]
    for nothing in ("up:s1", "down:s3", "up:gone", "", "dance:s1"):
        assert editing.act(rows, nothing) == rows


def sent(*texts: str, kind: str = "item") -> ChecklistForm:
    data = QueryDict(mutable=True)
    data.update({"when": "Når", "note": "Fordi"})
    for n, text in enumerate(texts, 1):
        data.appendlist("row", f"{kind}:s1-{n}")
        data.appendlist("text", text)
        data.appendlist("field", "line")
    return ChecklistForm(data)


def test_pasted_lines_become_points_without_their_bullets() -> None:
    form = sent("- Vekt\r\n• Puls\r\n\r\n2. Blodtrykk", "😀 <b>שלום</b>", "  ")
    assert form.is_valid(), form.errors
    rows = form.cleaned_data["rows"]
    assert [row["text"] for row in rows] == ["Vekt", "Puls", "Blodtrykk", "😀 <b>שלום</b>"]
    assert rows[0]["id"] == "s1-1"
    assert len(set(ids(rows))) == 4


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("", " "), "item"),
        (("Berre ei overskrift",), "section"),
        (("x" * 2000,), "item"),
        (("\n".join(f"punkt {n}" for n in range(500)),), "item"),
        (tuple(f"punkt {n}" for n in range(500)), "item"),
    ],
)
def test_a_list_that_is_no_list_is_told_and_kept(texts: tuple[str, ...], kind: str) -> None:
    form = sent(*texts, kind=kind)
    assert not form.is_valid()
    assert [row["text"] for row in form["rows"].value()] == [text.strip() for text in texts]


def test_an_identity_number_is_told_by_its_row() -> None:
    number = NATIONAL
    assert find(number)
    form = sent("Vekt", f"Ring {number}")
    assert not form.is_valid()
    assert list(form.row_errors) == ["s1-2"]
    assert number not in str(form.errors)


def test_word_gets_headings_heading_rows_boxes_and_the_language() -> None:
    content = {
        "title": "HPH2 <Oppfølging>",
        "whose": "Vinje",
        "version": "versjon 2",
        "day": "",
        **start("hph2", "nn"),
    }
    file = Document(io.BytesIO(write(content, language="nn")))
    levels = [p.style.name for p in file.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert levels[0] == "Heading 1"
    assert levels.count("Heading 2") == 7
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in file.tables)
    assert sum(cell.text == "☐" for table in file.tables for cell in table.column_cells(0)) == 25
    assert 'w:val="nn-NO"' in file.styles.element.xml
    assert "Vinje" in file.sections[0].footer.paragraphs[0].text
