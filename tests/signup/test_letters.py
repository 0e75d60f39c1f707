"""What an invitation says, in both languages, and which texts are refused."""

import io
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.utils import timezone

from gpf import dates, tenancy
from networks.models import Organisation
from sessions.models import Gathering
from signup.letters import (
    FIELDS,
    SHOWN,
    broken_braces,
    formal_name,
    invitation,
    invitation_pdf,
    reminder,
    shipped,
    unknown_fields,
)
from signup.links import link_url
from signup.models import Invitee
from signup.rounds_forms import RoundForm
from tests.cast import Cast
from tests.signup.inviting import again, invite, load_register, make_round
from tests.signup.inviting import english as english


@pytest.fixture
def invitee(cast: Cast) -> Invitee:
    load_register()
    (found,) = invite(make_round(cast.west), "9108", language="nn")
    return again(found)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_field_of_the_shipped_letters_is_filled(invitee: Invitee, language: str, cast: Cast) -> None:
    invitee.language = language
    with tenancy.scope([invitee.network_id]):
        for letter in (invitation(invitee), reminder(invitee)):
            assert "{" not in letter.subject + letter.text
            assert letter.text.count(link_url(invitee)) == 1
            assert "Uendra kommune" in letter.text
            assert "Leder 9108" in letter.text
            assert dates.long_date(invitee.round.answer_by, language=language) in letter.text
            coming = cast.west.gatherings[1]
            assert coming.starts_on
            assert f"amling 2: {dates.date_range(coming.starts_on, coming.ends_on, language=language)}" in letter.text


def test_the_letter_is_in_the_recipients_language(invitee: Invitee) -> None:
    with tenancy.scope([invitee.network_id]):
        nynorsk = invitation(invitee).text
        invitee.language = "nb"
        bokmal = invitation(invitee).text
    assert "Vi inviterer Uendra kommune med i" in bokmal
    assert ("rettleiar" in nynorsk, "veileder" in nynorsk) == (True, False)
    assert ("rettleiar" in bokmal, "veileder" in bokmal) == (False, True)


def test_a_letter_tells_only_its_own_networks_gatherings(invitee: Invitee, cast: Cast) -> None:
    with tenancy.scope([cast.east.network.pk]):
        Gathering.objects.filter(number=2).update(place="Austbygda")
    with tenancy.scope([cast.west.network.pk]):
        Gathering.objects.filter(number=1).update(state=Gathering.State.CANCELLED)
        Gathering.objects.filter(number=2).update(place="Vestbygda")
        text = invitation(invitee).text
    assert ("Vestbygda" in text, "Austbygda" in text) == (True, False)
    assert "amling 1:" not in text


def test_a_leader_without_a_name_is_met_by_title_or_organisation(invitee: Invitee) -> None:
    with tenancy.scope([invitee.network_id]):
        invitee.leader_name = ""
        assert "Til kommunalsjef" in invitation(invitee).text
        invitee.leader_title = ""
        assert "Til Uendra kommune" in invitation(invitee).text


def test_the_letter_on_paper_is_archivable_and_can_be_clicked(invitee: Invitee) -> None:
    with tenancy.scope([invitee.network_id]):
        file, subject = invitation_pdf(invitee), invitation(invitee).subject
        assert file == invitation_pdf(invitee)
    pdf = pikepdf.open(io.BytesIO(file))
    with pdf.open_metadata() as metadata:
        assert (metadata.pdfa_status, metadata["dc:title"], str(pdf.Root.Lang)) == ("2A", subject, "nn")
    links = [str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", [])]
    assert set(links) == {link_url(invitee)}
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
    for words in ("Leder 9108", "kommunalsjef", "Uendra kommune", subject, "Koordinator Vest", "rådgiver"):
        assert words in text, words


def test_what_stands_in_a_name_is_no_markup(invitee: Invitee) -> None:
    with tenancy.scope([invitee.network_id]):
        invitee.leader_name = "<b>Leder</b> {lenke}"
        letter, file = invitation(invitee), invitation_pdf(invitee)
    assert "<b>Leder</b> {lenke}" in letter.text
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
    assert "<b>Leder</b>" in text


def test_a_municipality_that_calls_itself_herad_is_named_so() -> None:
    kind = Organisation.Kind
    assert formal_name(Organisation(name="Voss", number="4621", kind=kind.MUNICIPALITY)) == "Voss herad"
    assert formal_name(Organisation(name="Helse Førde HF", kind=kind.TRUST)) == "Helse Førde HF"


# What a coordinator may write


def test_fields_are_known_in_both_languages() -> None:
    assert {name for names in SHOWN.values() for name in names} == set(FIELDS)
    assert unknown_fields("{leder} {Leiar} { lenkje } {sjef} {}") == ["{sjef}", "{}"]
    assert broken_braces("Til {leder}, {virksomhet og\n} slutt") == ["{virksomhet og", "} slutt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hei {sjef} {lenke}", "{sjef}"),
        ("Hei {leder {lenke}", "“{leder {lenke}”"),
        ("Hei leder} {lenke}", "“} {lenke}”"),
        ("Hei {leder}", "{lenke}"),
    ],
)
@pytest.mark.usefixtures("english")
@pytest.mark.django_db
def test_a_letter_that_would_go_out_wrong_is_refused_with_what_is_wrong(text: str, said: str) -> None:
    form = RoundForm(written(text_nb=text))
    assert list(form.errors) == ["text_nb"]
    assert said in form.errors["text_nb"][0]


@pytest.mark.django_db
def test_a_day_that_has_passed_is_refused() -> None:
    form = RoundForm(written(answer_by=timezone.localdate() - timedelta(days=1)))
    assert list(form.errors) == ["answer_by"]
    assert RoundForm(written()).is_valid()


def written(**fields: object) -> dict[str, object]:
    letter = shipped("invitation", "nb")
    texts = {f"{part}_{language}": getattr(letter, part) for part in ("subject", "text") for language in ("nb", "nn")}
    return {"name": "Høst", "answer_by": timezone.localdate(), "signed_by": "Koordinator", **texts, **fields}
