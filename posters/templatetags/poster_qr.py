"""The QR code of a poster in a page: `{% load poster_qr %}{% poster_qr place.team place.gathering headline %}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from posters.present.qr import code_for
from sessions.models import Gathering
from teams.models import Team

register = template.Library()


@register.inclusion_tag("posters/present/qr.html", takes_context=True)
def poster_qr(context: dict[str, Any], team: Team, gathering: Gathering, headline: str) -> dict[str, Any]:
    """The code, and the way to a page where it stands large."""
    title = _("QR code to the poster “%(headline)s”") % {"headline": headline}
    network = context["request"].network
    code = code_for(network, team.slug, gathering.number or 0, title)
    return {"code": code, "network": network, "team": team, "gathering": gathering}
