"""A folder of tables: which are there, and each of them as Arrow.

Needs the address of a folder, on this machine or behind any protocol of fsspec (`s3://bucket/out`, `memory://out`);
gives its tables, each one file `<table>.parquet` or a folder of that name with part files. A table is looked at when it
is asked for, so that one damaged file does not hide the others.

The schema of a table is that of all its parts together: `pyarrow.dataset` takes the first part's for all, if it is not
told, and drops what a later one adds.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs
from pyarrow.dataset import Dataset, dataset

from extract.errors import ExtractError
from extract.manifest import Manifest
from extract.models import SCHEMA_VERSION

SUFFIX = ".parquet"
MANIFEST = ".extract/manifest.jsonl"


class DeskError(ExtractError):
    """Tables that cannot be read or used as asked; the message says why and what to do.

    `reason` is `no_folder`, `no_tables`, `no_table`, `schema_version`, `damaged`, `unreadable`, `no_record`,
    `raw_text`, `not_installed`, `wrong_period`, `no_format` or `too_many_rows`.
    """

    stage = "desk"


class NoTableError(DeskError, AttributeError):
    """A table that is not in the folder; also an `AttributeError`, so that `hasattr(desk, "targets")` answers."""


class UnknownRecordError(DeskError, LookupError):
    """A record id that no table holds."""


class Folder:
    """The tables of a folder by name, `files[table]` being the paths of its one or many files, in order.

    `DeskError` where there is no such folder, or no table of `names` in it.
    """

    def __init__(self, path: str | os.PathLike[str], names: tuple[str, ...]) -> None:
        self.path = os.fspath(path)
        self.filesystem, self.root = _open_filesystem(self.path)
        self.files = self._find(names)
        if not self.files:
            message = f"no tables here; write some with: extract run TEXTS --out {self.path}"
            raise DeskError(message, reason="no_tables", path=self.path)

    def _find(self, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        entries = {PurePosixPath(entry.path).name: entry for entry in self._entries(self.root)}
        found: dict[str, tuple[str, ...]] = {}
        named = self._named_parts() if "://" in self.path else None
        for name in names:
            entry = entries.get(name + SUFFIX)
            if entry is not None:
                parts = [entry] if entry.type == fs.FileType.File else self._entries(entry.path)
                paths = sorted(part.path for part in parts if _is_part(PurePosixPath(part.path).name))
                if named is not None and entry.type != fs.FileType.File:
                    paths = [path for path in paths if PurePosixPath(path).stem.removeprefix("part-") in named]
                found |= {name: tuple(paths)} if paths else {}
        return found

    def _named_parts(self) -> set[str] | None:
        """The parts that the last complete run has named; None where no run has left a manifest.

        Behind an address a run that publishes, or that died as it did, leaves parts beside them.
        """
        try:
            with self.filesystem.open_input_file(f"{self.root.rstrip('/')}/{MANIFEST}") as file:
                manifest = Manifest(io.BytesIO(file.read()))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return {entry.part for entry in manifest.entries()} | {manifest.head.id}

    def _entries(self, path: str) -> list[Any]:
        with self._reading(path):
            kind = self.filesystem.get_file_info([path])[0].type
            if kind == fs.FileType.NotFound:
                message = f"no such folder; write tables with: extract run TEXTS --out {self.path}"
                raise DeskError(message, reason="no_folder", path=self.path)
            if kind == fs.FileType.File:
                raise DeskError("a file; name the folder that holds the tables", reason="no_folder", path=self.path)
            entries: list[Any] = self.filesystem.get_file_info(fs.FileSelector(path))
            return entries

    def read(self, table: str) -> pa.Table:
        """A table with the descriptions and units of its columns; parts one after another, by name.

        `NoTableError` where the folder lacks it; `DeskError` for a damaged file or one of another schema version.
        """
        parts = []
        for path in self._paths(table):
            with self._reading(path), self.filesystem.open_input_file(path) as source:
                parquet = _checked(pq.ParquetFile(source), path)
                parts.append(parquet.read())
        return pa.concat_tables(parts, promote_options="default")

    def count(self, table: str) -> int:
        """The number of rows of a table, from the ends of its files; errors as of `read`."""
        rows = 0
        for path in self._paths(table):
            with self._reading(path), self.filesystem.open_input_file(path) as source:
                rows += _checked(pq.ParquetFile(source), path).metadata.num_rows
        return rows

    def scan(self, table: str) -> Dataset:
        """A table to be read as far as a query needs it; errors as of `read`."""
        schemas = []
        for path in self._paths(table):
            with self._reading(path), self.filesystem.open_input_file(path) as source:
                schemas.append(_checked(pq.ParquetFile(source), path).schema_arrow)
        schema = pa.unify_schemas(schemas, promote_options="default")
        return dataset(list(self.files[table]), schema=schema, filesystem=self.filesystem, format="parquet")

    def _paths(self, table: str) -> tuple[str, ...]:
        if table not in self.files:
            message = f"no table {table} here, only {', '.join(self.files)}; write it with: extract run"
            raise NoTableError(message, reason="no_table", path=self.path)
        return self.files[table]

    @contextmanager
    def _reading(self, path: str) -> Iterator[None]:
        """An error of the disk, the network or the format as a `DeskError`."""
        try:
            yield
        except (FileNotFoundError, PermissionError, ConnectionError, TimeoutError) as error:
            problem = f"cannot be read ({error.strerror or error}); check the address and the rights"
            raise DeskError(problem, reason="unreadable", path=path) from error
        except (OSError, pa.ArrowException) as error:
            problem = "cut short or damaged; write it again with: extract run"
            raise DeskError(problem, reason="damaged", path=path) from error


def _open_filesystem(path: str) -> tuple[fs.FileSystem, str]:
    if "://" not in path:
        return fs.LocalFileSystem(), path
    try:
        import fsspec

        system, root = fsspec.core.url_to_fs(path)
    except ImportError as error:
        needed = "pip install gazette-extract[remote]" if error.name == "fsspec" else str(error)
        raise DeskError(f"a library is missing: {needed}", reason="not_installed", path=path) from error
    except ValueError as error:
        raise DeskError(f"{error}; name a folder, or an address fsspec knows", reason="no_folder", path=path) from error
    return fs.PyFileSystem(fs.FSSpecHandler(system)), root


def _is_part(name: str) -> bool:
    """Whether a file of a table's folder holds rows: names with a point or a line in front are notes of other tools."""
    return name.endswith(SUFFIX) and name[0] not in "._"


def _checked(parquet: pq.ParquetFile, path: str) -> pq.ParquetFile:
    """The file, if this package wrote it in the schema version that it reads."""
    metadata = parquet.metadata.metadata or {}
    found = metadata.get(b"extract.schema_version", b"").decode()
    if found != SCHEMA_VERSION:
        problem = f"schema version {found}, this package reads {SCHEMA_VERSION}" if found else "not written by extract"
        newer = found.isdecimal() and int(found) > int(SCHEMA_VERSION)
        remedy = "pip install --upgrade gazette-extract" if newer else "write the tables again with: extract run"
        raise DeskError(f"{problem}; {remedy}", reason="schema_version", path=path)
    return parquet
