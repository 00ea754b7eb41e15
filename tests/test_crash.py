"""Every call that writes fails once, in turn: afterwards a reader finds the old tables or the new ones, never a mix."""

import errno
import os
import pathlib
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import extract.run
import standin
from extract.run import run
from extract.store import NAMES
from extract.tables import OutputError

CALLS = {
    "fsync": (os, "fsync"),
    "replace": (os, "replace"),
    "rename": (os, "rename"),
    "link": (os, "link"),
    "symlink": (os, "symlink"),
    "mkdir": (os, "mkdir"),
    "Path.open": (pathlib.Path, "open"),
    "write_text": (pathlib.Path, "write_text"),
    "row group": (pq.ParquetWriter, "write_table"),
    "footer": (pq.ParquetWriter, "close"),
}
"""The calls by which the package writes. A disk without second names is answered with copies."""


class Crash(BaseException):
    """The process stops here: nothing after this line runs."""


class PowerCut(Crash):
    """The machine stops here: what was written and not flushed is gone, names stay."""


@pytest.fixture(params=["one file", "parts"])
def shelf(request, tmp_path, monkeypatch) -> Path:
    """A shelf of which the tables in `old` are one change behind; `new` are those it should have."""
    if request.param == "parts":
        monkeypatch.setattr(extract.run, "ONE_FILE", 0)
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text("line\nline")
    update(folder, tmp_path / "old")
    (folder / "two.txt").write_text("line\nline\nline")
    update(folder, tmp_path / "new")
    return folder


def update(shelf: Path, out: Path):
    return run([shelf], out, workers=1, read=standin.extract_bytes)


def contents(out: Path) -> dict[str, bytes]:
    found = {}
    for name in NAMES:
        path = out / name
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            found[file.relative_to(out).as_posix()] = file.read_bytes()
    return found


def fail_at(monkeypatch, call: str, number: int, out: Path, error: BaseException) -> list[int]:
    """Have one call of a kind fail, the `number`th of those that write into `out`; the list holds how many came."""
    owner, name = CALLS[call]
    real, seen = getattr(owner, name), [0]

    def counted(*args, **named):
        if call == "Path.open" and not writes(args, named):
            return real(*args, **named)
        seen[0] += 1
        if seen[0] == number:
            raise error
        return real(*args, **named)

    monkeypatch.setattr(owner, name, counted)
    return seen


def note_flushes(monkeypatch) -> set[int]:
    """The inodes of files that have been flushed since."""
    flushed: set[int] = set()
    real = os.fsync

    def noted(file) -> None:
        real(file)
        flushed.add(os.fstat(file if isinstance(file, int) else file.fileno()).st_ino)

    monkeypatch.setattr(os, "fsync", noted)
    return flushed


def inodes(out: Path) -> dict[int, Path]:
    """The files below a folder, each once."""
    return {path.lstat().st_ino: path for path in out.rglob("*") if path.is_file() and not path.is_symlink()}


def writes(args, named) -> bool:
    mode = named.get("mode", args[1] if len(args) > 1 else "r")
    return "w" in mode


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), Crash(), PowerCut()], ids=["full", "crash", "power"]
)
@pytest.mark.parametrize("call", CALLS)
def test_the_old_tables_or_the_new_ones(call, error, shelf, tmp_path, monkeypatch):
    old, new = contents(tmp_path / "old"), contents(tmp_path / "new")
    assert old != new
    number, outcomes = 0, set()
    while True:
        number += 1
        out = tmp_path / f"out-{number}"
        shutil.copytree(tmp_path / "old", out, symlinks=True)
        before = inodes(out)
        with monkeypatch.context() as patch:
            flushed = note_flushes(patch)
            seen = fail_at(patch, call, number, out, error)
            try:
                update(shelf, out)
                failed = False
            except (OutputError, Crash):
                failed = True
        if isinstance(error, PowerCut):
            for inode, path in inodes(out).items():
                if inode not in flushed and inode not in before:
                    path.write_bytes(b"")
        found = contents(out)
        assert found in (old, new), f"{call} number {number} left a mix"
        outcomes.add((failed, found == new))
        update(shelf, out)
        assert contents(out) == new, f"not mended after {call} number {number}"
        shutil.rmtree(out)
        if seen[0] < number:
            break
    answered = call == "link" and isinstance(error, OSError)
    assert (outcomes == {(False, True)}) == (answered or number == 1)
