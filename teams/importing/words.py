"""What people write over the columns and in them, in bokmål, nynorsk and English."""

from typing import TypeVar

from gpf.norwegian import sort_key
from networks.models import Role
from teams.models import TeamMember

Function = TeamMember.Function
T = TypeVar("T")

COLUMNS = ("name", "email", "role", "organisation", "team", "title", "unit", "language")
"""The columns, in the order they are read where the list has no headings."""

_HEADINGS = {
    "name": "navn, namn, name, fullt navn, fullt namn, person",
    "email": "e-post, epost, e-postadresse, epostadresse, mail, mailadresse, email, e-mail, email address",
    "role": "rolle, role, funksjon, function, rolle i nettverket",
    "organisation": "organisasjon, organisation, organization, kommune, virksomhet, verksemd, helseforetak, "
    "kommunenummer, organisasjonsnummer, deltaker, deltakar",
    "team": "team, lag, forbedringsteam, forbetringsteam, teamnavn, teamnamn",
    "title": "tittel, title, stilling, yrke",
    "unit": "enhet, eining, avdeling, unit, tjeneste, teneste",
    "language": "språk, målform, language",
}

_ROLES: dict[tuple[Role, Function], str] = {
    (Role.COORDINATOR, Function.MEMBER): "koordinator, coordinator, nettverkskoordinator",
    (Role.SUPERVISOR, Function.MEMBER): "veileder, rettleiar, supervisor, vegleiar",
    (Role.LEADER, Function.MEMBER): "leder, leiar, leader, organisation leader, virksomhetsleder, kommunalsjef, "
    "klinikksjef, leder i organisasjonen, leiar i organisasjonen",
    (Role.OBSERVER, Function.MEMBER): "observatør, observer",
    (Role.TEAM_MEMBER, Function.LEADER): "teamleder, teamleiar, team leader",
    (Role.TEAM_MEMBER, Function.MEASUREMENT_LEAD): "måleansvarlig, måleansvarleg, målingsansvarlig, measurement lead",
    (Role.TEAM_MEMBER, Function.USER_REPRESENTATIVE): "brukerrepresentant, brukarrepresentant, user representative",
    (Role.TEAM_MEMBER, Function.MEMBER): "medlem, teammedlem, team member, member, deltaker i team, deltakar i team",
}

_LANGUAGES = {"nb": "nb, bokmål, norsk bokmål", "nn": "nn, nynorsk, norsk nynorsk"}


def heading(text: str) -> str:
    """The column a heading stands over, or nothing."""
    return HEADINGS.get(sort_key(text), "")


def role(text: str) -> tuple[Role, Function] | None:
    """The role a word names, with the function in a team."""
    return ROLES.get(sort_key(text))


def language(text: str) -> str:
    """The language a word names, or nothing."""
    return LANGUAGES.get(sort_key(text), "")


def _by_word(words: dict[T, str]) -> dict[str, T]:
    return {sort_key(word): meaning for meaning, listed in words.items() for word in listed.split(",")}


HEADINGS = _by_word(_HEADINGS)
ROLES = _by_word(_ROLES)
LANGUAGES = _by_word(_LANGUAGES)
