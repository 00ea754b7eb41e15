"""Quantities: needs a text, gives every number with its unit, range, bound and value in a base unit.

A quantity is read from a numeral outwards: sign and currency before it, 多 or 余, magnitude and unit behind it, a dash
and a second numeral, then the comparators around the whole. The numerals come from `numerals.scan`, the units from
`units`, the bounding words from `comparators`; how they combine is here.

Why not one grammar of patterns: a pattern that may start with any of forty comparators and currencies is tried at every
character of the text; a numeral is found at one place in forty, and looking left from there is two lookups.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

import regex

from extract.grammar.comparators import combined, comparator_before, comparator_behind
from extract.grammar.figures import DIGIT_VALUES, DIVIDE, EXACT, Figure, read_figure, scaled
from extract.grammar.mentions import Quantity
from extract.grammar.numerals import Token, numeral_of, scan
from extract.grammar.units import MAGNITUDES, magnitude_value, split_unit, unit_at
from extract.lexicon.loader import load_toml
from extract.patterns import Pattern

_CLAIMED = "\0"
_FLAGS = bytes([0] + [1] * 255)
_RANGE = Pattern(r"[ 　]?(?:[—–―~～－\-−至到]|——)[ 　]?(?:-|−|负|零[上下])?")
_LONGEST_JOINT = 5
_TEN = Decimal(10)
_SIGNS = "下上负-−币$￥¥€£"
_SOURCE = ("从", "由", "自")
_NOT_NEGATED = "减抱辜肩担不自背欺胜正"
_MULTIPLE = Pattern(
    r"倍增(?<![成数几翻0-9一两二三四五六七八九十百千万亿半]倍增)(?!器)|翻[了近约]{0,2}(?P<times>[一两二三四])?番|翻倍"
)
_JOINTS = ("、", "和", "与", "及", "以及")
_GLUE = "+＋@_/／"
_NAMING = Pattern(r"[ ]?(?:、[0-9]++)*+[号#]|年代|世纪|[.．、](?<=(?:^|\n).{1,3})|”(?<=“[0-9]++”)")
_FOLD = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
    | dict(zip(map(ord, "％．／－＋＄"), "%./-+$", strict=True))
)
_THOUSANDS = Pattern(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def quantities(text: str) -> list[Quantity]:
    """Every quantity and bare number of a phrase as a person writes it; offsets are into `text`, half-open.

    Full-width digits and signs are read, one space between number and unit is tolerated, and the numbers of plain
    dates and clock times are left out.

    >>> [(q.value, q.unit, q.comparator) for q in quantities("２０２３年１２月５日，到位资金超１２，３９６.５ 万元")]
    [(Decimal('12396.5'), '万元', '>')]
    >>> quantities("十月一日10:30，5G网络，千方百计")
    []
    """
    folded = _THOUSANDS.sub(",", text).translate(_FOLD)
    claimed = bytearray(len(text))
    for match in _plain_dates().finditer(folded):
        claimed[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return find_quantities(folded, claimed)


def find_quantities(text: str, claimed: bytearray | None = None) -> list[Quantity]:
    """All quantities of a reading text from left to right, without overlap; half-open spans.

    Places where `claimed` is not zero are never part of a quantity or of a comparator. `value` is the number as
    printed: 3.5 for 3.5万人 with the unit 万人, 30 for 三成, 20 for 五分之一 and 50 for 一半 with the unit %. The base
    value is exact up to 28 digits of a quotient (亩). After 第 the rule is `ordinal`, the span the numeral alone, and
    there is no base value. 数十 and 十几 are read as more than 10.

    >>> [(q.value, q.value_high, q.unit, q.base_value, q.rule) for q in find_quantities("修订标准1—2项，投资5亿元")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [(Decimal('1'), Decimal('2'), '项', Decimal('1'), 'range'),
     (Decimal('5'), None, '亿元', Decimal('500000000'), 'measured')]
    >>> find_quantities("统一部署，5G网络，PM2.5")
    []
    """
    masked = text if claimed is None else _masked(text, claimed)
    tokens = scan(masked)
    found = []
    end = 0
    for index, token in enumerate(tokens):
        if token.start < end or token.kind == "label":
            continue
        figure = _read(masked, tokens, index, end)
        if figure is not None:
            found.append(_quantity(masked, figure))
            end = max(figure.end, figure.tokens[-1].end)
    multiples = [_quantity(masked, _multiple(match)) for match in _MULTIPLE.finditer(masked)]
    return _with_shared_units(text, _disjoint(found + multiples) if multiples else found)


def _with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """The unit that a list of points has at its end only: 4.6和3.1个百分点, 2.9个、23.9个百分点."""
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        if other.base_unit != "pp" or one.unit not in (None, "个") or one.rule == "ordinal":
            continue
        if one.end == one.outer_end and text[one.end : other.start] in _JOINTS:
            found[at] = one._replace(
                unit=other.unit, base_value=one.value, base_value_high=one.value_high, base_unit="pp", rule="measured"
            )
    return found


def _disjoint(found: list[Quantity]) -> list[Quantity]:
    """Quantities in order, without those that begin inside another: 百倍增 is 百倍 and no 倍增."""
    kept: list[Quantity] = []
    for quantity in sorted(found, key=lambda q: q.start):
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def _masked(text: str, claimed: bytearray) -> str:
    """The text with every claimed place blanked by a character that no pattern accepts."""
    flags = claimed.translate(_FLAGS)
    pieces: list[str] = []
    end, start = 0, flags.find(1)
    while start >= 0:
        pieces.append(text[end:start])
        end = flags.find(0, start)
        end = len(flags) if end < 0 else end
        pieces.append(_CLAIMED * (end - start))
        start = flags.find(1, end)
    return "".join((*pieces, text[end:]))


def _read(text: str, tokens: list[Token], index: int, taken: int) -> Figure | None:
    """The figure that begins with a token, joined with the next one where the two are one quantity."""
    token = tokens[index]
    before = text[token.start - 1] if token.start else ""
    if before == "第" or (before == " " and text[token.start - 2 : token.start - 1] == "第"):
        return _ordinal(text, token)
    first = read_figure(text, token)
    if first is None:
        return None
    figure = first
    if index + 1 < len(tokens) and tokens[index + 1].start - first.end < _LONGEST_JOINT:
        figure = _joined(text, first, tokens[index + 1])
    if before and before in _SIGNS:
        figure = _signed(text, figure, taken)
    elif before == "每":
        figure = figure._replace(rule="per")
    return figure if figure.unit is not None or _is_number(text, figure) else None


def _joined(text: str, first: Figure, token: Token) -> Figure:
    """1/4, 2.3:1, 1亿2千万 and 1—2项 are one quantity each; anything else is left as it is."""
    return (
        _fraction(text, first.tokens[0], token)
        or _ratio(text, first.tokens[0], token)
        or _compound(text, first, token)
        or _range(text, first, token)
        or first
    )


def _fraction(text: str, first: Token, second: Token) -> Figure | None:
    """1/4 in running text, as a percentage; not a date, a running number or a ratio above 1."""
    if first.kind != "arabic" or text[first.end] not in "/／":
        return None
    before, behind = text[first.start - 1 : first.start], text[second.end : second.end + 1]
    if second.start != first.end + 1 or second.kind != "arabic" or second.end - first.start > 5:
        return None
    plain = before.isalpha() and not before.isascii() and behind not in ("/", "／", "号", "-", "·", "期")
    if not plain or not 0 < first.value < second.value:
        return None
    value = DIVIDE.divide(first.value * 100, second.value)
    return Figure(first.start, second.end, value, None, "%", "%", Fraction(1), None, False, (first, second), "fraction")


def _compound(text: str, first: Figure, token: Token) -> Figure | None:
    """1亿2千万元 as 120,000,000 元: digits with a magnitude, twice."""
    if first.unit is None or token.start != first.end or token.kind != "arabic" or set(first.unit) - set(MAGNITUDES):
        return None
    second = read_figure(text, token)
    magnitude, unit = split_unit(second.unit or "") if second is not None else ("", "")
    if second is None or not magnitude or magnitude_value(first.unit) <= second.value * magnitude_value(magnitude):
        return None
    upper = scaled(first.value, Fraction(magnitude_value(first.unit)))
    lower = scaled(second.value, Fraction(magnitude_value(magnitude)))
    known = second.factor is not None and unit
    return second._replace(
        start=first.start,
        value=EXACT.add(upper, lower),
        unit=unit or None,
        base=second.base if known else None,
        factor=second.factor / magnitude_value(magnitude) if second.factor is not None and known else None,
        tokens=first.tokens + second.tokens,
    )


def _ratio(text: str, first: Token, second: Token) -> Figure | None:
    """2.3:1, the ratio of two incomes; not a clock time."""
    if text[first.end] not in ":：∶":
        return None
    if second.start != first.end + 1 or text[second.start : second.end] != "1":
        return None
    return Figure(first.start, second.end, first.value, None, None, None, None, None, True, (first, second), "ratio")


def _range(text: str, first: Figure, token: Token) -> Figure | None:
    """Two numerals joined by a dash, 至 or 到, the unit behind the second or behind both."""
    if first.high is not None or first.inside:
        return None
    gap = text[first.end : token.start] if first.end <= token.start else ""
    if not gap or not _RANGE.fullmatch(gap) or text.startswith(_SOURCE, max(first.start - 1, 0)):
        return None
    second = read_figure(text, token)
    if second is None or second.high is not None or (token.kind == "arabic" and _is_code(text, token)):
        return None
    low = _aligned(first, second)
    value = second.value
    if gap[-1] in "负下" or (len(gap) > 1 and gap[-1] in "-−"):
        value = value.copy_negate()
    if low is None or _is_code(text, first.tokens[0]) or (low >= value and gap.strip()[0] not in "至到"):
        return None
    if low >= value and not _below_zero(text, first.start):
        return None
    return second._replace(start=first.start, value=low, high=value, tokens=first.tokens + second.tokens, rule="range")


def _below_zero(text: str, start: int) -> bool:
    return text.endswith(("零下", "-", "−", "负"), 0, start)


def _aligned(first: Figure, second: Figure) -> Decimal | None:
    """The lower end in the unit of the upper one; None when the two do not measure the same thing."""
    if first.unit == second.unit or (first.unit is None and first.rule == "bare"):
        magnitude = split_unit(second.unit or "")[0]
        if magnitude and first.unit is None and first.value >= second.value:
            return scaled(first.value, Fraction(1, magnitude_value(magnitude)))
        return EXACT.multiply(first.value, _TEN) if second.rule == "tenths" and first.unit is None else first.value
    if first.factor is None or second.factor is None or first.unit is None or second.unit is None:
        return None
    if not set(first.unit) - set(MAGNITUDES):
        return scaled(first.value, first.factor / magnitude_value(split_unit(second.unit)[0]))
    return scaled(first.value, first.factor / second.factor) if first.base == second.base else None


def _signed(text: str, figure: Figure, taken: int) -> Figure:
    """Minus, 负 or 零下 in front, and a currency: both belong to the figure, 人民币 only to what surrounds it."""
    start = figure.start
    before = text[max(taken, start - 3) : start]
    if before.endswith(("零下", "零上")):
        base = ("degC", Fraction(1)) if figure.unit == "度" else (figure.base, figure.factor)
        value = figure.value.copy_negate() if before.endswith("下") else figure.value
        return figure._replace(start=start - 2, value=value, base=base[0], factor=base[1])
    if before[-1:] == "负" and before[-2:-1] not in tuple(_NOT_NEGATED):
        return figure._replace(start=start - 1, value=figure.value.copy_negate())
    if before[-1:] in ("-", "−") and _is_minus(text, figure):
        return figure._replace(start=start - 1, value=figure.value.copy_negate())
    for sign, code in load_toml("units")["currency_signs"].items() if before[-1:] in ("$", "￥", "¥", "€", "£") else ():
        if before.endswith(sign):
            return _in_currency(figure, sign, code)
    return figure._replace(lead=3) if before == "人民币" else figure


def _in_currency(figure: Figure, sign: str, code: str) -> Figure:
    start = figure.start - len(sign)
    if figure.unit is not None and figure.base != "count":
        return figure._replace(start=start)
    magnitude = figure.unit if figure.unit is not None and not set(figure.unit) - set(MAGNITUDES) else ""
    end = figure.end if magnitude or figure.unit is None else figure.tokens[-1].end
    factor = Fraction(magnitude_value(magnitude))
    return figure._replace(start=start, end=end, unit=sign + magnitude, base=code, factor=factor, rule="measured")


def _is_minus(text: str, figure: Figure) -> bool:
    """A minus, not a hyphen: no letter, digit or closing bracket before it, and no bare number after a word (歼-20)."""
    before = text[figure.start - 2 : figure.start - 1]
    if not before or before.isspace():
        return True
    if before == _CLAIMED or before in "%％‰)）]】-—" or (before.isascii() and before.isalnum()):
        return False
    return figure.unit is not None or not before.isalpha()


def _is_number(text: str, figure: Figure) -> bool:
    """Whether a number without a unit is one: not 5G, PM2.5, 1+14, 6·16, 1、2号, 002, 歼-20, 70年代, “1310”."""
    token = figure.tokens[0]
    if any(one.kind == "arabic" and _is_code(text, one) for one in figure.tokens):
        return False
    before, behind = text[figure.start - 1 : figure.start], text[figure.end : figure.end + 1]
    if token.kind != "arabic":
        return token.kind == "chinese" and token.end - token.start > 1
    if _NAMING.match(text, figure.end) or (before in tuple("-−—") and figure.start == token.start):
        return False
    return not any(char and (char in _GLUE or (char.isascii() and char.isalpha())) for char in (before, behind))


def _is_code(text: str, token: Token) -> bool:
    """Digits that name something: a leading zero, a middle dot beside them (002, 6·16)."""
    if token.kind != "arabic":
        return False
    if text[token.start] == "0" and text[token.start + 1 : token.start + 2].isdigit():
        return True
    return text[token.start - 1 : token.start] == "·" or text[token.end : token.end + 1] == "·"


def _ordinal(text: str, token: Token) -> Figure:
    space = text[token.end : token.end + 1] == " "
    unit = unit_at(text, token.end + space)
    surface = None if unit is None else unit.surface
    lead = 2 if text[token.start - 1] == " " else 1
    return Figure(token.start, token.end, token.value, None, surface, None, None, None, True, (token,), "ordinal", lead)


def _multiple(match: regex.Match[str]) -> Figure:
    """倍增, 翻番, 翻倍 double; 翻两番 is four times."""
    times = DIGIT_VALUES.get(match["times"] or "一", 1)
    start, end = match.span()
    return Figure(start, end, Decimal(2**times), None, "倍", "ratio", Fraction(1), None, False, (), "multiple")


def _quantity(text: str, figure: Figure) -> Quantity:
    start, end = figure.start, figure.end
    if figure.rule == "ordinal":
        before = behind = None
        outer_start, outer_end = start - figure.lead, end
        if figure.unit is not None:
            outer_end += len(figure.unit) + (text[end] == " ")
    else:
        before = comparator_before(text, start - figure.lead)
        behind = comparator_behind(text, end, excess=not figure.counts)
        outer_start = before[1] if before else start - figure.lead
        outer_end = behind[1] if behind else end
        one = text[start] == "一" and figure.value == 1 == figure.factor and figure.unit != "倍"
        if before and before[0] == ">" and one:
            # 超前一步, 多一个: no bound
            before, outer_start = None, start - figure.lead
    factor = figure.factor
    return Quantity(
        start,
        end,
        outer_start,
        outer_end,
        figure.value,
        figure.high,
        figure.unit,
        None if factor is None else scaled(figure.value, factor),
        None if factor is None or figure.high is None else scaled(figure.high, factor),
        None if factor is None else figure.base,
        combined(before and before[0], figure.inside, behind and behind[0]),
        tuple(map(numeral_of, figure.tokens)),
        figure.rule,
    )


@cache
def _plain_dates() -> regex.Pattern[str]:
    """Calendar dates and clock times that need no context; the pipeline has its own grammar for them."""
    number = r"(?:[0-9]{1,4}|[〇零○一二三四五六七八九十]{1,4})"
    span = rf"{number}(?:\s?[-—–~～至到、]\s?{number})?"
    return regex.compile(
        rf"""
        (?:[0-9]{{4}}|[〇零○一二三四五六七八九]{{4}})(?:[-—–~～至到](?:[0-9]{{4}}|[〇零○一二三四五六七八九]{{4}}))?\s?年
            (?:代|{span}月(?:{span}[日号])?)?
      | (?<![0-9.]){span}月(?:份|{span}[日号])?
      | [0-9]{{1,2}}[:：][0-9]{{2}}(?:[:：][0-9]{{2}})?
      | (?<![0-9])[0-9]{{4}}([-/.])[0-9]{{1,2}}(?:\1[0-9]{{1,2}})?(?![0-9])
      | [0-9]0年代 | [一二三四1-4]季度
        """,
        regex.VERBOSE,
    )
