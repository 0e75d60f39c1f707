"""Doors of how a team goes about its work: phases, interviews, effect goals."""

from typing import Any

from django.utils import timezone

from gpf import tenancy
from improvement.models import InterviewRound, Theme
from tests.access.door import Door, west
from tests.cast import Cast


def own(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def others(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def step(cast: Cast) -> dict[str, Any]:
    return own(cast) | {"step": "need"}


def gathering(cast: Cast) -> dict[str, Any]:
    return own(cast) | {"gathering_pk": cast.west.gatherings[1].pk}


def round_of_interviews(cast: Cast, **more: Any) -> dict[str, Any]:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        row = InterviewRound.objects.create(network=place.network, team=place.team, count=9, **more)
    return own(cast) | {"round_pk": row.pk}


def round_away(cast: Cast) -> dict[str, Any]:
    return round_of_interviews(cast, put_away_at=timezone.now())


def theme(cast: Cast, **more: Any) -> dict[str, Any]:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        row = Theme.objects.create(network=place.network, team=place.team, text="Vite kven som kjem", **more)
    return own(cast) | {"theme_pk": row.pk}


def theme_away(cast: Cast) -> dict[str, Any]:
    return theme(cast, put_away_at=timezone.now())


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("improvement:phases", ">0++++++-00", own),
    Door("improvement:phases", ">0++0000-00", others, note="another team's"),
    Door("improvement:stand_in_phase", ">0---00--00", own, method="POST", note="without saying which"),
    Door("improvement:mark_step", ">0---++--00", step, method="POST"),
    Door("improvement:mark_step", ">0---00--00", lambda cast: others(cast) | {"step": "need"}, method="POST"),
    Door("improvement:other_model", ">0---++--00", own),
    Door("improvement:back_to_wheel", ">0---++--00", own, method="POST"),
    Door("improvement:interviews", ">0++++++-00", own),
    Door("improvement:interviews", ">0++0000-00", others, note="another team's"),
    Door("improvement:guide", ">0++++++-00", own),
    Door("improvement:round_add", ">0---++--00", own),
    Door("improvement:round_edit", ">0---++--00", round_of_interviews),
    Door("improvement:round_put_away", ">0---++--00", round_of_interviews, method="POST"),
    Door("improvement:round_take_back", ">0---++--00", round_away, method="POST"),
    Door("improvement:theme_add", ">0---++--00", own),
    Door("improvement:theme_add", ">0---00--00", others, note="another team's"),
    Door("improvement:theme_edit", ">0---++--00", theme),
    Door("improvement:theme_put_away", ">0---++--00", theme, method="POST"),
    Door("improvement:theme_take_back", ">0---++--00", theme_away, method="POST"),
    Door("improvement:effect_goals", ">0++++++-00", own),
    Door("improvement:effect_goals", ">0++0000-00", others, note="another team's"),
    Door("improvement:rate", ">0---++--00", gathering),
]
