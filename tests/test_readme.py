"""The README: every command in it is run, and its numbers are those of the tables."""

import re
import shlex
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from extract.cli import main
from extract.dataset import TABLES
from extract.run import run

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


COMMANDS = [line.split("  #")[0].strip() for block in blocks("sh") for line in block.splitlines()]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A folder as it is after `make data`, with a text of one's own."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    report = run([folder / "data" / "raw"], folder / "data" / "out", workers=1)
    assert report.rejects == []
    (folder / "my-issue.txt").write_text("青岚市2021年粮食产量30万吨，增长1.2%。\n", encoding="utf-8")
    (folder / "texts").mkdir()
    shutil.copy(folder / "my-issue.txt", folder / "texts")
    return folder


def test_the_two_commands_come_first():
    assert COMMANDS[:2] == ["make data", "make test"]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(command, checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    words = shlex.split(command)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:.*## ", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    else:
        assert words[0] == ".venv/bin/extract"
        result = CliRunner().invoke(main, words[1:])
        assert result.exit_code == 0, result.output


def test_python_as_it_stands(checkout, monkeypatch, capsys):
    monkeypatch.chdir(checkout)
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), names)
    assert "ProjectCount" in capsys.readouterr().out


def test_table_of_tables(checkout):
    lines = re.findall(r"^\| `(\w+)` \| (.+) \| ([\d,]+) \|$", README, flags=re.MULTILINE)
    assert [table for table, _, _ in lines] == list(TABLES)
    rows = {table: pq.read_metadata(checkout / f"data/out/{table}.parquet").num_rows for table in TABLES}
    right = "\n".join(f"| `{table}` | {words} | {rows[table]:,} |" for table, words, _ in lines)
    assert right in README, f"the rows of this issue are now:\n{right}"
