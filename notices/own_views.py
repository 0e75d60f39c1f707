"""The person's own pages of notices: what she has been told, and how she wants to be told."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from gpf.declare import signed_in
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from networks.belonging import enter, networks_of, own_memberships
from networks.models import Membership
from notices.kinds import Topic
from notices.models import Choice, Quiet
from notices.own_list import open_row, read_all, read_rows, settle
from notices.own_list import unread as count_unread
from notices.preferences import choose, concerning, ways

SETTLED = "notices_settled"
SETTLED_FOR = 15 * 60
"""So many seconds a session's count may hold what is no longer true because its day has passed."""


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that is still true, what she has not opened first."""
    user = _person(request)
    memberships = _enter(request, user)
    rows = read_rows(user)
    context = {
        "unread": [row for row in rows if row.is_unread],
        "read": [row for row in rows if not row.is_unread],
        "several": len(networks_of(memberships)) > 1,
        "quiet": Quiet.objects.filter(user=user, ends_on__gte=timezone.localdate()).first(),
    }
    return render(request, "notices/mine.html", context)


@require_safe
@signed_in
def unread(request: HttpRequest) -> HttpResponse:
    """How many she has not opened, for the top of every page."""
    user = _person(request)
    now = int(time.time())
    if now - request.session.get(SETTLED, 0) > SETTLED_FOR:
        settle(user)
        request.session[SETTLED] = now
    return render(request, "notices/parts/unread.html", {"count": count_unread(user)})


@require_safe
@signed_in
def follow(request: HttpRequest, notice_pk: int) -> HttpResponse:
    """Straight to where it is done; it counts as opened. What is no longer true leads back to the list."""
    row = open_row(_person(request), notice_pk)
    if row is None:
        messages.info(request, _("That is done, or no longer asked for."))
        return redirect("notices_own:mine")
    return redirect(row.line.path)


@require_POST
@signed_in
def all_read(request: HttpRequest) -> HttpResponse:
    """Everything counts as opened."""
    read_all(_person(request))
    return redirect("notices_own:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """Which mail she gets, and when she wants none."""
    user = _person(request)
    memberships = _enter(request, user)
    form = PreferencesForm(user, memberships, request.POST or None)
    if request.method == "POST" and form.is_valid():
        choose(user=user, ways=form.ways(), quiet=form.quiet())
        messages.success(request, _("Saved. It counts from the next mail."))
        return redirect("notices_own:preferences")
    return render(request, "notices/preferences.html", {"form": form})


class PreferencesForm(GuardedForm):
    """A choice for each kind that may concern her, and her quiet days."""

    starts_on = forms.DateField(label=gettext_lazy("No mail from"), widget=DateInput, required=False)
    ends_on = forms.DateField(label=gettext_lazy("No mail to and including"), widget=DateInput, required=False)

    def __init__(self, user: User, memberships: list[Membership], data: Any) -> None:
        super().__init__(data)
        today = ways(user)
        self.kinds = {_field(kind.name): kind for kind in concerning(memberships)}
        for name, kind in self.kinds.items():
            offered = [(way.value, way.label) for way in Choice.Way if kind.may_decline or way != Choice.Way.PRODUCT]
            way = today[kind.name].value
            self.fields[name] = forms.ChoiceField(label=str(kind.label), choices=offered, initial=way)
        quiet = Quiet.objects.filter(user=user).first()
        if quiet:
            self.initial["starts_on"], self.initial["ends_on"] = quiet.starts_on, quiet.ends_on
        self._others = {name: way for name, way in today.items() if _field(name) not in self.kinds}

    def topics(self) -> Iterator[tuple[Topic, list[forms.BoundField]]]:
        """The choices, under what they are about."""
        for topic in Topic:
            fields = [self[name] for name, kind in self.kinds.items() if kind.topic == topic]
            if fields:
                yield topic, fields

    def counts_on_her(self) -> bool:
        """Whether there is anything she may not keep out of her mail."""
        return any(not kind.may_decline for kind in self.kinds.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        wrong = self.errors.keys() & {"starts_on", "ends_on"}
        if not wrong and bool(first) != bool(last):
            self.add_error("ends_on" if first else "starts_on", _("Give both days, or none."))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first."))
        return cleaned

    def ways(self) -> dict[str, Choice.Way]:
        """What she has chosen; what she was not asked about stays as it was."""
        return self._others | {kind.name: Choice.Way(self.cleaned_data[name]) for name, kind in self.kinds.items()}

    def quiet(self) -> tuple[date, date] | None:
        first, last = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        return (first, last) if first and last else None


def _field(kind: str) -> str:
    return f"way-{kind}"


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # LoginRequiredMiddleware stands before every view that is not public
    return request.user


def _enter(request: HttpRequest, user: User) -> list[Membership]:
    memberships = own_memberships(user)
    enter(request, memberships, networks_of(memberships))
    return memberships
