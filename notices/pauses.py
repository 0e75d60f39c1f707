"""Keeping notices back for a while: of a whole network, of what is about something, or one by one."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from notices.models import Notice, Pause


def not_paused(notices: QuerySet[Notice], day: date) -> QuerySet[Notice]:
    """Those that nobody keeps back on the day. Needs the scope of their networks."""
    lasting = Pause.objects.filter(Q(until=None) | Q(until__gte=day), network=OuterRef("network"))
    return notices.filter(~Exists(lasting.filter(about__contained_by=OuterRef("about"))), held_at=None)
