"""The pages of a round: made, sent, watched, corrected; for this network's coordinators and about nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from gpf import tenancy
from notices.models import Message
from signup.links import link_url
from signup.models import InvitationRound, Invitee, Registration
from signup.rounds_sending import ask_for_letters
from tests.cast import Cast
from tests.identity_numbers import NATIONAL
from tests.signup.inviting import address, again, invite, load_register, make_round
from tests.signup.inviting import client as client
from tests.signup.inviting import english as english
from tests.signup.test_letters import written

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def letters(cast: Cast) -> InvitationRound:
    """A round in Vest, and one in Øst that must not show."""
    load_register()
    invite(make_round(cast.east, "Hemmeleg runde"), "9204", leader_name="Hemmeleg leiar")
    return make_round(cast.west)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the worker is told to make."""
    found: list[Any] = []
    monkeypatch.setattr("signup.rounds_views.write_letter.delay", lambda *keys: found.append(keys))
    return found


def test_a_new_round_begins_with_the_letter_and_leads_to_choosing(cast: Cast, client: Client) -> None:
    html = client.get(address("round_new", cast.west)).content.decode()
    assert "Vi inviterer {virksomhet} med i" in html
    assert "Vi inviterer {verksemd} med i" in html
    response = client.post(address("round_new", cast.west), written())
    with tenancy.scope([cast.west.network.pk]):
        made = InvitationRound.objects.get()
    assert response["Location"] == address("round_choose", cast.west, made.pk)
    assert (made.created_by, made.network) == (cast.west.coordinator, cast.west.network)


def test_a_half_written_round_is_there_when_she_comes_back(cast: Cast, client: Client) -> None:
    new, draft = address("round_new", cast.west), address("round_draft", cast.west)
    number = NATIONAL
    client.post(draft, written(name="Halvferdig runde", signed_by=f"Rådgiver {number}"))
    html = client.get(new).content.decode()
    assert 'value="Halvferdig runde"' in html
    assert number not in html, "an identity number is kept nowhere"
    assert "Halvferdig runde" in client.get(address("rounds", cast.west)).content.decode()
    with tenancy.scope([cast.west.network.pk]):
        assert not InvitationRound.objects.exists()
    other = Client()
    other.force_login(cast.national, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Halvferdig" not in other.get(new).content.decode(), "it is her own"
    assert "Halvferdig" not in client.get(address("round_new", cast.east)).content.decode()
    client.post(draft, {"do": "forget"})
    assert "Halvferdig" not in client.get(new).content.decode()
    client.post(draft, written(name="Halvferdig runde"))
    assert client.post(new, written(name="Ferdig runde")).status_code == 302
    assert "Halvferdig" not in client.get(new).content.decode(), "saved, so no longer a draft"


def test_a_refused_letter_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    sent = written(name="Min runde", text_nb="Kjære {sjef}, {lenke}")
    html = client.post(address("round_new", cast.west), sent).content.decode()
    assert "No field is called {sjef}" in html
    assert 'value="Min runde"' in html
    assert "Kjære {sjef}, {lenke}" in html


def test_two_coordinators_editing_the_letter_at_once(cast: Cast, letters: InvitationRound, client: Client) -> None:
    page = address("round_edit", cast.west, letters.pk)
    seen = client.get(page).context["form"]["seen"].value()
    with tenancy.scope([letters.network_id]):
        InvitationRound.objects.filter(pk=letters.pk).update(name="Den andre sitt namn")
    html = client.post(page, written(name="Mitt namn", seen=seen)).content.decode()
    assert "Den andre sitt namn" in html
    assert "Mitt namn" in html
    with tenancy.scope([letters.network_id]):
        assert InvitationRound.objects.get(pk=letters.pk).name == "Den andre sitt namn"


def test_the_round_shows_its_own_and_nothing_of_another_network(
    cast: Cast, letters: InvitationRound, client: Client
) -> None:
    invite(letters, "9108")
    for page in (address("rounds", cast.west), address("round", cast.west, letters.pk)):
        html = client.get(page).content.decode()
        assert "Kommunar, haust" in html
        assert "Hemmeleg" not in html
    with tenancy.scope([cast.east.network.pk]):
        (others,) = Invitee.objects.select_related("round")
    for name, key in {"round": others.round_id, "round_people": others.round_id, "invitee": others.pk}.items():
        assert client.get(address(name, cast.west, key)).status_code == 404
    assert client.post(address("invitee_withdraw", cast.west, others.pk)).status_code == 404


@pytest.mark.parametrize("numbers", [["9108"], ["9108", "9201", "9203"]])
def test_the_pages_cost_the_same_however_many_are_invited(
    cast: Cast,
    letters: InvitationRound,
    client: Client,
    numbers: list[str],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    invite(letters, *numbers, sent_at=timezone.now())
    with tenancy.scope([letters.network_id]):
        for invitee in Invitee.objects.filter(round=letters):
            Registration.objects.create(network=cast.west.network, invitee=invitee, state="submitted")
    for name, keys, queries in (("rounds", (), 10), ("round", (letters.pk,), 13), ("round_people", (letters.pk,), 9)):
        client.get(address(name, cast.west, *keys))
        with django_assert_num_queries(queries):
            client.get(address(name, cast.west, *keys))


def test_the_letters_are_asked_for_once_with_who_gets_them_shown_first(
    cast: Cast,
    letters: InvitationRound,
    client: Client,
    told: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first, second, bare = invite(letters, "9108", "9201", "9203")
    with tenancy.scope([letters.network_id]):
        Invitee.objects.filter(pk=bare.pk).update(leader_email="")
    page = address("round_send", cast.west, letters.pk)
    html = client.get(page).content.decode()
    assert html.index("Send 2 letters") > html.index("leder9108@test.example")
    assert "Get no letter yet" in html
    once = html.partition('name="once" value="')[2].partition('"')[0]
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(page, {"once": once})["Location"] == address("round", cast.west, letters.pk)
    assert sorted(told) == [(letters.network_id, each.pk, 1) for each in (first, second)]
    html = client.get(address("round", cast.west, letters.pk)).content.decode()
    assert 'hx-trigger="every 2s"' in html
    assert "3 chosen, 2 invited: 2 on their way." in html


def test_after_the_day_to_answer_by_nothing_is_sent(
    cast: Cast, letters: InvitationRound, client: Client, told: list[Any]
) -> None:
    invite(letters, "9108")
    with tenancy.scope([letters.network_id]):
        InvitationRound.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    page = address("round_send", cast.west, letters.pk)
    assert "The day to answer by has passed" in client.post(page).content.decode()
    assert told == []


def test_an_answer_by_day_after_the_first_gathering_is_pointed_out(
    cast: Cast, letters: InvitationRound, client: Client
) -> None:
    html = client.get(address("round", cast.west, letters.pk)).content.decode()
    assert "after the first gathering begins" in html


def test_who_gets_the_letter_is_written_down_on_one_page(cast: Cast, letters: InvitationRound, client: Client) -> None:
    first, second = invite(letters, "9108", "9201")
    page = address("round_people", cast.west, letters.pk)
    forms = client.get(page).context["forms"]
    fields = {field.html_name: field.value() for form in forms for field in form}
    bad = fields | {f"i{first.pk}-leader_email": "ikke en adresse", f"i{second.pk}-leader_name": "Ny leder"}
    html = client.post(page, bad).content.decode()
    assert "Uendra: " in html
    assert 'value="ikke en adresse"' in html
    assert 'value="Ny leder"' in html
    assert again(second).leader_name == "Leder 9201"
    client.post(page, bad | {f"i{first.pk}-leader_email": "ny@test.example"})
    assert (again(first).leader_email, again(second).leader_name) == ("ny@test.example", "Ny leder")


def test_two_coordinators_writing_the_same_row_are_told(cast: Cast, letters: InvitationRound, client: Client) -> None:
    (one,) = invite(letters, "9108")
    page = address("round_people", cast.west, letters.pk)
    fields = {field.html_name: field.value() for form in client.get(page).context["forms"] for field in form}
    with tenancy.scope([letters.network_id]):
        Invitee.objects.filter(pk=one.pk).update(leader_name="Den andre")
    html = client.post(page, fields | {f"i{one.pk}-leader_name": "Jeg"}).content.decode()
    assert "is now “Den andre”" in html
    assert again(one).leader_name == "Den andre"


def test_a_row_that_was_sent_meanwhile_is_left_and_told(cast: Cast, letters: InvitationRound, client: Client) -> None:
    (one,) = invite(letters, "9108")
    page = address("round_people", cast.west, letters.pk)
    fields = {field.html_name: field.value() for form in client.get(page).context["forms"] for field in form}
    with tenancy.scope([letters.network_id]):
        ask_for_letters(letters=letters)
    response = client.post(page, fields | {f"i{one.pk}-leader_name": "For sent"}, follow=True)
    assert "has been sent meanwhile" in response.content.decode()
    assert again(one).leader_name == "Leder 9108"


def test_an_address_that_stands_by_two_is_named(cast: Cast, letters: InvitationRound, client: Client) -> None:
    invite(letters, "9108", "9201", leader_email="felles@test.example")
    html = client.get(address("round", cast.west, letters.pk)).content.decode()
    assert "felles@test.example stands for several: Fjellfjord, Uendra" in html


def test_the_preview_hides_the_link_and_the_pdf_opens_in_the_browser(
    cast: Cast, letters: InvitationRound, client: Client
) -> None:
    (one,) = invite(letters, "9108", language="nn")
    html = client.get(address("invitee_letter", cast.west, one.pk)).content.decode()
    assert "Vi inviterer Uendra kommune med i" in html
    with tenancy.scope([letters.network_id]):
        assert link_url(one) not in html
    pdf = client.get(address("invitee_pdf", cast.west, one.pk))
    assert pdf["Content-Disposition"] == 'inline; filename="invitasjon-uendra-9108.pdf"'
    assert pdf.content.startswith(b"%PDF-1.7")


def test_one_page_corrects_extends_and_withdraws(
    cast: Cast,
    letters: InvitationRound,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    told: list[Any] = []
    monkeypatch.setattr("signup.rounds_invitee_views.write_letter.delay", lambda *keys: told.append(keys))
    (one,) = invite(letters, "9108", sent_at=timezone.now(), expires_on=timezone.localdate())
    page = address("invitee", cast.west, one.pk)
    html = client.get(page).content.decode()
    assert link_url(one) in html
    last = timezone.localdate() + timedelta(days=50)
    client.post(address("invitee_extend", cast.west, one.pk), {"last_day": last.isoformat()})
    assert again(one).expires_on == last
    response = client.post(address("invitee_extend", cast.west, one.pk), {"last_day": "2020-01-01"}, follow=True)
    assert "That day has passed." in response.content.decode()
    fields = {field.html_name: field.value() for field in client.get(page).context["form"]}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, fields | {"leader_email": "ny@test.example"})
    assert told == [(letters.network_id, one.pk, 2)]
    assert again(one).leader_email == "ny@test.example"
    client.post(address("invitee_withdraw", cast.west, one.pk))
    assert again(one).withdrawn_at is not None


def test_one_that_was_never_sent_is_taken_out(cast: Cast, letters: InvitationRound, client: Client) -> None:
    (one,) = invite(letters, "9108")
    client.post(address("invitee_withdraw", cast.west, one.pk))
    with tenancy.scope([letters.network_id]):
        assert not letters.invitees.exists()


def test_all_who_are_silent_are_reminded_at_once(cast: Cast, letters: InvitationRound, client: Client) -> None:
    silent, answered = invite(letters, "9108", "9201", sent_at=timezone.now(), opened_at=timezone.now())
    with tenancy.scope([letters.network_id]):
        Registration.objects.create(network=cast.west.network, invitee=answered, state="submitted")
    page = address("round_remind", cast.west, letters.pk)
    html = client.get(page).content.decode()
    assert ("Uendra" in html, "Fjellfjord" in html) == (True, False)
    client.post(page)
    with tenancy.scope([letters.network_id]):
        assert [message.address for message in Message.objects.all()] == ["leder9108@test.example"]
    assert (again(silent).reminders, again(answered).reminders) == (1, 0)
    refused = client.post(address("invitee_remind", cast.west, answered.pk), follow=True).content.decode()
    assert "Only those who have the letter and have not answered" in refused


def test_the_rows_are_filtered_by_state(cast: Cast, letters: InvitationRound, client: Client) -> None:
    invite(letters, "9108", declined_at=timezone.now(), sent_at=timezone.now(), decline_reason="For mykje anna")
    invite(letters, "9201")
    page = address("round", cast.west, letters.pk)
    for state, shown in {
        "": (True, True),
        "declined": (True, False),
        "not_sent": (False, True),
        "x": (True, True),
    }.items():
        table = client.get(page, {"state": state}).content.decode().partition("<tbody>")[2]
        assert ("Uendra" in table, "Fjellfjord" in table) == shown
    assert "For mykje anna" in client.get(page).content.decode()


def test_a_round_that_something_has_been_sent_in_stays(cast: Cast, letters: InvitationRound, client: Client) -> None:
    (one,) = invite(letters, "9108", sent_at=timezone.now())
    client.post(address("round_delete", cast.west, letters.pk))
    with tenancy.scope([letters.network_id]):
        assert InvitationRound.objects.count() == 1
        Invitee.objects.filter(pk=one.pk).update(sent_at=None)
    client.post(address("round_delete", cast.west, letters.pk))
    with tenancy.scope([letters.network_id]):
        assert InvitationRound.objects.count() == 0
