"""Where tables stand: behind an address of fsspec (`s3://bucket/out`, `hdfs://...`), reached by every worker.

    OUT/levels.parquet/part-<batch>.parquet    the rows of one batch
    OUT/.extract/batches/<batch>.json          written after the last part of the batch: it is built
    OUT/.extract/manifest.jsonl                written after the last batch: the dataset is whole
    OUT/datapackage.json

Object stores have neither links nor one name for many files, so a new dataset cannot come to be at once: its parts are
added, the manifest names them, and those it does not name are removed. `extract.open` reads what the manifest names;
another reader sees, while a run publishes, old and new parts side by side. Runs are not kept apart by a lock.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from extract.datapackage import PartFact, describe_parts, dump_package
from extract.dataset import TABLES
from extract.inputs import open_remote
from extract.manifest import Entry, Head, Manifest, PartFile
from extract.parts import merge_batches, read_batch, write_refused
from extract.store import MANIFEST, PACKAGE, STATE, describe_files
from extract.tables import OutputError, wrap_errors

WHOLE_PUTS = frozenset(["s3", "s3a", "gs", "gcs", "abfs", "az", "memory"])
"""Protocols under which a file is there whole or not at all; elsewhere it is written aside and renamed."""


@dataclass(frozen=True)
class RemoteStore:
    """The tables behind an address; `OutputError` where it cannot be used."""

    out: str

    keeps_rows = False
    always_parts = True

    @contextmanager
    def locked(self, *, shared: bool = False) -> Iterator[None]:
        """Nothing is held: stores of objects know no locks. The address is opened, so that a wrong one is told early."""
        open_remote(self.out)
        with wrap_errors(self.out):
            yield

    def clean(self) -> None:
        """Nothing is left half written under a name that is read."""

    def _at(self, *names: str) -> tuple[Any, str]:
        system, root = open_remote(self.out)
        return system, "/".join((root.rstrip("/"), *names))

    def _read(self, *names: str) -> bytes | None:
        system, path = self._at(*names)
        system.invalidate_cache()
        try:
            content: bytes = system.cat_file(path)
        except FileNotFoundError:
            return None
        return content

    def _write(self, content: bytes, *names: str) -> None:
        system, path = self._at(*names)
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        system.pipe_file(path, content)

    def previous(self) -> Manifest | None:
        """What stands there, if a run has completed."""
        content = self._read(STATE, MANIFEST)
        try:
            return None if content is None else Manifest(io.BytesIO(content))
        except (ValueError, KeyError, TypeError):
            return None

    def is_whole(self, manifest: Manifest) -> bool:
        """Whether every part that the manifest names is there in its full size."""
        for table in TABLES:
            expected = {
                f"part-{entry.part}.parquet": entry.files[table].size
                for entry in manifest.entries()
                if table in entry.files
            }
            found = {name: fact["size"] for name, fact in self._list(f"{table}.parquet").items()}
            if any(found.get(name) != size for name, size in expected.items()):
                return False
        return self._read(PACKAGE) is not None

    def _list(self, *names: str) -> dict[str, dict[str, Any]]:
        system, path = self._at(*names)
        system.invalidate_cache()
        try:
            facts = system.ls(path, detail=True)
        except FileNotFoundError:
            return {}
        return {fact["name"].rpartition("/")[2]: fact for fact in facts if fact["type"] == "file"}

    def finished(self, batch_id: str, *, published: bool) -> Entry | None:
        """A batch that has been built: its marker came after its parts; without a whole dataset they are looked for."""
        content = self._read(STATE, "batches", f"{batch_id}.json")
        try:
            entry = None if content is None else Entry.from_json(content)
        except (ValueError, KeyError, TypeError):
            return None
        return entry if entry is None or published or self._has_parts(entry) else None

    def _has_parts(self, entry: Entry) -> bool:
        for table, file in entry.files.items():
            system, path = self._at(f"{table}.parquet", f"part-{entry.part}.parquet")
            try:
                if system.info(path)["size"] != file.size:
                    return False
            except FileNotFoundError:
                return False
        return True

    @contextmanager
    def building(self, batch_id: str) -> Iterator[Path]:
        """A folder of this machine to write the tables of a batch into; `keep` sends them."""
        with TemporaryDirectory(prefix=f"extract-{batch_id}-") as folder:
            yield Path(folder)

    def keep(self, folder: Path, entry: Entry) -> None:
        """Send what was written into the folder, and the marker after it."""
        with wrap_errors(self.out):
            for table in TABLES:
                self._send(folder / f"{table}.parquet", f"{table}.parquet", f"part-{entry.id}.parquet")
            self._write(entry.to_json().encode(), STATE, "batches", f"{entry.id}.json")

    def _send(self, file: Path, folder: str, name: str) -> None:
        system, path = self._at(folder, name)
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        protocols = {system.protocol} if isinstance(system.protocol, str) else set(system.protocol)
        if protocols & WHOLE_PUTS:
            system.put_file(str(file), path)
            return
        _, aside = self._at(STATE, "writing", f"{folder}-{name}")
        system.makedirs(aside.rpartition("/")[0], exist_ok=True)
        system.put_file(str(file), aside)
        system.mv(aside, path)

    def rows(self, part: str, issues: Sequence[str]) -> dict[str, pa.Table]:
        """Not offered: a batch that has changed is read anew."""
        raise NotImplementedError

    def publish(self, head: Head, batches: Sequence[str], fresh: set[str]) -> None:
        """Name the batches, in this order, in the manifest, and remove what it does not name."""
        entries = [self.finished(batch, published=True) for batch in batches]
        if None in entries:
            raise OutputError(f"{self.out}: a batch was lost meanwhile; run the command again")
        if head.refused:
            with TemporaryDirectory() as folder:
                (Path(folder) / "rejects").mkdir()
                file = Path(folder) / "rejects" / "rejects.parquet"
                write_refused(file, self.out, head.refused)
                self._send(file, "rejects.parquet", f"part-{head.id}.parquet")
        self._complete(head, [entry for entry in entries if entry is not None])

    def _complete(self, head: Head, entries: Sequence[Entry]) -> None:
        facts: dict[str, list[PartFact]] = {table: [] for table in TABLES}
        for entry in entries:
            for table, file in entry.files.items():
                path = f"{table}.parquet/part-{entry.part}.parquet"
                facts[table].append(PartFact(path, file.rows, file.sha256))
        if head.refused:
            system, path = self._at("rejects.parquet", f"part-{head.id}.parquet")
            facts["rejects"].append(PartFact.of(f"rejects.parquet/part-{head.id}.parquet", system.cat_file(path)))
        self._write(dump_package(describe_parts(facts)).encode(), PACKAGE)
        lines = [head.to_json(), *(entry.to_json() for entry in entries)]
        self._write(("\n".join(lines) + "\n").encode(), STATE, MANIFEST)
        parts = {entry.part for entry in entries} | {head.id}
        for table in TABLES:
            self._remove_others(f"{table}.parquet", {f"part-{part}.parquet" for part in parts})
        self._remove_others(f"{STATE}/batches", {f"{entry.id}.json" for entry in entries if entry.part == entry.id})

    def _remove_others(self, folder: str, named: set[str]) -> None:
        stale = [fact["name"] for name, fact in self._list(folder).items() if name not in named]
        if stale:
            self._at()[0].rm(stale)

    def merge(self, manifest: Manifest) -> None:
        """Write one part per table in place of all; a later change builds the batches again."""
        entries = list(manifest.entries())
        merged = manifest.head.id
        with TemporaryDirectory() as folder:
            merge_batches(Path(folder), self.out, self._batches(entries), manifest.head.refused)
            rows = [sum(issue.rows[at] for entry in entries for issue in entry.issues) for at in range(len(TABLES))]
            files = describe_files(Path(folder), dict(zip(TABLES, rows, strict=True)))
            for table in TABLES:
                self._send(Path(folder) / f"{table}.parquet", f"{table}.parquet", f"part-{merged}.parquet")
        first: dict[str, PartFile] = files
        lines = [replace(entry, part=merged, files={} if at else first) for at, entry in enumerate(entries)]
        self._complete(replace(manifest.head, parts=1, refused=()), lines)

    def _batches(self, entries: Sequence[Entry]) -> Iterator[dict[str, pa.Table]]:
        system, _ = self._at()
        for entry in entries:
            if entry.files:
                with TemporaryDirectory() as folder:
                    paths = {table: Path(folder) / f"{table}.parquet" for table in TABLES}
                    for table, path in paths.items():
                        system.get_file(self._at(f"{table}.parquet", f"part-{entry.part}.parquet")[1], str(path))
                    yield read_batch(paths)
