"""Mail that must not keep a page waiting."""

from smtplib import SMTPException

from celery import shared_task

from accounts.models import User
from accounts.services import mail_invitation, open_invitation


@shared_task(autoretry_for=(OSError, SMTPException), retry_backoff=30, max_retries=8)
def send_invitation(user_pk: int, landing: str, network_name: str, by_pk: int) -> None:
    """Open an invitation and mail it. The link is made here, so that its secret is never in a queue."""
    by = User.objects.filter(pk=by_pk).first()
    invited = open_invitation(user=User.objects.get(pk=user_pk), landing=landing, by=by)
    mail_invitation(invited=invited, network_name=network_name)
