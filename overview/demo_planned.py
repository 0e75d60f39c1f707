"""A demo network that is still being filled: a round of invitations, registrations in every state, a small library.

In nynorsk, and with the municipalities of an old network, which stand in the list as having taken part before.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from documents.library_services import add_to_library
from gpf import tenancy
from gpf.pdf import render_pdf
from networks.models import CycleTemplate, Membership, Network, Organisation, Participation, Role, SupervisingBody
from networks.planning import add_months
from sessions.models import Gathering
from sessions.plans import plan_network_cycle
from signup.accepting import accept_registration
from signup.letters import shipped
from signup.models import InvitationRound, Invitee, Readiness, Registration
from signup.registration_services import answer_registration, save_registration, standing, submit_registration
from signup.rounds_sending import ask_for_letters, make_letter
from signup.rounds_services import Person, choose_organisations, write_down

DOMAIN = "demo.example"
SLUG = "sogn-og-fjordane-demo"
EARLIER = "sogn-og-fjordane"  # the real network whose municipalities are invited anew
INVITED = 10
GUIDES = {
    "for-samling-1": ("Før samling 1", "Kva leiaren og teamet gjer, og når", True),
    "intervju": (
        "Spør nokre få: Kva er viktig for deg?",
        "Korleis de snakkar med brukarane",
        True,
    ),
    "malingar": ("Å byrje med éi måling", "Til den måleansvarlege", False),
}
"""The library: the part of `overview/demo_guide.html` → title, what it is, and whether it is in the package."""

_ago = count(3)


def load_planned(*, template: CycleTemplate, coordinator: User, today: date) -> None:
    """Set the network: planned from four months ahead, with its round half answered."""
    first = add_months(today, 4)
    network = Network.objects.create(
        slug=SLUG,
        name="Demonettverk Sogn og Fjordane",
        programme=template.programme,
        region="Sogn og Fjordane",
        from_year=first.year,
        to_year=add_months(first, 18).year,
        language="nn",
        phase=Network.Phase.PLANNED,
        anchored_in_health_community=True,
    )
    with tenancy.scope([network.pk]):
        plan_network_cycle(network=network, template=template, first=first)
        Gathering.objects.filter(network=network, number=1).update(place="Førde", form=Gathering.Form.PHYSICAL)
        Membership.objects.create(network=network, user=coordinator, role=Role.COORDINATOR)
        for body in Organisation.objects.filter(slug="usht-sogn-og-fjordane"):
            SupervisingBody.objects.create(network=network, organisation=body)
        _library(network, coordinator)
    letters = _round(network, coordinator, today)
    if letters is not None:
        with tenancy.scope([network.pk]):
            _answers(letters, coordinator, today)


def _library(network: Network, by: User) -> None:
    for part, (title, about, in_package) in GUIDES.items():
        html = render_to_string("overview/demo_guide.html", {"part": part, "title": title})
        pdf = render_pdf(html, language="nn", title=title)
        upload = SimpleUploadedFile(f"{part}.pdf", pdf, content_type="application/pdf")
        add_to_library(network=network, by=by, upload=upload, title=title, about=about, in_package=in_package)


def _round(network: Network, by: User, today: date) -> InvitationRound | None:
    """The round to the municipalities of the earlier network; none where that is not loaded."""
    organisations = _earlier()
    if not organisations:
        return None
    (nb, nn) = (shipped("invitation", language) for language in ("nb", "nn"))
    with tenancy.scope([network.pk]):
        letters = InvitationRound.objects.create(
            network=network,
            name="Kommunane",
            answer_by=today + timedelta(days=24),
            subject_nb=nb.subject,
            text_nb=nb.text,
            subject_nn=nn.subject,
            text_nn=nn.text,
            signed_by="Koordinator Sogn og Fjordane, KS",
            created_by=by,
        )
        choose_organisations(letters=letters, entries=[], organisations=organisations)
        people = {each.pk: _leader(each) for each in organisations[:-1]}
        write_down(letters=letters, people=people)
        for pk in ask_for_letters(letters=letters):
            make_letter(invitee_pk=pk, link_number=1)
    return letters


def _earlier() -> list[Organisation]:
    earlier = Network.objects.filter(slug=EARLIER).first()
    if earlier is None:
        return []
    with tenancy.scope([earlier.pk]):
        taking_part = Participation.objects.select_related("organisation").order_by("organisation__sort_name")
        return [each.organisation for each in taking_part if each.organisation.number][:INVITED]


def _leader(organisation: Organisation) -> Person:
    title = "Kommunalsjef helse og omsorg"
    return Person(f"Kommunalsjef {organisation}", title, f"kommunalsjef.{organisation.slug}@{DOMAIN}", "nn")


# What they answer


def _answers(letters: InvitationRound, by: User, today: date) -> None:
    """The first did most, the last nothing: as such lists look two weeks after the letters went."""
    sent = letters.invitees.exclude(sent_at=None).select_related("organisation", "network").order_by("pk")
    invitees = list(sent)
    Invitee.objects.filter(pk__in=[each.pk for each in invitees]).update(sent_at=_at(today, 14))
    accepted, asked, waiting, submitted, begun, declined, *silent = invitees
    for invitee in (accepted, asked, waiting, submitted, begun, declined, *silent[:1]):
        Invitee.objects.filter(pk=invitee.pk).update(opened_at=_at(today, 13 - next(_ago) % 9))
    Invitee.objects.filter(pk=declined.pk).update(
        declined_at=_at(today, 5),
        decline_reason="Vi har nyleg slått saman to sektorar. Spør oss neste gong.",
    )
    for invitee in (accepted, asked, waiting, submitted):
        submit_registration(registration=_written(invitee, today))
    _write(begun, {"team_name": f"{begun.organisation}, heimetenesta"})
    first, second, third = (each.registrations.get() for each in (accepted, asked, waiting))
    accept_registration(registration=first, by=by, text="Velkomne med!", seen=standing(first))
    _answer(second, by, Registration.State.ASKED, "Kven tek over som teamleiar når vikariatet tek slutt i mai?")
    _answer(third, by, Registration.State.WAITING, "Vi har plass til tolv team, og gir beskjed før jul.")


def _answer(registration: Registration, by: User, decision: Registration.State, text: str) -> None:
    answer_registration(registration=registration, by=by, decision=decision, text=text, seen=standing(registration))


def _written(invitee: Invitee, today: date) -> Registration:
    """A registration with everything in it."""
    name, short = str(invitee.organisation), invitee.organisation.slug
    people = [
        ("Teamleiar", "teamleiar", "fagutviklar", "Heimetenesta"),
        ("Måleansvarleg", "maaling", "sjukepleiar", "Heimetenesta"),
        ("Brukarrepresentant", "", "eldrerådet", ""),
        ("Ergoterapeut", "ergo", "ergoterapeut", "Rehabilitering"),
    ]
    texts = {
        "team_name": f"{name} heim",
        "patient_group": "Eldre som kjem heim frå sjukehus",
        "units": "Heimetenesta\nRehabilitering",
        "language": "nn",
        "leader_name": invitee.leader_name,
        "leader_title": invitee.leader_title,
        "leader_email": invitee.leader_email,
        "committed_on": (today - timedelta(days=8)).isoformat(),
        "reorganisation": Readiness.PARTLY if next(_ago) % 2 else Readiness.NO,
        "conflict": Readiness.NO,
        "other_efforts": Readiness.YES if next(_ago) % 3 == 0 else Readiness.NO,
        "time_set_aside": Readiness.YES,
        "money_set_aside": Readiness.PARTLY,
        "written_by": f"Rådgjevar {name}",
        **dict(_people(people, name, short)),
    }
    return _write(invitee, texts)


def _people(people: list[tuple[str, str, str, str]], name: str, short: str) -> Iterator[tuple[str, str]]:
    for position, (function, local, title, unit) in enumerate(people):
        yield f"person_{position}_name", f"{function} {name}"
        yield f"person_{position}_email", f"{local}.{short}@{DOMAIN}" if local else ""
        yield f"person_{position}_title", title
        yield f"person_{position}_unit", unit


def _write(invitee: Invitee, texts: dict[str, str]) -> Registration:
    return save_registration(invitee=invitee, number=1, texts=texts, seen={}).registration


def _at(today: date, days: int) -> datetime:
    return timezone.make_aware(datetime.combine(today - timedelta(days=days), time(9 + next(_ago) % 6, 20)))
