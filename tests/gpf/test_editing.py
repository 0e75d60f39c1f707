"""Two coordinators editing the same thing: the second reads what the first changed, and loses nothing."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from gpf import tenancy
from gpf.editing import EditForm
from gpf.forms import DateInput
from networks.models import HealthCommunity, Network, Organisation
from sessions.models import Gathering
from tests.cast import Cast
from tests.identity_numbers import NATIONAL

pytestmark = pytest.mark.django_db


class NetworkForm(EditForm):
    class Meta:
        model = Network
        fields = ("name", "region", "posters_shown", "health_community", "anchored_in_health_community", "note")


class GatheringForm(EditForm):
    class Meta:
        model = Gathering
        fields = ("starts_on", "ends_on", "place", "postponed")
        widgets = {"starts_on": DateInput, "ends_on": DateInput}


@pytest.fixture(autouse=True)
def in_english() -> None:
    translation.activate("en")


def shown(form: type[EditForm], row: Network | Gathering) -> dict[str, str]:
    """What a browser would send back from the form as it is shown, with nothing touched."""
    row = type(row).objects.get(pk=row.pk)
    page = form(instance=row)
    return {field.html_name: str(_sent(field)) for field in page if field.value() not in (None, False)}


def _sent(field: forms.BoundField) -> object:
    value = field.value()
    return "on" if value is True else field.field.prepare_value(value)


def save(form: type[EditForm], row: Network | Gathering, sent: dict[str, str]) -> EditForm:
    """As the view does it: the row anew, the form, and saved where it may be."""
    filled = form(sent, instance=type(row).objects.get(pk=row.pk))
    if filled.is_valid():
        filled.save()
    return filled


def test_who_edits_alone_saves(cast: Cast) -> None:
    network = cast.west.network
    sent = shown(NetworkForm, network)
    assert save(NetworkForm, network, sent | {"region": "Agder"}).errors == {}
    network.refresh_from_db()
    assert network.region == "Agder"


def test_the_second_reads_what_changed_and_saves_on_her_second_try(cast: Cast) -> None:
    network = cast.west.network
    first = shown(NetworkForm, network)
    second = shown(NetworkForm, network)
    save(NetworkForm, network, first | {"name": "Nettverk A", "region": "Agder", "posters_shown": "never"})

    refused = save(NetworkForm, network, second | {"name": "Nettverk B", "note": "Ny tekst"})
    (told,) = refused.non_field_errors()
    assert "Name: was “Læringsnettverk Vest”, is now “Nettverk A”." in told
    assert "Region: was “Vest”, is now “Agder”." in told
    assert "Posters shown: was “when the deadline has passed”, is now “not at all”." in told
    assert (refused.meanwhile[0].label, refused.meanwhile[0].mine) == ("Name", "Nettverk B")
    network.refresh_from_db()
    assert (network.name, network.note) == ("Nettverk A", "")

    again = {field.html_name: field.value() or "" for field in refused}
    assert again["name"] == "Nettverk B", "her own word stays"
    assert (again["region"], again["posters_shown"]) == ("Agder", "never"), "what she left alone is the other's"
    assert save(NetworkForm, network, again).errors == {}
    network.refresh_from_db()
    assert (network.name, network.region, network.posters_shown, network.note) == (
        "Nettverk B",
        "Agder",
        "never",
        "Ny tekst",
    )


def test_the_same_change_twice_is_no_trouble(cast: Cast) -> None:
    network = cast.west.network
    sent = shown(NetworkForm, network) | {"name": "Nettverk A"}
    assert save(NetworkForm, network, sent).errors == {}
    assert save(NetworkForm, network, sent).errors == {}


def test_a_change_elsewhere_in_the_row_is_no_trouble(cast: Cast) -> None:
    network = cast.west.network
    sent = shown(NetworkForm, network)
    Network.objects.filter(pk=network.pk).update(phase=Network.Phase.FOLLOW_UP)
    assert save(NetworkForm, network, sent | {"name": "Nettverk A"}).errors == {}


def test_a_third_change_while_the_second_reads_is_told_too(cast: Cast) -> None:
    network = cast.west.network
    sent = shown(NetworkForm, network) | {"note": "Min"}
    Network.objects.filter(pk=network.pk).update(name="Nettverk A")
    refused = save(NetworkForm, network, sent)
    Network.objects.filter(pk=network.pk).update(name="Nettverk C")
    again = save(NetworkForm, network, {field.html_name: field.value() or "" for field in refused})
    assert [(each.before, each.now) for each in again.meanwhile] == [("Nettverk A", "Nettverk C")]


def test_choices_of_rows_and_of_yes_and_no_are_told_in_words(cast: Cast) -> None:
    network = cast.west.network
    trust = Organisation.objects.create(slug="hf", kind="trust", name="HF")
    there = HealthCommunity.objects.create(slug="a", name="Helsefellesskap A", trust=trust)
    sent = shown(NetworkForm, network)
    Network.objects.filter(pk=network.pk).update(health_community=there, anchored_in_health_community=True)
    refused = save(NetworkForm, network, sent)
    assert [(each.before, each.now) for each in refused.meanwhile] == [("–", "Helsefellesskap A"), ("–", "yes")]
    save(NetworkForm, network, {field.html_name: field.value() or "" for field in refused} | {"note": "x"})
    network.refresh_from_db()
    assert (network.health_community, network.anchored_in_health_community, network.note) == (there, True, "x")


def test_days_are_said_as_people_say_them_and_a_cross_is_put_in_or_out(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        gathering = cast.west.gatherings[1]
        sent = shown(GatheringForm, gathering)
        moved = {"starts_on": date(2031, 3, 4), "ends_on": date(2031, 3, 5), "postponed": True}
        Gathering.objects.filter(pk=gathering.pk).update(**moved)
        refused = save(GatheringForm, gathering, sent | {"place": "Skien"})
        assert [each.now for each in refused.meanwhile] == ["4 March 2031", "5 March 2031", "yes"]
        again = {field.html_name: field.value() or "" for field in refused}
        assert save(GatheringForm, gathering, again).errors == {}
        gathering.refresh_from_db()
        assert [getattr(gathering, name) for name in moved] == list(moved.values())
        assert gathering.place == "Skien"


def test_lines_that_a_browser_ends_its_own_way_are_no_change(cast: Cast) -> None:
    network = cast.west.network
    Network.objects.filter(pk=network.pk).update(note="En\nTo")
    sent = shown(NetworkForm, network) | {"note": "En\r\nTo"}
    Network.objects.filter(pk=network.pk).update(note="En\nTo\nTre")
    refused = save(NetworkForm, network, sent | {"region": "Agder"})
    assert refused["note"].value() == "En\nTo\nTre", "she had not touched it"


def test_a_long_text_is_told_of_in_short(cast: Cast) -> None:
    network = cast.west.network
    sent = shown(NetworkForm, network)
    Network.objects.filter(pk=network.pk).update(note="Ord " * 500)
    refused = save(NetworkForm, network, sent)
    assert len(refused.meanwhile[0].now) <= 160


def test_what_is_wrong_and_what_was_changed_are_told_together_and_nothing_typed_is_lost(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        gathering = cast.west.gatherings[1]
        Gathering.objects.filter(pk=gathering.pk).update(starts_on=None, ends_on=None)
        sent = shown(GatheringForm, gathering)
        Gathering.objects.filter(pk=gathering.pk).update(starts_on=date(2031, 3, 4), ends_on=date(2031, 3, 5))
        refused = save(GatheringForm, gathering, sent | {"starts_on": "4. mars", "ends_on": ""})
        assert set(refused.errors) == {"starts_on", "__all__"}
        assert refused["starts_on"].value() == "4. mars"


@pytest.mark.parametrize("seen", ["", "x", "e30:1:x"])
def test_a_page_without_its_mark_overwrites_nothing(cast: Cast, seen: str) -> None:
    network = cast.west.network
    refused = save(NetworkForm, network, shown(NetworkForm, network) | {"seen": seen, "name": "Nettverk B"})
    assert refused.meanwhile
    network.refresh_from_db()
    assert network.name == "Læringsnettverk Vest"


def test_an_identity_number_is_refused_here_too(cast: Cast) -> None:
    network = cast.west.network
    assert "note" in save(NetworkForm, network, shown(NetworkForm, network) | {"note": NATIONAL}).errors
