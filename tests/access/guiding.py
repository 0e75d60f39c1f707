"""Doors of guiding: where teams stand, the log of meetings, and who guides whom."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Role
from supervision.models import Agreement, Meeting, MeetingTeam
from teams.models import Supervisor, Team
from tests.access.door import Door, west
from tests.cast import Cast


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def other_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def before_gathering(cast: Cast) -> dict[str, Any]:
    return own_team(cast) | {"gathering_pk": cast.west.gatherings[1].pk}


def others_before_gathering(cast: Cast) -> dict[str, Any]:
    return other_team(cast) | {"gathering_pk": cast.west.gatherings[1].pk}


def _meeting(cast: Cast, team: Team, state: str) -> Meeting:
    network = cast.west.network
    with tenancy.scope([network.pk]):
        day = timezone.localdate() - timedelta(days=1)
        meeting = Meeting.objects.create(network=network, day=day, state=state, themes="mål")
        MeetingTeam.objects.create(network=network, meeting=meeting, team=team)
        Agreement.objects.create(network=network, meeting=meeting, team=team, text="Ringe lederen")
    return meeting


def held(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"meeting_pk": _meeting(cast, cast.west.team, "held").pk}


def others_held(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"meeting_pk": _meeting(cast, cast.west.other_team, "held").pk}


def planned(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"meeting_pk": _meeting(cast, cast.west.team, "planned").pk}


def others_planned(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"meeting_pk": _meeting(cast, cast.west.other_team, "planned").pk}


def agreed(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"agreement_pk": _agreement(cast, cast.west.team)}


def others_agreed(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"agreement_pk": _agreement(cast, cast.west.other_team)}


def _agreement(cast: Cast, team: Team) -> int:
    meeting = _meeting(cast, team, "held")
    with tenancy.scope([cast.west.network.pk]):
        return meeting.agreements.get().pk


def guide(cast: Cast) -> dict[str, Any]:
    """Who guides Vinje."""
    with tenancy.scope([cast.west.network.pk]):
        return west(cast) | {"membership_pk": Membership.objects.get(user=cast.west.supervisor).pk}


def other_guide(cast: Cast) -> dict[str, Any]:
    """Another supervisor, who guides Tokke."""
    return west(cast) | {"membership_pk": _other_row(cast).membership_id}


def row(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        return west(cast) | {"row_pk": Supervisor.objects.get(membership__user=cast.west.supervisor).pk}


def other_row(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"row_pk": _other_row(cast).pk}


def _other_row(cast: Cast) -> Supervisor:
    network = cast.west.network
    with tenancy.scope([network.pk]):
        user = User.objects.create_user("kollega@test.example", name="Veileder Kollega")
        membership = Membership.objects.create(network=network, user=user, role=Role.SUPERVISOR)
        return Supervisor.objects.create(network=network, team=cast.west.other_team, membership=membership)


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("supervision:scores", ">0++++++-00", own_team),
    Door("supervision:scores", ">0++0000-00", other_team, note="another team's"),
    Door("supervision:score", ">0--+++--00", before_gathering),
    Door("supervision:score", ">0--000--00", others_before_gathering, note="another team's"),
    Door("supervision:score", ">0--+++--00", before_gathering, method="POST", is_page=False),
    Door("supervision:log", ">0+++----00", west),
    Door("supervision:meeting_add", ">0+++----00", west),
    Door("supervision:meeting_add", ">0+++----00", west, method="POST", is_page=False),
    Door("supervision:meeting_plan", ">0+++----00", west),
    Door("supervision:meeting_plan", ">0+++----00", west, method="POST", is_page=False),
    Door("supervision:meeting", ">0+++++--00", held),
    Door("supervision:meeting", ">0++000--00", others_held, note="another team's"),
    Door("supervision:meeting_write", ">0+++----00", held),
    Door("supervision:meeting_write", ">0++0----00", others_held, note="another team's"),
    Door("supervision:meeting_write", ">0+++----00", held, method="POST", is_page=False),
    Door("supervision:meeting_replan", ">0+++----00", planned),
    Door("supervision:meeting_replan", ">0++0----00", others_planned, note="another team's"),
    Door("supervision:meeting_cancel", ">0+++----00", planned),
    Door("supervision:meeting_cancel", ">0++0----00", others_planned, note="another team's"),
    Door("supervision:meeting_cancel", ">0+++----00", planned, method="POST", is_page=False),
    Door("supervision:agreement", ">0+++++--00", agreed, method="POST", is_page=False),
    Door("supervision:agreement", ">0++000--00", others_agreed, method="POST", is_page=False, note="another team's"),
    Door("supervision:guiding", ">0+++----00", west),
    *(
        door
        for name in ("hand_over", "share", "stand_in")
        for door in (
            Door(f"supervision:{name}", ">0+++----00", guide),
            Door(f"supervision:{name}", ">0++0----00", other_guide, note="another supervisor's"),
            Door(f"supervision:{name}", ">0++0----00", other_guide, method="POST", is_page=False, note="another's"),
        )
    ),
    Door("supervision:guiding_end", ">0+++----00", row, method="POST", is_page=False),
    Door(
        "supervision:guiding_end", ">0++0----00", other_row, method="POST", is_page=False, note="another supervisor's"
    ),
    Door("supervision:team_log", ">0+++++--00", own_team),
    Door("supervision:team_log", ">0++000--00", other_team, note="another team's"),
]
