"""No form, no column and no command keeps an identity number."""

import importlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from accounts.models import User
from gpf.guarded import (
    UNGUARDED_COLUMNS,
    GuardedForm,
    GuardedModelForm,
    IdentityNumberError,
    IdentityNumberValidator,
    _Guarded,
    guarded_columns,
    holds_identity_number,
)
from tests.identity_numbers import ALL, LATE, NATIONAL

ROOT = Path(__file__).resolve().parents[2]


class Letter(GuardedForm):
    title = forms.CharField(label="Title")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    kinds = forms.MultipleChoiceField(choices=[("a", "a"), (NATIONAL, "b")], required=False)
    answers = forms.JSONField(required=False)
    file = forms.FileField(required=False)


class Profile(GuardedModelForm):
    class Meta:
        model = User
        fields = ("name",)


def _letter(**data: Any) -> Letter:
    file = data.pop("file", None)
    return Letter({"title": "Plan", **data}, MultiValueDict({"file": [file]} if file else {}))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"title": f"Plan {NATIONAL}"}, "title"),
        ({"text": f"a\nb {NATIONAL}"}, "text"),
        ({"kinds": [NATIONAL]}, "kinds"),
        ({"answers": f'{{"who": ["x", "{NATIONAL}"]}}'}, "answers"),
        ({"answers": f'{{"{NATIONAL}": 1}}'}, "answers"),
        ({"answers": f'{{"n": {LATE}}}'}, "answers"),
        ({"file": SimpleUploadedFile(f"{NATIONAL}.pdf", b"x")}, "file"),
    ],
)
def test_a_form_refuses_it_in_any_field_and_never_says_it(data: dict[str, Any], field: str) -> None:
    form = _letter(**data)
    assert list(form.errors) == [field]
    assert field not in form.cleaned_data
    assert NATIONAL not in str(form.errors)
    assert LATE not in str(form.errors)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (NATIONAL, "There is what looks like a national identity number here."),
        (f"a\n{NATIONAL}", "There is what looks like a national identity number in line 2."),
        (
            "\n".join([NATIONAL, "b", *[NATIONAL] * 6]),
            "There is what looks like a national identity number in the lines 1, 3, 4, 5, 6 ….",
        ),
    ],
)
def test_it_says_where_and_why_and_what_to_do(text: str, where: str) -> None:
    with translation.override("en"):
        (message,) = _letter(text=text).errors["text"]
    assert message == (
        f"{where} Nothing that identifies a person may be kept here, so nothing was saved. Take it out, and try again."
    )


def test_a_form_without_numbers_is_left_alone() -> None:
    form = _letter(text="Tlf. 41 23 45 67", answers="[1, true, null]", file=SimpleUploadedFile("plan.pdf", b"x"))
    assert form.is_valid(), form.errors


def test_a_model_form_refuses_it() -> None:
    assert list(Profile({"name": NATIONAL}).errors) == ["name"]


def test_the_validator_refuses_it() -> None:
    IdentityNumberValidator()("Plan")
    with pytest.raises(ValidationError):
        IdentityNumberValidator()(NATIONAL)


@pytest.mark.parametrize("number", ALL.values(), ids=ALL)
@pytest.mark.django_db
def test_no_column_takes_it_whatever_the_way_in(number: str) -> None:
    user = User.objects.create_user("a@demo.example", name="Teamleder Vinje")
    user.name = f"Vinje {number}"
    ways: list[Callable[[], object]] = [
        user.save,
        lambda: User.objects.update(name=number),
        lambda: User.objects.bulk_update([user], ["name"]),
        lambda: User.objects.bulk_create([User(email="b@demo.example", name=number)]),
        lambda: User.objects.create_user(f"{number}@demo.example", name="Vinje"),
    ]
    for way in ways:
        with pytest.raises(IdentityNumberError) as refused, transaction.atomic():
            way()
        assert number not in str(refused.value)
    assert User.objects.filter(name__contains=number).count() == 0
    assert list(User.objects.values_list("name", "email")) == [("Teamleder Vinje", "a@demo.example")]


def test_every_text_column_of_the_rooms_is_guarded() -> None:
    for model in apps.get_models():
        if Path(model._meta.app_config.path).parent == ROOT:
            text = [f for f in model._meta.local_fields if isinstance(f, models.CharField | models.TextField)]
            guarded = [f.name for f in model._meta.local_fields if "get_db_prep_save" in vars(f)]
            assert guarded == [f.name for f in guarded_columns(model)]
            assert {f.name for f in text} - set(guarded) <= UNGUARDED_COLUMNS


def test_every_form_of_the_rooms_is_guarded() -> None:
    for path in ROOT.glob("*/**/forms.py"):
        if ".local" not in path.parts and "node_modules" not in path.parts:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    ours = [form for form in _below(forms.BaseForm) if (ROOT / form.__module__.split(".")[0]).is_dir()]
    assert Letter in ours
    assert [form for form in ours if not issubclass(form, _Guarded)] == []


def _below(form: type) -> list[type]:
    children: list[type] = type.__subclasses__(form)
    return [found for child in children for found in (child, *_below(child))]


def test_numbers_in_nested_values() -> None:
    assert holds_identity_number({"a": [1, {"b": (float(LATE),)}]})
    assert holds_identity_number([Decimal(LATE)])
    assert not holds_identity_number([float("nan"), float("inf"), Decimal("0.5")])
    assert not holds_identity_number({"a": [1, True, None, {"b": (0.5, float("41234567"))}]})
