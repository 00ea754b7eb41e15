"""Where tables stand: in a folder of this machine, all of them of one run, or of the run before.

    OUT/levels.parquet -> .extract/current/levels.parquet      one link per table, and one for datapackage.json
    OUT/.extract/current -> versions/7                         the only name that a new dataset changes
    OUT/.extract/versions/7/levels.parquet                     one file, or a folder of part-<batch>.parquet
    OUT/.extract/versions/7/manifest.jsonl                     what stands there
    OUT/.extract/batches/<batch>/levels.parquet, entry.json    batches that have been built

A reader opens `OUT/levels.parquet` and sees the tables of one run: a new dataset is written whole beside the old one and
comes to be by a single rename. Batches are kept, so that a later run builds only those that changed, and one that was
interrupted goes on where it was; in a folder of parts they are the same files under a second name.

Why not rename every table into its place: a run that dies between two renames leaves tables of two runs.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from extract import durable
from extract.dataset import TABLES
from extract.manifest import Entry, Head, Manifest, PartFile
from extract.parts import merge_batches, read_batch, read_rows, write_refused
from extract.tables import OutputError, wrap_errors

STATE = ".extract"
MANIFEST = "manifest.jsonl"
ENTRY = "entry.json"
PACKAGE = "datapackage.json"
NAMES = (*(f"{table}.parquet" for table in TABLES), PACKAGE)


class Store(Protocol):
    """Where the tables of a run stand; workers have a copy of it.

    `keeps_rows` says whether rows of unchanged documents can be had without reading the documents again, `always_parts`
    whether a table is a folder of parts however small it is.
    """

    keeps_rows: bool
    always_parts: bool

    @property
    def out(self) -> Path | str: ...

    def locked(self, *, shared: bool = False) -> AbstractContextManager[None]: ...

    def clean(self) -> None: ...

    def previous(self) -> Manifest | None: ...

    def is_whole(self, manifest: Manifest) -> bool: ...

    def finished(self, batch_id: str, *, published: bool) -> Entry | None: ...

    def building(self, batch_id: str) -> AbstractContextManager[Path]: ...

    def keep(self, folder: Path, entry: Entry) -> None: ...

    def rows(self, part: str, issues: Sequence[str]) -> dict[str, pa.Table]: ...

    def publish(self, head: Head, batches: Sequence[str], fresh: set[str]) -> None: ...

    def merge(self, manifest: Manifest) -> None: ...


@dataclass(frozen=True)
class LocalStore:
    """The tables of a folder of this machine; `OutputError` where it cannot be used."""

    out: Path

    keeps_rows = True
    always_parts = False

    @property
    def state(self) -> Path:
        """The folder of versions and batches."""
        return self.out / STATE

    @property
    def current(self) -> Path:
        """The version that readers see."""
        return self.state / "current"

    @contextmanager
    def locked(self, *, shared: bool = False) -> Iterator[None]:
        """Hold the folder, made if need be: alone, or with the other shards of one run."""
        with wrap_errors(self.out):
            self.state.mkdir(parents=True, exist_ok=True)
            folder = os.open(self.out, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(folder, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(folder)
            raise OutputError(
                f"{self.out}: another run is writing there; wait for it, or choose another folder"
            ) from error
        except OSError:
            pass  # some network file systems know no locks
        try:
            self._refuse_folders()
            yield
        finally:
            os.close(folder)  # gives the lock back
            with suppress(OSError):
                self.state.rmdir()  # nothing was written, nothing is left

    def _refuse_folders(self) -> None:
        taken = [name for name in NAMES if (self.out / name).is_dir() and not (self.out / name).is_symlink()]
        if taken:
            problem = f"{', '.join(taken)} is a folder of something else; remove it, or choose another folder"
            raise OutputError(f"{self.out}: {problem}")

    def previous(self) -> Manifest | None:
        """What stands in the folder, if a run has completed there."""
        try:
            file = (self.current / MANIFEST).open("rb")
        except OSError:
            return None
        try:
            return Manifest(file)
        except (ValueError, KeyError, TypeError):
            file.close()
            return None

    def is_whole(self, manifest: Manifest) -> bool:
        """Whether every table of the manifest stands where readers look, in its full size."""
        try:
            if any(os.readlink(self.out / name) != _target(name) for name in NAMES):
                return False
            sizes = {f"{table}.parquet": size for table, size in manifest.head.sizes.items()}
            if manifest.head.parts:
                for entry in manifest.entries():
                    for table, file in entry.files.items():
                        sizes[f"{table}.parquet/part-{entry.part}.parquet"] = file.size
            return all((self.current / name).stat().st_size == size for name, size in sizes.items())
        except OSError:
            return False

    def finished(self, batch_id: str, *, published: bool) -> Entry | None:
        """A batch that has been built; one that no completed run has flushed is read once more and compared."""
        folder = self.state / "batches" / batch_id
        try:
            entry = Entry.from_json((folder / ENTRY).read_bytes())
            found = {table: folder / f"{table}.parquet" for table in entry.files}
            if any(found[table].stat().st_size != file.size for table, file in entry.files.items()):
                return None
            if published or all(_digest(found[table]) == file.sha256 for table, file in entry.files.items()):
                return entry
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    @contextmanager
    def building(self, batch_id: str) -> Iterator[Path]:
        """A folder to write the tables of a batch into; it comes to be under the batch's name by `keep`."""
        aside = self.state / "batches" / f".{batch_id}.{os.uname().nodename}.{os.getpid()}"
        with wrap_errors(self.out):
            durable.remove(aside)
            aside.mkdir(parents=True)
        try:
            yield aside
        finally:
            durable.remove(aside)

    def keep(self, folder: Path, entry: Entry) -> None:
        """Make what was written into the folder the batch of the entry; the first of two that do so wins."""
        final = self.state / "batches" / entry.id
        with wrap_errors(self.out):
            (folder / ENTRY).write_text(entry.to_json(), encoding="ascii")
            durable.remove(final)
            try:
                os.rename(folder, final)
            except OSError:
                if not final.is_dir():
                    raise

    def rows(self, part: str, issues: Sequence[str]) -> dict[str, pa.Table]:
        """The rows of some issues in a part of the tables as they are."""
        return {table: read_rows(self._part(table, part), table, issues) for table in TABLES}

    def clean(self) -> None:
        """Remove what runs that were killed have left half written."""
        for folder in self.state.glob("batches/.*"):
            durable.remove(folder)
        for version in self.state.glob("versions/*"):
            if version.name != self._version():
                durable.remove(version)

    def _version(self) -> str:
        try:
            return Path(os.readlink(self.current)).name
        except OSError:
            return ""

    def publish(self, head: Head, batches: Sequence[str], fresh: set[str]) -> None:
        """Make the batches, in this order, the dataset that readers see; the one before stays until then.

        `fresh` are those that no completed run has flushed to the disk.
        """
        with wrap_errors(self.out):
            for batch in fresh:
                for file in sorted(self._batch(batch).iterdir()):
                    durable.flush(file)
                durable.flush(self._batch(batch))
            version = self._new_version()
            if head.parts:
                self._link_parts(version, batches)
                if head.refused:
                    write_refused(version / "rejects.parquet" / f"part-{head.id}.parquet", self.out, head.refused)
            elif len(batches) == 1 and not head.refused:
                for table in TABLES:
                    _link(self._batch(batches[0]) / f"{table}.parquet", version / f"{table}.parquet")
            else:
                merge_batches(version, self.out, (read_batch(self._paths(batch)) for batch in batches), head.refused)
            entries = (Entry.from_json((self._batch(batch) / ENTRY).read_bytes()) for batch in batches)
            self._switch(version, head, entries)
            for folder in (self.state / "batches").glob("*"):
                if folder.name not in batches:
                    durable.remove(folder)

    def _batch(self, batch: str) -> Path:
        return self.state / "batches" / batch

    def _paths(self, batch: str) -> dict[str, Path]:
        return {table: self._batch(batch) / f"{table}.parquet" for table in TABLES}

    def _new_version(self) -> Path:
        version = self.state / "versions" / str(int(self._version() or 0) + 1)
        durable.remove(version)
        version.mkdir(parents=True)
        return version

    def _link_parts(self, version: Path, batches: Sequence[str]) -> None:
        for table in TABLES:
            folder = version / f"{table}.parquet"
            folder.mkdir()
            for batch in batches:
                _link(self._batch(batch) / f"{table}.parquet", folder / f"part-{batch}.parquet")
            durable.flush(folder)

    def _switch(self, version: Path, head: Head, entries: Iterable[Entry]) -> None:
        """Describe a written version and point to it."""
        self._describe(version, head, entries)
        for path in (version / MANIFEST, version / PACKAGE, version, version.parent):
            durable.flush(path)
        self._take_over()
        for name in NAMES:
            if not (self.out / name).is_symlink() or os.readlink(self.out / name) != _target(name):
                durable.point(self.out / name, _target(name))
        old = self._version()
        durable.point(self.current, f"versions/{version.name}")
        if old:
            durable.remove(self.state / "versions" / old)

    def _describe(self, version: Path, head: Head, entries: Iterable[Entry]) -> None:
        from extract.datapackage import PartFact, describe_parts, dump_package, write_datapackage  # it reads the tables

        facts: dict[str, list[PartFact]] = {table: [] for table in TABLES}
        if not head.parts:
            sizes = {table: (version / f"{table}.parquet").stat().st_size for table in TABLES}
            head = replace(head, sizes=sizes)
        with (version / MANIFEST).open("w", encoding="ascii") as file:
            file.write(head.to_json() + "\n")
            for entry in entries:
                file.write(entry.to_json() + "\n")
                for table, part in entry.files.items() if head.parts else ():
                    path = f"{table}.parquet/part-{entry.part}.parquet"
                    facts[table].append(PartFact(path, part.rows, part.sha256))
        if not head.parts:
            write_datapackage(version)
            return
        if head.refused:
            path = f"rejects.parquet/part-{head.id}.parquet"
            facts["rejects"].append(PartFact.of(path, (version / path).read_bytes()))
        (version / PACKAGE).write_text(dump_package(describe_parts(facts)), encoding="utf-8", newline="\n")

    def _take_over(self) -> None:
        """Make plain files in the folder, which earlier versions of this package wrote, a version of their own."""
        plain = [name for name in NAMES if (self.out / name).is_file() and not (self.out / name).is_symlink()]
        if not plain or self._version():
            return
        version = self.state / "versions" / "0"
        durable.remove(version)
        version.mkdir(parents=True)
        for name in plain:
            _link(self.out / name, version / name)
        durable.flush(version)
        durable.point(self.current, "versions/0")

    def merge(self, manifest: Manifest) -> None:
        """Write the tables as they are as one file each; the batches go, and a later change builds them again."""
        with wrap_errors(self.out):
            version = self._new_version()
            parts = ({table: self._part(table, entry.part) for table in TABLES} for entry in manifest.entries())
            merge_batches(version, self.out, (read_batch(paths) for paths in parts), manifest.head.refused)
            entries = (replace(entry, part="", files={}) for entry in manifest.entries())
            self._switch(version, replace(manifest.head, parts=0), entries)
            durable.remove(self.state / "batches")

    def _part(self, table: str, part: str) -> Path:
        """The file of a part of the tables as they are: its own, or that of the whole table."""
        kept = self._batch(part) / f"{table}.parquet"
        return kept if part else self.current / f"{table}.parquet"


def _target(name: str) -> str:
    return f"{STATE}/current/{name}"


def _link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the disk knows no second names."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        shutil.copyfile(source, target)
        durable.flush(target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe_files(folder: Path, rows: dict[str, int]) -> dict[str, PartFile]:
    """What the files of a built batch are: rows, size and digest of each table."""
    files = {table: folder / f"{table}.parquet" for table in TABLES}
    return {table: PartFile(rows[table], path.stat().st_size, _digest(path)) for table, path in files.items()}
