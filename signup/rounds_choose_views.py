"""Whom a round goes to: choosing organisations, and writing down who in each gets the letter."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from networks.access import NetworkRequest, network_view
from networks.models import Organisation, Participation, Role
from networks.organisation_directory import MUNICIPALITY, Directory, communities, key_of, read_directory
from signup import rounds_choosing as choosing
from signup.models import InvitationRound, Invitee
from signup.rounds_forms import LookForm, PasteForm, PersonForm
from signup.rounds_pasting import Known, Pasted, read_lines
from signup.rounds_services import choose_organisations, language_of, unsent, write_down
from signup.rounds_views import get_round


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, to_write=True)
def round_choose(request: NetworkRequest, round_pk: int) -> HttpResponseBase:
    """Everything that can be invited, filtered. What is ticked stays ticked when the filter changes."""
    letters = get_round(request, round_pk)
    directory, known = read_directory(timezone.localdate()), communities()
    look = LookForm(_asked(request), counties=choosing.counties(directory), communities=known)
    look.is_valid()
    ticked = list(dict.fromkeys(request.POST.getlist("org")))
    former = [line for key in ticked if (line := directory.get(key)) and line.is_former]
    if request.method == "POST" and "add" in request.POST and ticked and not former:
        _choose(request, letters, directory, ticked)
        return redirect(_here(request, letters, look))
    if request.method == "POST" and "add" not in request.POST and not ticked:
        return redirect(_here(request, letters, look))
    # A municipality that has merged since is not invited: what it has become is ticked instead, and said.
    ticked += [f"m{entry.number}" for line in former for entry in line.successors]
    right = look.cleaned_data
    wanted = choosing.Wanted(right.get("q", ""), right.get("county", ""), right.get("community"), known)
    found, ended = choosing.find(directory, wanted)
    marks = _marks(letters, ticked)
    context = {
        "letters": letters,
        "look": look,
        "filtered": bool(wanted),
        "former": former,
        "ended": ended,
        "has_register": bool(directory.succession),
        "elsewhere": choosing.groups(directory, choosing.ticked_elsewhere(directory, ticked, found), marks),
        "groups": choosing.groups(directory, found, marks),
        "chosen": len(marks.in_round),
        "nothing_ticked": "add" in request.POST and not ticked,
    }
    return render(request, "signup/round_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, to_write=True)
def round_people(request: NetworkRequest, round_pk: int) -> HttpResponseBase:
    """Who gets the letter in each organisation it has not been sent to, all on one page."""
    letters = get_round(request, round_pk)
    rows = unsent(letters).select_related("organisation__parent").order_by("organisation__sort_name", "pk")
    if request.method == "POST":
        rows = rows.filter(pk__in=_written(request)).select_for_update(of=["self"])
    forms = [PersonForm(request.POST or None, instance=invitee, prefix=f"i{invitee.pk}") for invitee in rows]
    if request.method == "POST" and not any([form.errors for form in forms]):  # noqa: C419 - every one is to speak
        for form in forms:
            if form.has_changed():
                form.save()
        messages.success(request, _("Saved."))
        _tell_sent(request, len(_written(request)) - len(forms))
        return redirect("signup:round", request.network.slug, letters.pk)
    wrong = [form for form in forms if form.errors]
    context = {
        "letters": letters,
        "forms": forms,
        "wrong": wrong,
        "languages": Invitee._meta.get_field("language").choices,
    }
    return render(request, "signup/round_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, to_write=True)
def round_paste(request: NetworkRequest, round_pk: int) -> HttpResponseBase:
    """Lines from a list: first what each of them will do, then doing it."""
    letters = get_round(request, round_pk)
    form = PasteForm(request.POST or None)
    context: dict[str, object] = {"letters": letters, "form": form}
    if request.method == "POST" and form.is_valid():
        directory = read_directory(timezone.localdate())
        invitees = {
            key_of(each.organisation.kind, each.organisation.number, each.organisation_id): each
            for each in letters.invitees.select_related("organisation")
        }
        lines = read_lines(form.cleaned_data["lines"], Known(directory, invitees, language_of(letters)))
        good = [line for line in lines if line.line is not None and not line.problem]
        if "fill" in request.POST and good:
            _fill(request, letters, directory, good, len(lines) - len(good))
            return redirect("signup:round_people", request.network.slug, letters.pk)
        context |= {"lines": lines, "good": len(good), "bad": len(lines) - len(good)}
    return render(request, "signup/round_paste.html", context)


def _written(request: NetworkRequest) -> list[int]:
    """The keys of the invitees that the page had rows for when it was sent."""
    names = (name for name in request.POST if name.startswith("i") and name.endswith("-leader_email"))
    return [int(pk) for name in names if (pk := name[1:].removesuffix("-leader_email")).isdecimal()]


def _tell_sent(request: NetworkRequest, number: int) -> None:
    """Say that some rows were not saved, because their letters were sent meanwhile."""
    if number > 0:
        told = ngettext(
            "%(number)d letter has been sent meanwhile, so that row is as it was.",
            "%(number)d letters have been sent meanwhile, so those rows are as they were.",
            number,
        )
        messages.warning(request, told % {"number": number})


def _asked(request: NetworkRequest) -> dict[str, str]:
    """The filter: what was asked for; at first the network's own health community."""
    given = request.POST if request.method == "POST" else request.GET
    if not given and request.network.health_community_id:
        return {"community": str(request.network.health_community_id)}
    return {name: given.get(name, "") for name in ("q", "county", "community")}


def _here(request: NetworkRequest, letters: InvitationRound, look: LookForm) -> str:
    """The page again with its filter in the address."""
    right = look.cleaned_data  # what was refused, an identity number among it, goes into no address
    community = right.get("community")
    asked = {"q": right.get("q", ""), "county": right.get("county", ""), "community": community.pk if community else ""}
    address = reverse("signup:round_choose", args=[request.network.slug, letters.pk])
    return f"{address}?{urlencode(asked)}"


def _marks(letters: InvitationRound, ticked: list[str]) -> choosing.Marks:
    def keys(rows: "list[tuple[str, str, int]]") -> set[str]:
        return {key_of(*row) for row in rows}

    columns = ("organisation__kind", "organisation__number", "organisation")
    return choosing.Marks(
        in_round=keys(list(letters.invitees.values_list(*columns))),
        taking_part=keys(list(Participation.objects.filter(withdrawn=False).values_list(*columns))),
        ticked=ticked,
    )


def _choose(request: NetworkRequest, letters: InvitationRound, directory: Directory, keys: list[str]) -> None:
    count = _put_in(letters, directory, keys)
    told = ngettext("%(number)d is added to the round.", "%(number)d are added to the round.", count)
    messages.success(request, told % {"number": count})


def _put_in(letters: InvitationRound, directory: Directory, keys: list[str]) -> int:
    """Put the organisations of these keys into the round; unknown keys are nobody's."""
    lines = [line for key in keys if (line := directory.get(key)) and line.kind in choosing.CHOOSABLE]
    entries = directory.succession.entries
    registered = [entries[line.number] for line in lines if line.kind == MUNICIPALITY and line.number in entries]
    unregistered = {line.number for line in lines if line.kind == MUNICIPALITY} - entries.keys()
    rows = {int(line.key[1:]) for line in lines if line.kind != MUNICIPALITY}
    organisations = Organisation.objects.filter(pk__in=rows) | Organisation.objects.filter(
        kind=Organisation.Kind.MUNICIPALITY, number__in=unregistered
    )
    return choose_organisations(letters=letters, entries=registered, organisations=list(organisations))


def _fill(
    request: NetworkRequest, letters: InvitationRound, directory: Directory, good: list[Pasted], left: int
) -> None:
    """Put what is new into the round, and write down who gets the letter."""
    people = {line.line.key: line.person for line in good if line.line}
    _put_in(letters, directory, list(people))
    write_down(
        letters=letters,
        people={
            each.organisation_id: people[key]
            for each in letters.invitees.select_related("organisation")
            if (key := key_of(each.organisation.kind, each.organisation.number, each.organisation_id)) in people
        },
    )
    told = ngettext("%(number)d line is filled in.", "%(number)d lines are filled in.", len(good))
    messages.success(request, told % {"number": len(good)})
    if left:
        out = ngettext("%(number)d line was left out.", "%(number)d lines were left out.", left)
        messages.warning(request, out % {"number": left})
