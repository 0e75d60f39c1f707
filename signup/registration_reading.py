"""A registration in words, to be read: by those who sent it, by the coordinators, and in the copy."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gpf import dates
from gpf.context import LANGUAGE_NAMES
from signup.models import RegisteredPerson, Registration
from signup.registration_fields import QUESTIONS


@dataclass(frozen=True)
class Named:
    """A person of the registration. Without an address she can not be invited."""

    function: str
    name: str
    email: str
    details: str


@dataclass(frozen=True)
class Part:
    """What was said about one thing. An answer that was left out is a dash."""

    heading: str
    answers: list[tuple[str, str]] = field(default_factory=list)
    people: list[Named] = field(default_factory=list)


def in_words(registration: Registration, people: Iterable[RegisteredPerson]) -> list[Part]:
    """Everything that was said, in the order of the form."""
    team = [
        (_("Name of the team"), registration.team_name),
        (_("Units that take part"), _units(registration)),
        (_("Patients or users"), registration.patient_group),
        (_("The team writes"), LANGUAGE_NAMES.get(registration.language, "")),
        (_("Filled in by"), registration.written_by),
    ]
    anchoring = [
        (_("The leader who commits"), registration.leader_name),
        (_("Title"), registration.leader_title),
        (_("Email address"), registration.leader_email),
        (_("Decided on"), dates.date_range(registration.committed_on) if registration.committed_on else ""),
    ]
    return [
        Part(_("The team"), _shown(team)),
        Part(_("Leadership"), _shown(anchoring)),
        Part(_("People in the team"), people=[_named(person) for person in people]),
        Part(_("Is the time right?"), _shown(_readiness(registration))),
    ]


def _readiness(registration: Registration) -> list[tuple[str, str]]:
    answers = [
        (str(question), str(getattr(registration, f"get_{name}_display")()).capitalize())
        for name, question in QUESTIONS.items()
    ]
    return [*answers, (_("Something we should know?"), registration.readiness_note)]


def _units(registration: Registration) -> str:
    """Left empty it is the whole organisation."""
    return ", ".join(registration.units.split("\n")) or _("The whole organisation")


def _named(person: RegisteredPerson) -> Named:
    details = ", ".join(filter(None, [person.title, person.unit]))
    return Named(person.get_function_display().capitalize(), person.name, person.email, details)


def _shown(answers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(question, answer or "–") for question, answer in answers]
