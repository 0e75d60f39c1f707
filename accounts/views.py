"""The invited person's first step, her language, and her own page."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.services import find_invitation, use_invitation
from gpf.declare import public, signed_in

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@public
@sensitive_variables("secret")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign the invited person in. A button, not the link itself, does it: mail scanners follow links."""
    found = find_invitation(secret)
    if found is None:
        return render(request, "accounts/invitation_closed.html", status=410)
    translation.activate(found.user.language)
    request.LANGUAGE_CODE = found.user.language
    if request.method == "POST" and use_invitation(found):
        login(request, found.user, backend=BACKEND)
        return redirect(found.landing)
    return render(request, "accounts/invitation.html", {"invitation": found})


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of this person, or of this browser where nobody is signed in."""
    response = HttpResponseRedirect(_own_address(request, request.POST.get("next", "")))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(language=chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def _own_address(request: HttpRequest, address: str) -> str:
    """The address if it is a path of ours, else the first page."""
    is_path = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_path else "/"


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """The person's own page: name, language, and the way to a password."""
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        translation.activate(user.language)
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})
