"""The way out of mail that may be declined: a header that mail programs know, and a page for people.

The link needs no sign-in: whoever has the mail may turn it off. It says who, signed, and nothing else; it does not grow
old, since a mail may be read years later.

Source: RFC 2369, 3.2 (List-Unsubscribe), and RFC 8058 (one click).
"""

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from gpf import tenancy
from gpf.declare import public
from networks.belonging import own_memberships
from notices.preferences import concerning, decline

SALT = "notices.unsubscribe"
ONE_CLICK = "List-Unsubscribe=One-Click"


def headers(user: User) -> dict[str, str]:
    """What a mail program needs to offer the way out."""
    return {"List-Unsubscribe": f"<{address_of(user)}>", "List-Unsubscribe-Post": ONE_CLICK}


def address_of(user: User) -> str:
    """Where the person gets out."""
    token = signing.dumps(user.pk, salt=SALT)
    return settings.GPF_BASE_URL.rstrip("/") + reverse("notices_own:unsubscribe", args=[token])


@csrf_exempt
@never_cache  # a personal link's page, seen without signing in
@require_http_methods(["GET", "HEAD", "POST"])
@public
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first: scanners of mail follow links. A POST does it, from the page or from the mail program itself."""
    user = _user(token)
    translation.activate(user.language)
    request.LANGUAGE_CODE = user.language
    if request.method == "POST":
        decline(user=user)
    tenancy.identify(user.pk)
    told = concerning(own_memberships(user))
    context = {
        "is_done": request.method == "POST",
        "declined": [kind.label for kind in told if kind.may_decline],
        "kept": [kind.label for kind in told if not kind.may_decline],
    }
    return render(request, "notices/unsubscribe.html", context)


def _user(token: str) -> User:
    """Whose link it is; 404 for anything else."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None:
        raise Http404
    return user
