"""Closed until declared: every view of ours says who may enter, and the printed list says the same."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from gpf.declare import addresses, declared

PRINTED = Path(__file__).resolve().parent.parent.parent / "docs" / "access.md"


@pytest.mark.parametrize("name", sorted(name for name, address in addresses().items() if address.is_ours))
def test_every_view_declares_who_may_enter(name: str) -> None:
    assert declared(addresses()[name].view) is not None, f"{name} declares nothing"


def test_the_printed_list_is_of_today() -> None:
    """When this fails: `bin/manage print_access > docs/access.md`."""
    out = StringIO()
    call_command("print_access", stdout=out)
    assert PRINTED.read_text() == out.getvalue()
