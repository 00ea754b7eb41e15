"""The manifest of a dataset: one line of JSON per batch, in the order of the issues, after a line about the whole.

Needs what batches report when they are built; gives what a later run must know to leave them alone: which issues stand
in which part, with the token of each content, and what of them was rejected. A line is read when it is asked for: of a
manifest only ids, first issues and places in the file are held.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from extract.models import Reject

FORMAT = 1
"""Of the manifest itself; one of another format is read as none, and everything is done again."""


@dataclass(frozen=True, slots=True)
class IssueLine:
    """What became of one document: rows per table in the order of `dataset.TABLES`, runs of digits in the ledger and in the
    text, and its rejections. `written` is false when the document as a whole was rejected."""

    issue_id: str
    path: str
    token: str
    written: bool
    rows: tuple[int, ...]
    coverage: tuple[int, int]
    rejects: tuple[Reject, ...] = ()

    def must_be_read_again(self, path: str) -> bool:
        """Whether its rejection may end: the cause lay outside the text, or names another path."""
        refused = not self.written
        return refused and (
            path != self.path or not self.token or any({r.stage, r.reason} & AGAIN for r in self.rejects)
        )


AGAIN = frozenset(["read", "time_limit"])
"""The stage, and the reason, of rejections that do not depend on the text alone."""


@dataclass(frozen=True, slots=True)
class PartFile:
    """One table of a part: its rows, and size and SHA-256 of its bytes."""

    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A batch that has been built: the part in which its rows stand (empty: one file per table), and its issues.

    `timings` are seconds per stage; they travel back to the run and are not written.
    """

    id: str
    part: str
    issues: tuple[IssueLine, ...]
    files: dict[str, PartFile]
    timings: dict[str, float] = field(default_factory=dict, compare=False)

    def to_json(self) -> str:
        """The line of the manifest, the same bytes for the same batch."""
        plain: dict[str, Any] = asdict(self) | {"issues": [_plain_issue(issue) for issue in self.issues]}
        del plain["timings"]
        return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str | bytes) -> Entry:
        """The batch of a line; `ValueError`, `KeyError` or `TypeError` for another line."""
        plain = json.loads(line)
        issues = tuple(_issue(issue) for issue in plain["issues"])
        files = {table: PartFile(**facts) for table, facts in plain["files"].items()}
        return cls(plain["id"], plain["part"], issues, files)


def _plain_issue(issue: IssueLine) -> dict[str, Any]:
    return {
        "issue_id": issue.issue_id,
        "path": issue.path,
        "token": issue.token,
        "written": issue.written,
        "rows": issue.rows,
        "coverage": issue.coverage,
        "rejects": [reject.model_dump() for reject in issue.rejects],
    }


def _issue(plain: dict[str, Any]) -> IssueLine:
    rejects = tuple(Reject(**reject) for reject in plain.pop("rejects"))
    return IssueLine(**plain | {"rows": tuple(plain["rows"]), "coverage": tuple(plain["coverage"])}, rejects=rejects)


@dataclass(frozen=True, slots=True)
class Head:
    """The first line: the id of the whole, the version of the code, the number of parts (0: one file per table), the
    rejections of paths that gave no document, and the sizes of the files where they are no parts."""

    id: str
    version: str
    parts: int
    refused: tuple[Reject, ...] = ()
    sizes: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """The line."""
        refused = [reject.model_dump() for reject in self.refused]
        plain = asdict(self) | {"format": FORMAT, "refused": refused}
        return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def dataset_id(batches: Iterable[str], refused: Iterable[Reject] = ()) -> str:
    """The id of a dataset: a digest of its batches in their order and of the paths refused."""
    digest = hashlib.sha256()
    for batch in batches:
        digest.update(batch.encode() + b"\n")
    for reject in refused:
        digest.update(reject.model_dump_json().encode() + b"\n")
    return digest.hexdigest()[:24]


class Manifest:
    """A written manifest, open to be read by batch or by issue; `ValueError` where the file is none."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        head = json.loads(file.readline() or b"{}")
        if head.get("format") != FORMAT:
            raise ValueError("no manifest of this format")
        refused = tuple(Reject(**reject) for reject in head["refused"])
        self.head = Head(head["id"], head["version"], head["parts"], refused, head["sizes"])
        self.places: dict[str, int] = {}
        self._firsts: list[str] = []
        self._at: list[int] = []
        self.issue_count = 0
        while line := (file.tell(), file.readline())[1]:
            entry = json.loads(line)
            self.places[entry["id"]] = file.tell() - len(line)
            self._firsts.append(entry["issues"][0]["issue_id"])
            self._at.append(file.tell() - len(line))
            self.issue_count += sum(issue["written"] for issue in entry["issues"])

    def __contains__(self, batch_id: str) -> bool:
        return batch_id in self.places

    def entry(self, batch_id: str) -> Entry:
        """The batch of that id; `KeyError` where there is none."""
        return self._read(self.places[batch_id])

    def entries(self) -> Iterator[Entry]:
        """All batches, in order."""
        for place in self._at:
            yield self._read(place)

    def find(self, issue_id: str) -> tuple[IssueLine, str] | None:
        """An issue and the part that holds its rows."""
        index = bisect_right(self._firsts, issue_id) - 1
        if index < 0:
            return None
        entry = self._read(self._at[index])
        return next(((issue, entry.part) for issue in entry.issues if issue.issue_id == issue_id), None)

    def _read(self, place: int) -> Entry:
        self._file.seek(place)
        return Entry.from_json(self._file.readline())

    def close(self) -> None:
        """Let the file go."""
        self._file.close()
