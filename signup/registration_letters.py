"""The letters that answer a registration: to the leader of the team and to the leader who commits.

Plain text, in the language of the registration; links in it become links. Every function needs the network's scope.
"""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document
from gpf import dates
from networks.queries import contacts
from notices.mailing import Addressee, queue_letter
from sessions.calendar import calendar_of
from signup.letters import formal_name
from signup.links import link_token, link_url
from signup.models import Registration
from signup.registration_queries import coming_gatherings, first_gathering, read_package

State = Registration.State


def recipients(registration: Registration) -> list[Addressee]:
    """Who gets the answer: the team leader, and the leader who commits; one letter where they are one.

    While the form is open again, an address in it may be half typed: nobody is written to at such a one.
    """
    language = registration.language or registration.invitee.language
    named = [(person.name, person.email.lower()) for person in registration.people.filter(position=0)]
    named.append((registration.leader_name, registration.leader_email.lower()))
    found: dict[str, Addressee] = {}
    for name, address in named:
        if _is_address(address):
            found.setdefault(address, Addressee(name, address, language))
    return list(found.values())


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def write_answer(registration: Registration) -> None:
    """Hand over the letter that tells the decision: one for every address and every time it is decided."""
    assert registration.decided_at is not None  # the caller has just written it
    when = f"{registration.decided_at:%Y%m%d%H%M%S%f}"
    subject_of, text_of = _WORDS[State(registration.state)]
    for person in recipients(registration):
        with translation.override(person.language):
            opening = _("Hello %(name)s,") % {"name": person.name} if person.name else _("Hello,")
            paragraphs = [opening, *text_of(registration), _closing(registration)]
            queue_letter(
                network=registration.network,
                key=f"answer:{registration.pk}:{when}:{_mark(person.address)}",
                to=person,
                subject=str(subject_of) % _names(registration),
                text="\n\n".join(filter(None, paragraphs)),
                calendar=_calendar(registration),
            )


def write_receipt(registration: Registration, copy: Document) -> None:
    """Hand over the receipt for what was sent, with the copy of it: one for every address and every sending."""
    assert registration.submitted_at is not None  # there is a copy only of what was sent
    when = f"{registration.submitted_at:%Y%m%d%H%M%S%f}"
    for person in recipients(registration):
        with translation.override(person.language):
            paragraphs = [
                _("Hello %(name)s,") % {"name": person.name} if person.name else _("Hello,"),
                _("We have got the registration of %(team)s for %(network)s. A copy of it comes with this mail.")
                % _names(registration),
                _("You get an answer by mail. Until then you need not do anything."),
                _closing(registration),
            ]
            queue_letter(
                network=registration.network,
                key=f"receipt:{registration.pk}:{when}:{_mark(person.address)}",
                to=person,
                subject=_("We have got your registration: %(team)s") % _names(registration),
                text="\n\n".join(paragraphs),
                document=copy,
                at_any_hour=True,  # she has just sent it, and waits for this
            )


def _mark(address: str) -> str:
    return sha256(address.encode()).hexdigest()[:16]


def _calendar(registration: Registration) -> str:
    """For those who are in: the gatherings that have days, for their own calendars."""
    gatherings = coming_gatherings(registration.network) if registration.state == State.ACCEPTED else []
    return calendar_of(gatherings, network=registration.network, method="PUBLISH") if gatherings else ""


def _accepted(registration: Registration) -> list[str]:
    return [
        _("%(organisation)s is in: the team %(team)s takes part in %(network)s. Welcome!") % _names(registration),
        registration.answer,
        _first_gathering(registration),
        _(
            "What to do first: everyone in the team whose address we have gets a mail of her own, with a link that "
            "signs her in. There you see what to do before the first gathering, and by when."
        ),
        _package(registration),
    ]


def _asked(registration: Registration) -> list[str]:
    return [
        _("Thank you for registering %(team)s for %(network)s. Before we can answer, we wonder about this:")
        % _names(registration),
        registration.answer,
        _("Open the form, change what needs changing, and send it again:\n%(url)s") % {"url": _form_url(registration)},
    ]


def _form_url(registration: Registration) -> str:
    """The form itself, at the question."""
    where = [link_token(registration.invitee), registration.number]
    return f"{settings.GPF_BASE_URL}{reverse('registration:team', args=where)}#question"


def _waiting(registration: Registration) -> list[str]:
    return [
        _(
            "Thank you for registering %(team)s for %(network)s. The network is full for now, and you are on the "
            "waiting list. We write as soon as there is a place."
        )
        % _names(registration),
        registration.answer,
        _("What you sent can be read here:\n%(url)s") % {"url": link_url(registration.invitee)},
    ]


def _declined(registration: Registration) -> list[str]:
    return [
        _("Thank you for registering %(team)s for %(network)s. This time we have to say no.") % _names(registration),
        registration.answer,
    ]


def _first_gathering(registration: Registration) -> str:
    gathering = first_gathering(registration.network)
    if gathering is None or gathering.starts_on is None:
        return _("The date of the first gathering is not set yet. You will be told.")
    words = {
        "gathering": str(gathering).capitalize(),
        "date": dates.date_range(gathering.starts_on, gathering.ends_on),
        "place": gathering.place,
    }
    if gathering.place:
        said = _("%(gathering)s is %(date)s, at %(place)s.") % words
    else:
        said = _("%(gathering)s is %(date)s.") % words
    calendar = _("The calendar file with this mail puts the gatherings into your calendar.")
    return f"{said} {calendar}"


def _package(registration: Registration) -> str:
    """The documents of the preparation package, each with an address that needs no account."""
    token = link_token(registration.invitee)
    lines = [
        f"{item.title}:\n{settings.GPF_BASE_URL}{reverse('registration:document', args=[token, item.pk])}"
        for item in read_package()
    ]
    return "\n\n".join([_("Read this before the first gathering. No account is needed:"), *lines]) if lines else ""


def _closing(registration: Registration) -> str:
    people = [f"{user.name}, {user.email}" for user in contacts(registration.network)]
    asking = _("Do you wonder about something? Ask us:") if people else ""
    return "\n".join([asking, *people, "", str(registration.network)]).strip()


def _names(registration: Registration) -> dict[str, str]:
    return {
        "organisation": formal_name(registration.invitee.organisation),
        "team": registration.team_name,
        "network": str(registration.network),
    }


_WORDS: dict[State, tuple[Promise | str, Callable[[Registration], list[str]]]] = {
    State.ACCEPTED: (gettext_lazy("%(team)s takes part in %(network)s"), _accepted),
    State.ASKED: (gettext_lazy("A question about your registration: %(team)s"), _asked),
    State.WAITING: (gettext_lazy("%(team)s is on the waiting list for %(network)s"), _waiting),
    State.DECLINED: (gettext_lazy("Answer to your registration: %(team)s"), _declined),
}
