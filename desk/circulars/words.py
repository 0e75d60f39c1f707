"""The texts of a circular: the fields they may use, what these are filled with, and ready texts to begin with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.circulars.audience import Reached
from desk.models import Circular
from gpf import dates
from networks.models import Network
from notices import fields

READY = Path(__file__).parent / "data" / "ready.json"

ALLOWED: Mapping[str, str | Promise] = {
    fields.name("name"): _("the name of who gets the mail"),
    fields.name("team"): _("her team"),
    fields.name("title"): _("the work it is about"),
    fields.name("due"): _("the day it is due for her team"),
    fields.name("gathering"): _("the gathering the work is for"),
    fields.name("network"): _("the network"),
    fields.name("link"): _("the address of the page where it is done"),
}
"""By what people write between the braces, what it stands for."""


@dataclass(frozen=True)
class Ready:
    """A text to begin with, in both languages."""

    key: str
    label_nb: str
    label_nn: str
    whom: str
    subject_nb: str
    text_nb: str
    subject_nn: str
    text_nn: str

    @property
    def label(self) -> str:
        return self.label_nn if translation.get_language() == "nn" else self.label_nb


@cache
def ready_texts() -> Sequence[Ready]:
    """The texts that come with the product."""
    return [Ready(**each) for each in json.loads(READY.read_text())]


@dataclass(frozen=True)
class Written:
    """A circular to one person."""

    reached: Reached
    language: str
    subject: str
    text: str


def write(circular: Circular, reached: Reached, network: Network) -> Written:
    """The circular as one person reads it: in her form of Norwegian where it is worded, else in the other."""
    language = reached.user.language
    nynorsk = (circular.subject_nn, circular.text_nn)
    bokmal = (circular.subject_nb, circular.text_nb)
    first, second = (nynorsk, bokmal) if language == "nn" else (bokmal, nynorsk)
    subject, text = first if first[1].strip() else second
    used = "nn" if (subject, text) == nynorsk and nynorsk != bokmal else "nb"
    with translation.override(used):
        values = _values(reached, network)
    return Written(reached, used, " ".join(fields.fill(subject, values).split()), fields.fill(text, values).strip())


def _values(reached: Reached, network: Network) -> dict[str, str]:
    work = reached.assignment
    return {
        fields.name("name"): reached.user.name,
        fields.name("team"): reached.team.name if reached.team else "",
        fields.name("title"): work.title if work else "",
        fields.name("due"): dates.long_date(reached.due) if reached.due else "",
        fields.name("gathering"): str(work.gathering) if work else "",
        fields.name("network"): network.name,
        fields.name("link"): settings.GPF_BASE_URL.rstrip("/") + _path(reached, network),
    }


def _path(reached: Reached, network: Network) -> str:
    if reached.team and reached.assignment:
        names = {"network_slug": network.slug, "team_slug": reached.team.slug}
        return reverse("gatherings:delivery", kwargs={**names, "assignment_pk": reached.assignment.pk})
    if reached.team:
        return reverse("overview:team", args=[network.slug, reached.team.slug])
    return reverse("overview:network", args=[network.slug])
