"""Accepting a registration: participation, units, team, people and letters, all or nothing.

Everything here needs the network's scope.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from networks.models import Network, Organisation, Participation, Role
from networks.participation_services import PARTS, add_participation, add_unit, ensure_part
from signup import registration_letters as letters
from signup.models import Invitee, RegisteredPerson, Registration
from signup.registration_fields import values_of
from signup.registration_queries import first_gathering, has_begun
from signup.registration_rules import problems
from signup.registration_services import NotPossibleError, keep_link, lock_for_decision
from teams.models import Team, TeamMember
from teams.services import add_person, add_team

MOST_UNITS = 40
"""So many lines become parts of the organisation; what more stands there is kept in the registration."""

PACKAGE_DAYS = 90
"""How long the link to the preparation package works at least, and after the first gathering."""


@dataclass(frozen=True)
class Accepted:
    """The team that takes part, and who is to be sent a way in."""

    registration: Registration
    team: Team
    invited: list[User]


@transaction.atomic
def accept_registration(*, registration: Registration, by: User, text: str, seen: str) -> Accepted:
    """Let the team take part. `seen` is where the registration stood when the coordinator's page was shown.

    1. Lock the registration; raises DecidedError when somebody was a moment earlier. Lock the network's row, so that
       two teams accepted at once do not get one name. Raises NotPossibleError, and then nothing is done.
    2. The organisation takes part: from the start, or from today when the first gathering has been. One that had
       withdrawn begins anew; the teams it had then have ended.
    3. Its units that take part, and the team.
    4. The people with an address get their places; so does the leader who commits.
    5. Write the decision, keep the link to the preparation package alive, hand over the letters.
    Mailing the letters and the invitations is a task's work.
    """
    locked = lock_for_decision(registration, seen)
    network = Network.objects.select_for_update(no_key=True).get(pk=locked.network_id)
    people = list(locked.people.all())
    _check(locked, people)
    today = timezone.localdate()
    joined_on = today if has_begun(network, today) else None
    participation = _take_part(locked, joined_on)
    _add_units(participation, locked.units)
    team = add_team(
        participation=participation,
        name=locked.team_name,
        language=_language(locked),
        patient_group=locked.patient_group,
        joined_on=joined_on,
    )
    invited = _add_people(locked, team, people)
    locked.state, locked.team, locked.answer = Registration.State.ACCEPTED, team, text
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save(update_fields=["state", "team", "answer", "decided_by", "decided_at"])
    _keep_link(locked.invitee, _package_until(network, today))
    letters.write_answer(locked)
    return Accepted(locked, team, invited)


def _check(registration: Registration, people: list[RegisteredPerson]) -> None:
    """What was asked back may be half written; and a name may have been taken since it was sent."""
    found = problems(registration, values_of(registration, people), timezone.localdate())
    if found:
        (_field, what), *_others = found
        raise NotPossibleError(_("It can not be accepted as it stands. Ask back about this: %(what)s") % {"what": what})


def _take_part(registration: Registration, joined_on: date | None) -> Participation:
    organisation = registration.invitee.organisation
    participation, made = add_participation(
        network=registration.network, organisation=organisation, joined_on=joined_on
    )
    if participation.withdrawn:
        over = participation.withdrawn_on or timezone.localdate()
        participation.teams.filter(ended_on=None).update(ended_on=over)
        participation.withdrawn, participation.withdrawn_on, participation.withdrawn_reason = False, None, ""
        participation.joined_on, made = joined_on, True
    if made or not participation.anchored_by:
        participation.anchored_by = registration.leader_name
        participation.anchored_title = registration.leader_title
        participation.anchored_on = registration.committed_on
    participation.save()
    return participation


def _add_units(participation: Participation, units: str) -> None:
    """Each line is a part of the organisation; its own name is no part."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=participation.organisation_id)
    kinds = PARTS.get(Organisation.Kind(organisation.kind), ())
    names = {" ".join(line.split()).casefold(): " ".join(line.split()) for line in units.splitlines()}
    for key, name in list(names.items())[:MOST_UNITS]:
        if name and kinds and key != organisation.name.casefold():
            add_unit(participation=participation, unit=_part(organisation, kinds, name))


def _part(organisation: Organisation, kinds: tuple[Organisation.Kind, ...], name: str) -> Organisation:
    """A part of that name; one that is new is a unit, for nobody asked whether it is a hospital or a district."""
    units = (Organisation.Kind.MUNICIPAL_UNIT, Organisation.Kind.HOSPITAL_UNIT)
    kind = next(kind for kind in kinds if kind in units)
    return ensure_part(of=organisation, kind=kind, name=name[:200])


def _add_people(registration: Registration, team: Team, people: list[RegisteredPerson]) -> list[User]:
    """Each person once, with the first of the parts she was named for. Who has no address can not be invited."""
    network, language = registration.network, _language(registration)
    invited: dict[int, User] = {}
    for person in people:
        if not person.email:
            continue
        address = person.email.lower()
        if address in {user.email for user in invited.values()}:
            continue
        user = add_person(
            network=network,
            email=address,
            name=person.name,
            language=language,
            role=Role.TEAM_MEMBER,
            team=team,
            function=TeamMember.Function(person.function),
            title=person.title,
            unit=person.unit,
        )
        invited[user.pk] = user
    if registration.leader_email:
        leader = add_person(
            network=network,
            email=registration.leader_email,
            name=registration.leader_name,
            language=language,
            role=Role.LEADER,
            participation=team.participation,
        )
        invited[leader.pk] = leader
    return list(invited.values())


def _keep_link(invitee: Invitee, until: date) -> None:
    """The preparation package lies behind the link. One that had been taken back stays void; a new one goes out."""
    if invitee.withdrawn_at is not None:
        invitee.withdrawn_at, invitee.link_number = None, invitee.link_number + 1
        invitee.save(update_fields=["withdrawn_at", "link_number"])
    keep_link(invitee, until)


def _language(registration: Registration) -> str:
    return registration.language or registration.invitee.language


def _package_until(network: Network, today: date) -> date:
    gathering = first_gathering(network)
    last = gathering.ends_on if gathering and gathering.ends_on else today
    return max(today, last) + timedelta(days=PACKAGE_DAYS)
