"""A shelf that is kept up to date: only what changed is done, and the tables are those of a run from nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import extract.run
import standin
from extract.batches import batch_size, code_version, cut_batches, in_shard
from extract.dataset import TABLES
from extract.inputs import Source
from extract.manifest import Manifest
from extract.run import merge, run
from extract.store import NAMES, LocalStore
from extract.tables import OutputError
from waiting import wait_until

TESTS = Path(__file__).parent


@pytest.fixture(params=["one file", "parts"])
def layout(request, monkeypatch):
    """Both forms of the tables: one file each, and a folder of parts each."""
    if request.param == "parts":
        monkeypatch.setattr(extract.run, "ONE_FILE", 0)
    return request.param


@pytest.fixture
def shelf(tmp_path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    for number in range(9):
        (folder / f"town-{number:02}.txt").write_text("line\n" * (number % 4 + 1))
    return folder


def update(shelf: Path, out: Path, **words) -> extract.run.RunReport:
    return run([shelf], out, **({"workers": 1, "read": standin.extract_bytes} | words))


def contents(out: Path) -> dict[str, bytes]:
    """Every file that a reader sees, part files too."""
    found = {}
    for name in NAMES:
        path = out / name
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        found |= {file.relative_to(out).as_posix(): file.read_bytes() for file in files}
    return found


def rows(out: Path) -> dict[str, list]:
    """The rows of every table, in the order of their issues and places."""
    return {
        table: sorted(map(str, pd.read_parquet(out / f"{table}.parquet", dtype_backend="pyarrow").to_dict("records")))
        for table in TABLES
    }


class TestUpdates:
    def test_nothing_changed(self, layout, shelf, tmp_path):
        update(shelf, tmp_path / "out")
        version = os.readlink(tmp_path / "out" / ".extract" / "current")
        report = update(shelf, tmp_path / "out", read=None)  # nothing may be read
        assert (report.done, report.kept, report.published) == (0, 9, False)
        assert os.readlink(tmp_path / "out" / ".extract" / "current") == version

    @pytest.mark.parametrize(
        ("change", "done", "removed"),
        [
            (lambda folder: (folder / "town-03.txt").write_text("new\nnew"), 1, 0),
            (lambda folder: (folder / "town-99.txt").write_text("new"), 1, 0),
            (lambda folder: (folder / "town-00.txt").unlink(), 0, 1),
            (lambda folder: (folder / "town-05.txt").rename(folder / "a-town.txt"), 1, 1),
            (lambda folder: (folder / "town-05.txt").write_text("bad"), 1, 0),
        ],
        ids=["changed", "added", "removed", "renamed", "spoilt"],
    )
    def test_only_what_changed_is_read_and_the_bytes_are_those_of_a_run_from_nothing(
        self, change, done, removed, layout, shelf, tmp_path
    ):
        update(shelf, tmp_path / "out")
        change(shelf)
        seen = []

        def read(raw, issue_id, path):
            seen.append(issue_id)
            return standin.extract_bytes(raw, issue_id, path)

        report = update(shelf, tmp_path / "out", read=read)
        assert (len(seen), report.done, report.removed) == (done, done, removed)
        update(shelf, tmp_path / "fresh")
        assert contents(tmp_path / "out") == contents(tmp_path / "fresh")

    def test_rows_are_taken_over_where_a_batch_changes(self, layout, shelf, tmp_path, monkeypatch):
        monkeypatch.setattr(extract.batches, "SHARES", 1)  # batches of several issues
        update(shelf, tmp_path / "out")
        (shelf / "town-04.txt").write_text("new\nnew\nnew")
        report = update(shelf, tmp_path / "out")
        assert (report.done, report.kept) == (1, 8)
        update(shelf, tmp_path / "fresh")
        assert contents(tmp_path / "out") == contents(tmp_path / "fresh")

    def test_another_version_of_the_rules_reads_all_anew(self, shelf, tmp_path, monkeypatch):
        update(shelf, tmp_path / "out")
        for module in (extract.batches, extract.run, extract.work):
            monkeypatch.setattr(module, "code_version", lambda: "another")
        assert update(shelf, tmp_path / "out").done == 9

    def test_the_version_covers_grammar_and_lexicon(self, monkeypatch):
        files = dict(extract.batches._package_files(extract.batches.resources.files("extract"), ""))
        assert {"grammar/numerals.py", "lexicon/units.toml", "lexicon/regions.tsv"} <= files.keys()
        before = code_version.__wrapped__()
        changed = [*files.items(), ("lexicon/new.toml", b"")]
        monkeypatch.setattr(extract.batches, "_package_files", lambda folder, prefix: changed)
        assert code_version.__wrapped__() != before

    @pytest.mark.parametrize("harm", ["lost", "cut", "description"])
    def test_a_table_that_is_lost_or_cut_short_is_written_again(self, harm, layout, shelf, tmp_path):
        update(shelf, tmp_path / "out")
        before = contents(tmp_path / "out")
        path = tmp_path / "out" / "levels.parquet"
        file = next(path.iterdir()) if path.is_dir() else path
        if harm == "cut":
            os.truncate(file, 20)
        else:
            (tmp_path / "out" / ("datapackage.json" if harm == "description" else "levels.parquet")).unlink()
        update(shelf, tmp_path / "out")
        assert contents(tmp_path / "out") == before

    def test_rejections_whose_cause_may_end_are_tried_again(self, shelf, tmp_path):
        (shelf / "later.txt").symlink_to(tmp_path / "later")
        (shelf / "bad.txt").write_text("bad")
        assert update(shelf, tmp_path / "out").failed == 2
        (tmp_path / "later").write_text("line")
        report = update(shelf, tmp_path / "out")
        assert (report.done, report.failed) == (1, 1)
        update(shelf, tmp_path / "fresh")
        assert contents(tmp_path / "out") == contents(tmp_path / "fresh")

    def test_a_rejection_names_the_path_as_it_is_now(self, shelf, tmp_path):
        (shelf / "bad.txt").write_text("bad")
        update(shelf, tmp_path / "out")
        shelf.rename(tmp_path / "moved")
        (reject,) = update(tmp_path / "moved", tmp_path / "out").rejects
        assert reject.path == str(tmp_path / "moved" / "bad.txt")

    def test_files_of_an_earlier_version_of_the_package_are_taken_over(self, shelf, tmp_path):
        update(shelf, tmp_path / "fresh")
        (tmp_path / "out").mkdir()
        for name in NAMES:
            (tmp_path / "out" / name).write_bytes(b"old")
        update(shelf, tmp_path / "out")
        assert contents(tmp_path / "out") == contents(tmp_path / "fresh")

    def test_a_folder_without_second_names_gets_copies(self, shelf, tmp_path, monkeypatch):
        update(shelf, tmp_path / "fresh")

        def refuse(*_):
            raise OSError("no links here")

        monkeypatch.setattr(os, "link", refuse)
        update(shelf, tmp_path / "out")
        assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


class TestMerge:
    def test_parts_become_one_file_and_a_change_makes_parts_again(self, shelf, tmp_path, monkeypatch):
        update(shelf, tmp_path / "small")
        monkeypatch.setattr(extract.run, "ONE_FILE", 0)
        update(shelf, tmp_path / "out")
        parts = contents(tmp_path / "out")
        assert merge(tmp_path / "out") == 9
        assert contents(tmp_path / "out") == contents(tmp_path / "small")
        assert not update(shelf, tmp_path / "out", read=None).published
        text = (shelf / "town-02.txt").read_text()
        (shelf / "town-02.txt").write_text("other")
        assert update(shelf, tmp_path / "out").done == 1
        (shelf / "town-02.txt").write_text(text)
        update(shelf, tmp_path / "out")
        assert contents(tmp_path / "out") == parts

    def test_nothing_to_merge(self, tmp_path):
        with pytest.raises(OutputError, match="no complete tables"):
            merge(tmp_path)


class TestBatches:
    def test_a_document_that_comes_moves_few_borders(self):
        sources = [Source(f"issue-{number:05}", "") for number in range(3000)]
        before = set(cut_batches(sources))
        assert sum(map(len, before)) == 3000
        assert max(map(len, before)) <= 2 * batch_size(3000)
        sources.insert(1500, Source("issue-01499-b", ""))
        after = set(cut_batches(sources))
        assert len(after - before) <= 4

    def test_every_batch_is_in_one_shard(self):
        batches = list(cut_batches([Source(f"issue-{number:05}", "") for number in range(500)]))
        shards = [[batch for batch in batches if in_shard(batch, (number, 3))] for number in (1, 2, 3)]
        assert all(shards)
        assert {batch for shard in shards for batch in shard} == set(batches)
        assert sum(map(len, shards)) == len(batches)


def test_shards_and_a_closing_run_give_the_tables_of_one_run(shelf, tmp_path):
    update(shelf, tmp_path / "fresh")
    reports = [update(shelf, tmp_path / "out", shard=(number, 3)) for number in (1, 2, 3)]
    assert sum(report.done for report in reports) == 9
    assert not (tmp_path / "out" / "levels.parquet").exists()
    assert update(shelf, tmp_path / "out", read=None).published
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


class TestAccidents:
    """The command, killed or starved, then run again: the bytes of an undisturbed run, nothing twice."""

    @pytest.fixture(autouse=True)
    def fresh(self, shelf, tmp_path):
        update(shelf, tmp_path / "old")
        shutil.copytree(tmp_path / "old", tmp_path / "out", symlinks=True)
        for number in range(3):
            (shelf / f"new-{number}.txt").write_text("line\nline")
        update(shelf, tmp_path / "fresh")

    def start(self, shelf, tmp_path, *words) -> subprocess.Popen:
        command = [sys.executable, TESTS / "standin_cli.py", "run", shelf, "--out", tmp_path / "out", *words]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    @pytest.mark.parametrize("moment", [0.3, 0.8, 1.2, 1.6])
    def test_the_command_is_killed(self, moment, shelf, tmp_path):
        process = self.start(shelf, tmp_path, "--workers", "2")
        time.sleep(moment)
        process.kill()
        process.wait(timeout=30)
        assert contents(tmp_path / "out") in (contents(tmp_path / "old"), contents(tmp_path / "fresh"))
        wait_for_lock(tmp_path / "out")
        update(shelf, tmp_path / "out")
        assert contents(tmp_path / "out") == contents(tmp_path / "fresh")

    def test_a_worker_is_killed(self, shelf, tmp_path):
        (shelf / "new-1.txt").write_text("sleep")
        process = self.start(shelf, tmp_path, "--workers", "2")
        note = shelf / "new-1.pid"
        while process.poll() is None:  # among others, alone, and once more to know which document it is
            if note.exists() and (worker := note.read_text()):
                note.unlink()
                os.kill(int(worker), signal.SIGKILL)
            time.sleep(0.05)
        assert process.wait(timeout=60) == 1
        found = pq.read_table(tmp_path / "out" / "rejects.parquet").to_pylist()
        assert [(row["issue_id"], row["reason"]) for row in found] == [("new-1", "process_died")]
        (shelf / "new-1.txt").write_text("line\nline")
        update(shelf, tmp_path / "out")
        assert contents(tmp_path / "out") == contents(tmp_path / "fresh")

    @pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small file system")
    def test_the_disk_is_full(self, shelf, tmp_path):
        disk = tmp_path / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], capture_output=True)
        if mounted.returncode:
            pytest.skip(f"cannot mount here: {mounted.stderr.decode()}")
        try:
            shutil.copytree(tmp_path / "old", disk / "out", symlinks=True)
            before = contents(disk / "out")
            fill(disk / "filler")
            with pytest.raises(OutputError, match="No space left on device"):
                update(shelf, disk / "out")
            assert contents(disk / "out") == before
            (disk / "filler").unlink()
            update(shelf, disk / "out")
            assert contents(disk / "out") == contents(tmp_path / "fresh")
        finally:
            subprocess.run(["umount", disk], check=True)


def test_one_issue_is_read_without_the_others(shelf, tmp_path, monkeypatch):
    monkeypatch.setattr("extract.tables.ROW_GROUP", 3)
    update(shelf, tmp_path / "out")
    file = pq.ParquetFile(tmp_path / "out" / "levels.parquet")
    column = file.schema_arrow.get_field_index("issue_id")
    groups = [file.metadata.row_group(group).column(column).statistics for group in range(file.num_row_groups)]
    holding = [group for group in groups if group.min <= "town-03" <= group.max]
    assert len(groups) > 4
    assert len(holding) == 1


def test_a_manifest_of_another_format_is_no_manifest(shelf, tmp_path):
    update(shelf, tmp_path / "out")
    path = tmp_path / "out" / ".extract" / "current" / "manifest.jsonl"
    with path.open("rb") as file:
        assert Manifest(file).issue_count == 9
    path.write_text("{}\n")
    assert LocalStore(tmp_path / "out").previous() is None
    assert update(shelf, tmp_path / "out").issue_count == 9


def fill(path: Path) -> None:
    """Leave no room on the disk of a file but 64 kB: enough to begin, too little to end."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"0" * 4096)
        except OSError:
            file.truncate(file.tell() - 65536)


def wait_for_lock(out: Path) -> None:
    def is_free() -> bool:
        try:
            with LocalStore(out).locked():
                return True
        except OutputError:
            return False

    wait_until(is_free)


def test_a_shelf_is_looked_at_batch_by_batch(shelf, tmp_path, monkeypatch):
    """The first batch is in work before the second file is opened, however many there are."""
    looked = []
    real = extract.batches.read_token
    monkeypatch.setattr(extract.batches, "read_token", lambda path: (looked.append(path), real(path))[1])

    def read(raw, issue_id, path):
        assert len(looked) == int(issue_id[-2:]) + 1
        return standin.extract_bytes(raw, issue_id, path)

    assert update(shelf, tmp_path / "out", read=read).failed == 0
    assert len(looked) == 9
