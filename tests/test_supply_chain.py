"""What the project rests on: pinned by hash, named with a reason, and under licences that go with Apache-2.0."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
ROWS = {
    name: (why, licence)
    for name, why, licence in re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \| ([^|]+) \| \d{4}-\d\d-\d\d \|$", PAGE, re.M)
}
PERMITTED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "MIT", "MPL-2.0", "OFL-1.1",
    "PSF-2.0", "Zlib",
}  # fmt: skip
FREE = re.compile(r"apache|bsd|mit\b|mit-0|mpl|mozilla|isc|psf|python|zlib|zope|ofl|cc0|unlicense|artistic|dual", re.I)
UNSAID = {"atheris", "mypy-extensions"}  # Apache-2.0 and MIT, as their repositories say
COPYLEFT = re.compile(r"\b[al]?gpl|general public|sspl|server side|commons clause|busl", re.I)


def pins(lock: Path) -> dict[str, str]:
    """Each package of a lock, with its version."""
    return dict(re.findall(r"^([a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==([^ ;\\]+)", lock.read_text("utf-8"), re.M))


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_package_of_a_lock_is_pinned_with_its_hashes(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text("utf-8").strip())
    assert len(blocks) >= len(pins(lock)) > 3
    for block in blocks:
        assert re.match(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==\S+", block), block[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block[:80]


def test_the_locks_agree() -> None:
    develop = pins(ROOT / "requirements" / "dev.txt")
    for name, version in pins(ROOT / "requirements" / "run.txt").items():
        assert name == "numpy" or develop[name] == version


def test_every_dependency_has_its_row() -> None:
    direct = names(PROJECT["project"]["dependencies"])
    for extra in PROJECT["project"]["optional-dependencies"].values():
        direct |= names(extra)
    direct |= names(PROJECT["dependency-groups"]["dev"])
    behind = set(pins(ROOT / "requirements" / "run.txt"))
    assert set(ROWS) == direct | behind


def test_what_comes_with_the_package_is_few() -> None:
    assert len(pins(ROOT / "requirements" / "run.txt")) <= 18


def test_every_licence_of_the_page_goes_with_the_projects() -> None:
    for name, (_, licence) in ROWS.items():
        assert set(re.split(r" (?:AND|OR) ", licence)) <= PERMITTED, name


def declared_licence(name: str) -> str:
    """What the installed package says of its licence, in whichever of three fields."""
    meta = distribution(name).metadata
    classifiers = [line for line in meta.get_all("Classifier") or () if line.startswith("License")]
    return " ".join([meta.get("License-Expression") or "", (meta.get("License") or "")[:200], *classifiers])


def test_no_installed_package_of_the_lock_is_copyleft() -> None:
    seen = 0
    for name in pins(ROOT / "requirements" / "dev.txt"):
        try:
            licence = declared_licence(name)
        except PackageNotFoundError:  # for another system
            continue
        seen += 1
        assert FREE.search(licence) or name in UNSAID, (name, licence)
        assert not COPYLEFT.search(licence) or " OR " in licence or "Artistic" in licence, (name, licence)
    assert seen > 100


def test_the_page_and_the_packages_agree_on_licences() -> None:
    for name in pins(ROOT / "requirements" / "run.txt"):
        try:
            declared = distribution(name).metadata.get("License-Expression")
        except PackageNotFoundError:
            continue
        assert declared in (None, ROWS[name][1]), name
