"""The network's archive of posters, and the search in them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from networks.access import NetworkRequest, network_view
from posters.access import visible_editions
from posters.archive.asking import understand
from posters.archive.forms import ArchiveForm
from posters.archive.queries import Choices, narrow, read_choices, read_page


@require_safe
@network_view()
def archive(request: NetworkRequest) -> HttpResponse:
    """Every poster a person may read: searched, narrowed, in the order she likes."""
    editions = visible_editions(request)
    choices = read_choices(editions)
    form = _form(request, choices)
    asked = form.cleaned_data
    question = understand(asked.get("q", ""))
    if asked.get("q") and question.is_empty:
        form.add_error("q", _("Write at least one word or number that is to be on the poster."))
    narrowed = narrow(editions, asked, choices) if "q" not in form.errors else editions.none()
    page, found = read_page(narrowed, question, asked.get("sort", ""), request.GET.get("page"))
    context = {
        "form": form,
        "choices": choices,
        "searches": not question.is_empty,
        "is_narrowed": any(asked.get(name) for name in ("gathering", "organisation", "tag")),
        "asked": asked,
        "page": page,
        "found": found,
    }
    return render(request, "posters/archive/archive.html", context)


def _form(request: NetworkRequest, choices: Choices) -> ArchiveForm:
    """Filled from the address. A choice there is none of is left out, so that an old link still leads somewhere."""
    given: dict[str, Any] = {name: value.replace("\0", " ") for name, value in request.GET.dict().items()}
    lists = {"gatherings": choices.gatherings, "organisations": choices.organisations, "tags": choices.tags}
    searches = bool(given.get("q", "").strip())
    form = ArchiveForm(given, **lists, searches=searches)
    unknown = [name for name in form.errors if name != "q" and name in form.fields]
    if unknown:
        form = ArchiveForm({k: v for k, v in given.items() if k not in unknown}, **lists, searches=searches)
    form.is_valid()
    return form
