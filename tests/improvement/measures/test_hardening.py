"""What a paste can bring along, and what few people stand behind."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from gpf import tenancy
from gpf.guarded import GuardedForm
from improvement.measures.chart_views import _plain
from improvement.measures.importing.list_form import NumbersListForm, as_text
from improvement.method.interview_queries import read_interviews
from improvement.models import InterviewRound, Theme
from teams.importing.reading import text_lines
from tests.cast import Cast


class Note(GuardedForm):
    text = forms.CharField()


def test_signs_nobody_sees_are_taken_out() -> None:
    form = Note({"text": "Ring\x0bdagen\x1f etter\tkl. 9"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "Ring dagen etter\tkl. 9"


def test_a_document_in_one_line_is_refused_with_words() -> None:
    with pytest.raises(ValidationError):
        text_lines("a" * 140_000)


def test_a_few_letters_never_become_a_large_page() -> None:
    lines = text_lines("\t" * 20_000 + "x\n" + "jan 2026\t3\n" * 500)
    assert len(as_text(lines)) < 100_000
    far = NumbersListForm({"text": "jan 2026;3;9\n" + "\n" * 500_000 + "feb 2026;3;9"})
    assert not far.is_valid()


def test_large_counts_stay_whole_in_a_file() -> None:
    assert [_plain(each) for each in (1234567.0, 12345678.0, 66.66666, 0.5, date(2026, 1, 5), None)] == [
        "1234567",
        "12345678",
        "66,6667",
        "0,5",
        "2026-01-05",
        "",
    ]


@pytest.mark.django_db
def test_a_theme_tells_nobody_outside_how_large_a_small_round_was(cast: Cast) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        for count in (5, 4):
            InterviewRound.objects.create(network=place.network, team=place.team, count=count)
        Theme.objects.create(network=place.network, team=place.team, text="Utrygg natt", mentioned_by=9)
        outside, own = (read_interviews(place.team, own=own) for own in (False, True))
    assert "9" not in outside.themes[0].said
    assert "9" in own.themes[0].said
