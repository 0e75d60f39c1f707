"""Inviting people and letting them in."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Invitation, User

VALID_FOR = timedelta(days=21)


@dataclass(frozen=True)
class Invited:
    """An invited person and the link only she may see."""

    invitation: Invitation
    url: str


@transaction.atomic
def invite_person(*, email: str, name: str, language: str, landing: str, by: User | None) -> Invited:
    """Make sure the person has an account and a link that signs her in. Mailing it is `mail_invitation`."""
    return open_invitation(user=ensure_person(email=email, name=name, language=language), landing=landing, by=by)


def ensure_person(*, email: str, name: str, language: str) -> User:
    """The account of the address, or a new one without a password. A known person keeps her own name and language."""
    found = User.objects.filter(email=email.strip().lower()).first()
    return found or User.objects.create_user(email, name=name, language=language)


@transaction.atomic
def open_invitation(*, user: User, landing: str, by: User | None) -> Invited:
    """Give the person a fresh link. Its secret is kept as a hash only, and earlier links stop working."""
    now = timezone.now()
    user.invitations.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        user=user, secret_hash=_hash(secret), landing=landing, invited_by=by, expires_at=now + VALID_FOR
    )
    return Invited(invitation, settings.GPF_BASE_URL + reverse("accounts:invitation", args=[secret]))


def find_invitation(secret: str) -> Invitation | None:
    """The open invitation behind a link, or None."""
    found = Invitation.objects.select_related("user").filter(secret_hash=_hash(secret)).first()
    return found if found and found.open else None


def use_invitation(invitation: Invitation) -> bool:
    """Mark the invitation used. False when somebody was a moment earlier."""
    return bool(Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now()))


def mail_invitation(*, invited: Invited, network_name: str) -> None:
    """Send the link, in the person's own language."""
    user = invited.invitation.user
    with translation.override(user.language):
        context = {
            "user": user,
            "url": invited.url,
            "network_name": network_name,
            "until": invited.invitation.expires_at,
        }
        send_mail(
            subject=render_to_string("mail/invitation_subject.txt", context).strip(),
            message=render_to_string("mail/invitation.txt", context),
            from_email=None,
            recipient_list=[user.email],
        )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
