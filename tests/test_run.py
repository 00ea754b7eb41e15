"""Runs: which files are read, in any number of processes, and what happens when one of them is bad."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import standin
from extract.batches import cut_batches, plan_batch
from extract.dataset import TABLES
from extract.errors import ReadError
from extract.inputs import list_inputs, read_source
from extract.models import Reject
from extract.run import run
from waiting import wait_until

TESTS = Path(__file__).parent


def put(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for stem, text in texts.items():
        (folder / f"{stem}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def shelf(tmp_path) -> Path:
    return put(tmp_path / "shelf", **{f"town-{number:02}": "line\n" * (number % 4 + 1) for number in range(12)})


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def rejects(out: Path) -> list[Reject]:
    return [Reject(**row) for row in pq.read_table(out / "rejects.parquet").to_pylist()]


def issues(out: Path) -> list[str]:
    return pq.read_table(out / "issues.parquet").column("issue_id").to_pylist()


def paths(inputs) -> list[str]:
    return [Path(source.path).name for source in inputs.sources]


class TestInputs:
    def test_text_files_of_a_folder_in_order(self, tmp_path):
        put(tmp_path, b="b", a="a", c="c")
        (tmp_path / "D.TXT").write_text("d")
        (tmp_path / ".hidden.txt").write_text("no")
        (tmp_path / "notes.md").write_text("no")
        put(tmp_path / "folder.txt", inner="no")
        inputs = list_inputs([tmp_path])
        assert paths(inputs) == ["D.TXT", "a.txt", "b.txt", "c.txt"]
        assert inputs.refused == []

    def test_the_order_of_the_paths_does_not_matter(self, tmp_path):
        one, two = put(tmp_path / "one", z="z", b="b"), put(tmp_path / "two", a="a")
        assert list_inputs([one, two]) == list_inputs([two, one])

    def test_a_file_named_twice_is_read_once(self, tmp_path):
        put(tmp_path, a="a")
        (tmp_path / "link").symlink_to(tmp_path)
        assert len(list_inputs([tmp_path / "a.txt", tmp_path, tmp_path / "link"]).sources) == 1

    def test_two_files_of_one_stem_are_rejected_and_the_others_read(self, shelf, tmp_path):
        put(tmp_path / "other", **{"town-03": "another"})
        report = run([shelf, tmp_path / "other"], tmp_path / "out", workers=1, read=standin.extract_bytes)
        assert issues(tmp_path / "out") == [f"town-{number:02}" for number in range(12) if number != 3]
        assert [(r.issue_id, r.reason) for r in report.rejects] == [("town-03", "same_stem")] * 2
        assert rejects(tmp_path / "out") == report.rejects

    def test_names_that_differ_by_case_or_unicode_form_only_are_rejected(self, shelf):
        put(shelf, **{"TOWN-03": "case", "caf\u00e9": "one", "cafe\u0301": "two"})
        inputs = list_inputs([shelf])
        assert len(inputs.sources) == 11
        refused = {(reject.issue_id, reject.reason) for reject in inputs.refused}
        assert refused == {(name, "same_stem") for name in ("TOWN-03", "town-03", "caf\u00e9", "cafe\u0301")}

    def test_a_document_that_takes_too_long_is_rejected_and_tried_again(self, shelf, tmp_path, monkeypatch):
        monkeypatch.setattr("extract.work.SECONDS", 0.2)
        (shelf / "town-05.txt").write_text("sleep")
        report = run([shelf], tmp_path / "out", workers=1, read=standin.extract_bytes)
        assert [(r.issue_id, r.reason) for r in report.rejects] == [("town-05", "time_limit")]
        (shelf / "town-05.txt").write_text("nap")
        assert run([shelf], tmp_path / "out", workers=1, read=standin.extract_bytes).done == 1

    def test_a_file_of_any_name_may_be_named(self, tmp_path):
        (tmp_path / "report.v2.md").write_text("text")
        assert [source.issue_id for source in list_inputs([tmp_path / "report.v2.md"]).sources] == ["report.v2"]

    def test_a_folder_without_texts_is_rejected_and_the_others_are_read(self, shelf, tmp_path):
        report = run([put(tmp_path / "empty"), shelf], tmp_path / "out", workers=1, read=standin.extract_bytes)
        assert report.issue_count == 12
        (reject,) = report.rejects
        assert (reject.path, reject.reason) == (str(tmp_path / "empty"), "no_text_files")
        assert "*.txt" in reject.message
        assert rejects(tmp_path / "out") == [reject]

    def test_a_file_that_changes_while_it_is_read_is_rejected_and_read_by_the_next_run(self, shelf, tmp_path):
        sources = list(map(plan_batch, cut_batches(list_inputs([shelf]).sources)))
        (shelf / "town-11.txt").write_text("changed")
        with pytest.raises(ReadError, match="changed while it was read"):
            read_source(sources[-1].sources[0])
        assert read_source(sources[0].sources[0]) == b"line\n"


class TestRuns:
    def test_report(self, shelf, tmp_path):
        seen = []
        report = run(
            [shelf],
            tmp_path / "out",
            workers=1,
            read=standin.extract_bytes,
            progress=lambda done, total, last: seen.append((done, total, last)),
        )
        assert seen == [(number + 1, 12, f"town-{number:02}") for number in range(12)]
        assert [issue.issue_id for issue in report.issues] == issues(tmp_path / "out")
        assert dict(zip(TABLES, report.issues[3].rows, strict=True))["levels"] == 4
        assert report.issues[3].coverage == (3, 4)
        assert report.timings["decode"] == 12 * 0.25
        assert {"read", "records", "tables", "write"} <= set(report.timings)
        assert report.rejects == []

    def test_bytes_do_not_depend_on_workers_or_the_order_of_paths(self, shelf, tmp_path):
        files = sorted(shelf.iterdir())
        for name, workers, paths in [("1", 1, [shelf]), ("2", 2, files[::-1]), ("3", 3, files[5:] + files[:5])]:
            run(paths, tmp_path / name, workers=workers, read=standin.extract_bytes)
        assert tables(tmp_path / "1") == tables(tmp_path / "2") == tables(tmp_path / "3")

    def test_bytes_do_not_depend_on_the_hash_seed(self, shelf, tmp_path):
        for seed in ("0", "4321"):
            command = [sys.executable, TESTS / "standin_cli.py", "run", shelf, "--out", tmp_path / seed, "--workers=2"]
            subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        assert tables(tmp_path / "0") == tables(tmp_path / "4321")

    @pytest.mark.parametrize("workers", [1, 2])
    def test_one_bad_document_never_stops_the_others(self, workers, shelf, tmp_path):
        run([shelf], tmp_path / "good", workers=1, read=standin.extract_bytes)
        put(shelf, a_bad="bad", m_bug="bug", z_wrong="wrong")
        (shelf / "loop.txt").symlink_to(shelf / "loop.txt")
        os.mkfifo(shelf / "pipe.txt")
        report = run([shelf], tmp_path / "out", workers=workers, read=standin.extract_bytes)
        found = {reject.issue_id: (reject.stage, reject.reason) for reject in rejects(tmp_path / "out")}
        assert found == {
            "a_bad": ("decode", "not_text"),
            "loop": ("read", "unreadable"),
            "m_bug": ("extract", "internal_error"),
            "pipe": ("read", "not_a_file"),
            "z_wrong": ("tables", "invalid_row"),
        }
        assert report.rejects == rejects(tmp_path / "out")
        good, out = tables(tmp_path / "good"), tables(tmp_path / "out")
        assert {name for name in good if good[name] != out[name]} == {"rejects.parquet", "datapackage.json"}

    def test_a_rejection_names_the_place_and_the_cause(self, tmp_path):
        shelf = put(tmp_path / "shelf", bad="bad", bug="bug", wrong="wrong")
        by_issue = {
            r.issue_id: r for r in run([shelf], tmp_path / "out", read=standin.extract_bytes, workers=1).rejects
        }
        assert (by_issue["bad"].char_start, by_issue["bad"].char_end) == (5, 6)
        assert by_issue["bad"].message == "not a text; save it as text"
        assert "ZeroDivisionError: two by nothing (standin.py, line" in by_issue["bug"].message
        assert "level.unit" in by_issue["wrong"].message

    def test_a_name_that_is_no_text_is_rejected(self, tmp_path):
        name = os.path.join(os.fsencode(put(tmp_path / "shelf", good="line")), b"\xd6\xd0.txt")
        Path(os.fsdecode(name)).write_text("line")
        (reject,) = run([tmp_path / "shelf"], tmp_path / "out", workers=1, read=standin.extract_bytes).rejects
        assert (reject.issue_id, reject.reason) == ("\\xd6\\xd0", "file_name")
        assert rejects(tmp_path / "out") == [reject]

    def test_a_document_that_kills_its_process_costs_itself_only(self, shelf, tmp_path):
        run([shelf], tmp_path / "good", workers=2, read=standin.extract_bytes)
        put(shelf, **{"town-03-die": "die", "town-09-die": "die"})
        report = run([shelf], tmp_path / "out", workers=2, read=standin.extract_bytes)
        assert [(r.issue_id, r.reason) for r in report.rejects] == [
            ("town-03-die", "process_died"),
            ("town-09-die", "process_died"),
        ]
        good, out = tables(tmp_path / "good"), tables(tmp_path / "out")
        assert {name for name in good if good[name] != out[name]} == {"rejects.parquet", "datapackage.json"}

    def test_when_nothing_can_be_read_the_old_tables_stay(self, shelf, tmp_path):
        run([shelf], tmp_path / "out", workers=1, read=standin.extract_bytes)
        before = tables(tmp_path / "out")
        report = run([put(tmp_path / "bad", bad="bad")], tmp_path / "out", read=standin.extract_bytes)
        assert not report.written
        assert tables(tmp_path / "out") == before

    def test_when_nothing_can_be_read_a_new_folder_says_why(self, tmp_path):
        report = run([put(tmp_path / "bad", bad="bad")], tmp_path / "out", read=standin.extract_bytes)
        assert report.written
        assert rejects(tmp_path / "out") == report.rejects


class TestInterruptions:
    @pytest.fixture
    def running(self, shelf, tmp_path):
        """A command that has read some documents and sits on one; the process of that one; the tables before it."""
        run([shelf], tmp_path / "out", workers=1, read=standin.extract_bytes)
        put(shelf, **{"town-05-sleep": "sleep"})
        command = [sys.executable, TESTS / "standin_cli.py", "run", shelf, "--out", tmp_path / "out", "--workers=2"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
        note = shelf / "town-05-sleep.pid"
        wait_until(lambda: note.exists() and note.read_text())
        yield process, int(note.read_text()), tables(tmp_path / "out")
        process.stderr.close()

    def test_ctrl_c(self, running, tmp_path):
        process, worker, before = running
        os.kill(worker, signal.SIGKILL)  # the document would sleep for a minute
        os.killpg(process.pid, signal.SIGINT)
        _, message = process.communicate(timeout=30)
        assert process.returncode == 130
        assert b"Interrupted" in message
        assert b"Traceback" not in message
        after = {name: table for name, table in tables(tmp_path / "out").items() if name.endswith(".parquet")}
        assert after == {name: table for name, table in before.items() if name.endswith(".parquet")}

    def test_kill_of_the_command_leaves_the_tables_and_no_process(self, running, shelf, tmp_path):
        process, worker, before = running
        process.kill()
        process.wait(timeout=30)
        wait_until(lambda: not alive(worker))
        after = tables(tmp_path / "out")
        assert {name: after[name] for name in before if name.endswith(".parquet")} == {
            name: table for name, table in before.items() if name.endswith(".parquet")
        }
        (shelf / "town-05-sleep.txt").unlink()
        run([shelf], tmp_path / "out", workers=1, read=standin.extract_bytes)
        assert sorted(tables(tmp_path / "out")) == sorted(
            [*(f"{table}.parquet" for table in TABLES), "datapackage.json"]
        )


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits to be reaped does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
