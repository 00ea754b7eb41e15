"""Paths and addresses -> the documents to read, and the bytes of each.

Needs files and folders of this machine, or addresses of fsspec (`s3://bucket/texts`, `hdfs://...`); gives one `Source`
per document, sorted by issue, and a rejection for whatever cannot be one. A folder gives its `*.txt`.

A source's `token` stands for its content: the SHA-256 of a local file, what the store says of its version elsewhere
(for S3 the ETag), and nothing where it cannot be read. It is taken when the work is planned; a document whose bytes are
others when they are read is rejected, and read by the next run.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from extract.errors import ReadError
from extract.models import Reject
from extract.names import clashing_stems


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be read: its issue, where it stands, and the token of its content, empty until it is planned."""

    issue_id: str
    path: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The documents, sorted by issue, each issue once; `refused` is what was named and gives none."""

    sources: list[Source]
    refused: list[Reject]


def is_remote(path: str) -> bool:
    """Whether a path is an address of fsspec.

    >>> is_remote("s3://shelf/texts"), is_remote("data/raw")
    (True, False)
    """
    return "://" in path


def list_inputs(paths: Iterable[str | os.PathLike[str]]) -> Inputs:
    """Every file named, and every `*.txt` of every folder named; the order of the paths does not matter.

    A file named twice is read once. Two files of one stem would be one issue, and so they would where a disk or a
    table takes upper for lower case or one Unicode form for another: neither is read, both are rejected.
    """
    found: dict[str, str] = {}
    refused: list[Reject] = []
    for path in [os.fspath(path) for path in paths]:
        try:
            files = _files(path)
        except OSError as error:
            refused.append(build_reject(path, "read", "unreadable", f"{error.strerror or error}; make it readable"))
            continue
        if not files:
            message = "a folder without *.txt; name the files themselves, or the folder that holds them"
            refused.append(build_reject(path, "read", "no_text_files", message))
        for identity, file in files:
            found.setdefault(identity, file)
    sources = sorted((Source(stem(file), file) for file in found.values()), key=lambda s: (s.issue_id, s.path))
    clashing = {stem: group[0] for group in clashing_stems(source.issue_id for source in sources) for stem in group}
    kept: list[Source] = []
    same: dict[str, list[Source]] = {}
    for issue_id, group in groupby(sources, key=lambda source: source.issue_id):
        one, *others = group
        if others or issue_id in clashing:
            same.setdefault(clashing.get(issue_id, issue_id), []).extend((one, *others))
        else:
            kept.append(one)
    for clash in same.values():
        refused += _same_stem(clash)
    return Inputs(kept, sorted(refused, key=lambda reject: (reject.path or "", reject.reason)))


def stem(path: str) -> str:
    """The name of a file without folders and last ending: its issue.

    >>> stem("s3://shelf/texts/town-2021.txt"), stem("report.v2.md")
    ('town-2021', 'report.v2')
    """
    return PurePosixPath(path).stem


def _files(path: str) -> list[tuple[str, str]]:
    """The files of a path, each with what tells it from all others: where it really stands."""
    if is_remote(path):
        return [(file, file) for file in _remote_files(path)]
    if not os.path.isdir(path):
        return [(os.path.realpath(path), path)]
    folder = os.path.realpath(path)
    with os.scandir(path) as entries:
        return [
            (os.path.realpath(entry.path) if entry.is_symlink() else f"{folder}/{entry.name}", entry.path)
            for entry in entries
            if _is_text(entry.name) and not _is_folder(entry)
        ]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself: it is told when it is read
        return False


def _is_text(name: str) -> bool:
    return name.lower().endswith(".txt") and name[0] != "."


def _remote_files(path: str) -> list[str]:
    system, root = open_remote(path)
    if not system.isdir(root):
        return [path]
    facts = system.ls(root, detail=True)
    names = [fact["name"] for fact in facts if fact["type"] == "file"]
    return [system.unstrip_protocol(name) for name in names if _is_text(PurePosixPath(name).name)]


def open_remote(path: str) -> tuple[Any, str]:
    """The file system of an address and the path inside it; `ReadError` where a library for it is missing."""
    try:
        import fsspec

        system, root = fsspec.core.url_to_fs(path)
    except (ImportError, ValueError) as error:
        missing = isinstance(error, ImportError)
        remedy = "pip install 'gazette-extract[cluster]' and the library of the protocol" if missing else "check it"
        raise ReadError(f"{error}; {remedy}", reason="no_protocol", path=path) from error
    return system, root


def _same_stem(sources: Sequence[Source]) -> Iterator[Reject]:
    for source in sources:
        others = ", ".join(other.path for other in sources if other is not source)
        message = f"this and {others} would both be issue {source.issue_id}; rename one of them"
        yield build_reject(source.path, "read", "same_stem", message, issue_id=source.issue_id)


def read_token(path: str) -> str:
    """The token of a document's content as it is now; empty where there is none to be had."""
    try:
        if is_remote(path):
            system, root = open_remote(path)
            system.invalidate_cache()
            return str(system.ukey(root))
        if not stat.S_ISREG(os.stat(path).st_mode):
            return ""
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError, ReadError):
        return ""


def read_source(source: Source) -> bytes:
    """The bytes of a document; `ReadError` where they cannot be read or are no longer those of its token."""
    if printable(source.issue_id) != source.issue_id:
        raise ReadError("its name is no text; rename it", reason="file_name", path=source.path)
    try:
        raw = _read_remote(source.path) if is_remote(source.path) else _read_local(source.path)
    except OSError as error:
        problem = f"{error.strerror or error}; make it readable"
        raise ReadError(problem, reason="unreadable", path=source.path) from error
    if source.token:
        token = read_token(source.path) if is_remote(source.path) else hashlib.sha256(raw).hexdigest()
        if token != source.token:
            problem = "it changed while it was read; run the command again"
            raise ReadError(problem, reason="changed", path=source.path)
    return raw


def _read_local(path: str) -> bytes:
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise ReadError("not a regular file; copy its text into one", reason="not_a_file", path=path)
    return Path(path).read_bytes()


def _read_remote(path: str) -> bytes:
    system, root = open_remote(path)
    raw: bytes = system.cat_file(root)
    return raw


def build_reject(
    path: str,
    stage: str,
    reason: str,
    message: str,
    start: int | None = None,
    end: int | None = None,
    issue_id: str | None = None,
) -> Reject:
    """The row of `rejects` for an input that was not written."""
    return Reject(
        issue_id=None if issue_id is None else printable(issue_id),
        path=printable(path),
        stage=stage,
        reason=reason,
        message=printable(message),
        char_start=start,
        char_end=end,
    )


def printable(text: str) -> str:
    """Text that can be written: bytes of a file name that are no UTF-8 appear as `\\\\xNN`."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
