"""Which checklist holds where: the team's own before its network's before the product's."""

import re
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet
from django.urls import reverse

from improvement.checklists.content import Content, Row, start
from improvement.checklists.models import ChecklistVersion
from improvement.checklists.steps import STEPS, Step
from networks.models import Network
from teams.models import Team

Source = Literal["team", "network", "start"]


@dataclass(frozen=True)
class Holder:
    """Whose checklists are read: a team's, or (team None) the network's. And whether the person may adapt them."""

    network: Network
    team: Team | None
    may_write: bool = False

    @property
    def language(self) -> str:
        """The language a new list is begun in."""
        return "nn" if (self.team or self.network).language == "nn" else "nb"

    @property
    def source(self) -> Source:
        return "team" if self.team else "network"

    def url(self, page: str, **more: object) -> str:
        """The address of one of this holder's pages: `checklists`, `checklist`, `checklist_edit` …"""
        where: dict[str, object] = {"network_slug": self.network.slug, **more}
        if self.team is None:
            return reverse(f"improvement:network_{page}", kwargs=where)
        return reverse(f"improvement:{page}", kwargs=where | {"team_slug": self.team.slug})


@dataclass(frozen=True)
class Held:
    """The list that holds for a step. `version` None: the starting version. `newer`: the network has made a version
    that the team's own does not take in."""

    step: Step
    source: Source
    version: ChecklistVersion | None
    content: Content
    language: str
    newer: ChecklistVersion | None = None
    network_version: int = 0

    @property
    def token(self) -> str:
        """Names this version to a form: start, network-2, team-3."""
        return f"{self.source}-{self.version.number}" if self.version else "start"

    @property
    def rows(self) -> list[Row]:
        return self.content["rows"]


def read_all(holder: Holder) -> list[Held]:
    """The list that holds for each of the eight steps. One query."""
    newest = {(one.checklist.step, one.checklist.team_id): one for one in _newest(holder)}
    team = holder.team.pk if holder.team else None
    return [_held(holder, step, newest.get((step.key, team)), newest.get((step.key, None))) for step in STEPS]


def read_held(holder: Holder, step: Step, language: str = "") -> Held:
    """The list that holds for one step. `language`: of the starting version, where that holds."""
    found = list(_newest(holder).filter(checklist__step=step.key))
    team = next((one for one in found if one.checklist.team_id is not None), None)
    network = next((one for one in found if one.checklist.team_id is None), None)
    return _held(holder, step, team if holder.team else network, network, language)


def read_versions(holder: Holder, step: Step) -> list[ChecklistVersion]:
    """The holder's own versions, the newest first."""
    return list(_own(holder, step).select_related("made_by"))


def read_version(holder: Holder, step: Step, token: str, language: str) -> Held | None:
    """The version a token names, if there is one: the starting version (in the language), the network's, the own."""
    source, _dash, number = token.partition("-")
    if token == "start":
        return Held(step, "start", None, start(step.key, language), language)
    if source not in ("network", holder.source) or not re.fullmatch("[0-9]{1,4}", number):
        return None
    whose = holder if source == holder.source else Holder(holder.network, None)
    found = _own(whose, step).filter(number=int(number)).select_related("made_by").first()
    if found is None:
        return None
    return Held(step, whose.source, found, found.content, found.language)


def _own(holder: Holder, step: Step) -> QuerySet[ChecklistVersion]:
    return ChecklistVersion.objects.filter(
        checklist__network=holder.network, checklist__team=holder.team, checklist__step=step.key
    )


def _newest(holder: Holder) -> QuerySet[ChecklistVersion]:
    """The newest version of each list of the network, and of the team."""
    both = ChecklistVersion.objects.filter(checklist__network=holder.network)
    lists = both.filter(checklist__team=None)
    if holder.team is not None:
        lists = lists | both.filter(checklist__team=holder.team)
    return lists.select_related("checklist", "made_by").order_by("checklist", "-number").distinct("checklist")


def _held(
    holder: Holder,
    step: Step,
    own: ChecklistVersion | None,
    network: ChecklistVersion | None,
    language: str = "",
) -> Held:
    number = network.number if network else 0
    if holder.team and own:
        taken_in = int(own.content.get("network_version", 0))
        newer = network if number > taken_in else None
        return Held(step, "team", own, own.content, own.language, newer, taken_in)
    if network:
        return Held(step, "network", network, network.content, network.language, None, number)
    chosen = language or holder.language
    return Held(step, "start", None, start(step.key, chosen), chosen)
