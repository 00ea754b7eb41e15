"""The data package: valid for the frictionless tools, and three readers agree on the tables."""

import hashlib
import json
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless import Package

import extract
from desk_samples import TEXTS, write_sample
from extract.datapackage import build_datapackage, table_schema, write_datapackage
from extract.dataset import TABLES
from extract.models import SCHEMA_VERSION
from extract.records import RECORD_TABLES


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    folder = write_sample(tmp_path_factory.mktemp("package"))
    write_datapackage(folder)
    return folder


@pytest.fixture
def copy(out, tmp_path) -> Path:
    return Path(shutil.copytree(out, tmp_path / "copy"))


def problems(folder: Path) -> set[tuple[str, str]]:
    """(table, kind of error) of everything the frictionless tools object to."""
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.errors == []
    return {(task.name, error.type) for task in report.tasks for error in task.errors}


def change(folder: Path, table: str, column: str, value: object) -> None:
    """Put a value into the first row of a table."""
    path = folder / f"{table}.parquet"
    rows = pq.read_table(path)
    values = [value, *rows[column].to_pylist()[1:]]
    at = rows.column_names.index(column)
    pq.write_table(rows.set_column(at, rows.field(at), pa.array(values, rows.field(at).type)), path)


def test_the_package_is_valid(out):
    assert problems(out) == set()


@pytest.mark.parametrize(
    ("table", "column", "value", "problem"),
    [
        ("targets", "measure", "weight", "constraint-error"),
        ("targets", "article_id", "lan-2021/99", "foreign-key"),
        ("event_participants", "event_id", "ji-2021:1-2", "foreign-key"),
        ("levels", "record_id", "lan-2021:1-2", None),
        ("articles", "article_id", "lan-2022/01", "primary-key"),
    ],
)
def test_the_package_finds_what_is_wrong(table, column, value, problem, copy):
    change(copy, table, column, value)
    assert ((table, problem) in problems(copy)) == (problem is not None)


def test_three_readers_agree(out):
    desk = extract.open(out)
    for resource in json.loads((out / "datapackage.json").read_text("utf-8"))["resources"]:
        path = out / resource["path"]
        by_pandas = pd.read_parquet(path, dtype_backend="pyarrow")
        by_polars = pl.read_parquet(path)
        by_duckdb = duckdb.connect().execute("select * from read_parquet(?)", [str(path)])
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert list(by_pandas.columns) == by_polars.columns == [column[0] for column in by_duckdb.description] == names
        counts = {len(by_pandas), by_polars.height, len(by_duckdb.fetchall()), resource["rows"]}
        assert counts == {len(desk[resource["name"]])}


@pytest.mark.parametrize("table", RECORD_TABLES)
def test_three_readers_agree_on_the_figures(table, out):
    path = str(out / f"{table}.parquet")
    columns = ["figure", "value", "period_end", "char_start"]
    by_polars = pl.read_parquet(path, columns=columns).select(columns).rows()
    by_duckdb = duckdb.connect().execute(f"select {', '.join(columns)} from read_parquet(?)", [path]).fetchall()
    by_pandas = pd.read_parquet(path, columns=columns, dtype_backend="pyarrow")[columns]
    assert by_polars == by_duckdb == [tuple(row) for row in by_pandas.astype(object).values]
    assert len(by_polars) > 0


def test_what_a_resource_says(out):
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    assert [source["title"] for source in package["sources"]] == sorted(TEXTS)
    assert package["schema_version"] == SCHEMA_VERSION
    (counts,) = [resource for resource in package["resources"] if resource["name"] == "project_counts"]
    content = (out / "project_counts.parquet").read_bytes()
    assert counts["sha256"] == [hashlib.sha256(content).hexdigest()]
    fields = {field["name"]: field for field in counts["schema"]["fields"]}
    assert fields["invest_min"]["unit"] == "CNY"
    assert fields["stage"]["constraints"]["enum"][0] == "signed"
    assert fields["char_start"] | {"description": ""} == {
        "name": "char_start",
        "type": "integer",
        "arrow": "int32",
        "description": "",
        "unit": "code points",
        "constraints": {"required": True},
    }


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described(table):
    schema = table_schema(table)
    assert [field["name"] for field in schema["fields"]] == list(TABLES[table].model_fields)
    assert all(field["description"] for field in schema["fields"])
    for key in schema["foreignKeys"]:
        assert key["reference"]["fields"][0] in TABLES[key["reference"]["resource"]].model_fields


def test_two_packages_are_equal(out, copy):
    before = (copy / "datapackage.json").read_bytes()
    assert write_datapackage(copy).read_bytes() == before
    assert not [path.name for path in copy.iterdir() if path.name.endswith(".writing")]


def test_part_files_are_listed(copy):
    rows = pq.read_table(copy / "levels.parquet")
    (copy / "levels.parquet").unlink()
    (copy / "levels.parquet").mkdir()
    for part in range(2):
        pq.write_table(rows.slice(part, 1), copy / "levels.parquet" / f"part-{part}.parquet")
    (copy / "shares.parquet").unlink()
    resources = {resource["name"]: resource for resource in build_datapackage(copy)["resources"]}
    assert resources["levels"]["path"] == ["levels.parquet/part-0.parquet", "levels.parquet/part-1.parquet"]
    assert resources["levels"]["rows"] == 2
    assert len(resources["levels"]["sha256"]) == 2
    assert "shares" not in resources


def test_a_folder_without_tables_has_no_resources(tmp_path):
    assert build_datapackage(tmp_path)["resources"] == []
