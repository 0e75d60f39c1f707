"""How the demo's teams are guided: levels, meetings with what was agreed, a private note, a question that waits."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from networks.models import Membership, Network, ParticipationLeader, Role
from sessions.models import Gathering
from supervision.meetings.rows import Agreed
from supervision.meetings.services import Log, plan_meeting, settle_agreement, write_log
from supervision.models import Agreement, Meeting, Question, Score
from supervision.questions.services import ask
from supervision.scores.services import locked_score, save_score
from teams.models import Supervisor, Team, TeamMember

STORY = Path(__file__).parent / "data" / "demo_supervision.json"
Story = dict[str, Any]


def load_supervision(*, network: Network, people: Mapping[str, User], today: date) -> None:
    """What the supervisor and the teams have said, met and agreed. Needs the network's scope, and the teams."""
    story: Story = json.loads(STORY.read_text())
    teams = {team.slug: team for team in Team.objects.select_related("participation")}
    _guided_for_long(network)
    for slug in story["leaders"]:
        _leader(network, teams[slug])
    for slug, weeks in story["silent_for_weeks"].items():
        at = _moment(today - timedelta(weeks=weeks))
        User.objects.filter(pk__in=TeamMember.objects.filter(team=teams[slug]).values("membership__user")).update(
            last_login=at
        )
    for each in story["scores"]:
        _score(teams[each["team"]], each, today)
    for each in story["meetings"]:
        _meeting(network, teams, people, each, today)
    _planned(network, teams, people, story["planned"], today)
    _question(teams, people, story["question"], today)


def _guided_for_long(network: Network) -> None:
    """The supervisors have guided their teams since the network began to work."""
    first = Gathering.objects.filter(network=network, starts_on__isnull=False).order_by("starts_on").first()
    if first is not None and first.starts_on is not None:
        Supervisor.objects.filter(network=network).update(since=first.starts_on - timedelta(days=90))


def _leader(network: Network, team: Team) -> None:
    """Who has committed the team's organisation, and reads where it is."""
    user = User.objects.create_user(
        f"leder.{team.slug}@demo.example", name=f"Kommunalsjef {team.name}", language=team.language
    )
    Membership.objects.create(network=network, user=user, role=Role.LEADER)
    ParticipationLeader.objects.create(network=network, participation=team.participation, user=user)


def _score(team: Team, story: Story, today: date) -> None:
    gathering = Gathering.objects.get(kind=Gathering.Kind.NETWORK, number=story["gathering"])
    leading = TeamMember.objects.get(team=team, function=TeamMember.Function.LEADER).membership.user
    guiding = Supervisor.objects.get(team=team).membership.user
    for side, who in ((Score.Side.TEAM, leading), (Score.Side.SUPERVISOR, guiding)):
        said = story[f"{side.value}_says"]
        if said is None:
            continue
        score = locked_score(team=team, gathering=gathering, side=side)
        score.value, score.reason, score.next_step = Decimal(said[0]), said[1], said[2]
        save_score(score=score, by=who, give=True)
        if gathering.starts_on and gathering.starts_on < today:
            at = _moment(gathering.starts_on - timedelta(days=4))
            Score.objects.filter(pk=score.pk).update(given_at=at, saved_at=at)


def _meeting(
    network: Network, teams: Mapping[str, Team], people: Mapping[str, User], story: Story, today: date
) -> None:
    meeting = _bare(network, story, today)
    log = Log(
        teams=[teams[slug] for slug in story["teams"]],
        people={people[local].pk: people[local].name for local in story["people"]},
        added=[
            Agreed(
                team=teams[each["team"]].pk,
                text=each["text"],
                responsible=people[each["who"]].pk,
                due=today + timedelta(days=each["days"]),
            )
            for each in story["agreed"]
        ],
        note=story["note"],
        note_about=teams[story["teams"][0]],
    )
    write_log(meeting=meeting, log=log, by=people[story["by"]])
    for each in story["agreed"]:
        if each["done"]:
            found = Agreement.objects.get(meeting=meeting, text=each["text"])
            settle_agreement(agreement=found, by=people[each["who"]], done=True)


def _planned(
    network: Network, teams: Mapping[str, Team], people: Mapping[str, User], story: Story, today: date
) -> None:
    plan_meeting(
        meeting=_bare(network, story, today),
        teams=[teams[slug] for slug in story["teams"]],
        people={people[local].pk: people[local].name for local in story["people"]},
        by=people["veileder"],
        network=network,
    )


def _bare(network: Network, story: Story, today: date) -> Meeting:
    begins, ends = (time.fromisoformat(hour) for hour in story["hours"])
    return Meeting(
        network=network,
        day=_weekday(today + timedelta(days=story["days"])),
        starts_at=begins,
        ends_at=ends,
        form=story["form"],
        themes=story["themes"],
        summary=story.get("summary", ""),
    )


def _question(teams: Mapping[str, Team], people: Mapping[str, User], story: Story, today: date) -> None:
    asked = ask(team=teams[story["team"]], by=people[story["by"]], text=story["text"])
    Question.objects.filter(pk=asked.pk).update(asked_at=_moment(today + timedelta(days=story["days"])))


def _weekday(day: date) -> date:
    """The day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 20)))
