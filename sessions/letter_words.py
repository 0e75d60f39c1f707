"""What the letters about a whole gathering begin with: each network may word it itself (`notices.wording`)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from notices.kinds import Words

_GATHERING = (_("the gathering"), _("Gathering 2"))
_DAYS = (_("the days it is held"), _("9–10 June 2027"))
_FIELDS = {"gathering": _GATHERING, "days": _DAYS}

MOVED = Words(
    "gathering:moved",
    _("It has other days"),
    gettext_noop("%(gathering)s has been moved to %(days)s"),
    gettext_noop("%(gathering)s in %(network)s has got other days."),
    _FIELDS,
)
CANCELLED = Words(
    "gathering:cancelled",
    _("It is cancelled"),
    gettext_noop("%(gathering)s, %(days)s, is cancelled"),
    gettext_noop("%(gathering)s in %(network)s, planned for %(days)s, is cancelled."),
    _FIELDS,
)
RESTORED = Words(
    "gathering:restored",
    _("It is held after all"),
    gettext_noop("%(gathering)s is held after all: %(days)s"),
    gettext_noop("%(gathering)s in %(network)s was cancelled, but is held after all: %(days)s."),
    _FIELDS,
)

LABEL = _("Letters about gatherings")
WORDS = (MOVED, CANCELLED, RESTORED)
