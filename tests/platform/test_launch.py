"""Set-up, start and stop: each step says what it does, what failed, and what to do."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from fcntl import LOCK_EX, flock
from pathlib import Path

import psutil
import pytest
from launch import commands, front_end, setup, system
from launch.children import Children
from launch.places import ROOT, Home
from launch.steps import Stamp, StepError, command, step, tail

WAIT = "import time; time.sleep(600)"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A state folder whose Python is the one that runs the tests."""
    (tmp_path / "venv").symlink_to(sys.prefix)
    return Home(tmp_path)


def test_a_stamp_holds_until_what_it_was_made_from_changes(home: Home, tmp_path: Path) -> None:
    source = tmp_path / "source.txt"
    source.write_text("one")
    assert not Stamp(home, "a", [source, "x"]).fresh()
    Stamp(home, "a", [source, "x"]).set()
    assert Stamp(home, "a", [source, "x"]).fresh()
    assert not Stamp(home, "a", [source, "y"]).fresh()
    source.write_text("two")
    assert not Stamp(home, "a", [source, "x"]).fresh()


def test_a_failing_command_gives_advice_and_the_end_of_its_log(home: Home) -> None:
    line = [sys.executable, "-c", "print('first'); print('last words'); raise SystemExit(3)"]
    with pytest.raises(StepError, match="Do this") as failure:
        command(home, "failing", line, "Do this.")
    assert failure.value.log is not None
    assert "last words" in tail(failure.value.log)


def test_a_missing_program_gives_advice(home: Home) -> None:
    with pytest.raises(StepError, match="Do this"):
        command(home, "missing", [home.path / "no-such-program"], "Do this.")


def test_a_step_says_what_it_does_and_how_it_went(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Doing one thing"):
        pass
    with pytest.raises(StepError), step("Doing another"):
        raise StepError("no")
    assert re.fullmatch(r"• Doing one thing … done \(0\.0 s\)\n• Doing another … failed\n", capsys.readouterr().out)


def gpf(name: str, home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "bin/gpf", name],
        cwd=ROOT,
        env={**os.environ, "GPF_HOME": str(home), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_taken_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = gpf("demo", tmp_path, PORT=str(port))
    assert ended.returncode == 1
    assert f"Port {port} can not be used" in ended.stderr
    assert f"PORT={port + 1} make demo" in ended.stderr


def test_a_second_demo_of_the_same_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with (tmp_path / "run" / "demo.lock").open("w") as held:
        flock(held, LOCK_EX)
        ended = gpf("demo", tmp_path)
    assert ended.returncode == 1
    assert "runs from" in ended.stderr


def test_an_unknown_command_is_told_the_known_ones(tmp_path: Path) -> None:
    ended = gpf("dance", tmp_path)
    assert ended.returncode == 2
    assert "demo" in ended.stderr


def test_children_and_grandchildren_end_together(home: Home) -> None:
    children = Children(home)
    family = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', '{WAIT}']); {WAIT}"
    children.start("web", [home.python, "-c", family], os.environ)
    parent = psutil.Process(children.running["web"].pid)
    while not parent.children():
        assert parent.is_running()
    (grandchild,) = parent.children()
    children.check()
    children.stop()
    assert not parent.is_running()
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE
    assert list(home.run.glob("*.pid")) == []


def test_a_child_that_ends_by_itself_is_told(home: Home) -> None:
    children = Children(home)
    children.start("web", [home.python, "-c", "raise SystemExit('no such thing')"], os.environ)
    children.running["web"].wait()
    with pytest.raises(StepError, match="“web” ended") as failure:
        children.check()
    assert failure.value.log is not None
    assert "no such thing" in tail(failure.value.log)
    children.stop()


def test_what_a_killed_start_left_is_ended_and_a_stranger_with_its_number_is_not(home: Home) -> None:
    killed = Children(home)
    killed.start("web", [home.python, "-c", WAIT], os.environ)
    left = killed.running["web"]
    with subprocess.Popen([shutil.which("sleep") or "sleep", "600"], start_new_session=True) as stranger:
        (home.run / "worker.pid").write_text(str(stranger.pid))
        (home.run / "beat.pid").write_text("")
        assert Children(home).end_orphans() == 1
        assert left.wait(timeout=20) != 0
        assert stranger.poll() is None
        stranger.kill()
    assert list(home.run.glob("*.pid")) == []


def test_clean_removes_what_was_made_and_nothing_else(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    (source / "static" / "vendor").mkdir(parents=True)
    (source / "static" / "own.css").touch()
    monkeypatch.setattr(commands, "ROOT", source)
    (home.path / "media").mkdir()
    (home.path / "demo_password").touch()
    (home.path / "somebody-elses").mkdir()
    commands.clean(home)
    assert sorted(path.name for path in home.path.iterdir()) == ["somebody-elses", "source"]
    assert Path(sys.prefix).is_dir()
    assert [path.name for path in (source / "static").iterdir()] == ["own.css"]


def test_without_leave_to_install_it_says_exactly_what_to_type(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_as_root", lambda: None)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(StepError, match=r"sudo apt-get install .*libpango-1\.0-0"):
        system.install(home, setup.PANGO_PACKAGES, ["pango"], "Posters need Pango.")
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(StepError, match="brew install pango"):
        system.install(home, setup.PANGO_PACKAGES, ["pango"], "Posters need Pango.")


def test_a_python_without_environments_is_helped(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    (home.path / "venv").unlink()
    asked: list[str] = []

    def install(home: Home, apt: list[str], brew: list[str], reason: str) -> None:
        asked.extend(apt)
        raise StepError(reason)

    monkeypatch.setattr(system, "install", install)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(StepError):
        setup.virtual_environment(home)
    assert asked == [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def test_every_front_end_file_that_pages_ask_for_is_collected() -> None:
    sources = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/*/*.css")]
    asked = {name for source in sources for name in re.findall(r"vendor/([\w./-]+\.\w+)", source.read_text())}
    assert asked
    assert asked <= set(front_end.FILES)
    for name, package in front_end.FILES.items():
        assert (front_end.VENDOR / name).read_bytes() == (front_end.PACKAGES / package).read_bytes()


def test_locks_hold_hashes_and_name_no_registry() -> None:
    for file in ROOT.glob("requirements/*.txt"):
        text = file.read_text()
        pinned = re.findall(r"^[a-z0-9][\w.\[\]-]*==\S+", text, re.MULTILINE | re.IGNORECASE)
        assert pinned
        assert len(re.findall(r"==\S+.*\\\n\s+--hash=sha256:", text)) == len(pinned), file
        assert "://" not in text
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    assert not any("resolved" in package for package in packages.values())
