"""What a user of the command waits for, and how much memory it takes; each run is a process of its own.

Python's compiled modules go to a folder of this session and are there after the warm-up: an environment that forbids
writing them (PYTHONDONTWRITEBYTECODE, common in containers) would have every start compile everything anew.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RAW = Path(__file__).parents[1] / "data" / "raw"
EXTRACT = Path(sys.executable).with_name("extract")
ROUNDS = 5

# A process inherits the peak of the one it was forked from: a small one in between keeps pytest's out of the figure.
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(peak if sys.platform == "darwin" else peak * 1024)
"""


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        yield


def run(*words: str | Path) -> None:
    subprocess.run(words, check=True, capture_output=True)


def test_python(benchmark):
    """The interpreter alone: no command can start faster."""
    benchmark.pedantic(run, (sys.executable, "-c", "pass"), rounds=ROUNDS, warmup_rounds=1)


def test_help(benchmark):
    benchmark.pedantic(run, (EXTRACT, "--help"), rounds=ROUNDS, warmup_rounds=1)


def test_one_line(benchmark, tmp_path):
    """A file of one sentence: the time until the grammar is loaded, and the tables."""
    line = tmp_path / "line.txt"
    line.write_text("松河县新增规上企业36家，同比增长12.5%。\n", "utf-8")
    benchmark.pedantic(run, (EXTRACT, "run", line, "--out", tmp_path / "out"), rounds=ROUNDS, warmup_rounds=1)
    assert (tmp_path / "out" / "levels.parquet").exists()


def test_run(benchmark, tmp_path):
    """The issue of data/raw from file to files; the peak of memory goes into `peak`, in bytes."""
    command = (EXTRACT, "run", RAW, "--out", tmp_path / "out")
    benchmark.pedantic(run, command, rounds=ROUNDS, warmup_rounds=1)
    shown = subprocess.run([sys.executable, "-c", _PEAK, *command], check=True, capture_output=True, text=True)
    benchmark.extra_info["peak"] = int(shown.stdout)
