"""What the things of a network are called, for the page of changes: also those that are gone.

A thing that is there is called as it is now, one that is removed as it was: the record of its removal has its row.
As many queries as there are kinds of things on the page, however many of each.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.urls import NoReverseMatch, reverse

from networks.models import Change, Network
from overview.gatherings import gathering_name
from posters.template.queries import posters_of_stage
from posters.wall.queries import poster_name
from sessions.models import Assignment
from signup.models import Registration

Key = tuple[str, int]


@dataclass(frozen=True)
class Named:
    """A thing: what it is called, what it belongs to, and where it stands now (empty where it is gone)."""

    name: str
    within: str = ""
    address: str = ""


@dataclass(frozen=True)
class _Reading:
    """How a model's rows are called: what must be read along, the name, the owner, and the view to link to.

    `gone` has the columns that say the name and the owner of a row that is removed, where its own do not.
    """

    along: tuple[str, ...]
    name: Callable[[Any], str]
    within: Callable[[Any], str] = lambda row: ""
    address: Callable[[Any], tuple[Any, ...]] = lambda row: ()
    gone: tuple[str, str] = ("", "")


def _assignment(row: Assignment) -> str:
    return f"{row.title} ({row.gathering})"


def _registration(row: Registration) -> str:
    """What the team wants to be called is told when it has been sent."""
    return str(row.invitee) if row.state == Registration.State.DRAFT else str(row)


READINGS: dict[str, _Reading] = {
    "networks.Network": _Reading((), str, address=lambda row: ("overview:settings",)),
    "networks.Programme": _Reading((), str),
    "networks.CycleTemplate": _Reading((), str),
    "networks.HealthCommunity": _Reading((), str),
    "networks.Organisation": _Reading((), str),
    "accounts.User": _Reading((), str),
    "networks.SupervisingBody": _Reading(("organisation",), str, gone=("organisation_id", "")),
    "networks.Participation": _Reading(
        ("organisation",), str, address=lambda row: ("teams:participant", row.pk), gone=("organisation_id", "")
    ),
    "networks.ParticipatingUnit": _Reading(
        ("organisation", "participation__organisation"),
        str,
        lambda row: str(row.participation),
        gone=("organisation_id", "participation_id"),
    ),
    "networks.Membership": _Reading(
        ("user",),
        lambda row: str(row.user),
        lambda row: row.get_role_display(),
        lambda row: ("teams:people",),
        gone=("user_id", "role"),
    ),
    "networks.ParticipationLeader": _Reading(
        ("user", "participation__organisation"),
        str,
        lambda row: str(row.participation),
        gone=("user_id", "participation_id"),
    ),
    "teams.Team": _Reading((), str, address=lambda row: ("overview:team", row.slug)),
    "teams.TeamMember": _Reading(
        ("membership__user", "team"), str, lambda row: str(row.team), gone=("membership_id", "team_id")
    ),
    "teams.Supervisor": _Reading(
        ("membership__user", "team"), str, lambda row: str(row.team), gone=("membership_id", "team_id")
    ),
    "gatherings.Gathering": _Reading((), gathering_name, address=lambda row: ("gatherings:gathering", row.pk)),
    "gatherings.GatheringMove": _Reading(
        ("gathering",),
        lambda row: gathering_name(row.gathering),
        address=lambda row: ("gatherings:gathering", row.gathering_id),
        gone=("gathering_id", ""),
    ),
    "gatherings.Assignment": _Reading(
        ("gathering",),
        _assignment,
        address=lambda row: ("gatherings:gathering", row.gathering_id),
        gone=("title_nb", "gathering_id"),
    ),
    "gatherings.Delivery": _Reading(
        ("team", "assignment__gathering"),
        lambda row: _assignment(row.assignment),
        lambda row: str(row.team),
        lambda row: ("gatherings:delivery", row.team.slug, row.assignment_id),
        gone=("assignment_id", "team_id"),
    ),
    "gatherings.Review": _Reading(
        ("version__delivery__team", "version__delivery__assignment__gathering"),
        lambda row: _assignment(row.version.delivery.assignment),
        lambda row: str(row.version.delivery.team),
        lambda row: ("gatherings:delivery", row.version.delivery.team.slug, row.version.delivery.assignment_id),
        gone=("version_id", ""),
    ),
    "signup.InvitationRound": _Reading((), str, address=lambda row: ("signup:round", row.pk)),
    "signup.Invitee": _Reading(
        ("organisation", "round"),
        str,
        lambda row: str(row.round),
        lambda row: ("signup:round", row.round_id),
        gone=("organisation_id", "round_id"),
    ),
    "signup.Registration": _Reading(
        ("invitee__organisation",),
        _registration,
        address=lambda row: () if row.state == Registration.State.DRAFT else ("signup:registration", row.pk),
        gone=("invitee_id", ""),
    ),
    "documents.Document": _Reading((), str),
    "posters.PosterTemplate": _Reading(
        (),
        lambda row: posters_of_stage(row.stage),
        address=lambda row: ("posters:template_stage", row.stage),
    ),
    "posters.PublicLink": _Reading(
        ("poster__team", "poster__gathering"),
        lambda row: poster_name(row.poster.team, row.poster.gathering),
        address=lambda row: ("posters:poster", row.poster.team.slug, row.poster.gathering.number),
        gone=("poster_id", ""),
    ),
    "posters.WallRules": _Reading((), str, address=lambda row: ("posters:wall",)),
    "posters.PosterLook": _Reading((), str, address=lambda row: ("posters:template_look",)),
    "documents.LibraryDocument": _Reading((), str, address=lambda row: ("documents:library",)),
}


class Names:
    """The names of everything that some changes tell of. Needs the network opened."""

    def __init__(self, network: Network, changes: Iterable[Change]) -> None:
        self.network = network
        self.named: dict[Key, Named] = {}
        self.gone: dict[Key, dict[str, Any]] = {}
        told = list(changes)
        keys = {(change.table, change.row) for change in told}
        for change in told:
            keys |= _pointed_to(change.table, change.before) | _pointed_to(change.table, change.after)
        self._read_those_there(keys)
        # What is gone may have pointed to what is gone too: a delivery to a team, a team to a participant.
        for _round in range(2):
            self._read_those_gone(keys - self.named.keys() - self.gone.keys())
            keys = {key for (table, _pk), row in self.gone.items() for key in _pointed_to(table, row)}
            self._read_those_there(keys - self.named.keys())

    def of(self, table: str, pk: int) -> Named:
        """The thing; one nothing is known of is a dash."""
        return self.named.get((table, pk)) or self._as_it_was(table, pk)

    def _read_those_there(self, keys: set[Key]) -> None:
        wanted: dict[str, set[int]] = {}
        for table, pk in keys:
            wanted.setdefault(table, set()).add(pk)
        for table, pks in wanted.items():
            model = model_of(table)
            reading = READINGS.get(model._meta.label) if model else None
            if model and reading:
                for row in model._base_manager.filter(pk__in=pks).select_related(*reading.along):
                    name, within = reading.name(row), reading.within(row)
                    self.named[table, row.pk] = Named(name, within, self._address(reading.address(row)))

    def _read_those_gone(self, keys: set[Key]) -> None:
        if not keys:
            return
        tables, rows = {table for table, _pk in keys}, {pk for _table, pk in keys}
        removed = Change.objects.filter(
            network=self.network, table__in=tables, row__in=rows, action=Change.Action.REMOVED
        )
        for change in removed:
            self.gone[change.table, change.row] = change.before

    def _as_it_was(self, table: str, pk: int) -> Named:
        row, model = self.gone.get((table, pk)), model_of(table)
        reading = READINGS.get(model._meta.label) if model else None
        if row is None or model is None or reading is None:
            return Named("–")
        if any(reading.gone):
            name, within = (self._said(table, row, column) for column in reading.gone)
            return Named(name or "–", within)
        columns = {field.column: field.attname for field in model._meta.concrete_fields}
        return Named(reading.name(model(**{columns[column]: row[column] for column in row if column in columns})))

    def _said(self, table: str, row: Mapping[str, Any], column: str) -> str:
        """What a column of a removed row says: a word, or the name of what it pointed to."""
        value = row.get(column)
        target = foreign_keys(table).get(column)
        return self.of(target, value).name if target and value else str(value or "")

    def _address(self, place: tuple[Any, ...]) -> str:
        if not place:
            return ""
        view, *more = place
        try:
            return reverse(view, args=[self.network.slug, *more])
        except NoReverseMatch:
            return ""


@cache
def model_of(table: str) -> type[Model] | None:
    """The model that a table belongs to."""
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


@cache
def foreign_keys(table: str) -> dict[str, str]:
    """The columns of a table that point to another, with that table."""
    model = model_of(table)
    fields = model._meta.concrete_fields if model else ()
    return {
        each.column: each.related_model._meta.db_table
        for each in fields
        if isinstance(each, ForeignKey) and each.name != "network"
    }


def _pointed_to(table: str, row: Mapping[str, Any]) -> set[Key]:
    return {(target, row[column]) for column, target in foreign_keys(table).items() if row.get(column)}
