"""Doors of a network's own poster template."""

from typing import Any

from gpf import tenancy
from posters.template import services
from posters.template.examples import request_example
from tests.access.door import Door, west
from tests.cast import Cast


def second(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"stage": 2}


def goals(cast: Cast) -> dict[str, Any]:
    return second(cast) | {"key": "goals"}


def own_section(cast: Cast) -> dict[str, Any]:
    network = cast.west.network
    both = {"nb": "Pårørende", "nn": "Pårørande"}
    with tenancy.scope([network.pk]):
        key = services.add_section(network=network, stage=2, later=False, heading=both, prompt=both, words=(10, 30))
    return second(cast) | {"key": key}


def example(cast: Cast) -> dict[str, Any]:
    """Asked for, not drawn yet."""
    with tenancy.scope([cast.west.network.pk]):
        found, _new = request_example(network=cast.west.network, stage=2)
    return second(cast) | {"example_pk": found.pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("posters:template", ">0++-----00", west),
    Door("posters:template_stage", ">0++-----00", second),
    Door("posters:template_programmes", ">0++-----00", second, method="POST"),
    Door("posters:template_take_back", ">0++-----00", second, method="POST"),
    Door("posters:template_section_new", ">0++-----00", second),
    Door("posters:template_section", ">0++-----00", goals),
    Door("posters:template_section_try", ">0++-----00", goals, method="POST", is_page=False),
    Door("posters:template_section_shift", ">0++-----00", goals, method="POST"),
    Door("posters:template_section_show", ">0++-----00", goals, method="POST"),
    Door("posters:template_section_drop", ">0++-----00", own_section, method="POST"),
    Door("posters:template_section_drop", ">000-----00", goals, method="POST", note="the programme's own section"),
    Door("posters:template_look", ">0++-----00", west),
    Door("posters:template_look_try", ">0++-----00", west, method="POST", is_page=False),
    Door("posters:template_logo", ">000-----00", west, is_page=False, note="where there is none"),
    Door("posters:template_example", ">0++-----00", example, is_page=False),
    Door("posters:template_picture", ">000-----00", example, is_page=False, note="before it is drawn"),
]
