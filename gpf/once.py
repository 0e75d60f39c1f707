"""A form sent twice is done once.

A form with `{% once %}` in it carries a token. The first request with it writes its key, in the transaction of what it
does; a second one, of a double click or an impatient reload, waits for that transaction, and is led to where the first
one led. Only the very same words count as the same form: who goes back, changes something and sends it again is heard.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.files import File
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from gpf.guarded import holds_identity_number
from gpf.models import Submission
from gpf.secret_links import mask

FIELD = "once"
KEPT = timedelta(days=2)
LONGEST = 500  # as the column


def do_once(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of `act`, or a redirect to where an earlier request with the same form was sent.

    Runs inside the request's transaction. What `act` answers without a redirect (a form with errors) did nothing, and
    is forgotten.
    """
    key = _key(request)
    if key is None:
        return act()
    if not _claim(key):
        earlier = Submission.objects.filter(pk=key).values_list("location", flat=True).first()
        return HttpResponseRedirect(earlier or request.get_full_path())
    response = act()
    if isinstance(response, HttpResponseRedirect):
        Submission.objects.filter(pk=key).update(location=response.url if _may_be_kept(response.url) else "")
    else:
        Submission.objects.filter(pk=key).delete()
    return response


def sweep_submissions() -> int:
    """Forget what was sent long ago. Returns how many."""
    return Submission.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def _may_be_kept(address: str) -> bool:
    """Not what is too long, no personal link, and no identity number: the second request is led to where it came."""
    return len(address) <= LONGEST and mask(address) == address and not holds_identity_number(address)


def _key(request: HttpRequest) -> str | None:
    """What makes two requests the same: the person, the address, every word, and every file by what is in it."""
    if request.method != "POST" or not request.POST.get(FIELD):
        return None
    words = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    files = [(name, f"{file.name}:{_digest(file)}") for name, found in request.FILES.lists() for file in found]
    whole = urlencode([("person", str(request.user.pk)), ("at", request.path), *words, *files])
    return hashlib.sha256(whole.encode()).hexdigest()


def _digest(file: "File[Any]") -> str:
    """Of what is in the file, which is left as it was for whoever reads it next."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _claim(key: str) -> bool:
    """Whether the key is new. Waits for another transaction that is writing it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO gpf_submission (key, at, location) VALUES (%s, %s, '') ON CONFLICT DO NOTHING",
            [key, timezone.now()],
        )
        return bool(cursor.rowcount)
