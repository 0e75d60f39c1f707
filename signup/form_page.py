"""What the registration form's page is made of: fields with a note each, rows of people, and what the page has shown.

The page carries, signed, what every field held when it was made (`seen`), and of the fields that somebody else has
written in since what stands there now (`shown`). What is sent on its own while one types never overwrites another's
words; who presses a button has been shown them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core import signing
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from signup.forms import RegistrationForm
from signup.models import Registration
from signup.registration_fields import FIXED, MOST_PEOPLE, PARTS, advice, person_field, title_at

SALT = "signup.form_page"


def seen_by(request: HttpRequest, *, on_its_own: bool = False) -> dict[str, str]:
    """What the fields held as this person last saw them; nothing where the page does not say.

    `took` names fields in which her browser has put another's words, because she had left them alone.
    """
    try:
        page = signing.loads(request.POST.get("seen", ""), salt=SALT)
    except signing.BadSignature:
        return {}
    shown: dict[str, str] = page["shown"]
    took = set(request.POST.getlist("took")) if on_its_own else shown.keys()
    seen: dict[str, str] = page["seen"] | {name: text for name, text in shown.items() if name in took}
    return seen


@dataclass(frozen=True)
class Note:
    """What is said under a field: what is wrong, and what somebody else has written there."""

    problems: tuple[str, ...] = ()
    theirs: str | None = None
    is_conflict: bool = False


@dataclass(frozen=True)
class Box:
    """A field and its note."""

    field: BoundField
    note: Note

    @property
    def is_needed(self) -> bool:
        return bool(getattr(self.field.field, "needed", False))


@dataclass(frozen=True)
class Person:
    """The fields about one person."""

    position: int
    function: str
    why: str
    boxes: list[Box]


@dataclass(frozen=True)
class Page:
    """A registration being written. `held` is what is stored; `earlier` what an autosave's page had seen before."""

    registration: Registration
    form: RegistrationForm
    held: Mapping[str, str]
    conflicts: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] | None = None

    def __getitem__(self, name: str) -> Box:
        """A field by its name, for the template. Raises KeyError."""
        bound = self.form[name]
        if name in self.conflicts:
            return Box(bound, Note(self._problems(name), self.conflicts[name], is_conflict=True))
        return Box(bound, Note(self._problems(name), self.theirs.get(name)))

    @property
    def boxes(self) -> list[Box]:
        return [self[name] for name in self.form.fields]

    @property
    def seen(self) -> str:
        """What the page carries along. An autosave's page goes on having seen what it had, where others wrote."""
        news = {**self.theirs, **self.conflicts} if self.earlier is not None else {}
        before = {name: (self.earlier or {}).get(name, "") for name in news}
        return signing.dumps({"seen": {**self.held, **before}, "shown": news}, salt=SALT, compress=True)

    @property
    def fixed(self) -> list[Person]:
        """The three whose part in the team is given."""
        whys = [
            _("Keeps the work going, and hands in what the team makes. Gets our answer and a way to sign in."),
            _("Sees to it that the team measures, and types in the numbers."),
            _("Has been a patient or next of kin, and is a member like the others."),
        ]
        return [self._person(position, whys[position]) for position in range(len(FIXED))]

    @property
    def members(self) -> list[Person]:
        return [self._person(position, "") for position in self.form.people if position >= len(FIXED)]

    @property
    def may_add(self) -> bool:
        return len(self.form.people) < MOST_PEOPLE

    @property
    def advice(self) -> list[str]:
        return advice(self.registration)

    @property
    def refused(self) -> list[BoundField]:
        """The fields whose words could not be kept, or wait for the person to decide."""
        return [bound for bound in self.form if bound.name in self.form.errors or bound.name in self.conflicts]

    def _person(self, position: int, why: str) -> Person:
        return Person(position, title_at(position), why, [self[person_field(position, part)] for part in PARTS])

    def _problems(self, name: str) -> tuple[str, ...]:
        return tuple(str(problem) for problem in self.form.errors.get(name, ())) if self.form.is_bound else ()


def put_back(form: RegistrationForm, held: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    """Let a form that is shown again hold another's words where this person had left the field alone."""
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict: it came in a request
    for name in form.fields:
        if held.get(name) and (name in theirs or name not in data):
            data[name] = held[name]
    form.data = data
