"""The copy of a registration as PDF/A, for the archive of the organisation and of the network."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from documents.services import keep_made_pdf
from gpf.pdf import render_template
from signup.letters import formal_name
from signup.models import Registration
from signup.registration_letters import write_receipt
from signup.registration_reading import in_words


def make_copy(*, registration_pk: int) -> bool:
    """Make the copy of what was sent. False where there is nothing to make. Needs the network's scope.

    1. Read it, unless it has a copy or was never sent.
    2. Lay it out, in its own language.
    3. Keep the file, unless it has been sent anew meanwhile: then that has a task of its own.
    4. Hand over the receipt, with the copy, to those who get the answer. Posting it is a task's work.
    """
    whole = Registration.objects.select_related("invitee__organisation", "invitee__round", "network")
    registration = whole.filter(pk=registration_pk, copy=None).exclude(submitted_at=None).first()
    if registration is None:
        return False
    language = registration.language or registration.invitee.language
    with translation.override(language):
        title = _("Registration of %(team)s") % {"team": registration.team_name}
        people = list(registration.people.all())
        context = {
            "registration": registration,
            "network": registration.network,
            "organisation": formal_name(registration.invitee.organisation),
            "today": timezone.localdate(registration.submitted_at),
            "title": title,
            "parts": in_words(registration, people),
        }
    pdf = render_template("signup/registration_copy.html", context, language=language, title=title)
    return _keep(registration, pdf, f"{title}.pdf", registration.submitted_at)


@transaction.atomic
def _keep(registration: Registration, pdf: bytes, name: str, sent_at: datetime | None) -> bool:
    current = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if current.submitted_at != sent_at or current.copy_id is not None:
        return False
    current.copy = keep_made_pdf(network=registration.network, by=None, pdf=pdf, name=name.replace("/", "-"))
    current.save(update_fields=["copy"])
    write_receipt(registration, current.copy)
    return True
