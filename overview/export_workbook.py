"""Everything of a network as a workbook: a sheet for each kind of thing, in the reader's words.

Written row by row to a file and never held as a whole. What people wrote is always text, so that nothing is taken for
a formula; days are days, so that they can be sorted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import IO, Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from gpf.status import status_word
from networks.models import AssignmentKind, Network, Organisation, Role
from overview.matrix_files import UNPRINTABLE
from sessions.models import Gathering
from signup.models import Registration
from teams.models import TeamMember

Cell = str | int | date | datetime | bool | None
Rows = Iterable[Sequence[Cell]]
LONGEST = 32767  # characters a cell may hold
DAY, MOMENT = "dd.mm.yyyy", "dd.mm.yyyy hh:mm"
WIDTHS = {"short": 14, "name": 34, "text": 50}


def write_workbook(everything: Mapping[str, Any], file: IO[bytes]) -> None:
    """Write what `export_reading.read_everything` found."""
    book = Workbook(write_only=True)
    for title, headings, rows in _sheets(everything):
        _write(book.create_sheet(title[:31]), headings, rows)
    book.save(file)


def _sheets(found: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str], Rows]]:
    teams = {team["id"]: team["name"] for team in found["teams"]}
    gatherings = {row["id"]: _gathering_name(row) for row in found["gatherings"]}
    work = {row["id"]: row for row in found["assignments"]}
    yield _("The network"), [_("What"), _("Value")], _network(found["network"], found["exported_on"])
    yield (
        _("Participants"),
        [_("Organisation"), _("Kind"), _("Municipality number"), _("Organisation number"), _("County"), _("Part of"),
         _("Joined"), _("About joining"), _("Withdrawn"), _("Withdrew"), _("Reason"),
         _("The leader who committed"), _("Title"), _("Committed"), _("Leaders with access")],
        map(_participant, found["participants"]),
    )  # fmt: skip
    yield (
        _("Units"),
        [_("Organisation"), _("Unit")],
        ([row["organisation"]["name"], unit] for row in found["participants"] for unit in row["units"]),
    )
    yield (
        _("Teams"),
        [_("Team"), _("Organisation"), _("Patient group"), _("Language"), _("Joined"), _("Ended"), _("Supervisor")],
        map(_team, found["teams"]),
    )
    yield (
        _("In the teams"),
        [_("Team"), _("Name"), _("Email address"), _("Part in the team"), _("Title"), _("Unit"), _("Left")],
        (_member(team, each) for team in found["teams"] for each in team["members"]),
    )
    yield (
        _("People"),
        [_("Name"), _("Email address"), _("Role"), _("From"), _("Access ends")],
        ([row["name"], row["email"], _label(Role, row["role"]), row["starts_on"], row["ends_on"]]
         for row in found["people"]),
    )  # fmt: skip
    yield (
        _("Gatherings"),
        [_("Gathering"), _("First day"), _("Last day"), _("Month"), _("Place"), _("How we meet"), _("State"),
         _("Postponed"), _("Times moved"), _("Note")],
        map(_gathering, found["gatherings"]),
    )  # fmt: skip
    yield (
        _("Moves"),
        [_("Gathering"), _("From"), _("To"), _("Reason"), _("Moved by"), _("Moved"), _("People told")],
        ([gatherings[row["id"]], move["from_starts_on"], move["to_starts_on"], move["reason"], move["moved_by"],
          move["moved_at"], move["told"]] for row in found["gatherings"] for move in row["moves"]),
    )  # fmt: skip
    yield (
        _("Assignments"),
        [_("Gathering"), _("Assignment"), _("What is handed in"), _("Due"), _("Days before the gathering"),
         _("Hidden")],
        ([gatherings[row["gathering"]], row["title_nb"], _label(AssignmentKind, row["kind"]), row["due"],
          row["days_before"], row["hidden"]] for row in found["assignments"]),
    )  # fmt: skip
    yield (
        _("Deliveries"),
        [_("Team"), _("Gathering"), _("Assignment"), _("State"), _("Due"), _("Delivered"), _("Versions"),
         _("Extended to"), _("Reason for more time"), _("Reason for the exemption"), _("Shared")],
        ([teams[row["team"]], gatherings[work[row["assignment"]]["gathering"]], work[row["assignment"]]["title_nb"],
          status_word(row["state"], row["days_late"]), row["due"], row["delivered_at"], len(row["versions"]),
          row["extended_to"], row["extension_reason"], row["exempt_reason"], row["shared_at"]]
         for row in found["deliveries"]),
    )  # fmt: skip
    yield (
        _("Invitations"),
        [_("Round"), _("Organisation"), _("Leader"), _("Title"), _("Email address"), _("Sent"), _("Opened"),
         _("Reminded"), _("Declined"), _("Reason"), _("Registered teams")],
        (_invited(row, each) for row in found["invitations"] for each in row["invited"]),
    )  # fmt: skip


def _network(row: Mapping[str, Any], exported_on: date) -> Rows:
    words = {
        _("Name"): row["name"],
        _("Programme"): row["programme"],
        _("Region"): row["region"],
        _("Health community"): row["health_community"],
        _("From"): row["from_year"],
        _("To"): row["to_year"],
        _("Phase"): _label(Network.Phase, row["phase"]),
        _("Template"): row["template"],
        _("Supervised by"): ", ".join(row["supervised_by"]),
        _("Posters are shown"): _label(Network.PosterSight, row["posters_shown"]),
        _("Plans and other work are shown"): _label(Network.WorkSight, row["work_shown"]),
        _("Note"): row["note"],
        _("Taken out"): exported_on,
    }
    return words.items()


def _participant(row: Mapping[str, Any]) -> Sequence[Cell]:
    organisation = row["organisation"]
    return [
        organisation["name"],
        _label(Organisation.Kind, organisation["kind"]),
        organisation["number"],
        organisation["orgnr"],
        organisation["county"],
        organisation["part_of"],
        row["joined_on"],
        row["joined_note"],
        row["withdrawn"],
        row["withdrawn_on"],
        row["withdrawn_reason"],
        row["anchored_by"],
        row["anchored_title"],
        row["anchored_on"],
        _people(row["leaders"]),
    ]


def _team(row: Mapping[str, Any]) -> Sequence[Cell]:
    guides = [guide for guide in row["supervisors"] if guide["until"] is None]
    facts = (row[name] for name in ("name", "organisation", "patient_group", "language", "joined_on", "ended_on"))
    return [*facts, _people(guides)]


def _member(team: Mapping[str, Any], row: Mapping[str, Any]) -> Sequence[Cell]:
    function = _label(TeamMember.Function, row["function"])
    return [team["name"], row["name"], row["email"], function, row["title"], row["unit"], row["left_on"]]


def _gathering(row: Mapping[str, Any]) -> Sequence[Cell]:
    form, state = _label(Gathering.Form, row["form"]), _label(Gathering.State, row["state"])
    days = [row["starts_on"], row["ends_on"], row["month"]]
    return [_gathering_name(row), *days, row["place"], form, state, row["postponed"], len(row["moves"]), row["note"]]


def _gathering_name(row: Mapping[str, Any]) -> str:
    return capfirst(str(Gathering(kind=row["kind"], number=row["number"], title=row["title"])))


def _invited(row: Mapping[str, Any], each: Mapping[str, Any]) -> Sequence[Cell]:
    teams = [f"{one['team_name'] or '–'} ({_label(Registration.State, one['state'])})" for one in each["registrations"]]
    facts = [each[name] for name in ("organisation", "leader_name", "leader_title", "leader_email", "sent_at")]
    since = [each[name] for name in ("opened_at", "reminded_at", "declined_at", "decline_reason")]
    return [row["name"], *facts, *since, ", ".join(teams)]


def _people(rows: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(row["name"] for row in rows)


def _label(choices: Any, value: str) -> str:
    return capfirst(str(dict(choices.choices).get(value, value)))


# Cells. A sheet is Any: the package's own types leave out half of what it can.


def _write(sheet: Any, headings: Sequence[str], rows: Rows) -> None:
    """Headings that stay in place, and a filter over them; the widths must be told before the first row."""
    for number, heading in enumerate(headings, start=1):
        width = WIDTHS["name"] if number == 1 or heading in (_("Name"), _("Organisation"), _("Assignment")) else None
        sheet.column_dimensions[get_column_letter(number)].width = width or max(WIDTHS["short"], len(heading) + 4)
    sheet.freeze_panes = "B2"
    sheet.append([_heading(sheet, heading) for heading in headings])
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{count}"


def _heading(sheet: Any, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="bottom")
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    """A day, a number, or a text; never a formula."""
    if isinstance(value, bool):
        value = _("yes") if value else ""
    if isinstance(value, datetime):
        return _formatted(WriteOnlyCell(sheet, timezone.localtime(value).replace(tzinfo=None)), MOMENT)
    if isinstance(value, date):
        return _formatted(WriteOnlyCell(sheet, datetime.combine(value, time.min)), DAY)
    if value is None or isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, UNPRINTABLE.sub("", str(value))[:LONGEST])
    cell.data_type = "s"
    return cell


def _formatted(cell: Any, number_format: str) -> Any:
    cell.number_format = number_format
    return cell
