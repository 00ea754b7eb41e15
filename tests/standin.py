"""A stand-in for the pipeline: rows of known content from small files, and every way in which a file can fail.

The first line of a file is an order (`bad`, `bug`, `wrong`, `die`, `sleep`; `nap` sleeps the first time only), or else
every line is one level.
"""

import datetime as dt
import os
import time
from functools import cache
from pathlib import Path

import pyarrow as pa

from extract import models
from extract.dataset import TABLES, Dataset
from extract.errors import DecodeError
from extract.records import Level
from extract.tables import arrow_schema

TIMINGS = {"decode": 0.25, "records": 0.5}


def sample_row(table: str, issue_id: str, number: int) -> models.Row:
    """A valid row of a table, all its values different from those of another number."""
    values = {}
    for column in arrow_schema(table):
        values[column.name] = sample_value(column.type, f"{issue_id}:{table}.{column.name}-{number}", number)
    values |= {name: allowed[number % len(allowed)] for name, allowed in allowed_values(table).items()}
    values |= {"issue_id": issue_id} | ({"char_start": number} if "char_start" in values else {})
    return TABLES[table](**values)


@cache
def allowed_values(table: str) -> dict[str, list[str]]:
    facts = TABLES[table].model_json_schema()["properties"]
    return {name: fact["enum"] for name, fact in facts.items() if "enum" in fact}


def sample_value(arrow: pa.DataType, text: str, number: int) -> object:
    if pa.types.is_list(arrow):
        return [sample_value(arrow.value_type, f"{text}.{index}", number + index) for index in range(2)]
    return {
        pa.string(): text,
        pa.float64(): number + 0.5,
        pa.int32(): number,
        pa.bool_(): number % 2 == 0,
        pa.date32(): dt.date(2021, 1, 1) + dt.timedelta(days=number),
    }[arrow]


def sample_dataset(issue_id: str, rows: int = 3) -> Dataset:
    """Some rows of every table, out of order, and one issue; three of four runs of digits in the ledger."""
    tables = {name: [sample_row(name, issue_id, number) for number in reversed(range(rows))] for name in TABLES}
    tables |= {"issues": [sample_row("issues", issue_id, 7)], "rejects": []}
    levels = [level.record_id for level in tables["levels"]]
    tables["checks"] = [check.model_copy(update={"record_ids": levels}) for check in tables["checks"]]
    return Dataset(tables, (3, 4), TIMINGS)


def extract_bytes(raw: bytes, issue_id: str, path: str) -> Dataset:
    text = raw.decode("utf-8")
    order = text.split("\n", 1)[0]
    if order == "bad":
        raise DecodeError("not a text; save it as text", reason="not_text", path=path, start=5, end=6)
    if order == "bug":
        raise ZeroDivisionError("two by nothing")
    if order == "die":
        os._exit(9)
    note = Path(path).with_suffix(".pid")
    if order == "sleep" or (order == "nap" and not note.exists()):
        note.write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(60)
    dataset = sample_dataset(issue_id, rows=len(text.splitlines()))
    if order == "wrong":
        level = dataset["levels"][0]
        dataset.tables["levels"][0] = Level.model_construct(**(vars(level) | {"value": "12", "rule": "level.unit"}))
    return dataset
