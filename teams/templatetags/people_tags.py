"""Small things the templates of this room look up."""

from django import template

from networks.models import Participation
from networks.organisation_search import Found

register = template.Library()


@register.filter
def participation_in(found: Found, taking_part: dict[int, Participation]) -> Participation | None:
    """What was found, as a participant of the network, if it is one."""
    return taking_part.get(found.organisation.pk) if found.organisation else None
