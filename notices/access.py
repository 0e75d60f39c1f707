"""Which messages a person sees: the coordinators of a network see those about it."""

from django.db.models import QuerySet

from networks.access import NetworkRequest, has_role
from networks.models import Role
from notices.models import Message


def visible_messages(request: NetworkRequest) -> QuerySet[Message]:
    """The network's part of every mail that was sent or tried, newest first."""
    if not has_role(request, Role.COORDINATOR):
        return Message.objects.none()
    return Message.objects.filter(network=request.network).select_related("recipient").order_by("-created_at", "-pk")
