"""When mail may go out: on working days in Norway, from seven in the morning until five."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from networks.planning import is_working_day

OPENS, CLOSES = time(7), time(17)  # Oslo's clock


def may_send(at: datetime) -> bool:
    """Whether mail may go out at this moment. `settings.GPF_MAIL_AT_ANY_HOUR` lets it go always."""
    if settings.GPF_MAIL_AT_ANY_HOUR:
        return True
    local = timezone.localtime(at)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def next_opening(at: datetime) -> datetime:
    """This moment, where mail may go out; else when it may next."""
    if may_send(at):
        return at
    local = timezone.localtime(at)
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, OPENS))
