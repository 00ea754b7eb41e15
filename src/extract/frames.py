"""Arrow to pandas, and the words of a selection: regions and periods.

Needs Arrow tables; gives frames on the same buffers, masks of rows, and first and last days.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from extract.folders import DeskError


def build_frame(rows: pa.Table, categories: frozenset[str] = frozenset()) -> pd.DataFrame:
    """A frame on the buffers of Arrow, every column of its Arrow type; those named in `categories` as categories.

    >>> build_frame(pa.table({"year": pa.array([2021, None], pa.int32())})).dtypes.to_dict()
    {'year': int32[pyarrow]}
    >>> build_frame(pa.table({})).empty
    True
    """
    frame: pd.DataFrame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    return frame.astype({name: "category" for name in frame.columns if name in categories})


def without_decimals(rows: pa.Table) -> pa.Table:
    """Decimals, which DuckDB makes of sums and which reach pandas as objects, as float64, whole ones as int64."""
    for at, field in enumerate(rows.schema):
        if pa.types.is_decimal(field.type):
            largest = pc.max(pc.abs(rows[at])).as_py() or 0
            whole = field.type.scale == 0 and largest < 2**63
            rows = rows.set_column(at, field.name, rows[at].cast(pa.int64() if whole else pa.float64()))
    return rows


def in_region(rows: pa.Table, region: str) -> Any:
    """Which rows are of a region, by its name or by the first digits of its code, as an Arrow array of truth.

    >>> rows = pa.table({"region": ["云南省", None], "region_code": ["530000", None]})
    >>> in_region(rows, "53").to_pylist(), in_region(rows, "四川省").to_pylist()
    ([True, None], [False, None])
    """
    if region.isascii() and region.isdigit():
        return pc.starts_with(rows["region_code"], region)
    return pc.equal(rows["region"], region)


def parse_period(text: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a year, a month, a day, or of the span between two; an open end is None.

    >>> parse_period("2023")
    (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
    >>> parse_period("2023-02..")
    (datetime.date(2023, 2, 1), None)
    >>> parse_period("last year")
    Traceback (most recent call last):
    ...
    extract.folders.DeskError: 'last year' is no period; write 2023, 2023-06, 2023-06-15 or 2021..2025
    """
    start, dots, end = text.partition("..")
    try:
        first = _bound(start, last=False) if start else None
        last = _bound(end if dots else start, last=True) if end or not dots else None
    except ValueError:
        message = f"{text!r} is no period; write 2023, 2023-06, 2023-06-15 or 2021..2025"
        raise DeskError(message, reason="wrong_period") from None
    return first, last


def _bound(text: str, *, last: bool) -> dt.date:
    """The first or last day of `2023`, `2023-06` or `2023-06-15`; `ValueError` for anything else."""
    year, *rest = (int(part) for part in text.strip().split("-"))
    month = rest[0] if rest else (12 if last else 1)
    day = rest[1] if rest[1:] else (calendar.monthrange(year, month)[1] if last else 1)
    if len(rest) > 2:
        raise ValueError(text)
    return dt.date(year, month, day)
