"""Doors of supervision: the queue, answering deliveries, private notes, and questions."""

from typing import Any

from gpf import tenancy
from supervision.notes.services import write_note
from supervision.questions.services import ask
from tests.access.door import Door, nothing, west
from tests.cast import Cast


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def other_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def delivery(cast: Cast) -> dict[str, Any]:
    return own_team(cast) | {"assignment_pk": cast.west.document.pk}


def others_delivery(cast: Cast) -> dict[str, Any]:
    return other_team(cast) | {"assignment_pk": cast.west.document.pk}


def note(cast: Cast) -> dict[str, Any]:
    """The supervisor's own."""
    with tenancy.scope([cast.west.network.pk]):
        written = write_note(team=cast.west.team, by=cast.west.supervisor, text="Ring dem.")
    return own_team(cast) | {"note_pk": written.pk}


def question(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        asked = ask(team=cast.west.team, by=cast.west.member, text="Hvordan?")
    return own_team(cast) | {"question_pk": asked.pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("supervision:queue", ">++++++++++", nothing),
    Door("supervision:next", ">++++++++++", nothing, is_page=False),
    Door("supervision:aside", ">mmmmmmmmmm", nothing, is_page=False),
    Door("supervision:aside", ">++++++++++", nothing, method="POST", is_page=False),
    Door("supervision:review", ">0+++----00", delivery),
    Door("supervision:review", ">0++0----00", others_delivery, note="another team's"),
    Door("supervision:review_draft", ">0+++----00", delivery, method="POST", is_page=False),
    Door("supervision:review_draft", ">0++0----00", others_delivery, method="POST", is_page=False, note="another's"),
    Door("supervision:notes", ">0+++----00", own_team),
    Door("supervision:notes", ">0++0----00", other_team, note="another team's"),
    Door("supervision:note_remove", ">000+----00", note, method="POST", is_page=False),
    Door("supervision:questions", ">0+++++--00", own_team),
    Door("supervision:questions", ">0++000--00", other_team, note="another team's"),
    Door("supervision:question", ">0+++++--00", question),
    Door("supervision:question_close", ">0+++++--00", question, method="POST", is_page=False),
]
