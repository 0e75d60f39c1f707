"""The pages of checklists, the same for a team and for its network: who may come here is said by the views."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from improvement.access import Place
from improvement.checklists import presenting, services
from improvement.checklists.content import Content, sections
from improvement.checklists.queries import Held, Holder, read_held, read_version, read_versions
from improvement.checklists.steps import BY_KEY, Step
from networks.access import NetworkRequest


def step_of(key: str) -> Step:
    """The step, or 404."""
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def chosen_language(request: NetworkRequest, holder: Holder) -> str:
    """The language asked for where the starting version can be had in both, else the holder's."""
    asked = request.POST.get("language") or request.GET.get("sprak")
    return asked if asked in ("nb", "nn") else holder.language


def show(request: NetworkRequest, holder: Holder, key: str, place: Place | None = None) -> HttpResponse:
    """The list that holds, its versions, and the measure it gives."""
    step = step_of(key)
    held = read_held(holder, step, chosen_language(request, holder))
    context = {
        "place": place,
        "holder": holder,
        "held": held,
        "step": step,
        "sections": sections(held.rows),
        "versions": presenting.version_lines(holder, step, read_versions(holder, step)),
        "start_url": presenting.version_url(holder, step, "start"),
        "newer_url": presenting.newer_url(holder, held),
        "urls": presenting.urls(holder, step),
        "measure": presenting.measure(holder.team, step),
    }
    return render(request, "improvement/checklist.html", context)


def show_version(
    request: NetworkRequest, holder: Holder, key: str, token: str, place: Place | None = None
) -> HttpResponse:
    """One version, with what differs from the one before it or from another that is named."""
    step = step_of(key)
    held = read_held(holder, step, chosen_language(request, holder))
    version = read_version(holder, step, token, held.language)
    if version is None:
        raise Http404
    against = request.GET.get("mot") or presenting.before(version)
    other = read_version(holder, step, against, version.language) if against else None
    context = {
        "place": place,
        "holder": holder,
        "step": step,
        "held": held,
        "version": version,
        "other": other,
        "marked": presenting.marked(other, version),
        "told": presenting.told(other, version),
        "when_before": other.content["when"] if other and other.content["when"] != version.content["when"] else "",
        "holds": held.token == version.token,
        "is_newer": held.newer is not None and version.version == held.newer,
        "name": presenting.name(version),
        "comparisons": presenting.comparisons(holder, version, against),
        "restore_url": holder.url("checklist_restore", step=step.key, token=version.token),
        "urls": presenting.urls(holder, step),
    }
    return render(request, "improvement/checklist_version.html", context)


def restore(request: NetworkRequest, holder: Holder, key: str, token: str) -> HttpResponse:
    """Let an earlier version hold again, as a new one: nothing between them is lost."""
    step = step_of(key)
    held = read_held(holder, step)
    version = read_version(holder, step, token, held.language)
    if version is None:
        raise Http404
    content: Content = {"when": version.content["when"], "rows": version.rows}
    if holder.team is not None:
        content["network_version"] = _taken_in(held, version)
    with translation.override(holder.language):
        note = _("Back to %(version)s") % {"version": presenting.name(version)}
    try:
        saved = services.save_version(
            holder=holder,
            step=step,
            began_from=request.POST.get("began_from", ""),
            content=content,
            language=version.language,
            note=note,
            by=request.user,
        )
    except services.OutdatedError:
        messages.error(request, _("Somebody else has saved a new version meanwhile. Look at it first."))
        return redirect(holder.url("checklist", step=step.key))
    said = _("The list is as it was then. It is version %(number)d now.") % {"number": saved.number} if saved else ""
    messages.success(request, said or _("Nothing differs from the list you have."))
    return redirect(holder.url("checklist", step=step.key))


def _taken_in(held: Held, version: Held) -> int:
    """The number of the network's version a team's list takes in, once it goes back to this one."""
    if version.source == "network" and version.version:
        return version.version.number
    # Who chooses the starting version, or her own, has seen what the network has.
    return held.newer.number if held.newer else held.network_version
