"""The contract of the tables as files: `schemas/`, made from the models or compared with them.

Per table a JSON Schema of one row (`<table>.schema.json`), the Arrow schema as text (`<table>.arrow.txt`) and a page of
the data dictionary (`<table>.md`), with an index in `README.md`. Nothing in the folder is written by hand.
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa

from extract.dataset import TABLES
from extract.models import SCHEMA_VERSION
from extract.tables import arrow_schema


def build_schemas() -> dict[str, str]:
    """File name -> content of every file of the folder."""
    files = {"README.md": _index()}
    for table in TABLES:
        files[f"{table}.schema.json"] = json.dumps(json_schema(table), indent=2, ensure_ascii=False) + "\n"
        files[f"{table}.arrow.txt"] = _arrow_text(table)
        files[f"{table}.md"] = _page(table)
    return files


def write_schemas(folder: str | os.PathLike[str]) -> list[str]:
    """Make the files of the folder anew; the names of those that changed. Other files are left alone."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    found = _read(folder)
    changed = {name: text for name, text in build_schemas().items() if text != found.get(name)}
    for name, text in changed.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return sorted(changed)


def compare_schemas(folder: str | os.PathLike[str]) -> list[str]:
    """Every difference between the folder and the models, as lines to print; empty when there is none.

    `-` is what stands in the folder, `+` what the models give; a file that is missing or that no model gives is a
    difference too.
    """
    wanted, found = build_schemas(), _read(Path(folder))
    lines = []
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            lines.append(f"{Path(folder) / name}: missing")
        elif name not in wanted:
            lines.append(f"{Path(folder) / name}: no table gives it; remove it")
        elif wanted[name] != found[name]:
            old, new = found[name].splitlines(), wanted[name].splitlines()
            lines += difflib.unified_diff(old, new, str(Path(folder) / name), "models", n=0, lineterm="")
    return lines


def _read(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}


def json_schema(table: str) -> dict[str, Any]:
    """The JSON Schema of one row as it is written."""
    schema = TABLES[table].model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _arrow_text(table: str) -> str:
    lines = []
    for field in arrow_schema(table):
        null = "" if field.nullable else " not null"
        metadata = {key.decode(): text.decode() for key, text in (field.metadata or {}).items()}
        lines.append(f"{field.name}: {field.type}{null} {json.dumps(metadata, ensure_ascii=False, sort_keys=True)}")
    return "\n".join(lines) + "\n"


def purpose(table: str) -> str:
    """What one row is, in one sentence: the first line of the model's docstring."""
    return (TABLES[table].__doc__ or "").strip().splitlines()[0]


def _index() -> str:
    rows = [f"| [`{table}`]({table}.md) | {purpose(table)} |" for table in TABLES]
    return _page_text(
        "# The tables",
        f"Schema version {SCHEMA_VERSION}. Made from the models by `extract schemas`; not written by hand.",
        "Offsets are Unicode code points of the decoded raw text, half-open: `raw[char_start:char_end]`.",
        "\n".join(["| table | one row |", "|---|---|", *rows]),
    )


def _page(table: str) -> str:
    properties = json_schema(table)["properties"]
    rows = [_row(field, properties[field.name]) for field in arrow_schema(table)]
    head = ["| column | type | null | unit | meaning | example | allowed values |", "|---|---|---|---|---|---|---|"]
    return _page_text(
        f"# {table}",
        purpose(table),
        f"`data/out/{table}.parquet`; the same for machines: [JSON Schema]({table}.schema.json), "
        f"[Arrow]({table}.arrow.txt). [All tables](README.md).",
        "\n".join([*head, *rows]),
    )


def _row(field: pa.Field, facts: dict[str, Any]) -> str:
    example = ", ".join(_code(value) for value in facts.get("examples", []))
    allowed = ", ".join(_code(value) for value in _allowed(facts))
    cells = [
        f"`{field.name}`",
        _type_name(field.type),
        "yes" if field.nullable else "",
        facts.get("unit", ""),
        facts["description"],
        example,
        allowed,
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _code(value: object) -> str:
    return f"`{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}`"


def _allowed(facts: dict[str, Any]) -> list[str]:
    values: list[str] = facts.get("enum", [])
    return values or [value for part in facts.get("anyOf", []) for value in part.get("enum", [])]


def _type_name(arrow: pa.DataType) -> str:
    if pa.types.is_list(arrow):
        return f"list of {_type_name(arrow.value_type)}"
    return {"double": "float64", "date32[day]": "date"}.get(str(arrow), str(arrow))


def _page_text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"
