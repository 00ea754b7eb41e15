"""The set-up: locks that pin everything, and a Makefile that does what it says and nothing twice."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = [ROOT / "requirements" / name for name in ("build.txt", "dev.txt")]


def pinned(lock: Path) -> dict[str, set[str]]:
    """Name -> versions of a lock (more than one where they differ by Python version)."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", lock.read_text("utf-8"), flags=re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


def named(requirements: list[str]) -> set[str]:
    return {re.match(r"[\w-]+", requirement)[0] for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_of_a_lock_is_a_pin_with_hashes(lock):
    text = lock.read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        assert re.fullmatch(r"[\w.-]+==[^\s;]+(?: ; [^-]+)?(?:\s+--hash=sha256:[0-9a-f]{64})+\s*", line), line[:80]


def test_locks_agree_and_hold_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    build, dev = map(pinned, LOCKS)
    assert {name: versions for name, versions in build.items() if dev.get(name, versions) != versions} == {}
    assert named(project["project"]["dependencies"]) | named(project["dependency-groups"]["dev"]) <= dev.keys()
    assert named(project["build-system"]["requires"]) | {"setuptools", "wheel", "editables"} <= build.keys()


def make(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *words], cwd=folder, env=environment | settings, capture_output=True, text=True, check=False
    )


def test_make_prints_help():
    shown = make(ROOT).stdout
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)[1].split()
    assert [line.split()[1] for line in shown.splitlines()] == phony
    assert make(ROOT, "help").stdout == shown


def test_ci_runs_what_the_readme_tells():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.findall(r"^make .+$", script, flags=re.MULTILINE) == ["make data", "make check", "make test"]
    assert "set -euo pipefail" in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout with the Makefile and one raw file, set up with a command that only notes how it was called."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    for folder in ("data/raw", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/raw/town 2021.txt").write_text("one")
    command = tmp_path / ".venv/bin/extract"
    command.write_text('#!/bin/sh\necho "$@" >> runs\n! grep -q bad data/raw/*\n')
    command.chmod(0o755)
    (tmp_path / ".venv/.installed").touch()
    return tmp_path


def test_make_data_runs_the_command_which_knows_what_has_changed(checkout):
    assert make(checkout, "data").returncode == 0
    assert (checkout / "runs").read_text() == "run data/raw --out data/out\n"


def test_make_data_fails_while_an_input_is_rejected(checkout):
    (checkout / "data/raw/bad.txt").write_text("bad")
    assert make(checkout, "data").returncode != 0


def test_nothing_is_set_up_twice(checkout):
    assert "Nothing to be done" in make(checkout, "install").stdout


@pytest.mark.parametrize(
    ("python", "message"),
    [
        ("#!/bin/sh\ncase $1 in --version) echo Python 3.8.1;; *) exit 1;; esac", "is Python 3.8.1; Python 3.11"),
        ("#!/bin/sh\ncase $1$2 in -mvenv) exit 1;; *) exit 0;; esac", "apt install python3-venv"),
        (None, "install Python 3.11, 3.12 or 3.13"),
    ],
    ids=["too old", "no venv", "none"],
)
def test_a_python_that_will_not_do_is_said_plainly(python, message, checkout):
    (checkout / ".venv/.installed").unlink()
    if python is not None:
        (checkout / "python").write_text(python)
        (checkout / "python").chmod(0o755)
    result = make(checkout, "data", f"PYTHON={checkout / 'python'}")
    assert result.returncode != 0
    assert message in result.stdout
    assert not (checkout / "runs").exists()
