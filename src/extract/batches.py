"""Sources -> batches, the unit of work of every engine, each with an id made of its content.

Needs the sources of a run, sorted by issue; gives batches of neighbours in that order. The id of a batch is a digest
of its issues, of the tokens of their contents and of the version of the code, so the same work has the same id on every
machine and in every run, and a batch that has been built is not built again.

Where one batch ends and the next begins is read off the names of the issues (a digest with enough zeros ends a batch):
a document that comes or goes moves the borders near it and no others. Batches are small on a small shelf, so that all
processors have work, and grow with it up to `LARGEST`, so that a million issues do not become a million files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import Any

from extract.inputs import Source, read_token
from extract.manifest import IssueLine
from extract.models import SCHEMA_VERSION

SHARES = 64
"""As many batches as a shelf is cut into before batches grow beyond one issue."""

LARGEST = 256
"""Issues in a batch of the largest shelves, on average."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of work: its id, its documents, and how each is to be had.

    `kept` gives for documents that have not changed their line of the manifest, and the part in which their rows stand
    in the tables as they are; `deadly` are issues that have taken a process down. `version` is that of the code which
    planned it.
    """

    id: str
    sources: tuple[Source, ...]
    version: str
    kept: dict[str, tuple[IssueLine, str]] = field(default_factory=dict)
    deadly: frozenset[str] = frozenset()


def cut_batches(sources: Sequence[Source]) -> Iterator[tuple[Source, ...]]:
    """The sources in runs of neighbours, of `batch_size` issues on average and at most twice as many.

    >>> [len(run) for run in cut_batches([Source(f"town-{n}", "") for n in range(5)])]
    [1, 1, 1, 1, 1]
    """
    size = batch_size(len(sources))
    run: list[Source] = []
    for source in sources:
        run.append(source)
        if len(run) >= 2 * size or (len(run) > size // 2 and _ends_batch(source.issue_id, size)):
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def batch_size(count: int) -> int:
    """Issues in a batch, on average: a power of two, so that it changes seldom.

    >>> [batch_size(count) for count in (1, 127, 128, 2_000, 1_000_000)]
    [1, 1, 2, 16, 256]
    """
    size = 1
    while size < LARGEST and 2 * size * SHARES <= count:
        size *= 2
    return size


def _ends_batch(issue_id: str, size: int) -> bool:
    return size == 1 or _number(issue_id) % (size // 2) == 0


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()[:8], "big")


def in_shard(sources: Sequence[Source], shard: tuple[int, int]) -> bool:
    """Whether a batch belongs to a shard `(number, of)`, numbers from 1; read off its first issue, not its content."""
    number, of = shard
    return _number(sources[0].issue_id) % of == number - 1


def plan_batch(sources: Sequence[Source]) -> Batch:
    """The batch of some sources as their contents are now; reads every local one once."""
    planned = tuple(replace(source, token=read_token(source.path)) for source in sources)
    code = code_version()
    return Batch(batch_id([(source.issue_id, source.token) for source in planned], code), planned, code)


def batch_id(issues: Sequence[tuple[str, str]], code: str) -> str:
    """The id of a batch: 24 hexadecimal digits of the digest of its issues, their tokens and the version of the code."""
    digest = hashlib.sha256(code.encode())
    for issue_id, token in issues:
        digest.update(b"\0" + issue_id.encode("utf-8", "surrogateescape") + b"\0" + token.encode())
    return digest.hexdigest()[:24]


@cache
def code_version() -> str:
    """A digest of everything that makes the rows and the bytes: the package's modules and word lists, and the libraries
    that cut words, match patterns and write Parquet."""
    digest = hashlib.sha256(SCHEMA_VERSION.encode())
    for library in ("regex", "jieba", "pyarrow"):
        digest.update(f"{library} {version(library)}\n".encode())
    for name, content in sorted(_package_files(resources.files("extract"), "")):
        digest.update(f"{name}\n".encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def _package_files(folder: Any, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _package_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".toml", ".tsv")):
            yield prefix + entry.name, entry.read_bytes()
