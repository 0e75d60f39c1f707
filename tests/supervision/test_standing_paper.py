"""Where the teams are, on paper: thirty teams on one sheet, archivable."""

import io

import pikepdf

from supervision.reports.printing import render_standing
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
