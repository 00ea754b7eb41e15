"""Columns: the Arrow type of a field's type hint, and an Arrow array of its values.

Why not `pyarrow.array`: its first call imports pandas, which takes longer than reading a whole issue and as much memory
again in every process. The buffers of the six types that tables have are made here from plain values.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import pyarrow as pa

from extract.models import Int32

EPOCH = dt.date(1970, 1, 1).toordinal()

SCALARS: tuple[tuple[object, pa.DataType], ...] = (
    (str, pa.string()),
    (float, pa.float64()),
    (bool, pa.bool_()),
    (dt.date, pa.date32()),
    (Int32, pa.int32()),
)


def arrow_type(hint: object) -> tuple[pa.DataType, bool]:
    """The Arrow type of a field's type hint, and whether it may be null.

    A type without a mapping is a `TypeError`, so that a new kind of column is a decision: a plain `int`, for one, has
    no width.

    >>> arrow_type(list[str] | None)
    (ListType(list<element: string not null>), True)
    >>> arrow_type(int)
    Traceback (most recent call last):
    ...
    TypeError: no Arrow type for <class 'int'>
    """
    args = get_args(hint)
    if NoneType in args and len(args) == 2:
        inner, _ = arrow_type(next(arg for arg in args if arg is not NoneType))
        return inner, True
    if get_origin(hint) is Literal and all(isinstance(arg, str) for arg in args):
        return pa.string(), False
    if get_origin(hint) is list:
        inner, nullable = arrow_type(args[0])
        return pa.list_(pa.field("element", inner, nullable)), False
    for known, arrow in SCALARS:
        if hint == known:
            return arrow, False
    raise TypeError(f"no Arrow type for {hint}")


def build_array(values: Sequence[Any], arrow: pa.DataType) -> pa.Array:
    """An Arrow array of values that fit the type or are None.

    >>> build_array([3, None], pa.int32()).to_pylist()
    [3, None]
    >>> build_array([], pa.string()).to_pylist()
    []
    """
    nulls = values.count(None)
    valid = _bits(value is not None for value in values) if nulls else None
    if pa.types.is_list(arrow):
        lists = [value or () for value in values]
        buffers = [_offsets(lists)]
        children = [build_array(list(chain.from_iterable(lists)), arrow.value_type)]
    elif pa.types.is_string(arrow):
        encoded = [b"" if value is None else value.encode() for value in values]
        buffers, children = [_offsets(encoded), pa.py_buffer(b"".join(encoded))], None
    else:
        buffers, children = [_numbers(values, arrow)], None
    return pa.Array.from_buffers(arrow, len(values), [valid, *buffers], null_count=nulls, children=children)


def _numbers(values: Sequence[Any], arrow: pa.DataType) -> pa.Buffer:
    if pa.types.is_boolean(arrow):
        return _bits(value is True for value in values)
    if pa.types.is_date32(arrow):
        return pa.py_buffer(array("i", [0 if value is None else value.toordinal() - EPOCH for value in values]))
    code = {pa.int32(): "i", pa.float64(): "d"}[arrow]
    return pa.py_buffer(array(code, [0 if value is None else value for value in values]))


def _offsets(values: Iterable[Sequence[Any]]) -> pa.Buffer:
    return pa.py_buffer(array("i", accumulate(map(len, values), initial=0)))


def _bits(flags: Iterable[bool]) -> pa.Buffer:
    """One bit each, the first the lowest; a number in base 2 is read in linear time."""
    digits = "".join("1" if flag else "0" for flag in flags)[::-1]
    return pa.py_buffer(int(digits or "0", 2).to_bytes((len(digits) + 7) // 8, "little"))
