"""Many inputs -> tables: what has to be done, on which engine, and what became of it.

Needs paths of files and folders, or addresses; gives the tables of a `store` and a `RunReport`. A run plans its batches,
leaves alone those that stand already, has the others built, and publishes all of them at once when the last is done. One
that was interrupted is finished by running it again. The bytes depend on the inputs alone: not on the engine, the number
of workers, the order of the paths, or what stood there before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from extract.batches import Batch, batch_id, code_version, cut_batches, in_shard, plan_batch
from extract.dataset import TABLES, Dataset
from extract.engines import DIED, Dask, Engine, Here, Pool
from extract.inputs import Source, is_remote, list_inputs
from extract.manifest import Entry, Head, IssueLine, Manifest, dataset_id
from extract.models import Reject
from extract.store import LocalStore, Store, describe_files
from extract.tables import OutputError, TableWriter, build_tables
from extract.work import Reader, build_batch, read_default, try_document

ONE_FILE = 32 << 20
"""Bytes of Parquet up to which a table is one file; above, parts are left as they are, and a change rewrites few."""

LISTED = 50
"""As many issues are reported one by one; beyond it, their totals. As many times twenty rejections are kept."""


@dataclass(slots=True)
class RunReport:
    """What a run did.

    `done` counts documents read now, `kept` those that had not changed, `removed` issues that are gone. `rows` are
    totals per table in the order of `TABLES`, `timings` seconds per stage summed over inputs and processes, `failed` all
    rejections, of which `rejects` holds a thousand at most, and `issues` fifty-one. `written` is false when no
    input could be read and the tables were left as they were; `published` also when a shard left that to others.
    """

    out: str
    total: int = 0
    done: int = 0
    kept: int = 0
    removed: int = 0
    written: bool = True
    published: bool = False
    issue_count: int = 0
    failed: int = 0
    rows: list[int] = field(default_factory=lambda: [0] * len(TABLES))
    coverage: tuple[int, int] = (0, 0)
    issues: list[IssueLine] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)

    def note(self, entry: Entry) -> None:
        """Take in a batch."""
        written = [issue for issue in entry.issues if issue.written]
        self.issue_count += len(written)
        self.issues += written[: LISTED + 1 - len(self.issues)]
        self.rows = [sum(counts) for counts in zip(self.rows, *(issue.rows for issue in written), strict=True)]
        found, runs = (sum(numbers) for numbers in zip((0, 0), *(issue.coverage for issue in written), strict=True))
        self.coverage = (self.coverage[0] + found, self.coverage[1] + runs)
        self.note_rejects([reject for issue in entry.issues for reject in issue.rejects])
        for stage, seconds in entry.timings.items():
            self.timings[stage] = self.timings.get(stage, 0.0) + seconds

    def note_rejects(self, rejects: Iterable[Reject]) -> None:
        """Count rejections, and keep the first."""
        for reject in rejects:
            self.failed += 1
            if len(self.rejects) < 20 * LISTED:
                self.rejects.append(reject)


Progress = Callable[[int, int, str], None]
"""Told how many documents are done, of how many, and the last of them."""


def run(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    workers: int | None = None,
    engine: str = "pool",
    scheduler: str | None = None,
    shard: tuple[int, int] | None = None,
    progress: Progress | None = None,
    say: Callable[[str], None] = print,
    read: Reader = read_default,
) -> RunReport:
    """Read every file, and every `*.txt` of every folder, and write their tables into `out`.

    `workers` is the number of processes, by default one per processor; a script that asks for more than one must call
    from under `if __name__ == "__main__":`. `engine` is `pool` or `dask`, the latter at the address `scheduler` or, where
    there is none, in processes of its own. `shard` is `(number, of)`, numbers from 1: only that part of the batches is
    built, and a run without it publishes what all shards have built.

    `OutputError` when the tables cannot be written, and then the old ones stay; `EngineError` when the engine is lost.
    What had been built by then is not built again.
    """
    inputs = list_inputs(paths)
    store = open_store(out)
    report = RunReport(os.fspath(out), total=len(inputs.sources))
    report.note_rejects(inputs.refused)
    with store.locked(shared=shard is not None):
        if shard is None:
            store.clean()
        processes = workers or os.cpu_count() or 1
        with closing(_Plan(store, inputs.sources, shard, report)) as plan:
            with _engine(engine, processes, scheduler, len(inputs.sources), say) as running:
                _build(running, plan, partial(build_batch, store, read), partial(try_document, read), progress)
            if shard is None:
                _publish(store, plan, report, inputs.refused)
    report.issues.sort(key=lambda issue: issue.issue_id)
    report.rejects.sort(key=lambda reject: (reject.issue_id or "", reject.path or "", reject.char_start or 0))
    return report


def open_store(out: str | os.PathLike[str]) -> Store:
    """The store of a folder or an address."""
    if is_remote(os.fspath(out)):
        from extract.remote_store import RemoteStore  # here: it needs fsspec

        return RemoteStore(os.fspath(out))
    return LocalStore(Path(out))


@contextmanager
def _engine(name: str, workers: int, scheduler: str | None, count: int, say: Callable[[str], None]) -> Iterator[Engine]:
    engine: Engine = Pool(min(workers, count)) if workers > 1 and count > 1 else Here()
    if name == "dask":
        engine = Dask(workers, scheduler, say)
    with engine:
        yield engine


class _Plan:
    """The batches of a run in their order: those that stand already, and those to be built.

    Batches of a dataset that was merged stand only together: they are put off until it is known whether all of them do.
    """

    def __init__(self, store: Store, sources: list[Source], shard: tuple[int, int] | None, report: RunReport) -> None:
        self.store, self.sources, self.shard, self.report = store, sources, shard, report
        self.previous = store.previous()
        self.is_whole = self.previous is not None and store.is_whole(self.previous)
        self.batches: list[str] = []
        self.fresh: set[str] = set()
        self.size = 0
        self.unchanged = 0

    def to_build(self) -> Iterator[Batch]:
        """The batches to be built, each with what may be taken over; the others are noted as done."""
        put_off: list[Batch] = []
        for sources in cut_batches(self.sources):
            if self.shard is not None and not in_shard(sources, self.shard):
                continue
            batch = plan_batch(sources)
            self.batches.append(batch.id)
            entry = self._standing(batch)
            if entry is None:
                yield self._with_kept(batch)
            elif entry.part != batch.id:
                put_off.append(batch)
            else:
                self.note(entry, kept=True)
        if put_off and not self.is_same(()):
            yield from map(self._with_kept, put_off)
        else:
            for batch in put_off:
                self.note(self._previous_entry(batch), kept=True)

    def _previous_entry(self, batch: Batch) -> Entry:
        assert self.previous is not None
        return self.previous.entry(batch.id)

    def _standing(self, batch: Batch) -> Entry | None:
        """The batch as it stands, if it does and nothing in it must be read again."""
        published = self.previous is not None and batch.id in self.previous
        entry = self._previous_entry(batch) if published else None
        if entry is None or entry.part == batch.id:
            entry = self.store.finished(batch.id, published=published and self.is_whole)
        elif not self.is_whole:
            return None
        if entry is None:
            return None
        if not published:
            self.fresh.add(batch.id)
        paths = {source.issue_id: source.path for source in batch.sources}
        again = any(issue.must_be_read_again(paths[issue.issue_id]) for issue in entry.issues)
        return None if again else entry

    def _with_kept(self, batch: Batch) -> Batch:
        """The batch with the rows that may be taken over from the tables as they are."""
        if self.previous is None or not self.store.keeps_rows or self.previous.head.version != batch.version:
            return batch
        if not self.is_whole:
            return batch
        kept = {}
        for source in batch.sources:
            found = self.previous.find(source.issue_id)
            if found is None or not source.token or found[0].token != source.token or not found[0].written:
                continue
            if not found[1] or self.store.finished(found[1], published=True) is not None:
                kept[source.issue_id] = found
        return replace(batch, kept=kept)

    def close(self) -> None:
        """Let the manifest of the last run go."""
        if self.previous is not None:
            self.previous.close()

    def note(self, entry: Entry, *, kept: bool = False) -> None:
        """Count a batch that is done."""
        self.report.note(entry)
        self.size += sum(file.size for file in entry.files.values())
        if kept:
            self.report.kept += len(entry.issues)
            self.unchanged += sum(issue.written for issue in entry.issues)

    def is_same(self, refused: Iterable[Reject]) -> bool:
        """Whether the tables that stand are those of these batches."""
        known = self.previous.head.refused if self.previous is not None and not refused else refused
        same = self.previous is not None and self.previous.head.id == dataset_id(self.batches, known)
        return same and self.is_whole


def _build(
    engine: Engine,
    plan: _Plan,
    build: Callable[[Batch], Entry],
    probe: Callable[[Source], bool],
    progress: Progress | None,
) -> None:
    """Have every batch built; a document that takes its process down costs itself only."""
    died: list[Batch] = []
    report = plan.report
    for batch, entry in engine.run(plan.to_build(), build):
        if isinstance(entry, Entry):
            _take(plan, batch, entry, progress)
        else:
            died.append(batch)
    for batch in died:
        sources = [source for source in batch.sources if source.issue_id not in batch.kept]
        deadly = {source.issue_id for source, lived in engine.run(sources, probe) if lived is DIED}
        for deaths in (deadly, {source.issue_id for source in sources}):
            careful = replace(batch, deadly=frozenset(deaths))
            ((_, entry),) = engine.run([careful], build)
            if isinstance(entry, Entry):
                _take(plan, batch, entry, progress)
                break
    if progress is not None and report.total and not report.done:
        progress(report.kept, report.total, "")


def _take(plan: _Plan, batch: Batch, entry: Entry, progress: Progress | None) -> None:
    plan.note(entry)
    plan.fresh.add(batch.id)
    plan.report.done += len(batch.sources) - len(batch.kept)
    plan.report.kept += len(batch.kept)
    plan.unchanged += len(batch.kept)
    if progress is not None:
        progress(plan.report.done + plan.report.kept, plan.report.total, batch.sources[-1].issue_id)


def _publish(store: Store, plan: _Plan, report: RunReport, refused: list[Reject]) -> None:
    previous = plan.previous
    report.written = bool(report.issue_count) or previous is None
    if previous is not None and report.written:
        report.removed = _count_removed(previous, plan.sources)
    if not report.written or plan.is_same(refused):
        return
    one_file = plan.size <= ONE_FILE and not store.always_parts
    parts = 0 if one_file else len(plan.batches) + bool(refused)
    head = Head(dataset_id(plan.batches, refused), code_version(), parts, tuple(refused))
    store.publish(head, plan.batches, plan.fresh)
    report.published = True


def _count_removed(previous: Manifest, sources: list[Source]) -> int:
    """Issues of the last dataset that no input has any more; both are in order."""
    present = iter(sources)
    current = next(present, None)
    removed = 0
    for entry in previous.entries():
        for issue in entry.issues:
            while current is not None and current.issue_id < issue.issue_id:
                current = next(present, None)
            if issue.written and (current is None or current.issue_id != issue.issue_id):
                removed += 1
    return removed


def write_dataset(dataset: Dataset, out: str | os.PathLike[str]) -> None:
    """Write one dataset as the tables of a folder; see `tables.write`."""
    tables = build_tables(dataset)
    store = LocalStore(Path(out))
    issue_id = dataset["issues"][0].issue_id if dataset["issues"] else ""
    token = dataset["issues"][0].sha256 if dataset["issues"] else ""
    rows = tuple(tables[table].num_rows for table in TABLES)
    line = IssueLine(issue_id, "", token, True, rows, dataset.coverage, tuple(dataset["rejects"]))
    batch = batch_id([(issue_id, token)], "write")
    with store.locked():
        store.clean()
        with store.building(batch) as folder:
            with TableWriter(folder, out) as writer:
                writer.add(tables)
                writer.finish(durable=False)
            store.keep(folder, Entry(batch, batch, (line,), describe_files(folder, writer.rows)))
        store.publish(Head(dataset_id([batch]), "write", 0), [batch], {batch})


def merge(out: str | os.PathLike[str]) -> int:
    """Write the tables of a folder as one file each; the number of issues in them.

    `OutputError` where no run has completed.
    """
    store = open_store(out)
    with store.locked():
        manifest = store.previous()
        if manifest is None:
            raise OutputError(f"{out}: no complete tables there; write them with: extract run")
        with closing(manifest):
            if not store.is_whole(manifest):
                raise OutputError(f"{out}: a table is missing or cut short; write them again with: extract run")
            store.clean()
            store.merge(manifest)
    return manifest.issue_count
