"""The page where a checklist is adapted. Every button works without a script: the page is sent and shown again."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from improvement.access import Place
from improvement.checklists import editing, presenting, services
from improvement.checklists.content import MOST_ROWS, Content, Row
from improvement.checklists.difference import Merged, merge
from improvement.checklists.forms import FIELD_WORDS, ChecklistForm
from improvement.checklists.pages import chosen_language, step_of
from improvement.checklists.queries import Held, Holder, read_held, read_version
from improvement.checklists.steps import Step
from networks.access import NetworkRequest


@dataclass
class Draft:
    """What the person works with: the version she began from, the network's version it takes in, and the rows."""

    began_from: str
    takes_in: int
    language: str
    rows: list[Row]
    theirs: dict[str, str] = field(default_factory=dict)
    news: str = ""
    when: str | None = None


def edit(request: NetworkRequest, holder: Holder, key: str, place: Place | None = None) -> HttpResponse:
    """Adapt a list: show it, do what a row's button says, or save it as a new version."""
    step = step_of(key)
    held = read_held(holder, step, chosen_language(request, holder))
    if request.method != "POST":
        draft = _begin(request, holder, held)
        form = ChecklistForm(initial={"when": held.content["when"]})
        return _page(request, holder, step, form, draft, place)
    form = ChecklistForm(request.POST)
    sent = form["rows"].value()
    draft = _sent(request, held, sent)
    do = request.POST.get("do", "")
    if do != "save":
        draft.rows = editing.act(sent, do)
        return _page(request, holder, step, _as_typed(request), draft, place)
    if not form.is_valid():
        return _page(request, holder, step, form, draft, place)
    try:
        saved = _save(request, holder, step, form, draft)
    except services.OutdatedError:
        draft = _meanwhile(holder, held, draft, form.cleaned_data["when"])
        return _page(request, holder, step, _as_typed(request, draft.when), draft, place)
    if saved is None:
        messages.info(request, _("Nothing was changed, so there is no new version."))
    else:
        messages.success(request, _("Version %(number)d is saved, and holds from now on.") % {"number": saved})
    return redirect(holder.url("checklist", step=step.key))


def _begin(request: NetworkRequest, holder: Holder, held: Held) -> Draft:
    """The list that holds; with the network's newer version taken in, where the person asked for that."""
    draft = Draft(held.token, held.network_version, held.language, held.rows)
    if held.newer is None or request.GET.get("med") != "nettverk":
        return draft
    merged = _merge(holder, held, f"network-{held.network_version}", held.newer.content["rows"], held.rows)
    draft.rows, draft.theirs, draft.takes_in = merged.rows, merged.theirs, held.newer.number
    draft.news = _("What the network has changed is taken in. Look it over, and save. Your own words still stand.")
    return draft


def _sent(request: NetworkRequest, held: Held, rows: list[Row]) -> Draft:
    """What came back with the form. A person can take in no version the network has not made."""
    newest = held.newer.number if held.newer else held.network_version
    takes_in = request.POST.get("takes_in", "")
    number = int(takes_in) if takes_in.isascii() and takes_in.isdigit() and len(takes_in) < 5 else 0
    return Draft(request.POST.get("began_from", ""), min(number, newest), held.language, rows)


def _save(request: NetworkRequest, holder: Holder, step: Step, form: ChecklistForm, draft: Draft) -> int | None:
    content: Content = {"when": form.cleaned_data["when"], "rows": form.cleaned_data["rows"]}
    if holder.team is not None:
        content["network_version"] = draft.takes_in
    saved = services.save_version(
        holder=holder,
        step=step,
        began_from=draft.began_from,
        content=content,
        language=draft.language,
        note=form.cleaned_data["note"],
        by=request.user,
    )
    return saved.number if saved else None


def _meanwhile(holder: Holder, held: Held, draft: Draft, when: str) -> Draft:
    """The person's own rows together with what somebody else has saved since she began."""
    began = read_version(holder, held.step, draft.began_from, held.language)
    merged = _merge(holder, held, draft.began_from, held.rows, draft.rows)
    by = held.version.made_by if held.version else None
    words = _(
        "%(who)s has saved a new version since you began, so nothing of yours is saved yet. What you wrote is still "
        "here, together with what is new. Look it over, and save again."
    )
    return Draft(
        began_from=held.token,
        takes_in=max(draft.takes_in, held.network_version),
        language=held.language,
        rows=merged.rows,
        theirs=merged.theirs,
        news=words % {"who": by or _("Somebody else")},
        when=held.content["when"] if began and when == began.content["when"] else when,
    )


def _merge(holder: Holder, held: Held, base: str, theirs: list[Row], mine: list[Row]) -> Merged:
    began = read_version(holder, held.step, base, held.language)
    if began is None:
        began = read_version(holder, held.step, "start", held.language)
    return merge(began.rows if began else [], mine, theirs)


def _as_typed(request: NetworkRequest, when: str | None = None) -> ChecklistForm:
    """The form with what was typed, and nothing complained of."""
    typed = {name: request.POST.get(name, "") for name in ("when", "note")}
    return ChecklistForm(initial=typed if when is None else typed | {"when": when})


def _page(
    request: NetworkRequest, holder: Holder, step: Step, form: ChecklistForm, draft: Draft, place: Place | None
) -> HttpResponse:
    errors = form.row_errors
    rows = [
        {"row": row, "error": errors.get(row["id"], ""), "theirs": draft.theirs.get(row["id"], "")}
        for row in draft.rows
    ]
    context = {
        "place": place,
        "holder": holder,
        "step": step,
        "form": form,
        "draft": draft,
        "rows": rows,
        "fields": FIELD_WORDS,
        "most": MOST_ROWS,
        "blank_item": {"id": "nyitem", "kind": "item", "text": "", "field": ""},
        "blank_section": {"id": "nysection", "kind": "section", "text": "", "field": ""},
        "urls": presenting.urls(holder, step),
    }
    return render(request, "improvement/checklist_edit.html", context)
