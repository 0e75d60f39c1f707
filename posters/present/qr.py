"""QR codes that open a poster on a phone."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from networks.models import Network

QUIET = 4  # modules of white around it, as the standard asks (ISO/IEC 18004, 9.1)


@dataclass(frozen=True)
class Code:
    """Where a code leads, and the code drawn."""

    address: str
    svg: SafeString


def poster_address(network: Network, team_slug: str, gathering_number: int) -> str:
    """The whole address of a poster's page. Who is not signed in is led there when she is."""
    where = {"network_slug": network.slug, "team_slug": team_slug, "gathering_number": gathering_number}
    return settings.GPF_BASE_URL.rstrip("/") + reverse("posters:poster", kwargs=where)


def draw(address: str, title: str) -> SafeString:
    """The code as an SVG element, black on white in every theme. `title` is read by who can not see it.

    Medium error correction: a corner under a pin still reads.
    """
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    head, _end, rest = drawn.removeprefix("<svg ").partition(">")
    parts = (mark_safe(head), title, mark_safe(rest))  # paths and figures; the address is not in them as text
    return format_html('<svg role="img" {}><title>{}</title>{}', *parts)


def code_for(network: Network, team_slug: str, gathering_number: int, title: str) -> Code:
    """The code of a poster's page."""
    address = poster_address(network, team_slug, gathering_number)
    return Code(address, draw(address, title))
