"""Doors of planning a network and its cycle templates."""

from typing import Any

from networks.cycle_templates import load_cycle_templates
from networks.models import TemplateAssignment
from tests.access.door import Door, nothing
from tests.cast import Cast


def fetched(cast: Cast) -> dict[str, Any]:
    """The shipped templates are there, but nothing more is needed."""
    load_cycle_templates()
    return {}


def template(cast: Cast) -> dict[str, Any]:
    return {"template_slug": load_cycle_templates()[0].slug}


def gathering(cast: Cast) -> dict[str, Any]:
    return template(cast) | {"number": 2}


def work(cast: Cast) -> dict[str, Any]:
    found = TemplateAssignment.objects.filter(gathering__template__slug=template(cast)["template_slug"])
    first = found.order_by("gathering__number", "position").first()
    assert first is not None
    return template(cast) | {"assignment_pk": first.pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("planning:new", ">0++00000+0", nothing, note="without templates"),
    Door("planning:new", ">0++00000+0", fetched),
    Door("networks:templates", ">0+00000000", nothing, note="none yet"),
    Door("networks:templates", ">0+00000000", fetched),
    Door("networks:template", ">0+00000000", template),
    Door("networks:template_edit", ">0+00000000", template),
    Door("networks:template_copy", ">0+00000000", template),
    Door("networks:template_remove", ">0m00000000", template),
    Door("networks:template_gathering_new", ">0+00000000", template),
    Door("networks:template_gathering", ">0+00000000", gathering),
    Door("networks:template_gathering_drop", ">0m00000000", gathering),
    Door("networks:template_work_new", ">0+00000000", gathering),
    Door("networks:template_work", ">0+00000000", work),
    Door("networks:template_work_shift", ">0m00000000", work),
    Door("networks:template_work_drop", ">0m00000000", work),
]
