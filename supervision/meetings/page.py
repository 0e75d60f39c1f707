"""The page on which a meeting is written down: its form, the rows of what was agreed, the note, the next meeting."""

from django.db import transaction
from django.utils import timezone

from gpf.forms import Problem, problems
from networks.access import NetworkRequest
from supervision.access import noted_teams
from supervision.meetings import access, services
from supervision.meetings.forms import LogForm, NextForm, NoteForm, as_typed
from supervision.meetings.people import offered_people
from supervision.meetings.rows import Rows
from supervision.meetings.services import Log
from supervision.models import Agreement, Meeting
from teams.models import Team

MORE, PEOPLE = "rad_til", "hvem"
"""The buttons that send the page as it is so far: one more row, and who is in the teams that are ticked."""


class WritePage:
    """All of it, for a meeting that is new, planned or held. Needs the network's scope.

    `is_unfinished`: a button asked for more room on the page, and nothing is to be saved or corrected yet.
    """

    def __init__(self, request: NetworkRequest, meeting: Meeting) -> None:
        data = request.POST if request.method == "POST" else None
        self.request = request
        self.meeting = meeting
        self.is_unfinished = data is not None and (MORE in data or PEOPLE in data)
        self.form = LogForm(
            data,
            instance=meeting,
            offered=offered_teams(request, meeting),
            by=request.user,
            initial=asked_teams(request),
        )
        self.teams = [*self.form.ticked_teams(), *self.form.fixed]
        own = self.form.ticked_teams()
        noted = set(noted_teams(request).filter(pk__in=[team.pk for team in own]).values_list("pk", flat=True))
        self.noted = [team for team in own if team.pk in noted]
        self.note = NoteForm(data, teams=self.noted)
        self.next = NextForm(data, instance=Meeting(network=request.network, form=meeting.form))
        self.rows = Rows(
            data,
            existing=self._existing(locked=data is not None),
            teams=own,
            groups=self.form.groups,
            more=data is not None and MORE in data,
        )
        if self.is_unfinished:
            for form in (self.form, self.note, self.next):
                as_typed(form)
            self.rows.as_typed()

    def is_valid(self) -> bool:
        """Whether all of it may be saved; every part says what is wrong with it."""
        parts = [self.form.is_valid(), self.rows.is_valid(), self.note.is_valid(), self.next.is_valid()]
        return all(parts)

    def problems(self) -> list[Problem]:
        """What is wrong in any of the parts, in their order on the page."""
        if not self.form.is_bound:
            return []
        return [*problems(self.form), *self.rows.problems(), *problems(self.next), *problems(self.note)]

    def log(self) -> Log:
        """What is to be written beside the meeting's own row."""
        cleaned, names = self.form.cleaned_data, self.form.names
        about = self.note.cleaned_data.get("about") or "".join(str(team.pk) for team in self.noted[:1])
        note_about = next((team for team in self.noted if str(team.pk) == about), None)
        return Log(
            teams=list(cleaned["teams"]),
            fixed=self.form.fixed,
            people={int(key): names[int(key)] for key in cleaned["people"]},
            others=[name.strip() for name in cleaned["others"].split(",") if name.strip()],
            kept=self.rows.kept(),
            removed=self.rows.removed(),
            added=self.rows.added(),
            note=self.note.cleaned_data["note"],
            note_about=note_about,
        )

    @transaction.atomic
    def plan_next(self, meeting: Meeting) -> int | None:
        """Ask everybody in the teams, those who guide them, and who else was there and has an account, to the next one.

        How many; None where there is no next one.
        """
        if not self.next.is_wanted:
            return None
        coming: Meeting = self.next.save(commit=False)
        coming.follows = meeting
        teams = list(self.form.cleaned_data["teams"])
        here = offered_people(teams, by=self.request.user, today=timezone.localdate())
        names = self.form.names
        return services.plan_meeting(
            meeting=coming,
            teams=teams,
            people={int(key): name for _heading, people in here for key, name in people}
            | {int(key): names[int(key)] for key in self.form.cleaned_data["people"]},
            by=self.request.user,
            network=self.request.network,
        )

    def _existing(self, *, locked: bool) -> list[Agreement]:
        """What the writer may change of what was agreed."""
        if self.meeting._state.adding:
            return []
        rows = Agreement.objects.filter(
            meeting=self.meeting, team__in=access.written_teams(self.request).order_by().values("pk")
        )
        return list((rows.select_for_update() if locked else rows).order_by("pk"))


def offered_teams(request: NetworkRequest, meeting: Meeting) -> list[Team]:
    """The teams that can be ticked: those the writer guides and that go on, or are in the meeting already."""
    today = timezone.localdate()
    teams = list(access.written_teams(request).select_related("participation"))
    here = set() if meeting.pk is None else set(meeting.teams.values_list("team_id", flat=True))
    return [team for team in teams if team.goes_on(today) or team.pk in here]


def asked_teams(request: NetworkRequest) -> dict[str, list[str]]:
    """The teams the address names to begin with (?team=); the only one there is, where it names none."""
    asked = set(request.GET.getlist("team"))
    keys = [str(team.pk) for team in access.written_teams(request) if team.slug in asked] if asked else []
    if not keys:
        own = [team for team in offered_teams(request, Meeting()) if team]
        keys = [str(own[0].pk)] if len(own) == 1 else []
    return {"teams": keys}
