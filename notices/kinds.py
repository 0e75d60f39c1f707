"""The kinds of notices. The room that owns what a notice is about registers the kind in its AppConfig.ready().

So this room knows no assignment and no poster: it hands a batch of notices to the kind, and gets back words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from networks.models import Network, Role
from notices.models import Choice, Notice

Said = str | Promise
"""A text for people, translated when it is shown."""


class Topic(models.TextChoices):
    """What a kind is about: where a person chooses how she wants to be told, kinds of one topic stand together."""

    WORK = "work", gettext_lazy("Deadlines and deliveries")
    NUMBERS = "numbers", gettext_lazy("Measures and posters")
    GUIDANCE = "guidance", gettext_lazy("Guidance")
    GATHERINGS = "gatherings", gettext_lazy("Gatherings")
    NETWORK = "network", gettext_lazy("Sign-up and addresses")


@dataclass(frozen=True)
class Words:
    """Something a kind says, as it comes; a network may word it itself (`notices.wording`).

    `subject` and `text` are texts to be translated, with fields: "%(title)s: due %(due)s". `fields` says of each field
    what it is, in words for people, and gives an example; `label` says when it is used.
    """

    name: str
    label: Said
    subject: str
    text: str
    fields: Mapping[str, tuple[Said, Said]]

    def line(self, fields: Mapping[str, str], *, title: str, path: str, when: date | None = None) -> "Line":
        """A notice said with these words, in the active language. `fields` holds a value for each of theirs."""
        return Line(
            subject=translation.gettext(self.subject) % fields,
            title=title,
            text=(translation.gettext(self.text) % fields).strip(),
            path=path,
            when=when,
            wording=self.name,
            fields={name: fields[name] for name in self.fields},
        )


@dataclass(frozen=True)
class Line:
    """One notice in words, in the language that was active.

    `subject` is short enough to head the mail: the thing and its date. `title` names the thing, and is what the link
    says; `text` is one or two sentences about it. `path` leads straight to the place where it is done. `when` is the
    day it is about; the earliest is the most urgent. `wording` names the `Words` it was made of, and `fields` holds
    what they were filled with, so that a network's own words can take their place.
    """

    subject: str
    title: str
    text: str
    path: str
    when: date | None = None
    wording: str = ""
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Handed:
    """A notice as a room hands it over. Rows with the same key are the same notice; a key ends with its recipient's.

    What concerns a team says which in `about`, as "team".

    A superseded one's time has passed, and a later notice says more: it is kept as missed and not sent.
    """

    key: str
    recipient_id: int
    kind: str
    about: dict[str, Any]
    due_at: datetime
    superseded: bool = False


@dataclass(frozen=True)
class Kind:
    """What the room that owns a kind knows about it.

    `tell(notices, today)` words those that are still true, by primary key; what it leaves out is withdrawn. It runs
    at the moment of sending, in the recipient's language, with the notices' networks opened; that the recipient may
    still enter the network, and that the network is at work, has been seen to. However many notices it gets, its
    number of queries is the same.

    `find(network, today)`, where a kind comes due by the calendar, says what is due in a network at work; it is asked
    every day with the network opened, and may say the same thing again.

    `while_planned` says that it is told before the network has begun, too: to those who prepare it.

    `label` is what people know it as, where they choose how they want it: `way` until they have chosen. What they may
    not decline comes in the day's mail at least. `wordings` are the words it is made of. `roles` are those it may be
    told; empty: anybody. `topic` is what it stands under where they choose.
    """

    name: str
    tell: Callable[[Sequence[Notice], date], dict[int, Line]]
    find: Callable[[Network, date], Iterable[Handed]] | None = None
    while_planned: bool = False
    label: Said = ""
    way: Choice.Way = Choice.Way.DIGEST
    may_decline: bool = True
    wordings: tuple[Words, ...] = ()
    roles: frozenset[Role] = frozenset()
    topic: Topic = Topic.WORK

    def concerns(self, roles: Collection[str]) -> bool:
        """Whether somebody with these roles may be told it."""
        return bool(roles) and (not self.roles or not self.roles.isdisjoint(roles))


_registered: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Raises ValueError when another has its name."""
    if _registered.get(kind.name, kind) != kind:
        raise ValueError(f"Two kinds of notices are called {kind.name}.")
    _registered[kind.name] = kind


def registered() -> list[Kind]:
    """Every kind, in the order of registering."""
    return list(_registered.values())


def find(name: str) -> Kind | None:
    """The kind of the name, if a room registered it."""
    return _registered.get(name)


def told_while_planned() -> frozenset[str]:
    """The names of the kinds that are told in a network that has not begun."""
    return frozenset(kind.name for kind in registered() if kind.while_planned)


def tell(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """The notices that are still true, in words, by primary key. Of a kind that is no longer registered, none is."""
    lines: dict[int, Line] = {}
    for kind in registered():
        own = [notice for notice in notices if notice.kind == kind.name]
        if own:
            lines |= kind.tell(own, today)
    return lines
