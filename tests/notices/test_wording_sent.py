"""The day's mail as a network words it, from the daily run to the mailbox and back."""

from django.conf import settings
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from gpf import dates, tenancy
from notices.models import Wording
from notices.runs import run_daily
from tests.cast import Cast, Place
from tests.notices.conftest import Box, html_of, messages, morning
from tests.notices.test_bounces import bounce, marks, post, use


def word(place: Place, name: str, **parts: str) -> None:
    with tenancy.scope([place.network.pk]):
        Wording.objects.create(network=place.network, name=name, **parts)


def test_the_networks_own_words_reach_the_reader_and_the_outbox(west: Place, cast: Cast, box: Box) -> None:
    word(west, "assignment_due", subject_nb="{navn}, husk {oppgave} innen {frist}", text_nb="<b>{team}</b>:\n{når}")
    word(west, "digest:opening", text_nb="Hei fra {nettverk}!")
    word(west, "digest:closing", text_nb="Ring oss: 55 00 00 00.\nhttps://nettverk.test.example/")
    word(cast.east, "digest:opening", text_nb="Fra Øst")
    run_daily(at=morning())
    letter = box.only()
    due = dates.long_date(west.document.due, language="nb")
    assert letter.subject == f"Teamleder Vest, husk Lever forbedringsplan innen {due}"
    link = f"{settings.GPF_BASE_URL}/nettverk/vest/team/vinje/leveringer/{west.document.pk}/#levering"
    assert (
        "\nLæringsnettverk Vest\n\nHei fra Læringsnettverk Vest!\n\n"
        "– Lever forbedringsplan, før samling 2\n  <b>Vinje</b>: om 14 dager\n"
        f"  {link}\n\nRing oss: 55 00 00 00.\nhttps://nettverk.test.example/\n"
    ) in letter.body
    assert "&lt;b&gt;Vinje&lt;/b&gt;" in html_of(letter)
    assert '<a href="https://nettverk.test.example/"' in html_of(letter)
    (part,) = messages(west)
    assert (part.subject, part.text) == (letter.subject, letter.body)


def test_who_reads_english_gets_the_words_that_come(west: Place, box: Box) -> None:
    User.objects.filter(pk=west.team_leader.pk).update(language="en")
    word(west, "assignment_due", subject_nb="Vårt", text_nb="Vårt", subject_nn="Vårt", text_nn="Vårt")
    word(west, "digest:closing", text_nb="Vårt", text_nn="Vårt")
    run_daily(at=morning())
    assert "Vårt" not in f"{box.only().subject}{box.only().body}"


def test_the_service_says_which_mail_came_back_by_what_went_along(west: Place, box: Box, settings: Settings) -> None:
    use(settings, "postmark", "posten:bare-en-provenokkel-for-testene")
    run_daily(at=morning())
    mark = box.only().extra_headers["X-PM-Metadata-mail"]
    assert post(bounce(west.team_leader.email, timezone.now(), Metadata={"mail": mark})).status_code == 200
    assert [message.state for message in messages(west)] == ["bounced"]
    assert [address for address, _kind, _code in marks()] == [west.team_leader.email]
