"""The live demo network: invented people and progress in a region that exists, planned around the day it is loaded.

Everything goes through the same services as the pages use; only the times are moved back afterwards.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from documents.models import Document
from documents.services import keep_made_pdf
from gpf import tenancy
from networks.cycle_templates import load_cycle_templates
from networks.models import (
    AssignmentKind,
    CycleTemplate,
    Membership,
    NationalCoordinator,
    Network,
    Organisation,
    Participation,
    ParticipationLeader,
    Role,
    SupervisingBody,
)
from networks.planning import add_months, due_day
from notices.mailing import send_waiting_letters
from notices.models import Notice
from notices.runs import run_daily
from overview.demo_improvement import load_improvement
from overview.demo_planned import load_planned
from overview.demo_supervision import load_supervision
from posters.models import Poster
from posters.services import deliver_poster
from sessions.answers import ANSWERED, WAITING
from sessions.gathering_days import Days
from sessions.models import Assignment, Delivery, DeliveryVersion, Gathering, Review
from sessions.moving_services import move_gathering, read_plan, sign
from sessions.plan_services import add_gathering
from sessions.plans import plan_network_cycle
from sessions.services import deliver, exempt, extend, review, save_draft
from teams.models import Supervisor, Team, TeamMember

STORY = Path(__file__).parent / "data" / "demo.json"
DOMAIN = "demo.example"
DAYS_TO_GATHERING_2 = 21

ACCOUNTS = {
    "nasjonal": ("Nasjonal koordinator", "every network, as national coordinator"),
    "koordinator": ("Koordinator Telemark", "the live network, as its coordinator"),
    "annen": ("Koordinator Helgeland", "another network, as its coordinator"),
    "planlegger": ("Koordinator Sogn og Fjordane", "a network that is being filled, as its coordinator (nynorsk)"),
    "veileder": ("Veileder Vest-Telemark", "five of the live network's teams, as their supervisor"),
    "teamleder": ("Teamleder Vinje", "the team of Vinje, as its leader"),
    "medlem": ("Medlem Vinje", "the team of Vinje, as a member (nynorsk)"),
    "leder": ("Kommunalsjef Vinje", "the teams of Vinje, as the leader who committed"),
    "observator": ("Observatør Telemark", "the live network, as an observer"),
}
"""Local part of the address → the person's name, and what she sees."""

NYNORSK = {"medlem", "planlegger"}

ROLES = {
    "koordinator": Role.COORDINATOR,
    "veileder": Role.SUPERVISOR,
    "veileder.nord": Role.SUPERVISOR,
    "teamleder": Role.TEAM_MEMBER,
    "medlem": Role.TEAM_MEMBER,
    "leder": Role.LEADER,
    "observator": Role.OBSERVER,
}
"""What they are in the live network. The second supervisor guides the teams the first does not."""


@dataclass
class Stage:
    """The live network while it is being set: who is who, and the day it is."""

    network: Network
    today: date
    people: dict[str, User]
    since: date
    memberships: dict[str, Membership] = field(default_factory=dict)


def demo_loaded() -> bool:
    """Whether the demo is in the database already."""
    return Network.objects.filter(slug="telemark-demo").exists()


@transaction.atomic
def load_demo(*, password: str, today: date | None = None) -> None:
    """Set the demo: people, the live network with its teams and what they have done, and a neighbour network.

    Does nothing but renew the passwords when the demo is there already. Needs the organisations of `load_history`.
    """
    if demo_loaded():
        _renew_passwords(password)
        return
    today = today or timezone.localdate()
    (template, *_) = load_cycle_templates()
    people = {
        local: _person(local, name, password=password, language="nn" if local in NYNORSK else "nb")
        for local, (name, _) in ACCOUNTS.items()
    }
    NationalCoordinator.objects.create(user=people["nasjonal"])
    tenancy.identify(people["koordinator"].pk)
    _live_network(template, people, today)
    tenancy.identify(people["annen"].pk)
    _neighbour(template, people, today)
    tenancy.identify(people["planlegger"].pk)
    load_planned(template=template, coordinator=people["planlegger"], today=today)


def send_past_mail(today: date | None = None) -> None:
    """Send what the mornings of the last three weeks would have sent, so that the outbox has something to read.

    After `load_demo`, outside its transaction: a mail is not taken back.
    """
    today = today or timezone.localdate()
    for days_ago in range(20, -1, -1):
        morning = datetime.combine(today - timedelta(days=days_ago), time(7))
        run_daily(at=min(timezone.make_aware(morning), timezone.now()))
    for network in Network.objects.filter(slug__endswith="-demo"):
        send_waiting_letters(network)


def _renew_passwords(password: str) -> None:
    """All the accounts have one password, so one tells whether it has changed."""
    accounts = User.objects.filter(email__in=[f"{local}@{DOMAIN}" for local in ACCOUNTS])
    first, *others = accounts
    if first.check_password(password):
        return
    for user in (first, *others):
        user.set_password(password)
        user.save(update_fields=["password"])


def _person(local: str, name: str, *, password: str | None = None, language: str = "nb") -> User:
    """An invented person. Without a password she signs in by a code, as everybody can."""
    return User.objects.create_user(f"{local}@{DOMAIN}", name=name, language=language, password=password)


# The live network


def _live_network(template: CycleTemplate, people: dict[str, User], today: date) -> None:
    first = add_months(today + timedelta(days=DAYS_TO_GATHERING_2), -3)
    network = Network.objects.create(
        slug="telemark-demo",
        name="Demonettverk Telemark",
        programme=template.programme,
        region="Telemark",
        from_year=first.year,
        to_year=add_months(first, 18).year,
        phase=Network.Phase.RUNNING,
        anchored_in_health_community=True,
    )
    with tenancy.scope([network.pk]):
        plan_network_cycle(network=network, template=template, first=first)
        _place_gatherings(network)
        _supervised_by(network, "usht-telemark")
        stage = Stage(network, today, people, since=add_months(first, -4))
        people["veileder.nord"] = _person("veileder.nord", "Veileder Øst-Telemark")
        stage.memberships = {
            local: Membership.objects.create(network=network, user=people[local], role=role, starts_on=stage.since)
            for local, role in ROLES.items()
        }
        teams = [_team(stage, story) for story in json.loads(STORY.read_text())["teams"]]
        leaders = {seat.team_id: seat.membership.user for seat in _leaders(teams)}
        load_improvement(
            teams={team.slug: team for team in teams},
            leaders={team.slug: leaders[team.pk] for team in teams},
            today=today,
        )
        load_supervision(network=network, people=people, today=today)
        _have_been_in(stage)
        _changed_plan(stage)


def _place_gatherings(network: Network) -> None:
    places = {1: ("Seljord", Gathering.State.HELD), 2: ("Notodden", Gathering.State.PLANNED)}
    for number, (place, state) in places.items():
        Gathering.objects.filter(network=network, number=number).update(
            place=place, state=state, form=Gathering.Form.PHYSICAL
        )


def _have_been_in(stage: Stage) -> None:
    """Everybody but two has signed in, as it is in most networks a few months on."""
    at = timezone.make_aware(datetime.combine(stage.today - timedelta(days=3), time(12, 40)))
    never = [f"teamleder.{slug}@{DOMAIN}" for slug in ("nissedal", "notodden-sykehus")]
    people = Membership.objects.exclude(user__email__in=never).values("user")
    User.objects.filter(pk__in=people, last_login=None).update(last_login=at)


def _changed_plan(stage: Stage) -> None:
    """What the coordinator has made of the template: a workshop of the network's own, and a gathering moved."""
    second, fourth = (Gathering.objects.get(number=number) for number in (2, 4))
    assert second.ends_on is not None  # planned a moment ago
    assert fourth.starts_on is not None
    assert fourth.ends_on is not None
    workshop = due_day(add_months(second.ends_on, 2), 0)
    add_gathering(
        network=stage.network,
        gathering=Gathering(
            kind=Gathering.Kind.MEASUREMENT_WORKSHOP,
            title="Måleverksted på Rjukan",
            starts_on=workshop,
            ends_on=workshop,
            form=Gathering.Form.PHYSICAL,
            place="Rjukan",
        ),
    )
    later = fourth.starts_on + timedelta(days=21)
    move_gathering(
        network=stage.network,
        gathering=fourth.pk,
        to=Days(later, later + (fourth.ends_on - fourth.starts_on)),
        along=False,
        reason="Kongressenteret er opptatt disse dagene.",
        by=stage.people["koordinator"],
        seen=sign(read_plan()),
    )


def _supervised_by(network: Network, slug: str) -> None:
    body = Organisation.objects.filter(slug=slug).first()
    if body:
        SupervisingBody.objects.create(network=network, organisation=body)


def _leaders(teams: list[Team]) -> QuerySet[TeamMember]:
    leading = TeamMember.objects.filter(team__in=teams, function=TeamMember.Function.LEADER)
    return leading.select_related("membership__user")


def _team(stage: Stage, story: dict[str, Any]) -> Team:
    """One team: its organisation, its people, and what it has done before gatherings 1 and 2."""
    participation = _participation(stage, story)
    team = Team.objects.create(
        network=stage.network,
        slug=story["slug"],
        name=story["name"],
        participation=participation,
        patient_group=story["patient_group"],
        language=story["language"],
    )
    leader = _staff(stage, team, story)
    guide = "veileder" if story["supervised"] else "veileder.nord"
    Supervisor.objects.create(network=stage.network, team=team, membership=stage.memberships[guide])
    for number in (1, 2):
        _homework(stage, team, leader, stage.people[guide], story, number)
    return team


def _participation(stage: Stage, story: dict[str, Any]) -> Participation:
    organisation = _organisation(story)
    title = story["poster1"]["anchoring"].partition(",")[0]
    first = Gathering.objects.get(number=1).starts_on
    assert first is not None  # planned a moment ago
    participation = Participation.objects.create(
        network=stage.network, organisation=organisation, anchored_by=title, anchored_on=first - timedelta(days=75)
    )
    if story["slug"] == "vinje":
        ParticipationLeader.objects.create(
            network=stage.network, participation=participation, user=stage.people["leder"]
        )
    return participation


def _organisation(story: dict[str, Any]) -> Organisation:
    if not story["number"]:
        hospital = Organisation.objects.filter(slug=story["slug"]).first()
        return hospital or Organisation.objects.create(
            slug=story["slug"], kind=Organisation.Kind.HOSPITAL, name=story["name"]
        )
    organisation, _ = Organisation.objects.get_or_create(
        kind=Organisation.Kind.MUNICIPALITY,
        number=story["number"],
        defaults={"slug": f"{story['slug']}-{story['number']}", "name": story["name"], "county": "Telemark"},
    )
    return organisation


def _staff(stage: Stage, team: Team, story: dict[str, Any]) -> User:
    """The team's people: the demo accounts in Vinje, one invented leader in every other team."""
    if team.slug == "vinje":
        _seat(team, stage.memberships["teamleder"], TeamMember.Function.LEADER)
        _seat(team, stage.memberships["medlem"], TeamMember.Function.MEASUREMENT_LEAD)
        return stage.people["teamleder"]
    user = _person(f"teamleder.{team.slug}", f"Teamleder {team.name}", language=story["language"])
    _seat(team, _member(team, user, stage.since), TeamMember.Function.LEADER)
    return user


def _member(team: Team, user: User, since: date) -> Membership:
    return Membership.objects.create(network_id=team.network_id, user=user, role=Role.TEAM_MEMBER, starts_on=since)


def _seat(team: Team, membership: Membership, function: TeamMember.Function) -> None:
    TeamMember.objects.create(network_id=team.network_id, team=team, membership=membership, function=function)


# What a team has done


def _homework(stage: Stage, team: Team, leader: User, guide: User, story: dict[str, Any], number: int) -> None:
    gathering = Gathering.objects.get(number=number)
    states = story[f"gathering{number}"]
    for assignment, state in zip(gathering.assignments.order_by("position"), states, strict=True):
        if state == "exempt":
            exempt(team=team, assignment=assignment, reason="Sykehuset er informert gjennom helsefellesskapet.")
        elif state == "extended":
            extend(
                team=team,
                assignment=assignment,
                until=assignment.due + timedelta(days=7),
                reason="Ny teamleder fra 1. desember.",
            )
        elif state not in ("missing", "late"):
            _hand_in(team, assignment, leader, story, state)
            _answer(team, assignment, guide, state)
            _move_back(stage.today, team, assignment)


def _hand_in(team: Team, assignment: Assignment, leader: User, story: dict[str, Any], state: str) -> None:
    if assignment.kind == AssignmentKind.POSTER:
        _poster(team, assignment, leader, story, state)
        return
    is_file = assignment.kind in (AssignmentKind.DOCUMENT, AssignmentKind.PLAN)
    document = _plan(team, assignment, leader, story) if is_file else None
    hand = save_draft if state == "begun" else deliver
    hand(team=team, assignment=assignment, by=leader, comment=_words(assignment, story), document=document)


def _poster(team: Team, assignment: Assignment, leader: User, story: dict[str, Any], state: str) -> None:
    number = assignment.gathering.number
    content = dict(story["poster1"]) | (story.get("poster2", {}) if number == 2 else {})
    title = content.pop("title")
    poster = Poster.objects.create(
        network_id=team.network_id,
        team=team,
        gathering=assignment.gathering,
        title=title,
        language=story["language"],
        content=content,
        saved_by=leader,
    )
    if state == "begun":
        save_draft(team=team, assignment=assignment, by=leader, comment="")
    else:
        deliver_poster(poster=poster, by=leader)


def _answer(team: Team, assignment: Assignment, guide: User, state: str) -> None:
    words = {
        "approved": (Review.Verdict.APPROVED, "Tydelig og konkret. Ta det med på samlingen."),
        "returned": (
            Review.Verdict.RETURNED,
            "Godt begynt. Skriv hvor mange dere har snakket med, og hva dere selv mener er viktigst å gjøre noe med.",
        ),
    }
    if state in words:
        verdict, text = words[state]
        version = DeliveryVersion.objects.get(delivery__team=team, delivery__assignment=assignment)
        review(version=version, by=guide, verdict=verdict, text=text)


def _words(assignment: Assignment, story: dict[str, Any]) -> str:
    poster: dict[str, str] = story["poster1"]
    return {
        "forankring": poster["anchoring"],
        "team": poster["team"],
        "intervju": f"{poster['interviewed']}\n\n{poster['matters']}",
        "involver": poster["expect"],
    }.get(assignment.slug, poster["learned"])


def _plan(team: Team, assignment: Assignment, leader: User, story: dict[str, Any]) -> Document:
    """A real PDF with the team's own words."""
    from weasyprint import HTML

    html = render_to_string(
        "overview/demo_plan.html",
        {"team": team, "assignment": assignment, "story": story, "language": story["language"]},
    )
    name = f"{assignment.title} {team.name}.pdf"
    return keep_made_pdf(network=team.network, by=leader, pdf=HTML(string=html).write_pdf(), name=name)


_minutes = count(7, 13)


def _move_back(today: date, team: Team, assignment: Assignment) -> None:
    """Let what was just written have happened a few days before the deadline, or a few days ago."""
    day = min(assignment.due, today) - timedelta(days=1 + next(_minutes) % 6)
    at = timezone.make_aware(datetime.combine(day, time(9 + next(_minutes) % 6, next(_minutes) % 60)))
    delivery = Delivery.objects.get(team=team, assignment=assignment)
    if delivery.delivered_at:
        Delivery.objects.filter(pk=delivery.pk).update(delivered_at=at)
    versions = DeliveryVersion.objects.filter(delivery=delivery)
    versions.update(saved_at=at)
    versions.exclude(delivered_at=None).update(delivered_at=at)
    answered = at + timedelta(hours=26)
    Review.objects.filter(version__delivery=delivery).update(reviewed_at=answered)
    Notice.objects.filter(key__startswith=f"{WAITING}:{delivery.pk}:").update(due_at=at)
    Notice.objects.filter(key__startswith=f"{ANSWERED}:{delivery.pk}:").update(due_at=answered)


# The neighbour


def _neighbour(template: CycleTemplate, people: dict[str, User], today: date) -> None:
    """A second, smaller network with its own coordinator: what the first must never see."""
    first = add_months(today, -8)
    network = Network.objects.create(
        slug="helgeland-demo",
        name="Demonettverk Helgeland",
        programme=template.programme,
        region="Helgeland",
        from_year=first.year,
        to_year=add_months(first, 18).year,
        phase=Network.Phase.RUNNING,
    )
    with tenancy.scope([network.pk]):
        plan_network_cycle(network=network, template=template, first=first)
        Gathering.objects.filter(network=network, ends_on__lt=today).update(state=Gathering.State.HELD)
        Membership.objects.create(network=network, user=people["annen"], role=Role.COORDINATOR)
        leaders = {
            name: _neighbour_team(network, name, number, today, people["annen"])
            for name, number in (("Alstahaug", "1820"), ("Leirfjord", "1822"), ("Herøy", "1818"))
        }
        load_improvement(
            teams={team.slug: team for team in Team.objects.all()},
            leaders={_slug(name): leader for name, leader in leaders.items()},
            today=today,
        )


def _slug(name: str) -> str:
    return name.lower().replace("ø", "o")


def _neighbour_team(network: Network, name: str, number: str, today: date, coordinator: User) -> User:
    """A team that has done what was due, but for the newest piece of work. Returns who leads it."""
    slug = _slug(name)
    organisation, _ = Organisation.objects.get_or_create(
        kind=Organisation.Kind.MUNICIPALITY,
        number=number,
        defaults={"slug": f"{slug}-{number}", "name": name, "county": "Nordland"},
    )
    participation = Participation.objects.create(network=network, organisation=organisation)
    team = Team.objects.create(network=network, slug=slug, name=name, participation=participation)
    leader = _person(f"teamleder.{slug}", f"Teamleder {name}")
    _seat(team, _member(team, leader, add_months(today, -12)), TeamMember.Function.LEADER)
    *done, _newest = Assignment.objects.filter(due__lt=today).order_by("due", "pk")
    for assignment in done:
        version = deliver(team=team, assignment=assignment, by=leader, comment="Drøftet i teamet og med lederen.")
        review(version=version, by=coordinator, verdict=Review.Verdict.APPROVED, text="")
        _move_back(today, team, assignment)
    return leader
