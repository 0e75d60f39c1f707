"""How the network words its mail: what can be worded, and wording it. For coordinators."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from networks.access import NetworkRequest, network_view
from networks.models import Network, Role
from notices import fields, wording
from notices.kinds import Said, Words
from notices.models import Wording
from notices.wording_forms import NAMES, WordingForm


@dataclass(frozen=True)
class Row:
    """Something that can be worded: how it reads now, and in which languages it is the network's own."""

    words: Words
    reads: wording.Text
    own: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """A field in words for people."""

    name: str
    what: Said
    example: str


@network_view(Role.COORDINATOR)
def wordings(request: NetworkRequest) -> HttpResponse:
    """Everything that can be worded, and which of it the network words itself."""
    own = wording.own_words([request.network.pk])
    language = request.user.language if request.user.language in wording.LANGUAGES else wording.LANGUAGES[0]
    groups = [
        (group.label, [_row(words, own.get((request.network.pk, words.name)), language) for words in group.words])
        for group in wording.groups()
    ]
    return render(request, "notices/wordings.html", {"groups": groups, "language": language})


@network_view(Role.COORDINATOR, to_write=True)
def wording_edit(request: NetworkRequest, name: str) -> HttpResponse:
    """Word something anew, see how it looks, or go back to the words that come."""
    words = wording.find(name)
    if words is None:
        raise Http404
    if "back" in request.POST:
        Wording.objects.filter(network=request.network, name=name).delete()
        messages.success(request, _("The words that come are back."))
        return redirect("notices:wording", request.network.slug, name)
    saves = request.method == "POST" and "look" not in request.POST
    row = _row_to_edit(request.network, name, locked=saves)
    form = WordingForm(request.POST or None, instance=row, words=words, network=request.network.name)
    if saves and form.is_valid():
        _save(form, request)
        messages.success(request, _("Saved. This is how the network’s mail says it from now on."))
        return redirect("notices:wordings", request.network.slug)
    if saves:
        _forget_if_empty(row)
    return render(request, "notices/wording.html", _page(request, form, words, row))


def _row(words: Words, own: Wording | None, language: str) -> Row:
    languages = [each for each in wording.LANGUAGES if own and any(wording.of(own, each))]
    return Row(words, wording.in_use(words, language, own), tuple(str(NAMES[each]) for each in languages))


def _row_to_edit(network: Network, name: str, *, locked: bool) -> Wording:
    """The network's own words. To be saved, there is a row that of two who come at once one waits for."""
    if not locked:
        found = Wording.objects.filter(network=network, name=name).first()
        return found or Wording(network=network, name=name)
    Wording.objects.get_or_create(network=network, name=name)
    return Wording.objects.select_for_update().get(network=network, name=name)


def _save(form: WordingForm, request: NetworkRequest) -> None:
    row: Wording = form.save(commit=False)
    row.changed_by, row.changed_at = request.user, timezone.now()
    row.save()
    if form.is_empty():
        row.delete()


def _forget_if_empty(row: Wording) -> None:
    """A row that was only made to be locked goes again."""
    Wording.objects.filter(pk=row.pk, subject_nb="", text_nb="", subject_nn="", text_nn="").delete()


def _page(request: NetworkRequest, form: WordingForm, words: Words, row: Wording) -> dict[str, object]:
    stored = Wording.objects.filter(pk=row.pk).select_related("changed_by").first() if row.pk else None
    language = get_language() or ""
    examples = form.examples(language)
    told = [
        Field(fields.spelled(name, language), what, examples[name])
        for name, (what, _example) in wording.allowed(words).items()
    ]
    return {"form": form, "sides": list(form.sides()), "words": words, "fields": told, "stored": stored}
