"""The addresses that mail comes back from: who they belong to, and putting them right. For coordinators."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from networks.access import NetworkRequest, network_view
from networks.models import Membership, Network, Role
from notices.models import Message, Trouble
from notices.troubles import put_right, troubled


@dataclass(frozen=True)
class Row:
    """A marked address, and who it belongs to: one of the network's people, or only a name on a letter."""

    trouble: Trouble
    name: str
    person: User | None

    @property
    def is_complaint(self) -> bool:
        return self.trouble.kind == Trouble.Kind.COMPLAINED

    @property
    def number(self) -> str:
        """The mail server's number, which whoever runs it understands."""
        return self.trouble.code if self.trouble.code.isdigit() else ""


@network_view(Role.COORDINATOR)
def addresses(request: NetworkRequest) -> HttpResponse:
    """Every marked address of the network's people, the newest first."""
    return render(request, "notices/addresses.html", {"rows": list(_rows(request.network))})


@network_view(Role.COORDINATOR)
def address_right(request: NetworkRequest, trouble_pk: int) -> HttpResponse:
    """Somebody has asked: the address is right, and mail may go to it again."""
    trouble = get_object_or_404(troubled(request.network), pk=trouble_pk)
    if request.method == "POST":
        put_right(trouble.address)
        messages.success(request, _("%(address)s is marked as right.") % {"address": trouble.address})
    return redirect("notices:addresses", request.network.slug)


def _rows(network: Network) -> Iterator[Row]:
    """Of somebody who is not in the network, only what its own letter called her."""
    found = list(troubled(network))
    marked = [trouble.address for trouble in found]
    members = Membership.objects.active().filter(network=network)
    people = {user.email: user for user in User.objects.filter(pk__in=members.values("user"), email__in=marked)}
    letters = Message.objects.filter(network=network, recipient=None).annotate(lower=Lower("address"))
    names = dict(letters.filter(lower__in=marked).order_by("pk").values_list("lower", "name"))
    for trouble in found:
        person = people.get(trouble.address)
        yield Row(trouble, person.name if person else names.get(trouble.address, ""), person)
