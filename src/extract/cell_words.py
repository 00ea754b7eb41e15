"""What stands in one cell of a table: the number with its sign, unit and bounds; and how a label and a head join.

Needs the words of cells; gives `CellFigure` and the words of an indicator.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from extract.grammar.quantities import find_quantities
from extract.grids import Piece
from extract.patterns import Pattern
from extract.table_heads import is_measure, load_heads

_BARE = Pattern(r"[-+]?\d[\d,]*(?:\.\d+)?$")
_NOTE_MARKS = Pattern(r"(?<![*＊①-⑳★☆#])[*＊①-⑳★☆#]++$")
_DATE = Pattern(r"(?:(?:19|20)\d{2}(?:年|[-/]\d{1,2}(?!\d))|\d{1,2}月(?:\d|[底初中上下份]|$))")
_MINUS = "—－−–"


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A number as it stands in its cell; `change` is true where the cell itself says up or down."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    comparator: str
    change: bool


def read_figure(piece: Piece) -> CellFigure | None:
    """The one number of a cell with its sign, unit and comparator; None where there is more or none.

    >>> figure = read_figure(Piece(10, 16, "下降2.5%"))
    >>> figure.start, figure.end, figure.value, figure.unit
    (12, 16, Decimal('-2.5'), '%')
    >>> read_figure(Piece(0, 4, "2—3期")) is None, read_figure(Piece(0, 1, "…")) is None
    (False, True)
    """
    text = piece.text
    if _DATE.match(text):
        return None
    if _BARE.match(text):
        return CellFigure(piece.start, piece.end, Decimal(text.replace(",", "")), None, None, "=", False)
    body = _NOTE_MARKS.sub("", text)
    direction = _direction().match(body)
    first = direction.end() if direction else 0
    found = find_quantities(body[first:])
    if len(found) != 1 or found[0].outer_start or found[0].outer_end != len(body) - first:
        return None
    quantity = found[0]
    falls = direction is not None and direction.lastgroup == "down"
    sign = -1 if falls else 1
    minus = direction is not None and direction[0] in _MINUS
    start = piece.start + (0 if minus else first + quantity.start)
    high = None if quantity.value_high is None else quantity.value_high * sign
    end = piece.start + first + quantity.end
    changes = direction is not None and not minus
    return CellFigure(start, end, quantity.value * sign, high, quantity.unit, quantity.comparator, changes)


@cache
def _direction() -> regex.Pattern[str]:
    words = load_heads()["direction"]
    return regex.compile("|".join(f"(?P<{key}>" + "|".join(map(regex.escape, words[key])) + ")" for key in words))


def merge(left: str, right: str) -> str:
    """Two phrases in a row; two characters or more that one ends and the other begins with stand once.

    >>> merge("重点项目", "项目总投资"), merge("教育", "支出")
    ('重点项目总投资', '教育支出')
    """
    for size in range(min(len(left), len(right)), 1, -1):
        if left.endswith(right[:size]):
            return left + right[size:]
    return left + right


def compose(label: str, noun: str, counted: str | None) -> str:
    """The label of a row and the noun of a column as one phrase; who comes first, then what is measured.

    >>> compose("粮食", "产量", None), compose("人均可支配收入", "城镇居民", None), compose("发电量", "产量", None)
    ('粮食产量', '城镇居民人均可支配收入', '发电量')
    """
    if noun == "产量" and label.endswith("量"):
        return label
    if is_measure(label) and not is_measure(noun):
        return merge(noun, label)
    if counted and counted not in label and not noun.startswith(counted):
        label += counted
    return merge(label, noun)
