"""The tables as a Frictionless data package: `datapackage.json` beside them, for tools that read no Arrow metadata.

Needs a folder of written tables; gives one resource per table with type, unit, meaning, allowed values, keys and
references of its columns, and the digests of its files. It depends on the tables alone.

Why not the standard's `array`, `bytes` and `hash`, and `integer` where nulls may stand: the frictionless tools (5.21)
read Parquet through numpy, take its arrays for no lists and its NaN for no integer, and count no bytes; they would call
every package invalid. A list is `any`, such an integer a `number`, each with its exact type as `arrow`; a digest is
`sha256`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.dataset import TABLES
from extract.models import SCHEMA_VERSION
from extract.schemas import json_schema, purpose
from extract.tables import KEYS, arrow_schema

FILE = "datapackage.json"

REFERENCES = {"issue_id": "issues", "article_id": "articles", "event_id": "events", "occasion_event_id": "events"}
"""Columns that name a row of another table, whose key has the name's end; not in `rejects`, where no row came to be."""

FIELD_TYPES = {
    pa.string(): "string",
    pa.int32(): "integer",
    pa.float64(): "number",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}


@dataclass(frozen=True, slots=True)
class PartFact:
    """One file of a table: its path beside the description, its rows, and the SHA-256 of its bytes."""

    path: str
    rows: int
    sha256: str

    @classmethod
    def of(cls, path: str, content: bytes) -> PartFact:
        """The fact of a file with that content."""
        return cls(path, pq.read_metadata(pa.BufferReader(content)).num_rows, hashlib.sha256(content).hexdigest())


def build_datapackage(out: str | os.PathLike[str]) -> dict[str, Any]:
    """The description of the tables in a folder; a table is one file, or a folder of part files."""
    folder = Path(out)
    found = {table: _files(folder, table) for table in TABLES}
    facts = {
        table: [PartFact.of(file.relative_to(folder).as_posix(), file.read_bytes()) for file in files]
        for table, files in found.items()
    }
    return describe_parts(facts, _inputs(found.get("issues", [])))


def describe_parts(facts: Mapping[str, Sequence[PartFact]], sources: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The description of tables by their files; `sources` are the SHA-256 of the inputs by issue, which the table
    `issues` holds as well."""
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": "gazette-extract",
        "title": "Figures, targets and events of Chinese official prose",
        "version": version("gazette-extract"),
        "schema_version": SCHEMA_VERSION,
    }
    if sources is not None:
        named = [{"title": issue_id, "sha256": sha256} for issue_id, sha256 in sorted(sources.items())]
        package["sources"] = named
    package["resources"] = [_resource(table, files) for table, files in facts.items() if files]
    return package


def dump_package(package: Mapping[str, Any]) -> str:
    """The text of a description, the same for the same tables."""
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def write_datapackage(out_dir: str | os.PathLike[str]) -> Path:
    """Write `<out_dir>/datapackage.json` for the tables that stand there, whole or not at all; its path."""
    path = Path(out_dir) / FILE
    aside = path.with_name(f".{FILE}.writing")
    aside.write_text(dump_package(build_datapackage(out_dir)), encoding="utf-8", newline="\n")
    os.replace(aside, path)
    return path


def _files(folder: Path, table: str) -> list[Path]:
    path = folder / f"{table}.parquet"
    if path.is_dir():
        return sorted(part for part in path.glob("*.parquet") if part.name[0] not in "._")
    return [path] if path.is_file() else []


def _inputs(files: list[Path]) -> dict[str, str]:
    """Issue -> SHA-256 of every input, as the files themselves say."""
    inputs: dict[str, str] = {}
    for file in files:
        metadata = pq.read_metadata(file).metadata or {}
        inputs |= json.loads(metadata.get(b"extract.inputs", b"{}"))
    return inputs


def _resource(table: str, files: Sequence[PartFact]) -> dict[str, Any]:
    paths = [file.path for file in files]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "title": purpose(table),
        "path": paths[0] if paths == [f"{table}.parquet"] else paths,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rows": sum(file.rows for file in files),
        "sha256": [file.sha256 for file in files],
        "schema": table_schema(table),
    }


def table_schema(table: str) -> dict[str, Any]:
    """The Table Schema of a table: its fields, its key, and the tables it refers to."""
    facts = json_schema(table)["properties"]
    schema: dict[str, Any] = {"fields": [_field(field, facts[field.name]) for field in arrow_schema(table)]}
    key = [name for name, tables in KEYS.items() if table in tables]
    if key:
        schema["primaryKey"] = key
    names = [name for name in REFERENCES if name in arrow_schema(table).names and table != "rejects"]
    schema["foreignKeys"] = [_reference(name) for name in names if REFERENCES[name] != table]
    return schema


def _reference(name: str) -> dict[str, Any]:
    key = name.removeprefix("occasion_")
    return {"fields": [name], "reference": {"resource": REFERENCES[name], "fields": [key]}}


def _field(field: pa.Field, facts: dict[str, Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if field.nullable else {"required": True}
    if "enum" in facts:
        constraints["enum"] = facts["enum"]
    described = {
        "name": field.name,
        "type": "number" if field.type == pa.int32() and field.nullable else FIELD_TYPES.get(field.type, "any"),
        "arrow": str(field.type),
        "description": facts["description"],
    }
    if "unit" in facts:
        described["unit"] = facts["unit"]
    if facts.get("examples"):
        described["example"] = facts["examples"][0]
    return described | ({"constraints": constraints} if constraints else {})
