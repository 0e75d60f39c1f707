"""How a network words its mail: what is taken, what is refused, and what is sent in the end."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext_noop

from accounts.models import User
from gpf import tenancy
from notices import fields, kinds, wording
from notices.kinds import Kind, Line, Words
from notices.models import Message, Wording
from sessions.moving_services import cancel_gathering
from tests.cast import Cast, Place
from tests.identity_numbers import SYNTHETIC

SignIn = Callable[[User], Client]

SUBJECT = gettext_noop("%(title)s: due %(due)s")
TEXT = gettext_noop("The deadline for %(team)s is %(due)s, %(when)s.")
SAMPLE = Words(
    "sample:soon",
    "Some days before",
    SUBJECT,
    TEXT,
    {
        "title": ("what is due", "Lag plakat"),
        "due": ("the day", "8. desember"),
        "team": ("the team", "Vinje"),
        "when": ("how long it is", "om 14 dager"),
    },
)
PAGE = "/nettverk/vest/utsending/ord/sample:soon/"
FILLED = {"title": "Lag plakat", "due": "8. desember", "team": "Vinje", "when": "om 14 dager"}
LINE = Line("Lag plakat: frist 8. desember", "Lag plakat", "Fristen er 8. desember.", "/", None, "sample:soon", FILLED)
COMMON = {"name": "Leder Vinje", "network": "Vest"}


@pytest.fixture(autouse=True)
def sample(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = Kind("sample", lambda notices, today: {}, label="Samples", wordings=(SAMPLE,))
    monkeypatch.setitem(kinds._registered, "sample", kind)


def own(place: Place, name: str = "sample:soon", **parts: str) -> None:
    with tenancy.scope([place.network.pk]):
        Wording.objects.update_or_create(network=place.network, name=name, defaults=parts)


def stored(place: Place) -> list[tuple[str, str, str, str]]:
    with tenancy.scope([place.network.pk]):
        return list(Wording.objects.values_list("subject_nb", "text_nb", "subject_nn", "text_nn"))


def said(place: Place, language: str, line: Line = LINE) -> tuple[str, str]:
    with tenancy.scope([place.network.pk]), translation.override(language):
        words = wording.worded(line, place.network.pk, wording.own_words([place.network.pk]), COMMON)
        return words.subject, words.text


# Saying it


@pytest.mark.django_db
def test_each_language_by_itself_and_what_is_empty_as_it_comes(cast: Cast) -> None:
    own(cast.west, subject_nb="Hei {namn}: {oppgave}", text_nn="{oppgåve} i {nettverk}\n\ninnan {frist}")
    own(cast.east, subject_nb="Øst", text_nb="Øst", subject_nn="Aust", text_nn="Aust")
    assert said(cast.west, "nb") == ("Hei Leder Vinje: Lag plakat", LINE.text)
    assert said(cast.west, "nn") == (LINE.subject, "Lag plakat i Vest innan 8. desember")
    assert said(cast.west, "en") == (LINE.subject, LINE.text)


@pytest.mark.django_db
def test_words_that_no_longer_hold_stop_no_mail(cast: Cast) -> None:
    own(cast.west, subject_nb="{avsender}: {oppgave}", text_nb="{oppgave")
    assert said(cast.west, "nb") == (LINE.subject, LINE.text)


@pytest.mark.django_db
def test_around_the_networks_part_there_is_nothing_or_its_own(cast: Cast) -> None:
    own(cast.west, "digest:closing", text_nb="Ring oss på 55 00 00 00.\n{nettverk}")
    with tenancy.scope([cast.west.network.pk]), CaptureQueriesContext(connection) as captured:
        found = wording.own_words([cast.west.network.pk, cast.east.network.pk])
    assert sum("notices_wording" in query["sql"] for query in captured) == 1
    for language, end in (("nb", "Ring oss på 55 00 00 00.\nVest"), ("nn", ""), ("en", "")):
        with translation.override(language):
            assert wording.closing(cast.west.network.pk, found, COMMON) == end
            assert wording.opening(cast.west.network.pk, found, COMMON) == ""


@pytest.mark.django_db
def test_letters_about_gatherings_begin_as_the_network_words_them(cast: Cast) -> None:
    place, gathering = cast.west, cast.west.gatherings[1]
    own(
        place,
        "gathering:cancelled",
        subject_nb="{samling} blir ikke noe av",
        text_nb="Hei {navn}, vi må avlyse {samling}.",
    )
    with tenancy.scope([place.network.pk]):
        cancel_gathering(network=place.network, gathering=gathering, reason="Snø")
        letter = Message.objects.get(recipient=place.member, key__startswith="cancel")
    assert letter.subject == "Samling 2 blir ikke noe av"
    assert f"\n\nHei {place.member.name}, vi må avlyse Samling 2.\n\n" in letter.text
    assert "Snø" in letter.text


def test_whatever_the_product_says_can_be_worded_with_its_own_fields() -> None:
    """Every kind's words: each field they use is offered, under a name of its own, and so they may be taken over."""
    everything = [words for group in wording.groups() for words in group.words]
    assert len({words.name for words in everything}) == len(everything)
    for words in everything:
        used = set(re.findall(r"%\((\w+)\)s", words.subject + words.text))
        assert used <= {*words.fields, *wording.COMMON}, words.name
        assert len(wording.allowed(words)) == len({*words.fields, *wording.COMMON}), words.name
        for language in wording.LANGUAGES:
            coming = wording.shipped(words, language)
            assert fields.check(coming.subject + coming.text, wording.allowed(words)) == [], words.name


# Wording it


@pytest.mark.django_db
def test_the_page_begins_with_what_comes_and_keeps_only_what_is_changed(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.west.coordinator)
    form = browser.get(PAGE).context["form"]
    assert form.initial["subject_nb"] == "{oppgave}: frist {frist}"
    data = {name: form.initial[name] for name in ("subject_nb", "text_nb", "subject_nn", "text_nn", "seen")}
    answer = browser.post(PAGE, {**data, "subject_nb": "{oppgave} skal inn {frist}"})
    assert answer.status_code == 302
    assert stored(cast.west) == [("{oppgave} skal inn {frist}", "", "", "")]
    assert stored(cast.east) == []
    listed = browser.get("/nettverk/vest/utsending/ord/").content.decode()
    assert "{oppgave} skal inn {frist}" in listed
    browser.post(PAGE, {**data, "seen": browser.get(PAGE).context["form"].initial["seen"]})
    assert stored(cast.west) == []


@pytest.mark.django_db
def test_a_broken_text_is_refused_and_kept_in_the_form(cast: Cast, sign_in: SignIn) -> None:
    User.objects.filter(pk=cast.west.coordinator.pk).update(language="en")
    browser = sign_in(cast.west.coordinator)
    broken = {"subject_nb": "{framdrift}", "text_nb": "Hei\n{navn", "subject_nn": "", "text_nn": f"Nr. {SYNTHETIC}"}
    answer = browser.post(PAGE, broken)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert {name: list(errors) for name, errors in answer.context["form"].errors.items() if name.endswith("nb")} == {
        "subject_nb": [
            "There is no field {framdrift} here. You can use {oppgave}, {frist}, {team}, {når}, {navn}, {nettverk}."
        ],
        "text_nb": ["Line 2: “{navn” begins with { and has no } after it."],
    }
    assert "national identity number" in page
    assert "Line 2: “{navn” begins with { and has no } after it." in page
    assert answer.context["form"]["text_nb"].value() == "Hei\n{navn"
    assert stored(cast.west) == []


@pytest.mark.django_db
def test_looking_saves_nothing_and_shows_both_languages(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.west.coordinator)
    sent = {"subject_nb": "<b>{oppgave}</b>", "text_nb": "{team}", "subject_nn": "{team", "text_nn": "I {nettverk}"}
    answer = browser.post(PAGE, {**sent, "look": "1"})
    bokmal, nynorsk = answer.context["sides"]
    assert (bokmal.looks.subject, bokmal.looks.text, bokmal.problems) == ("<b>Lag plakat</b>", "Vinje", ())
    assert (nynorsk.looks.text, len(nynorsk.problems)) == (f"I {cast.west.network.name}", 1)
    assert "<b>Lag plakat</b>" not in answer.content.decode()
    assert stored(cast.west) == []


@pytest.mark.django_db
def test_of_two_who_word_it_at_once_the_second_is_shown_what_the_first_wrote(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.west.coordinator)
    form = browser.get(PAGE).context["form"]
    data = {name: form.initial[name] for name in ("subject_nb", "text_nb", "subject_nn", "text_nn", "seen")}
    own(cast.west, subject_nb="Den første: {oppgave}")
    answer = browser.post(PAGE, {**data, "subject_nb": "Den andre: {oppgave}"})
    assert answer.status_code == 200
    assert "Den første: {oppgave}" in answer.content.decode()
    assert answer.context["form"]["subject_nb"].value() == "Den andre: {oppgave}"
    assert [row[0] for row in stored(cast.west)] == ["Den første: {oppgave}"]


@pytest.mark.django_db
def test_the_words_that_come_can_be_had_back(cast: Cast, sign_in: SignIn) -> None:
    own(cast.west, subject_nb="Vårt")
    own(cast.east, subject_nb="Østs")
    sign_in(cast.west.coordinator).post(PAGE, {"back": "1"})
    assert (stored(cast.west), [row[0] for row in stored(cast.east)]) == ([], ["Østs"])


@pytest.mark.django_db
def test_what_is_not_offered_has_no_page(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.west.coordinator)
    assert browser.get("/nettverk/vest/utsending/ord/finnes-ikke/").status_code == 404
    assert browser.get("/nettverk/vest/utsending/ord/digest:closing/").status_code == 200
