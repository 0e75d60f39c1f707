"""Numbers in forms, as people here write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from improvement.measures.values import read_number


def without_zeros(value: Decimal) -> Decimal:
    """7 for what a column gives back as 7.000."""
    return Decimal(f"{value.normalize():f}")


class DecimalInput(forms.TextInput):
    """4,8. A phone shows its digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            return str(without_zeros(value)).replace(".", ",")
        return str(value) if value not in (None, "") else None


class NumberField(forms.CharField):
    """A number with a decimal comma or point."""

    widget = DecimalInput

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return read_number(str(value))
        except ValueError:
            raise ValidationError(_("Write a number, such as 12 or 4,8.")) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))
