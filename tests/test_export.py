"""Exports: the same rows in every form, no text taken for a formula, nothing half written."""

import csv
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest

import extract
from desk_samples import write_sample
from extract.dataset import TABLES
from extract.desk import Desk
from extract.export import FORMS, MOST_CHARACTERS, cell_text, csv_cell, export
from extract.folders import DeskError
from extract.models import Reject

HARMFUL = [
    "=1+1",
    "+86",
    "-3%",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
    "  =1",
    "\n=1",
    "\ufeff=1",
    "\u200b@x",
    "\x01=1",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    return extract.open(write_sample(tmp_path_factory.mktemp("export")))


@pytest.fixture(scope="module")
def harmful(tmp_path_factory) -> Desk:
    """Tables of a text that begins cells with signs of formulas, among them a figure with its sign."""
    folder = tmp_path_factory.mktemp("harmful")
    dataset = extract.extract_text("云南省2020年财政收入增长-3.5%。", issue_id="note")
    dataset.tables["rejects"] = [
        Reject(issue_id="note", path=None, stage="read", reason="x", message=text, char_start=None, char_end=None)
        for text in HARMFUL
    ]
    extract.write(dataset, folder)
    return extract.open(folder)


# The workbook


@pytest.fixture(scope="module")
def book(desk, tmp_path_factory) -> openpyxl.Workbook:
    return openpyxl.load_workbook(export(desk, tmp_path_factory.mktemp("book") / "tables.xlsx", "xlsx"))


def test_a_sheet_for_every_table(book, desk):
    assert book.sheetnames == list(TABLES)
    for table in TABLES:
        sheet = book[table]
        assert sheet.max_row == 1 + len(desk[table])
        assert [cell.value for cell in sheet[1]] == list(desk[table].columns)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref is not None


def test_units_and_meanings_are_notes_of_the_header(book):
    notes = {cell.value: cell.comment.text for cell in book["project_counts"][1]}
    assert notes["invest_min"] == "Lower threshold on project size [CNY]"
    assert all(notes.values())


def test_cells_of_a_sheet_are_numbers_dates_and_text(book, desk):
    sheet = book["targets"]
    names = [cell.value for cell in sheet[1]]
    for row, line in zip(desk.arrow("targets").to_pylist(), sheet.iter_rows(min_row=2), strict=True):
        cells = dict(zip(names, line, strict=True))
        assert cells["value"].value == row["value"]
        assert cells["value"].data_type == "n"
        assert cells["period_start"].value == dt.datetime.combine(row["period_start"], dt.time())
        assert cells["period_start"].number_format == "yyyy-mm-dd"
        assert cells["region_code"].value == "530000"
        assert cells["sentence"].value == row["sentence"]
        assert cells["invest_min"].value is None
    assert book["event_participants"]["E5"].value == "省委常委; 副省长"


def test_a_record_leads_to_the_evidence_page(book, desk, tmp_path):
    for cell, record_id in zip(book["levels"]["A"][1:], desk.levels["record_id"], strict=True):
        assert (cell.value, cell.hyperlink.target, cell.hyperlink.location) == (record_id, "report.html", record_id)
    other = openpyxl.load_workbook(export(desk, tmp_path / "a.xlsx", "xlsx", page="https://example.org/page"))
    assert other["levels"]["A2"].hyperlink.target == "https://example.org/page"


def test_no_text_of_the_workbook_is_a_formula(harmful, tmp_path):
    book = openpyxl.load_workbook(export(harmful, tmp_path / "tables.xlsx", "xlsx"))
    cells = [row[4] for row in book["rejects"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value.replace("_x000D_", "\r").replace("_x0001_", "\x01") for cell in cells] == HARMFUL
    (figure,) = [cell.value for cell in book["growth_rates"][2] if cell.column_letter == "S"]
    assert figure == "-3.5%"


def test_a_sheet_has_no_more_rows_than_it_holds(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("extract.export.MOST_ROWS", 20)
    with pytest.raises(DeskError, match=r"numerals has \d+ rows, a sheet holds 20; export csv or duckdb"):
        export(desk, tmp_path / "tables.xlsx", "xlsx")
    assert list(tmp_path.iterdir()) == []


def test_more_records_than_links(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("extract.export.MOST_LINKS", 1)
    sheet = openpyxl.load_workbook(export(desk, tmp_path / "tables.xlsx", "xlsx"))["targets"]
    assert sheet["A2"].hyperlink is not None
    assert sheet["A3"].hyperlink is None
    assert sheet["A3"].value == desk.targets["record_id"].iloc[1]


def test_a_cell_has_no_more_characters_than_it_holds():
    assert cell_text("长" * MOST_CHARACTERS) == "长" * MOST_CHARACTERS
    assert cell_text("长" * (MOST_CHARACTERS + 1)) == "长" * (MOST_CHARACTERS - 1) + "…"
    assert cell_text([dt.date(2021, 3, 5), None]) == "2021-03-05; "


# CSV, JSON, DuckDB


def read_csv(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv(desk, tmp_path):
    folder = export(desk, tmp_path / "tables", "csv")
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{table}.csv" for table in TABLES)
    for table in TABLES:
        wanted = [{key: as_csv(value) for key, value in row.items()} for row in desk.arrow(table).to_pylist()]
        assert read_csv(folder, table) == wanted


def as_csv(value: object) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, bool | list) else str(value)


def test_no_text_of_csv_is_a_formula(harmful, tmp_path):
    folder = export(harmful, tmp_path / "tables", "csv")
    assert [row["message"] for row in read_csv(folder, "rejects")] == [f"'{text}" for text in HARMFUL]
    (row,) = read_csv(folder, "growth_rates")
    assert (row["figure"], row["value"]) == ("'-3.5%", "-3.5")


@pytest.mark.parametrize("value", [-3.5, 0, None, "增长", "1-2月", "——", "=", "", False])
def test_other_cells_stay(value):
    assert csv_cell(value) in (value, "", "false")


def test_json(desk, tmp_path):
    tables = json.loads(export(desk, tmp_path / "tables.json", "json").read_text("utf-8"))
    assert list(tables) == list(TABLES)
    for table in TABLES:
        assert tables[table] == json.loads(json.dumps(desk.arrow(table).to_pylist(), default=str))


def test_duckdb(desk, tmp_path):
    path = export(desk, tmp_path / "tables.duckdb", "duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        for table in TABLES:
            stored = connection.sql(f"select * from {table}").to_arrow_table()
            assert stored.to_pylist() == desk.arrow(table).to_pylist()
        query = (
            "select comment, data_type from duckdb_columns() where table_name = 'project_counts' and column_name = ?"
        )
        assert connection.execute(query, ["invest_min"]).fetchall() == [
            ("Lower threshold on project size [CNY]", "DOUBLE")
        ]
        assert connection.execute(query, ["period_end"]).fetchone()[1] == "DATE"


# Whole or not at all


def content(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(path.iterdir())
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_two_exports_are_equal(form, desk, tmp_path):
    first = content(export(desk, tmp_path / "one" / "tables", form))
    assert content(export(desk, tmp_path / "two" / "tables", form)) == first


@pytest.mark.parametrize("form", FORMS)
def test_an_older_export_is_replaced(form, desk, harmful, tmp_path):
    export(harmful, tmp_path / "tables", form)
    before = content(tmp_path / "tables")
    export(desk, tmp_path / "tables", form)
    assert content(tmp_path / "tables") != before
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


@pytest.mark.parametrize("form", FORMS)
def test_a_failure_leaves_the_older_export(form, desk, tmp_path, monkeypatch):
    export(desk, tmp_path / "tables", form)
    before = content(tmp_path / "tables")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    place = "csv.writer" if form == "csv" else "os.replace"
    monkeypatch.setattr(f"extract.export.{place}", fail)
    with pytest.raises(DeskError, match=r"cannot write there \(No space left on device\)"):
        export(desk, tmp_path / "tables", form)
    assert content(tmp_path / "tables") == before
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


@pytest.mark.parametrize("form", FORMS)
def test_a_folder_with_other_files_is_left_alone(form, desk, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    with pytest.raises(DeskError, match=r"a folder.*; choose another place"):
        export(desk, tmp_path / "thesis", form)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "mine"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["file/tables", "long" * 63])
def test_a_path_that_cannot_be_written(name, form, desk, tmp_path):
    (tmp_path / "file").write_text("text")
    with pytest.raises(DeskError, match="cannot write there"):
        export(desk, tmp_path / name, form)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk(form, desk, tmp_path):
    code = f"""
import resource, signal, sys, extract
from extract.export import export
desk = extract.open({str(desk.folder)!r})
[desk.arrow(table) for table in desk.tables]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
try:
    export(desk, {str(tmp_path / "tables")!r}, {form!r})
except extract.DeskError as error:
    print(error)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "cannot write there" in done.stdout
    assert done.stdout.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("form", "library", "extra"), [("xlsx", "xlsxwriter", "xlsx"), ("duckdb", "duckdb", "sql")])
def test_a_library_that_is_missing(form, library, extra, desk, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(DeskError, match=rf"pip install gazette-extract\[{extra}\]"):
        export(desk, tmp_path / "tables", form)


def test_an_unknown_form(desk, tmp_path):
    with pytest.raises(DeskError, match="no export as 'pdf'; take one of xlsx, csv, json, duckdb"):
        export(desk, tmp_path / "tables", "pdf")


def test_more_rows_than_a_batch(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("extract.export._BATCH", 2)
    tables = json.loads(export(desk, tmp_path / "tables.json", "json").read_text("utf-8"))
    assert tables["numerals"] == desk.arrow("numerals").to_pylist()
