"""What a registration holds, field by field and as text: for the form, for comparing, and for reading it again.

A person is known by her position: 0 the team leader, 1 the measurement lead, 2 the user representative, then members.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from signup.models import Invitee, Readiness, RegisteredPerson, Registration
from teams.models import TeamMember

QUESTIONS = {
    "reorganisation": _("Are you in the middle of a large reorganisation?"),
    "conflict": _("Is there a high level of conflict where the team will work?"),
    "other_efforts": _("Are other large efforts going on in the same units?"),
    "time_set_aside": _("Is time set aside for the team?"),
    "money_set_aside": _("Is money set aside, for travel and for those who step in?"),
}
OWN = (
    *QUESTIONS,
    "readiness_note",
    "team_name",
    "units",
    "patient_group",
    "leader_name",
    "leader_title",
    "leader_email",
    "committed_on",
    "language",
    "written_by",
)
PARTS = ("name", "email", "title", "unit")
FIXED = (TeamMember.Function.LEADER, TeamMember.Function.MEASUREMENT_LEAD, TeamMember.Function.USER_REPRESENTATIVE)
MOST_PEOPLE = len(FIXED) + 30
MOST_TEAMS = 20


def person_field(position: int, part: str) -> str:
    """The name of a field about a person: "person_0_email"."""
    return f"person_{position}_{part}"


def position_of(name: str) -> int | None:
    """Which person a field is about, or None where it is about the registration itself."""
    kind, _sep, rest = name.partition("_")
    number = rest.partition("_")[0]
    return int(number) if kind == "person" and number.isdecimal() and len(number) < 4 else None


def function_at(position: int) -> TeamMember.Function:
    """What a person at this position is to be in the team."""
    return FIXED[position] if position < len(FIXED) else TeamMember.Function.MEMBER


def title_at(position: int) -> str:
    """What the person at this position is called on the page: "Team leader", "Member 2"."""
    function = str(function_at(position).label).capitalize()
    number = position - len(FIXED) + 1
    return function if number < 1 else f"{function} {number}"


def begun_for(invitee: Invitee, number: int) -> Registration:
    """A registration nobody has written in yet: the leader who was invited and her language stand there."""
    return Registration(
        network_id=invitee.network_id,
        invitee=invitee,
        number=number,
        language=invitee.language,
        leader_name=invitee.leader_name,
        leader_title=invitee.leader_title,
        leader_email=invitee.leader_email,
    )


def values_of(registration: Registration, people: Iterable[RegisteredPerson]) -> dict[str, str]:
    """Everything that stands in it, as text by field. What nobody has written of is not there."""
    own = {name: _text(getattr(registration, name)) for name in OWN}
    theirs = {person_field(p.position, part): str(getattr(p, part)) for p in people for part in PARTS}
    return own | theirs


def set_value(registration: Registration, people: dict[int, RegisteredPerson], name: str, value: str) -> None:
    """Put a value where it belongs; a person is made when something is first said of her."""
    position = position_of(name)
    if position is None:
        setattr(registration, name, _day(value) if name == "committed_on" else value)
        return
    if position not in people:
        people[position] = RegisteredPerson(
            network_id=registration.network_id,
            registration=registration,
            position=position,
            function=function_at(position),
        )
    setattr(people[position], name.removeprefix(f"person_{position}_"), value)


def is_empty(person: RegisteredPerson) -> bool:
    """Whether nothing is said of her."""
    return not any(getattr(person, part) for part in PARTS)


# What the answers about readiness mean


def concerns(registration: Registration) -> list[str]:
    """What there is to talk about, in a word or two each; nothing where the answers are good or not given."""
    return [str(words) for name, answer, words in _CONCERNS if getattr(registration, name) == answer]


def advice(registration: Registration) -> list[str]:
    """What the answers mean for a team, gently, to who gave them."""
    return [str(words) for name, answers, words in _ADVICE if getattr(registration, name) in answers]


def is_answered(registration: Registration) -> bool:
    """Whether every question about readiness has an answer."""
    return all(getattr(registration, name) for name in QUESTIONS)


_CONCERNS = (
    ("reorganisation", Readiness.YES, _("large reorganisation")),
    ("reorganisation", Readiness.PARTLY, _("some reorganisation")),
    ("conflict", Readiness.YES, _("high level of conflict")),
    ("conflict", Readiness.PARTLY, _("some conflict")),
    ("other_efforts", Readiness.YES, _("other large efforts")),
    ("other_efforts", Readiness.PARTLY, _("some other efforts")),
    ("time_set_aside", Readiness.NO, _("no time set aside")),
    ("time_set_aside", Readiness.PARTLY, _("little time set aside")),
    ("money_set_aside", Readiness.NO, _("no money set aside")),
    ("money_set_aside", Readiness.PARTLY, _("little money set aside")),
)
_WORRYING = (Readiness.YES, Readiness.PARTLY)
_LACKING = (Readiness.NO, Readiness.PARTLY)
_ADVICE = (
    (
        "reorganisation",
        _WORRYING,
        _("In a reorganisation people and duties move. Choose members who will stay, or talk about a later start."),
    ),
    (
        "conflict",
        _WORRYING,
        _("Improvement takes trust. Let the leader talk with those concerned before the team begins."),
    ),
    (
        "other_efforts",
        _WORRYING,
        _("Teams with many efforts at once get tired. Say which of them matters most, and see if two can be one."),
    ),
    (
        "time_set_aside",
        _LACKING,
        _("Most teams need one to two hours a week between the gatherings. Put it in the rota before you begin."),
    ),
    (
        "money_set_aside",
        _LACKING,
        _("Travel to the gatherings, and those who step in meanwhile, cost something. Find out who pays."),
    ),
)


def _text(value: str | date | None) -> str:
    return "" if value is None else str(value)


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def whole(values: Mapping[str, str], position: int) -> dict[str, str]:
    """What is said of the person at the position, by part."""
    return {part: values.get(person_field(position, part), "") for part in PARTS}


def positions(values: Mapping[str, str]) -> list[int]:
    """The positions at which something is said of somebody."""
    return sorted({p for name, value in values.items() if value and (p := position_of(name)) is not None})
