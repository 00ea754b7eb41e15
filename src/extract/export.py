"""Tables for other programs: a workbook, CSV, JSON or one DuckDB file.

Needs a desk; gives files whose rows and columns are those of the tables. What is written is complete or not there: it
is made under another name beside its place and renamed at the end. Two exports of the same tables are equal, but for
DuckDB's own file.

A spreadsheet takes text that begins with `=`, `+`, `-` or `@`, with blanks before it or not, for a formula, and the
text is a stranger's: in the workbook such cells are marked as text, in CSV an apostrophe stands before them. Numbers
are left alone.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from extract.folders import DeskError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from extract.desk import Desk

FORMULA = re.compile(r"[\s\x00-\x1f\u00a0\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠](?=.)|[\t\r\n]", re.DOTALL)
"""How text begins that a spreadsheet may take for a formula, after what it does not show; a lone sign is none."""

MOST_ROWS, MOST_CHARACTERS, MOST_LINKS = 1_048_575, 32_767, 65_530
"""What a sheet holds: rows below its header, characters per cell, hyperlinks."""

_BATCH = 10_000
_CREATED = dt.datetime(2000, 1, 1)


def export(desk: Desk, path: str | os.PathLike[str], form: str, *, page: str = "report.html") -> Path:
    """Write every table of a desk to `path` as `xlsx`, `json` or `duckdb`, one file, or as `csv`, a folder of files.

    What stands at `path` is replaced, but a folder only if it holds nothing but CSV. In the workbook a record's id
    leads to `<page>#<record_id>`, `page` being a file beside the workbook or an address on the web. `DeskError` for another
    form, a table that cannot be read, a library that is missing, a path that cannot be written, or more rows than a
    sheet holds; then nothing is written.
    """
    if form not in FORMS:
        raise DeskError(f"no export as {form!r}; take one of {', '.join(FORMS)}", reason="no_format")
    path = Path(path)
    aside = path.with_name(f".{path.name}.writing")
    tables = {table: desk.arrow(table) for table in desk.tables}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove(aside)
        FORMS[form](tables, aside, page)
        _make_room(path, form)
        os.replace(aside, path)
    except ImportError as error:
        remedy = f"a library is missing: pip install gazette-extract[{'xlsx' if form == 'xlsx' else 'sql'}]"
        raise DeskError(remedy, reason="not_installed") from error
    except OSError as error:
        problem = f"cannot write there ({error.strerror or error}); make room or choose another place"
        raise DeskError(problem, reason="unreadable", path=str(path)) from error
    finally:
        _remove(aside)
    return path


def _remove(path: Path) -> None:
    with suppress(OSError):  # what is in the way is said by whoever writes there
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _make_room(path: Path, form: str) -> None:
    """Take away what a replacement cannot overwrite: an older folder of CSV, and no other folder."""
    if path.is_dir():
        others = sorted(entry.name for entry in path.iterdir() if entry.suffix != ".csv")
        if form != "csv" or others:
            holding = f" that holds {others[0]}" if form == "csv" else ""
            message = f"a folder{holding}; choose another place"
            raise DeskError(message, reason="unreadable", path=str(path))
        shutil.rmtree(path)


def rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows one by one, without holding them all as objects."""
    for batch in table.to_batches(max_chunksize=_BATCH):
        yield from batch.to_pylist()


def _write_csv(tables: dict[str, pa.Table], folder: Path, page: str) -> None:
    folder.mkdir()
    for name, table in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:  # the mark tells Excel
            writer = csv.writer(file)
            writer.writerow(table.column_names)
            writer.writerows([csv_cell(value) for value in row.values()] for row in rows(table))


def csv_cell(value: object) -> object:
    """A value as it stands in CSV: text made harmless, lists as JSON, truth as in JSON, the unknown empty.

    >>> [csv_cell(value) for value in ("=1+1", "-3%", "=", "增长", -3.5, None, True, ["书记", "@市长"])]
    ["'=1+1", "'-3%", '=', '增长', -3.5, '', 'true', '["书记", "@市长"]']
    """
    if isinstance(value, str):
        return f"'{value}" if FORMULA.match(value) else value
    if isinstance(value, bool | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else value


@contextmanager
def _disk_errors(kind: type[Exception]) -> Iterator[None]:
    """A library's own error of the disk as that of the system."""
    try:
        yield
    except kind as error:
        raise OSError(str(error)) from error


def _write_json(tables: dict[str, pa.Table], path: Path, page: str) -> None:
    """One object, a list of rows per table; written row by row."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, (name, table) in enumerate(tables.items()):
            file.write(f'{"," if number else "{"}\n"{name}": [')
            for index, row in enumerate(rows(table)):
                file.write(f"{',' if index else ''}\n  {json.dumps(row, ensure_ascii=False, default=str)}")
            file.write("\n]")
        file.write("\n}\n")


def _write_duckdb(tables: dict[str, pa.Table], path: Path, page: str) -> None:
    """A table each, with what the columns mean and their units as comments."""
    import duckdb

    with _disk_errors(duckdb.IOException), duckdb.connect(str(path)) as connection:
        for name, table in tables.items():
            connection.register("source", table)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM source')
            connection.unregister("source")
            for field in table.schema:
                note = describe(field).replace("'", "''")
                connection.execute(f'COMMENT ON COLUMN "{name}"."{field.name}" IS \'{note}\'')


def describe(field: pa.Field) -> str:
    """What a column means, with its unit in brackets where it has one."""
    notes = {key.decode(): text.decode() for key, text in (field.metadata or {}).items()}
    unit = f" [{notes['unit']}]" if "unit" in notes else ""
    return f"{notes.get('description', '')}{unit}"


def _write_xlsx(tables: dict[str, pa.Table], path: Path, page: str) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    for name, table in tables.items():
        if table.num_rows > MOST_ROWS:
            message = f"{name} has {table.num_rows:,} rows, a sheet holds {MOST_ROWS:,}; export csv or duckdb"
            raise DeskError(message, reason="too_many_rows")
    with TemporaryDirectory() as scratch, path.open("wb") as file, _disk_errors(FileCreateError):
        options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "tmpdir": scratch}
        _write_book(Workbook(file, options), tables, page)


def _write_book(book: Workbook, tables: dict[str, pa.Table], page: str) -> None:
    with book:
        book.set_properties({"title": "Gazette Extract", "created": _CREATED})
        head = book.add_format({"bold": True, "bottom": 1})
        for name, table in tables.items():
            _write_sheet(book, book.add_worksheet(name), table, page, head)


def _write_sheet(book: Workbook, sheet: Worksheet, table: pa.Table, page: str, head: Any) -> None:
    link = book.get_default_url_format()
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, table.num_rows), len(table.column_names) - 1)
    for at, field in enumerate(table.schema):
        sheet.set_column(at, at, _width(field))
        sheet.write_string(0, at, field.name, head)
        sheet.write_comment(0, at, describe(field), {"author": "Gazette Extract"})
    links, address = MOST_LINKS, page if "://" in page else f"external:{page}"
    for number, row in enumerate(rows(table), start=1):
        for at, (column, value) in enumerate(row.items()):
            if isinstance(value, str | list):
                text = cell_text(value)
                if column == "record_id" and links:
                    links -= 1
                    sheet.write_url(number, at, f"{address}#{text}", link, text)
                else:
                    sheet.write_string(number, at, text)
            elif value is not None:
                sheet.write(number, at, value)


def cell_text(value: str | list[Any]) -> str:
    """A text, or a list with `; ` between its members, no longer than a cell holds.

    >>> cell_text(["书记", "市长"])
    '书记; 市长'
    >>> cell_text([])
    ''
    """
    text = value if isinstance(value, str) else "; ".join("" if part is None else str(part) for part in value)
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


def _width(field: pa.Field) -> int:
    """The width of a column in characters: narrow for numbers and dates, wide for sentences."""
    if field.name in ("sentence", "text", "expression", "message"):
        return 60
    return 24 if pa.types.is_string(field.type) or pa.types.is_list(field.type) else 12


FORMS: dict[str, Callable[[dict[str, pa.Table], Path, str], None]] = {
    "xlsx": _write_xlsx,
    "csv": _write_csv,
    "json": _write_json,
    "duckdb": _write_duckdb,
}
