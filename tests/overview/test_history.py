"""The facts in the database, through the command as a person runs it."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gpf import tenancy
from networks.history import FILE
from networks.models import Network, Organisation, ParticipatingUnit, Participation, Programme, SupervisingBody
from sessions.models import Gathering
from teams.models import Team

pytestmark = pytest.mark.django_db


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_history", *arguments, stdout=out)
    return out.getvalue()


def opened() -> list[int]:
    return list(Network.objects.values_list("pk", flat=True))


def test_the_networks_of_2014_to_2023_are_there() -> None:
    assert load().startswith("19 networks. Rows written: ")
    assert Network.objects.filter(phase=Network.Phase.COMPLETED).count() == Network.objects.count() == 19
    with tenancy.scope(opened()):
        municipal = Participation.objects.filter(organisation__kind=Organisation.Kind.MUNICIPALITY)
        assert municipal.count() == 295
        assert municipal.values("organisation__number").distinct().count() == 256
        in_2022 = Gathering.objects.filter(kind=Gathering.Kind.NETWORK)
        assert in_2022.filter(starts_on__year=2022).count() + in_2022.filter(month__year=2022).count() == 12
        assert set(Gathering.objects.values_list("state", flat=True)) == {Gathering.State.HELD}


def test_places_of_the_same_name_stay_apart() -> None:
    load()
    assert set(Organisation.objects.filter(name="Herøy").values_list("number", "county", "slug")) == {
        ("1818", "Nordland", "heroy-1818"),
        ("1515", "Møre og Romsdal", "heroy-1515"),
    }


def test_teams_are_those_the_documents_name() -> None:
    load()
    with tenancy.scope(opened()):
        teams = Team.objects.filter(participation__organisation__name="Hemnes").order_by("slug")
        assert [(team.slug, team.name, team.network.slug) for team in teams] == [
            ("hemnes-1", "Hemnes 1", "helgeland"),
            ("hemnes-2", "Hemnes 2", "helgeland"),
        ]
        forde = Team.objects.filter(participation__organisation__slug="helse-forde").order_by("slug")
        assert [team.name for team in forde] == ["Helse Førde 1", "Helse Førde 2", "Helse Førde 3", "Helse Førde 4"]
        assert Team.objects.filter(network__slug="sogn-og-fjordane").count() == 17
        assert Team.objects.filter(network__slug="ahus-regionen").count() == 11
        assert Team.objects.count() == 41


def test_who_joined_late_and_who_withdrew() -> None:
    load()
    with tenancy.scope(opened()):
        withdrawn = Participation.objects.get(withdrawn=True)
        assert (withdrawn.organisation.name, withdrawn.network.slug) == ("Larvik", "vestfold")
        assert (withdrawn.organisation.number, withdrawn.withdrawn_on) == ("3805", None)
        olaviken = Participation.objects.get(organisation__slug="olaviken")
        assert (olaviken.joined_on, olaviken.joined_note) == (None, "etter første samling")


def test_sogn_og_fjordane_met_on_these_days() -> None:
    load()
    network = Network.objects.get(slug="sogn-og-fjordane")
    with tenancy.scope([network.pk]):
        days = Gathering.objects.order_by("number").values_list("starts_on", "ends_on")
        assert list(days) == [
            (date(2021, 3, 3), date(2021, 3, 4)),
            (date(2021, 6, 9), date(2021, 6, 10)),
            (date(2021, 12, 1), date(2021, 12, 2)),
            (date(2022, 8, 31), date(2022, 9, 1)),
        ]
    assert network.language == "nn"


def test_vestfold_met_when_it_could() -> None:
    load()
    with tenancy.scope(opened()):
        rows = Gathering.objects.filter(network__slug="vestfold").order_by("number")
        assert [(g.number, g.kind, g.when, g.place, g.postponed, g.note) for g in rows] == [
            (1, "network", date(2020, 1, 1), "", False, ""),
            (2, "network", None, "", True, ""),
            (3, "network", date(2022, 6, 1), "", True, ""),
            (4, "network", date(2022, 11, 1), "", False, "månedsskiftet november/desember"),
            (None, "measurement_workshop", date(2022, 8, 1), "Horten", False, "i slutten av måneden"),
        ]


def test_parts_supervision_and_anchoring() -> None:
    load()
    with tenancy.scope(opened()):
        units = ParticipatingUnit.objects.filter(participation__organisation__name="Oslo")
        assert sorted(units.values_list("organisation__name", "organisation__kind")) == [
            ("Bydel Nordstrand", "district"),
            ("Bydel Søndre Nordstrand", "district"),
            ("Bydel Østensjø", "district"),
            ("Forsterket rehabilitering Aker", "municipal_unit"),
            ("Kommunal akutt døgnenhet (KAD)", "municipal_unit"),
            ("Ryen helsehus", "municipal_unit"),
        ]
        bodies = SupervisingBody.objects.filter(network__slug="innlandet").values_list("organisation__slug", flat=True)
        assert set(bodies) == {"usht-innlandet-hedmark", "usht-innlandet-oppland", "sykehuset-innlandet"}
    assert Network.objects.get(slug="telemark").anchored_in_health_community is True
    assert Network.objects.get(slug="vestfold").anchored_in_health_community is None
    notodden = Organisation.objects.select_related("parent__parent").get(slug="notodden-sykehus")
    assert notodden.parent is not None
    assert notodden.parent.parent is not None
    assert (notodden.parent.name, notodden.parent.parent.name) == ("Sykehuset Telemark HF", "Helse Sør-Øst RHF")


def test_a_second_load_writes_nothing() -> None:
    load()
    assert load() == "19 networks. Rows written: none, all was there.\n"


def test_a_changed_fact_is_brought_up_to_date(tmp_path: Path) -> None:
    load()
    text = FILE.read_text(encoding="utf-8")
    line = '{"organisation": "3805", "name": "Larvik", "withdrawn": true}'
    assert text.count(line) == 1
    other = tmp_path / "facts.json"
    other.write_text(text.replace(line, line[:-1] + ', "withdrawn_on": "2021-05-01"}'), encoding="utf-8")
    assert load(str(other)) == "19 networks. Rows written: 1 Participation.\n"
    with tenancy.scope(opened()):
        assert Participation.objects.get(withdrawn=True).withdrawn_on == date(2021, 5, 1)


def test_organisations_that_are_there_are_used() -> None:
    """The live network may have come first, with some of the same municipalities and hospitals."""
    vinje = Organisation.objects.create(slug="vinje", kind=Organisation.Kind.MUNICIPALITY, name="V", number="3825")
    hospital = Organisation.objects.create(slug="notodden-sykehus", kind=Organisation.Kind.HOSPITAL, name="N")
    load()
    vinje.refresh_from_db()
    hospital.refresh_from_db()
    assert (vinje.slug, vinje.name, vinje.county) == ("vinje", "Vinje", "Vestfold og Telemark")
    assert (hospital.name, hospital.orgnr) == ("Notodden sykehus", "974633159")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"name": "Skjåk"}', '"name": "Lom"}', "facts.json, line 369: a participation: “name” is “Lom”, but 3433"),
        ('"slug": "sor"', '"slug": "agder"', "“agder” is given twice. Nothing is loaded."),
        ("\n  ]\n}\n", "\n  ]\n", "line 1078: “}” is expected. Nothing is loaded."),
    ],
)
def test_a_broken_file_is_refused_whole(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    broken = tmp_path / "facts.json"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        load(str(broken))
    assert message in str(refused.value)
    assert not Network.objects.exists()
    assert not Programme.objects.exists()


def test_a_load_that_fails_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("half-way")

    monkeypatch.setattr(Gathering, "save", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        load()
    assert not Network.objects.exists()
    assert not Organisation.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can not be read"):
        load(str(tmp_path / "nothing.json"))
