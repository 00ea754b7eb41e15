"""The command: exit codes, what is said on which stream, and that it answers at once."""

import os
import pty
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import extract as package
import standin
from extract.cli import main
from extract.dataset import TABLES

TESTS = Path(__file__).parent
HEAVY = {"jieba", "numpy", "pandas", "pyarrow", "pydantic", "regex", "rich"}


@pytest.fixture
def extract(monkeypatch):
    """Runs the command in this process, with the stand-in for the pipeline."""
    monkeypatch.setitem(sys.modules, "extract.pipeline", standin)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def shelf(tmp_path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "town-2021.txt").write_text("one\ntwo\nthree\n")
    return folder


def test_one_issue(extract, shelf, tmp_path):
    result = extract("run", shelf, "--out", tmp_path / "out")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["town-2021"] in lines
    assert ["levels", "3"] in lines
    assert ["ledger", "3", "of", "4", "runs", "of", "digits", "(75.0%)"] in lines
    assert result.stdout.endswith(f"1 issue written to {tmp_path / 'out'}\n")
    assert re.fullmatch(r"\[1/1\] town-2021 \([\d.]+/s\)\n", result.stderr)
    assert sorted(path.stem for path in (tmp_path / "out").iterdir() if path.is_file()) == sorted(
        [*TABLES, "datapackage"]
    )


def test_several_issues(extract, shelf, tmp_path):
    (shelf / "town-2022.txt").write_text("one\n")
    result = extract("run", shelf, "--out", tmp_path / "out", "--workers", 1)
    assert "town-2021: issues 1, articles 3, sentences 3" in result.stdout
    assert "town-2022: issues 1, articles 1, sentences 1" in result.stdout
    assert ["levels", "4"] in [line.split() for line in result.stdout.splitlines()]
    assert "2 issues written" in result.stdout


def test_many_issues_are_reported_by_their_totals(extract, shelf, tmp_path):
    for number in range(60):
        (shelf / f"village-{number:02}.txt").write_text("one\n")
    result = extract("run", shelf, "--out", tmp_path / "out", "--workers", 1)
    assert "village-07:" not in result.stdout
    assert ["levels", "63"] in [line.split() for line in result.stdout.splitlines()]
    assert len(result.stderr.splitlines()) <= 22


def test_timings(extract, shelf, tmp_path):
    result = extract("run", shelf, "--out", tmp_path / "out", "--timings")
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["decode", "0.250", "s"] in rows
    stages = [row[0] for row in rows if row[-1:] == ["s"]]
    assert {"records", "tables", "write"} < set(stages)
    assert stages[-1] == "total"


def test_rejections_are_named_and_the_others_written(extract, shelf, tmp_path):
    (shelf / "bad.txt").write_text("bad")
    (tmp_path / "empty").mkdir()
    result = extract("run", shelf, tmp_path / "empty", "--out", tmp_path / "out", "--workers", 1)
    assert result.exit_code == 1
    bad = f"rejected {shelf / 'bad.txt'}, at 5: not a text; save it as text [decode.not_text]"
    assert bad in result.stderr.splitlines()
    assert f"rejected {tmp_path / 'empty'}: a folder without *.txt" in result.stderr
    assert "1 issue written" in result.stdout
    assert "2 rejected" in result.stdout
    assert ["rejects", "2"] in [line.split() for line in result.stdout.splitlines()]
    assert pq.read_table(tmp_path / "out" / "rejects.parquet").num_rows == 2


def test_nothing_written_is_said(extract, shelf, tmp_path):
    extract("run", shelf, "--out", tmp_path / "out")
    (shelf / "town-2021.txt").write_text("bug")
    result = extract("run", shelf, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.stderr
    assert "Traceback" not in result.stderr
    assert f"nothing written, the tables in {tmp_path / 'out'} stay as they were; 1 rejected" in result.stdout
    assert pq.read_table(tmp_path / "out" / "issues.parquet").num_rows == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run"], "Missing argument 'PATH...'"),
        (["run", "shelf"], "Missing option '--out'"),
        (["run", "nowhere", "--out", "out"], "'nowhere' does not exist"),
        (["run", "shelf", "--out", "shelf/town-2021.txt"], "is a file"),
        (["run", "shelf", "--out", "out", "--workers", "0"], "--workers"),
        (["run", "shelf", "--out", "out", "--shard", "3/2"], "--shard"),
        (["run", "shelf", "--out", "out", "--scheduler", "tcp://127.0.0.1:1"], "--engine dask"),
        (["explain", "text", "--date", "soon"], "--date"),
        (["read"], "No such command"),
    ],
)
def test_wrong_use(words, message, extract, shelf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = extract(*words)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_a_full_disk_is_one_line_and_the_old_tables_stay(shelf, tmp_path):
    command = [sys.executable, TESTS / "standin_cli.py", "run", shelf, "--out", tmp_path / "out"]
    subprocess.run(command, check=True, capture_output=True)
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file()}
    (shelf / "town-2021.txt").write_text("line\n" * 500)
    failed = subprocess.run(command, capture_output=True, text=True, preexec_fn=small_files)
    assert failed.returncode == 3
    (error,) = [line for line in failed.stderr.splitlines() if line.startswith("Error")]
    assert "cannot write there (File too large)" in error
    assert "Traceback" not in failed.stderr
    after = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file()}
    assert after == before


def small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))


def test_a_bar_on_a_terminal(shelf, tmp_path):
    terminal, end = pty.openpty()
    command = [sys.executable, TESTS / "standin_cli.py", "run", shelf, "--out", tmp_path / "out"]
    done = subprocess.run(command, stderr=end, stdout=subprocess.PIPE, env={**os.environ, "TERM": "xterm"}, check=True)
    shown = os.read(terminal, 65536).decode()
    os.close(end)
    os.close(terminal)
    assert "1/1" in shown
    assert "[1/1]" not in shown
    assert b"1 issue written" in done.stdout


def test_explain_prints_what_is_found(extract, monkeypatch):
    asked = []

    class Explain:
        @staticmethod
        def explain(text, **options):
            asked.append((text, str(options["date"]), options["place"]))
            return "a tree"

    monkeypatch.setitem(sys.modules, "extract.explain", Explain)
    result = extract("explain", "税收增长3%。", "--date", "2021-03-01", "--place", "青岚市")
    assert (result.exit_code, result.stdout) == (0, "a tree\n")
    assert asked == [("税收增长3%。", "2021-03-01", "青岚市")]


def test_schemas_are_written_and_compared(extract, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert extract("schemas", "--check").exit_code == 1
    assert "schemas/levels.md\n" in extract("schemas").stdout
    assert extract("schemas", "--check").exit_code == 0
    (tmp_path / "schemas" / "levels.md").unlink()
    result = extract("schemas", "--check")
    assert result.exit_code == 1
    assert "schemas/levels.md: missing" in result.stderr
    assert "repair it with: extract schemas" in result.stderr


def modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*(name.split('.')[0] for name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy():
    code = "from extract.cli import main\nmain(['--help'], standalone_mode=False)"
    assert modules_after(code) & HEAVY == set()


def test_a_run_does_not_load_pandas(shelf, tmp_path):
    code = f"""sys.path.insert(0, {str(TESTS)!r})
import standin
sys.modules["extract.pipeline"] = standin
from extract.cli import main
try:
    main(["run", {str(shelf)!r}, "--out", {str(tmp_path / "out")!r}])
except SystemExit as done:
    assert done.code == 0"""
    assert modules_after(code) & HEAVY == {"numpy", "pyarrow", "pydantic", "rich"} | (
        modules_after("import extract.dataset") & HEAVY
    )


def test_the_package_loads_nothing_until_it_is_asked():
    assert modules_after("import extract") & HEAVY == set()


@pytest.mark.parametrize("name", package.__all__)
def test_every_public_name_is_there(name):
    assert name in dir(package)
    assert getattr(package, name) is not None


def test_no_other_name_is_there():
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        _ = package.nothing_of_that_name
