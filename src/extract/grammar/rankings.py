"""Positions in an ordering: 居全省第4位, 增速全国第3, 第二大供应商, 前10名.

Needs the reading; gives a `Quantity` per position: the span is the number alone, the unit 位.
"""

from __future__ import annotations

import regex

from extract.grammar.mentions import Numeral, Quantity
from extract.grammar.numerals import parse_numeral
from extract.patterns import Pattern

_NUM = r"(?P<n>\d+|[一二三四五六七八九十百]+)"
_DI = Pattern(rf"第\s?{_NUM}\s?(?P<w>位|名|大(?!道|街|桥|会|学|队|类|步))?")
_FRONT = Pattern(rf"前{_NUM}(?P<w>位|名)?")
_ENDS = frozenset("，。；、）！”\n的和并，及且,;") | {""}
_PLACED = Pattern(
    r"(?:居|列|排|跃|升|位|名|至|到|为|获|由|从|争|保|全国|全球|世界|亚洲|中部|西部|东部|省内|市内|国内|[省市区州县]|行业|同类|城市|市场|领域|增速|规模|量|率|数|值)$"
)
# 由第2滑落到第3
_MOVED = Pattern(r"(?:由|从|自)[一-鿿]{0,3}$")
_RANKED = Pattern(r"(?:居|列|排|跃|升|位|进|跻身|入围|入|保持|稳定在|全国|全球|世界|[省市区])$")


def find_rankings(text: str) -> list[Quantity]:
    """Every position in an ordering, sorted.

    >>> [(r.value, "总量居全省第4位"[r.start:r.end]) for r in find_rankings("总量居全省第4位")]
    [(Decimal('4'), '4')]
    >>> find_rankings("市委召开第四次会议")
    []
    """
    found: list[Quantity] = []
    for match in _DI.finditer(text):
        chained = bool(found) and text[found[-1].outer_end : match.start()] in ("、", "和", "、和")
        if position := _position(text, match, chained):
            found.append(position)
    found += [q for m in _FRONT.finditer(text) if (q := _front(text, m))]
    return sorted(found, key=lambda q: q.start)


def _position(text: str, match: regex.Match[str], chained: bool) -> Quantity | None:
    word = match["w"]
    after = text[match.end() : match.end() + 1]
    placed = _PLACED.search(text, max(0, match.start() - 6), match.start())
    if word in ("位", "名") and not placed and "一" <= after <= "鿿" and after not in "的和与及且在":
        # 收治的第一位患者: first in time
        return None
    if word in ("位", "名") and after != "次":
        return _quantity(match, "=", "ranking.position")
    if word == "大":
        return _quantity(match, "=", "ranking.nth_largest") if "一" <= after <= "鿿" or after.isascii() else None
    if after and after in "滑上提升跃下降前后回" and _MOVED.search(text, max(0, match.start() - 6), match.start()):
        return _quantity(match, "=", "ranking.moved")
    if after in _ENDS and (chained or placed):
        return _quantity(match, "=", "ranking.bare")
    return None


def _front(text: str, match: regex.Match[str]) -> Quantity | None:
    after = text[match.end() : match.end() + 1]
    placed = _RANKED.search(text, max(0, match.start() - 6), match.start())
    if placed and (match["w"] or after in _ENDS):
        return _quantity(match, "<=", "ranking.front")
    return None


def _quantity(match: regex.Match[str], comparator: str, rule: str) -> Quantity | None:
    value = parse_numeral(match["n"])
    if value is None:
        return None
    start, end = match.span("n")
    numeral = Numeral(start, end, value)
    return Quantity(
        start, end, match.start(), match.end(), value, None, "位", value, None, "rank", comparator, (numeral,), rule
    )
