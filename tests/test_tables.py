"""Tables: one declaration gives the Arrow schema; every row is checked; what is written is all or nothing."""

import datetime as dt
import errno
import json
from importlib.metadata import version
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract.tables
from extract.columns import arrow_type, build_array
from extract.dataset import TABLES, Dataset
from extract.models import SCHEMA_VERSION, Int32, Issue
from extract.records import Level
from extract.store import LocalStore
from extract.tables import (
    OutputError,
    RowError,
    TableWriter,
    arrow_schema,
    build_table,
    build_tables,
    validate_rows,
    write,
)
from standin import sample_dataset, sample_row


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (str, (pa.string(), False)),
        (str | None, (pa.string(), True)),
        (Literal["up", "down"], (pa.string(), False)),
        (Literal["up", "down"] | None, (pa.string(), True)),
        (float | None, (pa.float64(), True)),
        (bool, (pa.bool_(), False)),
        (Int32, (pa.int32(), False)),
        (Int32 | None, (pa.int32(), True)),
        (dt.date | None, (pa.date32(), True)),
        (list[str], (pa.list_(pa.field("element", pa.string(), False)), False)),
        (list[dt.date | None], (pa.list_(pa.field("element", pa.date32(), True)), False)),
    ],
)
def test_type_mapping(hint, expected):
    assert arrow_type(hint) == expected


@pytest.mark.parametrize("hint", [int, int | None, dict[str, str], str | int, Literal[1, 2], object, list[int]])
def test_type_without_mapping_is_an_error(hint):
    with pytest.raises(TypeError, match="no Arrow type"):
        arrow_type(hint)


NUMBERS = st.integers(-(2**31), 2**31 - 1)


@pytest.mark.parametrize(
    ("arrow", "values"),
    [
        (pa.string(), st.text()),
        (pa.int32(), NUMBERS),
        (pa.float64(), st.floats(allow_nan=False)),
        (pa.bool_(), st.booleans()),
        (pa.date32(), st.dates()),
        (pa.list_(pa.field("element", pa.string(), False)), st.lists(st.text(), max_size=3)),
        (pa.list_(pa.field("element", pa.date32(), True)), st.lists(st.none() | st.dates(), max_size=3)),
    ],
)
@settings(deadline=None)  # the first call of pyarrow's own imports pandas
@given(data=st.data())
def test_arrays_are_those_of_pyarrow(arrow, values, data):
    column = data.draw(st.lists(st.none() | values, max_size=20))
    built = build_array(column, arrow)
    built.validate(full=True)
    assert built == pa.array(column, type=arrow)
    assert built.to_pylist() == column


@pytest.mark.parametrize("table", TABLES)
def test_schema_says_what_the_model_says(table):
    schema = arrow_schema(table)
    assert schema.names == list(TABLES[table].model_fields)
    for column in schema:
        assert column.metadata[b"description"], column.name
        if column.name in ("char_start", "char_end"):
            assert column.metadata[b"unit"] == b"code points"


def test_thresholds_carry_their_unit():
    assert arrow_schema("project_counts").field("invest_min").metadata[b"unit"] == b"CNY"


@pytest.mark.parametrize("table", TABLES)
def test_rows_come_back_from_the_file(table, tmp_path):
    dataset = sample_dataset("town-2021")
    dataset.tables["rejects"] = [sample_row("rejects", "town-2021", 3)]
    write(dataset, tmp_path)
    rows = [TABLES[table](**row) for row in pq.read_table(tmp_path / f"{table}.parquet").to_pylist()]
    assert sorted(rows, key=repr) == sorted(dataset[table], key=repr)


@pytest.mark.parametrize("table", ["levels", "numerals", "event_participants", "articles"])
def test_rows_are_sorted_by_issue_and_span(table, tmp_path):
    dataset = sample_dataset("b")
    dataset.tables["issues"] += sample_dataset("a").tables["issues"]
    dataset.tables[table] += sample_dataset("a")[table]
    write(dataset, tmp_path)
    read = pq.read_table(tmp_path / f"{table}.parquet", columns=["issue_id", "char_start"])
    keys = list(zip(*read.to_pydict().values(), strict=True))
    assert keys == [("a", 0), ("a", 1), ("a", 2), ("b", 0), ("b", 1), ("b", 2)]


@given(st.permutations(range(6)))
def test_sorting_does_not_depend_on_the_order_given(order):
    rows = [sample_row("levels", "town", number) for number in range(6)]
    assert build_table("levels", [rows[place] for place in order]) == build_table("levels", rows)


def test_empty_tables_are_written_with_their_columns(tmp_path):
    write(Dataset(), tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir() if path.is_file()) == sorted([*TABLES, "datapackage"])
    for table in TABLES:
        read = pq.read_table(tmp_path / f"{table}.parquet")
        assert read.num_rows == 0
        assert read.schema.equals(arrow_schema(table))


def test_file_metadata(tmp_path):
    dataset = sample_dataset("town-2021")
    write(dataset, tmp_path)
    read = pq.read_schema(tmp_path / "levels.parquet")
    metadata = {key.decode(): text.decode() for key, text in read.metadata.items()}
    assert metadata["extract.version"] == version("gazette-extract")
    assert metadata["extract.schema_version"] == SCHEMA_VERSION
    assert json.loads(metadata["extract.inputs"]) == {"town-2021": dataset["issues"][0].sha256}
    assert read.field("char_start").metadata[b"description"] == b"First character of the figure"
    footer = pq.read_metadata(tmp_path / "levels.parquet")
    assert {key: footer.metadata[key] for key in read.metadata} == read.metadata
    assert footer.row_group(0).column(0).compression == "ZSTD"


def test_row_groups_end_with_an_issue(tmp_path, monkeypatch):
    monkeypatch.setattr(extract.tables, "ROW_GROUP", 5)
    with TableWriter(tmp_path) as writer:
        for issue_id in "abcdefg":
            writer.add(build_tables(sample_dataset(issue_id, rows=3)))
        writer.finish()
    groups = pq.ParquetFile(tmp_path / "levels.parquet").metadata
    assert [groups.row_group(place).num_rows for place in range(groups.num_row_groups)] == [6, 6, 6, 3]


def test_issues_must_come_in_order(tmp_path):
    with TableWriter(tmp_path) as writer:
        writer.add(build_tables(sample_dataset("b")))
        with pytest.raises(ValueError, match="ascending"):
            writer.add(build_tables(sample_dataset("a")))


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", "579"), ("value", None), ("char_start", 1.0), ("char_end", 2**31), ("period_start", "2021-01-01")],
)
def test_a_wrong_row_is_named(field, value):
    row = sample_row("levels", "town", 4)
    wrong = Level.model_construct(**(vars(row) | {"rule": "level.unit", field: value}))
    with pytest.raises(RowError) as caught:
        validate_rows("levels", [row, wrong])
    error = caught.value
    assert (error.table, error.field, error.rule, error.stage, error.reason) == (
        "levels",
        field,
        "level.unit",
        "tables",
        "invalid_row",
    )
    assert (error.start, error.end) == (wrong.char_start, wrong.char_end)
    assert all(word in error.message for word in ("levels", "level.unit", field, repr(value)))


def test_a_row_with_a_field_missing_is_refused():
    values = {name: value for name, value in vars(sample_row("levels", "town", 4)).items() if name != "unit"}
    with pytest.raises(RowError, match="Field required"):
        validate_rows("levels", [Level.model_construct(**values)])


def test_a_row_with_a_field_too_many_is_refused():
    row = sample_row("levels", "town", 4)
    vars(row)["colour"] = "red"
    with pytest.raises(RowError, match="colour"):
        validate_rows("levels", [row])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_refused(value):
    row = sample_row("levels", "town", 4).model_copy(update={"value_high": value})
    with pytest.raises(RowError, match="not a finite number"):
        build_table("levels", [row])


def test_one_figure_has_one_role():
    dataset = sample_dataset("town")
    dataset.tables["shares"][0] = dataset["shares"][0].model_copy(update={"record_id": dataset["levels"][1].record_id})
    with pytest.raises(RowError, match="stands twice"):
        build_tables(dataset)


def test_an_article_stands_once():
    dataset = sample_dataset("town")
    dataset.tables["articles"].append(dataset["articles"][0])
    with pytest.raises(RowError, match="article_id"):
        build_tables(dataset)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_wrong_row_leaves_the_old_tables(tmp_path):
    write(sample_dataset("old"), tmp_path)
    before = contents(tmp_path)
    dataset = sample_dataset("new")
    dataset.tables["issues"] = [Issue.model_construct(**(vars(dataset["issues"][0]) | {"year": "2021"}))]
    with pytest.raises(RowError):
        write(dataset, tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("failing", ["write_table", "close", "fsync", "open", "replace", "rename", "symlink"])
def test_a_full_disk_leaves_the_old_tables(failing, tmp_path, monkeypatch):
    write(sample_dataset("old"), tmp_path)
    before = contents(tmp_path)

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    if failing in ("write_table", "close"):
        monkeypatch.setattr(pq.ParquetWriter, failing, full)
    else:
        monkeypatch.setattr({"open": "pathlib.Path.open"}.get(failing, f"os.{failing}"), full)
    with pytest.raises(OutputError, match=f"{tmp_path}: cannot write there .No space left on device"):
        write(sample_dataset("new"), tmp_path)
    monkeypatch.undo()
    assert contents(tmp_path) == before


def test_a_writer_that_is_left_gives_no_tables(tmp_path):
    with TableWriter(tmp_path) as writer:
        writer.add(build_tables(sample_dataset("town")))
    with pytest.raises(pa.ArrowInvalid):
        pq.read_table(tmp_path / "levels.parquet")


def test_two_runs_into_one_folder_are_refused(tmp_path):
    with LocalStore(tmp_path).locked(), pytest.raises(OutputError, match="another run"):
        write(sample_dataset("town"), tmp_path)
    write(sample_dataset("town"), tmp_path)


def test_a_folder_of_something_else_is_not_replaced(tmp_path):
    (tmp_path / "levels.parquet").mkdir()
    with pytest.raises(OutputError, match=r"levels\.parquet is a folder"):
        write(sample_dataset("town"), tmp_path)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="cannot write there"):
        write(sample_dataset("town"), tmp_path / "out")
