"""Years of older texts: 民国二十三年, 光绪元年（1875年）, 五八年.

Needs the reading and the first years of the reigns; gives the years as atoms. A reign's year began up to seven weeks
after the Western one; the difference is left alone, as chronicles do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.grammar.calendar import given_year, whole_number
from extract.grammar.time_lists import Found
from extract.grammar.time_words import YEAR, Atom
from extract.patterns import Pattern

_DIGITS = "〇一二三四五六七八九"
_COUNTED = Pattern(
    r"(元|[一二三四五六七八九十廿卅]{1,3}|[0-9]{1,2})年(?![间内级])(?:[（(](?:即|公元)?[0-9]{4}年?[）)])?"
)
# 五八年, 六〇年; neighbours like 五六年 are an estimate of five or six years
_SHORT = Pattern(rf"(?<![{_DIGITS}十百千零两几第])([四五六七八九])([{_DIGITS}零])年(?![级代来间内以前后多半])")


def find_eras(text: str, eras: Mapping[str, int]) -> Iterator[Found]:
    """Every year of a reign and every year of two digits; `eras` gives the year before each reign's first.

    >>> [text.atom.years[0].shift for text in find_eras("民国二十三年大旱，五八年大丰收", {"民国": 1911})]
    [1934, 1958]
    >>> list(find_eras("民国年间，三五年内，五六年", {"民国": 1911}))
    []
    """
    for era, before in eras.items():
        at = text.find(era)
        while at >= 0:
            if match := _COUNTED.match(text, at + len(era)):
                count = 1 if match[1] == "元" else whole_number(match[1])
                if count:
                    yield Found(at, match.end(), _year(before + count, "date.era"))
            at = text.find(era, at + 1)
    for match in _SHORT.finditer(text):
        tens, units = _DIGITS.index(match[1]), _DIGITS.index(match[2].replace("零", "〇"))
        if units != tens + 1:
            yield Found(match.start(), match.end(), _year(1900 + 10 * tens + units, "date.short_year"))


def _year(year: int, rule: str) -> Atom:
    return Atom(YEAR, "year", rule, (given_year(year), given_year(year)))
