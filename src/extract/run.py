"""Many inputs -> tables: which files, in which processes, in which order, and what became of each.

Needs paths of files and folders; gives the tables of `tables.TableWriter` and a `RunReport`. Results are taken in the
order of the issues, so the bytes are the same for any number of workers and any order of the paths. One bad document
never stops the others: it becomes a row of `rejects`. Memory is bounded by the window of documents in work.

Why forked from a server and not from here: this process has threads (Arrow, the progress bar), and a fork of a process
with threads may hang.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from time import perf_counter

import pyarrow as pa

from extract.dataset import TABLES, Dataset
from extract.errors import ExtractError
from extract.models import Reject
from extract.tables import TableWriter, build_table, build_tables

Reader = Callable[[Path], Dataset]
"""What makes a dataset of a file: `pipeline.extract_file`, or something with its errors."""


class SameStemError(ValueError):
    """Two inputs of one stem: they would be one issue."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one input gave: its tables, or only a row of `rejects`.

    `issue_id` is null when it was rejected; `coverage` is (runs of digits in the ledger, runs in the text).
    """

    path: Path
    issue_id: str | None
    tables: dict[str, pa.Table]
    rejects: tuple[Reject, ...]
    coverage: tuple[int, int] = (0, 0)
    timings: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IssueReport:
    """The number of rows of one issue, in the order of `dataset.TABLES`, and the coverage of its ledger."""

    issue_id: str
    rows: tuple[int, ...]
    coverage: tuple[int, int]


@dataclass(slots=True)
class RunReport:
    """What a run did. `written` is false when no input could be read and the tables in `out` were left as they were.

    `timings` are seconds per stage, summed over all inputs and processes.
    """

    out: Path
    issues: list[IssueReport] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    written: bool = True

    def note(self, outcome: Outcome) -> None:
        """Take in what one input gave."""
        self.rejects += outcome.rejects
        for stage, seconds in outcome.timings.items():
            self.timings[stage] = self.timings.get(stage, 0.0) + seconds
        if outcome.issue_id is not None:
            rows = tuple(outcome.tables[table].num_rows for table in TABLES)
            self.issues.append(IssueReport(outcome.issue_id, rows, outcome.coverage))


def run(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    workers: int | None = None,
    progress: Callable[[int, int, Outcome], None] | None = None,
    read: Reader | None = None,
) -> RunReport:
    """Read every file, and every `*.txt` of every folder, and write their tables into `out`.

    `workers` is the number of processes, by default one per processor; a script that asks for more than one must call
    from under `if __name__ == "__main__":`. `progress` is told of each input: how many are done, of how many, and what
    it gave. `SameStemError` before anything is read; `OutputError` when the tables cannot be written, and then the old
    ones stay.
    """
    inputs, refused = collect_inputs(paths)
    report = RunReport(Path(out), rejects=list(refused))
    with TableWriter(out) as writer:
        if refused:
            writer.add({"rejects": build_table("rejects", refused)})
        outcomes = extract_all(inputs, read or _extract_file, workers or os.cpu_count() or 1)
        for done, outcome in enumerate(outcomes, start=1):
            with _timed(report.timings, "write"):
                writer.add(outcome.tables)
            report.note(outcome)
            if progress is not None:
                progress(done, len(inputs), outcome)
        report.written = bool(report.issues) or not writer.has_tables()
        if report.written:
            with _timed(report.timings, "write"):
                writer.commit()
    return report


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    started = perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + perf_counter() - started


def _extract_file(path: Path) -> Dataset:
    from extract.pipeline import extract_file  # here: only the processes that read load the grammar

    return extract_file(path)


def collect_inputs(paths: Iterable[str | os.PathLike[str]]) -> tuple[list[Path], list[Reject]]:
    """The files to read, sorted by stem, and a rejection for every folder that gives none.

    A file named twice is read once; `SameStemError` for two files of one stem.
    """
    stems: dict[str, Path] = {}
    refused = []
    for path in map(Path, paths):
        files = [path]
        if path.is_dir():
            try:
                files = _text_files(path)
            except OSError as error:
                refused.append(_reject(path, "read", "unreadable", f"{error.strerror}; make it readable"))
                continue
            if not files:
                message = "a folder without *.txt; name the files themselves, or the folder that holds them"
                refused.append(_reject(path, "read", "no_text_files", message))
        for file in files:
            other = stems.setdefault(file.stem, file)
            if other != file and os.path.realpath(other) != os.path.realpath(file):
                raise SameStemError(f"{other} and {file} would both be issue {file.stem}; rename one of them")
    return [stems[stem] for stem in sorted(stems)], sorted(refused, key=lambda reject: reject.path or "")


def _text_files(folder: Path) -> list[Path]:
    names = [name for name in os.listdir(folder) if name.lower().endswith(".txt") and name[0] != "."]
    return [folder / name for name in sorted(names) if not os.path.isdir(folder / name)]


def extract_all(inputs: Sequence[Path], read: Reader, workers: int) -> Iterator[Outcome]:
    """The outcome of every input, in their order; in this process when there is nothing to share."""
    work = partial(extract_one, read)
    if workers == 1 or len(inputs) <= 1:
        yield from map(work, inputs)
        return
    waiting = deque(inputs)
    while waiting:
        window: deque[tuple[Path, Future[Outcome]]] = deque()
        with _pool(min(workers, len(inputs))) as pool:
            try:
                while waiting or window:
                    while waiting and len(window) < 4 * workers:
                        window.append((waiting[0], pool.submit(work, waiting[0])))
                        waiting.popleft()
                    outcome = window[0][1].result()
                    window.popleft()
                    yield outcome
            except BrokenProcessPool:
                pass  # the window holds the document that did it, and its neighbours
        for path, future in window:
            yield future.result() if future.exception() is None else _extract_alone(work, path)


def _extract_alone(work: Callable[[Path], Outcome], path: Path) -> Outcome:
    """The outcome of a document that was in work when a process died: now only it can be the cause."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, path).result()
        except BrokenProcessPool:
            message = "the process that read it died, alone and at the second try (memory?); split the file"
            return _rejected(path, "read", "process_died", message)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["extract.run", "extract.pipeline"])
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    """A worker leaves Ctrl-C to its parent, and ends when the parent has died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def extract_one(read: Reader, path: Path) -> Outcome:
    """What one file gives; no error of the file or of the package leaves this function."""
    if _printable(path.stem) != path.stem:
        return _rejected(path, "read", "file_name", "its name is no text; rename it")
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return _rejected(path, "read", "not_a_file", "not a regular file; copy its text into one")
        dataset = read(path)
        timings = dict(dataset.timings)
        with _timed(timings, "tables"):
            tables = build_tables(dataset)
    except ExtractError as error:
        return _rejected(path, error.stage, error.reason, error.message, error.start, error.end)
    except OSError as error:
        return _rejected(path, "read", "unreadable", f"{error.strerror or error}; make it readable")
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{type(error).__name__}: {error} ({Path(at.filename).name}, line {at.lineno})"
        return _rejected(path, "extract", "internal_error", f"{problem}; this is a bug of the package: report it")
    return Outcome(path, path.stem, tables, tuple(dataset["rejects"]), dataset.coverage, timings)


def _rejected(
    path: Path, stage: str, reason: str, message: str, start: int | None = None, end: int | None = None
) -> Outcome:
    reject = _reject(path, stage, reason, message, start, end, issue_id=path.stem)
    return Outcome(path, None, {"rejects": build_table("rejects", [reject])}, (reject,))


def _reject(
    path: Path,
    stage: str,
    reason: str,
    message: str,
    start: int | None = None,
    end: int | None = None,
    issue_id: str | None = None,
) -> Reject:
    return Reject(
        issue_id=None if issue_id is None else _printable(issue_id),
        path=_printable(str(path)),
        stage=stage,
        reason=reason,
        message=_printable(message),
        char_start=start,
        char_end=end,
    )


def _printable(text: str) -> str:
    """Text that can be written: bytes of a file name that are no UTF-8 appear as `\\xNN`."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
