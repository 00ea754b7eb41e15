"""The structure of the three sectors as communiqués print it: 三次产业结构为7.1：38.4：54.5.

Needs the reading; gives a `Quantity` per sector, in per cent, its rule the sector.
"""

from __future__ import annotations

from decimal import Decimal

from extract.grammar.mentions import Numeral, Quantity
from extract.patterns import Pattern

SECTORS = {"sector.primary": "第一产业", "sector.secondary": "第二产业", "sector.tertiary": "第三产业"}
"""The rule of a sector's quantity -> the sector."""

_NUMBER = r"(\d{1,3}(?:\.\d+)?)%?"
_TRIPLE = Pattern(rf"(?<![\d.]){_NUMBER}\s?[:：∶]\s?{_NUMBER}\s?[:：∶]\s?{_NUMBER}(?![\d.:：∶])")
_NAMED = Pattern(r"(?:三次|三大|一二三次?|一、二、三次?)产业[^。；！？\n]{0,60}$")
_ROUNDING = Decimal(1)


def find_sectors(text: str) -> list[Quantity]:
    """Every sector's share, sorted; three numbers that do not make 100 are something else.

    >>> [(q.value, q.rule) for q in find_sectors("三次产业结构为7.1：38.4：54.5")][:2]
    [(Decimal('7.1'), 'sector.primary'), (Decimal('38.4'), 'sector.secondary')]
    >>> find_sectors("三次产业比为2：3：4")
    []
    """
    found = []
    for match in _TRIPLE.finditer(text):
        values = [Decimal(match[group]) for group in (1, 2, 3)]
        if abs(sum(values, Decimal(-100))) > _ROUNDING or not _NAMED.search(
            text, max(0, match.start() - 80), match.start()
        ):
            continue
        for group, (rule, value) in enumerate(zip(SECTORS, values, strict=True), start=1):
            start, end = match.span(group)
            numerals = (Numeral(start, end, value),)
            found.append(Quantity(start, end, start, end, value, None, "%", value, None, "%", "=", numerals, rule))
    return found
