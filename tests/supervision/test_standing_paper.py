"""Where the teams are, on paper: thirty teams of a network, and five of a leader, are one sheet each, archivable."""

import io

import pikepdf
import pytest

from supervision.reports.leading import Changed, Page, TeamPart
from supervision.reports.leading import as_content as as_leaders_content
from supervision.reports.printing import render_leader_page, render_standing
from supervision.reports.wording import Line, as_content


def line(number: int) -> Line:
    return Line(
        name=f"Hjemmetjenesten nord {number}",
        slug=f"nord-{number}",
        organisation="Midt-Telemark",
        phase_number=3,
        phase="3 Utføre",
        team_level="2,5",
        supervisor_level="2,0",
        handed_in="5 av 6",
        late=1,
        measures=3,
        newest="16. november",
        seen="for 12 uker siden",
        met="11. november",
        is_quiet=True,
    )


def test_thirty_teams_are_one_sheet_of_pdf_a() -> None:
    content = as_content(
        [line(number) for number in range(30)],
        network="Læringsnettverk Vest",
        sentence="30 team: 30 i fasen utføre.",
        day="mandag 23. november",
    )
    pdf = render_standing(content, language="nb", title="Hvor teamene er, 23. november")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        assert str(opened.Root.Lang) == "nb"
        with opened.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"


@pytest.mark.parametrize("count", [3, 5])
def test_a_leaders_teams_are_one_sheet(count: int) -> None:
    """Charts stand in it as long as there is room for them."""
    chart = '<svg viewBox="0 0 320 180" role="img"><title>Besøk</title><rect width="320" height="180"/></svg>'
    measure = Changed("Besøk innen tre dager etter hjemkomst", "I starten 40 %, nå 80 %.", "Det er en endring.", chart)
    where = ["Fase: 3 Utføre.", "På skalaen fra 0,5 til 5,0 ser teamet seg selv på 2,0 (Klare til å prøve)."]
    teams = [TeamPart(f"Team {each}", f"team-{each}", where, [measure, measure], ["Tid."]) for each in range(count)]
    page = Page("Vinje", "Læringsnettverk Vest", "andre halvår 2026", "Samling 2 er 3. mars.", teams)
    pdf = render_leader_page(as_leaders_content(page, "Takk."), language="nb", title="Teamene dine i Vinje")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
