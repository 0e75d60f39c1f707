"""The nightly clearing away of files nothing points to."""

from celery import shared_task

from documents.services import sweep_documents
from networks.models import Network


@shared_task
def sweep() -> int:
    """Go through the networks one by one. Says how many files went."""
    return sum(sweep_documents(network=network) for network in Network.objects.all())
