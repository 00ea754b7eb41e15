"""A shelf of invented issues, read by one process, by all, by Dask, and again: what a change costs, and what scales.

Needs a number of issues (`--count`), writes them to a folder of the system's temporary files, or takes those that are
there (`--shelf`); prints ratios, and the figures as JSON where `--json` says. Memory is the proportional set size of all
processes of a run, looked at twice a second.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep

import psutil
import pyarrow.dataset as ds

from extract.testing import write_issues

EXTRACT = Path(sys.executable).with_name("extract")


def measure(*words: str | Path) -> dict[str, float]:
    """Seconds of a run of the command, and the peak of its memory in MiB."""
    started, peak = perf_counter(), 0
    with subprocess.Popen([EXTRACT, "run", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            sleep(0.5 if perf_counter() - started > 3 else 0.05)
    if process.returncode:
        raise SystemExit(f"extract run {' '.join(map(str, words))} ended with {process.returncode}")
    return {"seconds": perf_counter() - started, "mib": peak / 2**20}


def memory(pid: int) -> int:
    """Bytes of a process and of those it started."""
    total = 0
    try:
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            total += process.memory_full_info().pss
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        pass
    return total


def run_all(shelf: Path, out: Path, few: int) -> dict[str, dict[str, float]]:
    """Every run, by name; those with one process and with Dask read `few` issues, each beside a pool of as many."""
    some = sorted(shelf.glob("*.txt"))[:few]
    part = out / "some"
    part.mkdir(parents=True)
    for path in some:
        os.link(path, part / path.name)
    runs = {
        "one process": measure(part, "--out", out / "one", "--workers", "1"),
        "two processes": measure(part, "--out", out / "two", "--workers", "2"),
        "dask": measure(part, "--out", out / "dask", "--workers", "2", "--engine", "dask"),
        "whole shelf": measure(shelf, "--out", out / "whole"),
        "nothing changed": measure(shelf, "--out", out / "whole"),
    }
    changed = sorted(shelf.glob("*.txt"))[len(some) // 2]
    text = changed.read_bytes()
    changed.write_bytes(text.replace("年".encode(), "年 ".encode(), 1))
    runs["one changed"] = measure(shelf, "--out", out / "whole")
    changed.write_bytes(text)
    return runs


def read_all(out: Path, issue: str) -> dict[str, dict[str, float]]:
    """Seconds to read one issue's rows of the largest tables by its name, and to read all rows, from parts and merged."""
    parts = {"one issue of parts": read(out, issue), "all issues of parts": read(out)}
    # a part has two names, of its batch and of its table, and stands on the disk once
    sizes = {at.st_ino: at.st_size for path in out.rglob("*") if path.is_file() for at in [path.stat()]}
    files, size = len(sizes), sum(sizes.values())
    subprocess.run([EXTRACT, "merge", out], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    merged = {"one issue merged": read(out, issue), "all issues merged": read(out)}
    return parts | merged | {"on disk": {"files": files, "mib": size / 2**20}}


def read(out: Path, issue: str | None = None) -> dict[str, float]:
    """Least seconds of three, and the rows, of sentences, numerals and levels."""
    least, rows = float("inf"), 0
    for _ in range(3):
        started, rows = perf_counter(), 0
        for table in ("sentences", "numerals", "levels"):
            only = None if issue is None else ds.field("issue_id") == issue
            rows += ds.dataset(out / f"{table}.parquet").to_table(filter=only).num_rows
        least = min(least, perf_counter() - started)
    return {"seconds": least, "rows": rows}


def format_runs(runs: dict[str, dict[str, float]], count: int, few: int) -> str:
    """The figures a reader wants: rates, scaling, and the cost of a change as a share of the first run."""
    one, two, dask, whole = (runs[name]["seconds"] for name in ("one process", "two processes", "dask", "whole shelf"))
    lines = [
        f"one process:      {few / one:6.1f} issues a second ({few} issues)",
        f"two processes:    {one / two:6.2f} times one",
        f"dask:             {dask / two:6.2f} times the time of the pool",
        f"whole shelf:      {count / whole:6.1f} issues a second ({count} issues), {whole:.0f} s",
        f"nothing changed:  {runs['nothing changed']['seconds'] / whole:6.2%} of the first run",
        f"one changed:      {runs['one changed']['seconds'] / whole:6.2%} of the first run",
    ]
    return "\n".join([*lines, *(f"{name + ':':17} {run['mib']:6.0f} MiB at the peak" for name, run in runs.items())])


def format_reads(reads: dict[str, dict[str, float]]) -> str:
    """What reading one issue costs beside reading all."""
    rows = {name: read for name, read in reads.items() if "seconds" in read}
    lines = [f"{name + ':':20} {read['seconds']:7.3f} s, {read['rows']:,.0f} rows" for name, read in rows.items()]
    return "\n".join([*lines, f"{reads['on disk']['files']:.0f} files, {reads['on disk']['mib']:.0f} MiB on the disk"])


def main() -> None:
    """Read the words of the command line, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--few", type=int, default=200, help="issues of the runs that are compared with each other")
    parser.add_argument("--shelf", type=Path, help="a folder of texts that is there")
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="extract-shelf-") as folder:
        shelf = words.shelf or Path(folder, "shelf")
        if words.shelf is None:
            write_issues(shelf, words.count, seed=7)
        count = len(list(shelf.glob("*.txt")))
        runs = run_all(shelf, Path(folder, "out"), min(words.few, count))
        print(format_runs(runs, count, min(words.few, count)))
        reads = read_all(Path(folder, "out", "whole"), sorted(shelf.glob("*.txt"))[count // 2].stem)
        print(format_reads(reads))
        if words.json:
            words.json.write_text(
                json.dumps({"count": count, "few": words.few, "runs": runs, "reads": reads}, indent=2)
            )
        shutil.rmtree(Path(folder, "out"))


if __name__ == "__main__":
    main()
