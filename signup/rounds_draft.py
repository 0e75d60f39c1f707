"""A new round that is being written: kept with the person's own session until she saves it or begins anew.

Nobody else sees it. It goes when she signs out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gpf.guarded import holds_identity_number
from networks.access import NetworkRequest, network_view
from networks.models import Role
from signup.rounds_forms import LONGEST_TEXT, RoundForm

FIELDS = tuple(RoundForm.Meta.fields)


@dataclass(frozen=True)
class Draft:
    """What she has written, by field, and when it was kept."""

    texts: dict[str, str]
    at: datetime


@require_POST
@network_view(Role.COORDINATOR)
def round_draft(request: NetworkRequest) -> HttpResponse:
    """Keep what has been typed, or forget it. Answers an autosave with "Saved 10.42"."""
    if request.POST.get("do") == "forget":
        forget(request)
        messages.success(request, _("What you had begun is thrown away. This is the letter as it came."))
        return redirect("signup:round_new", request.network.slug)
    keep(request)
    return render(request, "components/saved.html", {"at": timezone.now(), "id": "saved"})


def keep(request: NetworkRequest) -> None:
    """Keep what the form holds, as it is. A text with an identity number in it is kept nowhere."""
    texts = {name: request.POST.get(name, "").replace("\r\n", "\n")[:LONGEST_TEXT] for name in FIELDS}
    safe = {name: text for name, text in texts.items() if not holds_identity_number(text)}
    request.session[_key(request)] = {"texts": safe, "at": timezone.now().isoformat()}


def kept(request: NetworkRequest) -> Draft | None:
    """What she had begun on in this network."""
    found: dict[str, Any] | None = request.session.get(_key(request))
    if found is None:
        return None
    return Draft(
        {name: text for name, text in found["texts"].items() if name in FIELDS}, datetime.fromisoformat(found["at"])
    )


def forget(request: NetworkRequest) -> None:
    """It is saved as a round, or thrown away."""
    request.session.pop(_key(request), None)


def _key(request: NetworkRequest) -> str:
    return f"round_draft_{request.network.pk}"
