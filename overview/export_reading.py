"""Everything of a network as plain values, read once for the workbook and the data file alike.

As many queries for forty teams as for one. What the teams wrote in their work, their files, and what was answered are
not among it, nor anything that opens a door: see docs/network-export.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from accounts.models import User
from documents.models import LibraryDocument
from networks.models import (
    Membership,
    Network,
    Organisation,
    ParticipatingUnit,
    Participation,
    ParticipationLeader,
    SupervisingBody,
)
from sessions.access import progress_of
from sessions.models import Assignment, Delivery, DeliveryVersion, Gathering, GatheringMove, Review
from signup.models import InvitationRound, Invitee, Registration
from teams.models import Supervisor, Team, TeamMember

Values = dict[str, Any]
FORMAT = "laeringsnettverk-network"
VERSION = 1


def read_everything(network: Network, today: date) -> Values:
    """The whole network. Needs it opened, and nothing else open."""
    teams = list(Team.objects.select_related("participation__organisation").order_by("sort_name", "pk"))
    gatherings = sorted(Gathering.objects.all(), key=lambda row: (row.when or date.max, row.number or 0, row.pk))
    assignments = list(Assignment.with_hidden.select_related("gathering").order_by("due", "position", "pk"))
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_on": today,
        "network": _network(network),
        "participants": _participants(),
        "teams": _teams(teams),
        "people": _people(),
        "gatherings": _gatherings(gatherings),
        "assignments": [_assignment(row) for row in assignments],
        "deliveries": _deliveries(teams, assignments, today),
        "invitations": _invitations(),
        "library": [
            _library(row) for row in LibraryDocument.objects.select_related("document").filter(removed_at=None)
        ],
    }


def _network(network: Network) -> Values:
    bodies = SupervisingBody.objects.select_related("organisation").order_by("organisation__sort_name", "pk")
    return {
        **_plain(network, "slug name region round_label from_year to_year phase language note"),
        "programme": network.programme.name,
        "template": network.template.name_nb if network.template else "",
        "health_community": network.health_community.name if network.health_community else "",
        **_plain(network, "anchored_in_health_community reopened_on posters_shown work_shown"),
        "supervised_by": [body.organisation.name for body in bodies],
    }


def _participants() -> list[Values]:
    rows = Participation.objects.select_related("organisation__parent").order_by("organisation__sort_name", "pk")
    units = _grouped(
        ParticipatingUnit.objects.select_related("organisation").order_by("organisation__sort_name"), "participation_id"
    )
    leaders = _grouped(ParticipationLeader.objects.select_related("user").order_by("user__name"), "participation_id")
    return [
        {
            "id": row.pk,
            "organisation": _organisation(row.organisation),
            "units": [unit.organisation.name for unit in units[row.pk]],
            **_plain(row, "joined_on joined_note withdrawn withdrawn_on withdrawn_reason"),
            **_plain(row, "anchored_by anchored_title anchored_on"),
            "leaders": [_person(leader.user) for leader in leaders[row.pk]],
        }
        for row in rows
    ]


def _organisation(row: Organisation) -> Values:
    return {**_plain(row, "name kind number orgnr county"), "part_of": row.parent.name if row.parent else ""}


def _teams(teams: Iterable[Team]) -> list[Values]:
    members = _grouped(TeamMember.objects.select_related("membership__user").order_by("pk"), "team_id")
    guides = _grouped(Supervisor.objects.select_related("membership__user").order_by("pk"), "team_id")
    return [
        {
            "id": row.pk,
            **_plain(row, "slug name"),
            "participant": row.participation_id,
            "organisation": row.participation.organisation.name,
            **_plain(row, "patient_group language joined_on ended_on ended_reason"),
            "members": [
                {**_person(each.membership.user), **_plain(each, "function title unit left_on")}
                for each in members[row.pk]
            ],
            "supervisors": [
                {**_person(each.membership.user), **_plain(each, "since until")} for each in guides[row.pk]
            ],
        }
        for row in teams
    ]


def _people() -> list[Values]:
    rows = Membership.objects.select_related("user").order_by("user__name", "user", "role")
    return [{**_person(row.user), **_plain(row, "role starts_on ends_on")} for row in rows]


def _person(user: User) -> Values:
    return {"name": user.name, "email": user.email}


def _gatherings(gatherings: Iterable[Gathering]) -> list[Values]:
    moves = _grouped(GatheringMove.objects.select_related("moved_by").order_by("moved_at", "pk"), "gathering_id")
    return [
        {
            "id": row.pk,
            **_plain(row, "kind number title starts_on ends_on month form place online_link"),
            **_plain(row, "programme state cancelled_reason postponed note"),
            "moves": [
                {
                    **_plain(move, "from_starts_on from_ends_on to_starts_on to_ends_on reason moved_at told"),
                    "moved_by": move.moved_by.name if move.moved_by else "",
                }
                for move in moves[row.pk]
            ],
        }
        for row in gatherings
    ]


def _assignment(row: Assignment) -> Values:
    return {
        "id": row.pk,
        "gathering": row.gathering_id,
        **_plain(row, "slug kind title_nb title_nn guidance_nb guidance_nn days_before due hidden"),
    }


def _deliveries(teams: Sequence[Team], assignments: Sequence[Assignment], today: date) -> list[Values]:
    """Every team and every assignment that is in use, also where nothing has been begun."""
    rows = {(row.team_id, row.assignment_id): row for row in Delivery.objects.all()}
    versions = _grouped(
        DeliveryVersion.objects.exclude(delivered_at=None)
        .select_related("document", "saved_by")
        .defer("comment")
        .order_by("number"),
        "delivery_id",
    )
    answers = _grouped(Review.objects.select_related("reviewed_by").defer("text").order_by("reviewed_at"), "version_id")
    pairs = [(team, each) for team in teams for each in assignments]
    return [
        _delivery(team, each, rows.get((team.pk, each.pk)), versions, answers, today)
        for team, each in pairs
        if not each.hidden or (team.pk, each.pk) in rows
    ]


def _delivery(
    team: Team,
    assignment: Assignment,
    row: Delivery | None,
    versions: dict[int, list[Any]],
    answers: dict[int, list[Any]],
    today: date,
) -> Values:
    found = progress_of(team, assignment, row, today=today)
    return {
        "team": team.pk,
        "assignment": assignment.pk,
        "state": found.state.value,
        "due": found.due,
        "days_late": found.days_late,
        **_plain(row or Delivery(), "extended_to extension_reason exempt exempt_reason delivered_at shared_at"),
        "versions": [
            {
                "number": version.number,
                "delivered_at": version.delivered_at,
                "delivered_by": version.saved_by.name if version.saved_by else "",
                "file": version.document.name if version.document else "",
                "answers": [
                    {
                        **_plain(answer, "verdict reviewed_at"),
                        "reviewed_by": answer.reviewed_by.name if answer.reviewed_by else "",
                    }
                    for answer in answers[version.pk]
                ],
            }
            for version in (versions[row.pk] if row else [])
        ],
    }


def _invitations() -> list[Values]:
    invitees = _grouped(
        Invitee.objects.select_related("organisation").order_by("organisation__sort_name", "pk"), "round_id"
    )
    # What is still being written is theirs who write it: it is only said that they have begun.
    every = list(Registration.objects.order_by("number"))
    begun_by = Counter(each.invitee_id for each in every if each.state == Registration.State.DRAFT)
    registrations = _grouped([each for each in every if each.state != Registration.State.DRAFT], "invitee_id")
    return [
        {
            **_plain(row, "name answer_by created_at"),
            "invited": [
                {
                    "organisation": _organisation_name(invitee),
                    **_plain(invitee, "leader_name leader_title leader_email language sent_at opened_at reminded_at"),
                    **_plain(invitee, "declined_at decline_reason withdrawn_at expires_on"),
                    "being_written": begun_by[invitee.pk],
                    "registrations": [
                        _plain(each, "number state team_name patient_group submitted_at decided_at")
                        for each in registrations[invitee.pk]
                    ],
                }
                for invitee in invitees[row.pk]
            ],
        }
        for row in InvitationRound.objects.order_by("created_at", "pk")
    ]


def _organisation_name(invitee: Invitee) -> str:
    return invitee.organisation.name


def _library(row: LibraryDocument) -> Values:
    return {**_plain(row, "title about in_package added_at"), "file": row.document.name, "size": row.document.size}


def _plain(row: Any, names: str) -> Values:
    """These fields of the row as they are."""
    return {name: getattr(row, name) for name in names.split()}


def _grouped(rows: Iterable[Any], by: str) -> dict[int, list[Any]]:
    """The rows by one of their columns, each group in the query's order."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found
