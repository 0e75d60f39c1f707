"""What a plan says: on the page, on paper, and in Word."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from documents.content import inspect
from improvement.plans.content import Plan, as_json, without_charts
from improvement.plans.difference import compare
from improvement.plans.page import word_file
from improvement.plans.printing import render
from improvement.plans.telling import in_words
from improvement.plans.wording import PlanWords, put_into_words
from tests.improvement.plans.samples import FIRST, LATER

CHART = '<svg class="chart" viewBox="0 0 720 340" role="img"><title>Andel</title><path d="M0 0H9"/></svg>'


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def words(plan: Plan = LATER, earlier: Plan | None = FIRST) -> PlanWords:
    return put_into_words(plan, earlier, gathering="samling 2")


def test_what_changed_is_told_in_sentences() -> None:
    assert in_words(compare(FIRST, LATER)) == (
        "Interviews: Mer enn 14 intervjuet (was Mer enn 12 intervjuet).",
        "Medlem Vinje is now measurement lead.",
        "New in the team: Nytt medlem.",
        "Taken out of the interviews: “Å slippe å fortelle alt på nytt”.",
        "The goal “Alle får besøk innen tre dager” is chosen. By when: 1 February 2027 (was 1 December 2026). "
        "Answers the need: Trygg hjemkomst de første dagene; Færre ledd (was Trygg hjemkomst de første dagene).",
        "The goal “Brukeren er med på planen” now reads “Brukeren lager planen sammen med oss”.",
        "New goal: “Ingen venter på medisinlisten”.",
        "The change “Fast sykepleier ringer dagen etter” is being tried. Begins: 1 September 2026. "
        "Learned in PDSA round 1: Folk tar telefonen før klokka ti. Decision: adjust and try again.",
        "The change “Tavle på vaktrommet” is taken out.",
        "“Andel besøk innen tre dager”. Newest number: 83 %, oktober 2026 (was 62 %, april 2026).",
        "The team rates itself 3 of 5 on “Equal user”.",
    )


def test_what_is_taken_back_is_told_too() -> None:
    told = in_words(compare(LATER, FIRST))
    assert "The goal “Ingen venter på medisinlisten” is taken out." in told
    assert (
        "The change “Fast sykepleier ringer dagen etter” is an idea again. Begins: not set (was 1 September 2026)."
        in told
    )
    assert "New change: “Tavle på vaktrommet”." in told


def test_a_percent_sign_in_a_teams_words_is_a_percent_sign() -> None:
    goal = replace(FIRST.goals[0], text="Fra 60 % til 90 %(s)", how_much="100 %")
    told = in_words(compare(FIRST, replace(FIRST, goals=(goal, FIRST.goals[1]))))
    assert told == (
        "The goal “Alle får besøk innen tre dager” now reads “Fra 60 % til 90 %(s)”. "
        "How much: 100 % (was fra 60 til 90 %).",
    )


def test_new_and_changed_things_are_marked_and_each_change_stands_in_full_once() -> None:
    both = replace(LATER.changes[0], goals=(1, 2))
    found = words(replace(LATER, changes=(both, replace(both, key=9, text="Løs tanke", goals=()))))
    assert [(goal.text, goal.mark, len(goal.changes), goal.elsewhere) for goal in found.goals] == [
        ("Alle får besøk innen tre dager", "changed", 1, ()),
        ("Brukeren lager planen sammen med oss", "changed", 0, ("Fast sykepleier ringer dagen etter",)),
        ("Ingen venter på medisinlisten", "new", 0, ()),
    ]
    assert [change.text for change in found.other_changes] == ["Løs tanke"]
    assert (found.since, found.compared) == (
        "What has changed since samling 2",
        "Compared with the plan that was delivered 4 May 2026.",
    )
    alone = put_into_words(LATER)
    assert (alone.since, alone.changed, {goal.mark for goal in alone.goals}) == ("", (), {""})


def in_word(plan: Plan, language: str = "nn", name: str = "Plan") -> bytes:
    return bytes(word_file(words(plan), language=language, made_on=plan.made_on, name=name).content)


def test_the_word_file_is_one_that_word_and_a_screen_reader_know() -> None:
    drawn = replace(LATER, measures=(replace(LATER.measures[0], chart=CHART, alternative="Nine months, rising."),))
    file = in_word(drawn)
    assert file == in_word(drawn), "the same plan is the same file"
    assert inspect(SimpleUploadedFile("plan.docx", file)).kind == "docx", "a team may hand it in as its own file"
    spoken = Document(io.BytesIO(file))
    assert (spoken.core_properties.title, spoken.core_properties.language) == ("Improvement plan: Vinje", "nn-NO")
    assert {each.get(qn("w:val")) for each in spoken.styles.element.iter(qn("w:lang"))} == {"nn-NO"}
    found = Document(io.BytesIO(in_word(drawn, language="en")))
    headings = [(each.style.name, each.text) for each in found.paragraphs if each.style and "ing " in each.style.name]
    assert headings[:3] == [
        ("Heading 1", "What has changed since samling 2"),
        ("Heading 1", "The team"),
        ("Heading 1", "What users have told us"),
    ]
    assert ("Heading 2", "1. Alle får besøk innen tre dager") in headings
    table = found.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["What we change", "Responsible", "When", "State"]
    assert table.rows[0]._tr.trPr is not None
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert found.inline_shapes[0]._inline.docPr.get("descr") == "Nine months, rising."
    drawings = [part.blob for part in found.part.package.iter_parts() if part.partname.endswith(".svg")]
    assert len(drawings) == 1
    assert drawings[0].startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')


def test_a_teams_name_can_do_nothing_to_the_files_name() -> None:
    sent = word_file(words(), language="nb", made_on=date(2026, 1, 1), name='Plan "Å/../\r\nSet-Cookie: a=b')
    assert sent["Content-Disposition"] == (
        "attachment; filename*=utf-8''Plan%20%22%C3%85-..-%0D%0ASet-Cookie%3A%20a%3Db.docx"
    )


def test_the_paper_is_pdf_a_with_title_language_and_all_that_is_in_the_plan() -> None:
    drawn = replace(LATER, measures=(replace(LATER.measures[0], chart=CHART),))
    content = {"plan": as_json(drawn), "earlier": as_json(without_charts(FIRST)), "gathering": "samling 2"}
    pdf = render(content, language="nn", title="Forbetringsplan Vinje, utgåve 2")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "nn"
        with opened.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["dc:title"] == "Forbetringsplan Vinje, utgåve 2"
