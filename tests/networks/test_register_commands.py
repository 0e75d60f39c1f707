from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from networks.models import RegisterMunicipality, RegisterPopulation
from networks.queries import stored_register
from networks.register import Municipality, dump_register, parse_register
from networks.services import replace_register
from tests.networks.registers import made_up_register

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    path.write_text(dump_register(made_up_register().values(), "made up"), encoding="utf-8")
    return path


def test_a_register_is_stored_as_it_is_in_the_file(file: Path) -> None:
    assert run("load_register", str(file)) == "13 municipality numbers are loaded.\n"
    assert stored_register() == made_up_register()
    assert RegisterMunicipality.objects.get(number="9106").sort_name == "sj|vik"


def test_a_new_register_takes_the_place_of_the_old(file: Path) -> None:
    run("load_register", str(file))
    run("load_register", str(file))
    assert (RegisterMunicipality.objects.count(), RegisterPopulation.objects.count()) == (13, 12)
    few = {"9301": Municipality("9301", "Helnyby", "Storfylket")}
    replace_register(register=few)
    assert stored_register() == few


def test_a_broken_register_leaves_the_old_one(file: Path) -> None:
    run("load_register", str(file))
    file.write_text(file.read_text(encoding="utf-8").replace('["9203"]', '["9999"]'), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        run("load_register", str(file))
    assert str(refused.value) == (
        "register.json, line 7: 9103: the successor 9999 is not in the register. The register is as it was."
    )
    assert stored_register() == made_up_register()


def test_a_register_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can not be read"):
        run("load_register", str(tmp_path / "nothing.json"))


def test_a_fetched_register_is_loaded_and_can_be_saved(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(address: str) -> dict[str, Municipality]:
        asked.append(address)
        return made_up_register()

    monkeypatch.setattr("networks.management.commands.sync_register.fetch_register", fetch)
    copy = tmp_path / "copy.json"
    assert run("sync_register", "--save", str(copy)) == "13 municipality numbers are fetched and loaded.\n"
    assert asked == ["https://data.ssb.no/api"]
    assert stored_register() == parse_register(copy.read_text(encoding="utf-8")) == made_up_register()


def test_without_a_network_the_register_is_as_it_was(file: Path) -> None:
    run("load_register", str(file))
    with pytest.raises(CommandError) as refused:
        run("sync_register", "--address", "http://127.0.0.1:9/api")
    assert "No connection to http://127.0.0.1:9/api/klass" in str(refused.value)
    assert "manage.py load_register FILE" in str(refused.value)
    assert stored_register() == made_up_register()
