"""What a mail service tells of mail that comes back: here it is read, in `notices.troubles` it is carried out.

The services post to one address. django-anymail checks who is speaking and turns each service's own words into one
event; of these, what concerns us is sorted here. A service that is told of an error tells the same again, so everything
may come twice, late, and in any order.
"""

import re
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.http.request import RawPostDataException
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from gpf import mail_services
from gpf.declare import public
from notices import troubles
from notices.troubles import Report, What

_VIEWS = {
    "brevo": "Brevo",
    "mailersend": "MailerSend",
    "mailgun": "Mailgun",
    "mailjet": "Mailjet",
    "postmark": "Postmark",
    "sparkpost": "SparkPost",
}
"""What anymail calls each service in the names of its views and in its events."""

_NUMBER = re.compile(r"(?<![\d.])[45]\d\d(?![\d.])")
"""An SMTP server's number among its words (RFC 5321, 4.2.1)."""


@csrf_exempt  # whoever posts here has no page of ours; it proves itself by the secret
@public
def events(request: HttpRequest) -> HttpResponseBase:
    """Hear what the mail service has to tell. Without a service there is no such address."""
    service = settings.GPF_MAIL_SERVICE
    if service not in _VIEWS or not settings.ANYMAIL:
        raise Http404
    theirs = import_string(f"anymail.webhooks.{service}.{_VIEWS[service]}TrackingWebhookView")
    view: Callable[[HttpRequest], HttpResponse] = type(theirs.__name__, (_Wary, theirs), {}).as_view()  # type: ignore[attr-defined]  # anymail says no types
    try:
        return view(request)
    except AnymailWebhookValidationFailure:
        return HttpResponseBadRequest()


class _Wary:
    """Of what a stranger posts, nothing is expected: what can not even be looked through proves nothing."""

    def run_validators(self, request: HttpRequest) -> None:
        try:
            super().run_validators(request)  # type: ignore[misc]  # anymail's, behind this
        except (TypeError, ValueError, LookupError, AttributeError, RecursionError, RawPostDataException) as error:
            raise AnymailWebhookValidationFailure("The body is not of the service's shape.") from error


def receive(*, event: AnymailTrackingEvent, esp_name: str, **_signal: Any) -> None:
    """Anymail's receiver of one event (`NoticesConfig.ready`). What does not concern us changes nothing."""
    report = read(event, esp_name)
    if report is not None:
        troubles.note(report)


def read(event: AnymailTrackingEvent, service: str) -> Report | None:
    """An event in our words; None where it does not concern us."""
    what = _what(event, service)
    if what is None or not event.recipient:
        return None
    number = _NUMBER.search(str(event.mta_response or ""))
    return Report(
        address=str(event.recipient).strip().lower(),
        what=what,
        number=int(number[0]) if number else None,
        word=str(event.reject_reason or event.event_type)[:20],
        mark=_mark(event),
        at=event.timestamp if isinstance(event.timestamp, datetime) else timezone.now(),
    )


def _what(event: AnymailTrackingEvent, service: str) -> What | None:
    """Only a mailbox that is gone says something of the address; a mail that was put off or blocked does not."""
    reason = event.reject_reason
    if event.event_type == EventType.COMPLAINED:
        return What.UNWANTED
    if event.event_type == EventType.DEFERRED:
        return What.PUT_OFF
    if event.event_type == EventType.BOUNCED:
        is_gone = reason in (RejectReason.BOUNCED, RejectReason.INVALID, None) and not _is_soft(event, service)
        return What.GONE if is_gone else What.PUT_OFF
    if event.event_type == EventType.REJECTED:  # not even tried, for what was found out earlier
        return {
            RejectReason.BOUNCED: What.GONE,
            RejectReason.INVALID: What.GONE,
            RejectReason.SPAM: What.UNWANTED,
        }.get(reason)
    return None


def _is_soft(event: AnymailTrackingEvent, service: str) -> bool:
    """Whether the service calls it passing: a full mailbox, a server that is away. Anymail's events do not say."""
    told = event.esp_event
    if not isinstance(told, dict):
        return False
    if service == "Postmark":
        return told.get("Type") == "SoftBounce"
    if service == "Brevo":
        return told.get("event") == "soft_bounce"
    if service == "Mailjet":
        return told.get("hard_bounce") is False
    if service == "MailerSend":
        return str(told.get("type", "")).endswith("soft_bounced")
    if service == "SparkPost":
        inner: dict[str, Any] = next(iter(told.get("msys", {}).values()), {})
        return str(inner.get("bounce_class", "")) not in ("", "10", "30")
    return False


def _mark(event: AnymailTrackingEvent) -> str:
    """Which mail it was, if the service says: by the mark that went along, or by a Message-ID of ours."""
    own = (event.metadata or {}).get(mail_services.MARK)
    if isinstance(own, str) and own:
        return own
    identifier = str(event.message_id or "")
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    is_ours = identifier.strip("<>").rpartition("@")[2] == (sender.rpartition("@")[2] or "localhost")
    return mail_services.mark(identifier) if is_ours else ""
