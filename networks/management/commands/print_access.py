"""Print who may enter each address, from the declarations that guard them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from gpf.declare import Address, Declaration, addresses, declared
from networks.models import Role

HEAD = """\
# Who may enter what

Printed by `bin/manage print_access` from the declarations on the views; do not write here by hand. Who is not a
member of a network gets the answer that a network which does not exist would give (404). A member without the role is
told which roles may enter (403). A coordinator's doors are open to national coordinators too, in every network.
Inside, a person sees the teams she works in, guides or answers for; `tests/access/doors.py` tries every address as
every role. The addresses below `/konto/` that are not listed are django-allauth's: signing in is for anyone, what
concerns an account for the person whose it is.

| address | who may enter |
| --- | --- |
"""

OUTSIDE = {
    "public": "anyone",
    "signed_in": "anyone signed in",
    "planner": "coordinators",
    "national": "national coordinators",
}


class Command(BaseCommand):
    help = "Print docs/access.md."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            lines = sorted(_line(address) for address in addresses().values() if address.is_ours)
        self.stdout.write(HEAD + "\n".join(lines))


def _line(address: Address) -> str:
    declaration = declared(address.view)
    assert declaration is not None  # a test holds that every view of ours has one
    return f"| `/{address.path}` | {_in_words(declaration)} |"


def _in_words(declaration: Declaration) -> str:
    if declaration.kind != "network":
        return OUTSIDE[declaration.kind]
    if declaration.roles == frozenset(Role):
        return "every member of the network"
    return ", ".join(str(role.label) for role in Role if role in declaration.roles)
