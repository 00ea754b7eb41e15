"""Figures: needs a text and a numeral of it, gives the numeral with its unit, before ranges, signs and bounds.

What stands behind a numeral decides what its value is: 三百万元 is 300 of 万元, 三成五 is 35%, 两块五 is 2.5 yuan and
千亿级 is 1000 of 亿元.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from extract.grammar.comparators import comparator_before
from extract.grammar.numerals import Token
from extract.grammar.units import MAGNITUDES, UnitReading, magnitude_value, unit_at, unit_reading
from extract.lexicon.loader import load_toml
from extract.patterns import Pattern

EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
DIVIDE = Context(prec=28, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_HALF = Decimal("0.5")
DIGIT_VALUES = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_NUMERAL_CHARACTERS = frozenset(DIGIT_VALUES) | frozenset("〇零十百千万亿")
_COIN = "[一二两三四五六七八九1-9]"
_COINS = Pattern(rf"(?P<jiao>{_COIN})(?P<mao>[角毛])?(?:(?<=[角毛])(?P<fen>{_COIN})分?)?钱?")
# 表4百分之五: the hundred is no magnitude of the number before it
_MAGNITUDES = frozenset("百千万亿")
_FRACTION = Pattern(r"[百千万亿]+分之")
# 一万二 十九: behind a space ten, a hundred and a thousand begin a number of their own, but in 5 千瓦
_OWN_NUMERAL = Pattern(r"[十百]|千(?![瓦克米卡伏帕])|[万亿][一二两三四五六七八九]")
_RULES = {"several": "several", "approximate": "approximate", "half": "half"}
_HALF_OF_A_WORD = tuple("导岛径价自数成年夜月天")
_SHARES = {"percent": "%", "permille": "‰", "fraction": "%", "one_half": "%"}


class Figure(NamedTuple):
    """A figure before its comparators: span, value and what stands behind it. `inside` is > for 多 or 余."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    base: str | None
    factor: Fraction | None
    inside: str | None
    counts: bool
    tokens: tuple[Token, ...]
    rule: str
    lead: int = 0


def read_figure(text: str, token: Token) -> Figure | None:
    """The figure that begins with the numeral: 多 or 余 and the unit behind it read, None where it counts nothing.

    >>> from extract.grammar.numerals import scan
    >>> found = [read_figure(text, scan(text)[0]) for text in ("三百万元", "三成五", "千亿级产业")]
    >>> [(str(figure.value), figure.unit, figure.rule) for figure in found]
    [('300', '万元', 'measured'), ('35', '%', 'tenths'), ('1000', '亿元', 'bare_magnitude')]
    >>> read_figure("千万工程", scan("千万工程")[0])
    """
    if token.kind in _SHARES:
        return _share(text, token)
    if token.kind == "chinese" and _is_pattern(text, token):
        return None
    value, high, pos = _coefficient(text, token)
    inside = ">" if token.kind == "several" else None
    reading, excess = _behind_number(text, pos)
    inside = ">" if excess else inside
    rule = _RULES.get(token.kind, "measured")
    if reading is None:
        if token.kind not in ("arabic", "chinese"):
            return None
        end = token.end + 1 if excess else token.end
        return Figure(token.start, end, value, high, None, None, None, inside, True, (token,), "bare")
    if reading.unit is None and token.kind != "arabic":
        reading = _bare_magnitude(text, reading, token, bounded=inside is not None)
        if reading is None:
            return None
    if token.kind == "chinese" and not set(text[token.start : token.end]) - set("百千万亿十") and reading.magnitude:
        rule = "bare_magnitude"
    return _with_unit(text, token, value, high, reading, inside, rule)


def _coefficient(text: str, token: Token) -> tuple[Decimal, Decimal | None, int]:
    """The number in front of the magnitude of the unit, and where that begins: 三百万元 is 300 and 万元.

    A numeral with magnitudes of ten thousand inside (一亿二千万) is not divided.
    """
    if token.kind == "arabic":
        return token.value, None, token.end
    at = token.end
    while at > token.start and text[at - 1] in "万亿":
        at -= 1
    rest, magnitude = text[token.start : at], text[at : token.end]
    if not magnitude or "亿" in rest or ("万" in rest and magnitude[0] == "万") or len(magnitude) > 2:
        return token.value, token.high, token.end
    scale = magnitude_value(magnitude)
    high = None if token.high is None else Decimal(int(token.high) // scale)
    return Decimal(int(token.value) // scale), high, at


def _behind_number(text: str, pos: int) -> tuple[UnitReading | None, bool]:
    """The unit from `pos` on, and whether 多, 余 or 几 stands in or before it (20多个, 3万余人, 630余万人)."""
    if text[pos : pos + 1] in _MAGNITUDES and _FRACTION.match(text, pos, pos + 8):
        return None, False
    if text[pos : pos + 1] in (" ", "　", "\xa0"):
        pos += 1
        if _OWN_NUMERAL.match(text, pos):
            return None, False
    if text[pos : pos + 1] in ("多", "余", "几"):
        reading = unit_reading(text, pos + 1)
        if reading is not None:
            return reading, True
        return None, _is_excess(text, pos)
    reading = unit_reading(text, pos)
    if reading is None or reading.unit is not None or text[reading.end : reading.end + 1] not in ("多", "余"):
        return reading, False
    unit = unit_at(text, reading.end + 1)
    if unit is None:
        return reading, False
    joined = unit_reading(reading.magnitude + text[reading.end + 1 : reading.end + 24], 0)
    if joined is None:
        return reading, False
    return joined._replace(end=reading.end + 1 + joined.end - len(reading.magnitude)), True


def _is_excess(text: str, pos: int) -> bool:
    """多 or 余 between a round number and a noun without a measure word (1600余党员)."""
    follower = text[pos + 1 : pos + 2]
    not_before = load_toml("comparators")["not_before"][text[pos]] if text[pos] != "几" else [follower]
    return text[pos - 1] in "0百千万亿" and follower not in not_before and follower.isalpha()


def _bare_magnitude(text: str, reading: UnitReading, token: Token, *, bounded: bool) -> UnitReading | None:
    """千亿级 and 百亿企业 are of money; any other magnitude without a unit must be bounded or come after digits."""
    if reading.magnitude.endswith("亿") and text.startswith(_money_nouns(), reading.end):
        unit = unit_at("元", 0)
        return UnitReading(reading.end, reading.magnitude + "元", reading.magnitude, "CNY", reading.factor, unit)
    digits = set(text[token.start : token.end]) - set("百千万亿")
    return reading if digits or bounded or comparator_before(text, token.start) else None


@cache
def _money_nouns() -> tuple[str, ...]:
    return tuple(load_toml("numeral_words")["money_nouns"])


def _with_unit(
    text: str, token: Token, value: Decimal, high: Decimal | None, reading: UnitReading, inside: str | None, rule: str
) -> Figure:
    unit = reading.unit
    counts = unit is None or unit.counts or unit.base in ("%", "pp")
    end, tokens = reading.end, (token,)
    plain = Figure(
        token.start, end, value, high, reading.printed, reading.base, reading.factor, inside, counts, tokens, rule
    )
    if unit is None or (counts and unit.surface not in _REFINED):
        return plain
    if unit.base == "ratio":
        plain = plain._replace(rule="multiple")
    if unit.surface in _REFINED and not reading.magnitude:
        return _REFINED[unit.surface](text, plain)
    if text[end : end + 1] == "半" and unit.base != "CNY" and text[end + 1 : end + 2] not in _HALF_OF_A_WORD:
        return plain._replace(value=EXACT.add(value, _HALF), end=end + 1)
    return plain


def _tenths(text: str, figure: Figure) -> Figure:
    """三成 is 30%, 三成五 35%."""
    value, end = EXACT.multiply(figure.value, Decimal(10)), figure.end
    high = None if figure.high is None else EXACT.multiply(figure.high, Decimal(10))
    goes_on = text[end + 1 : end + 2] in _NUMERAL_CHARACTERS  # 两成一万元
    if text[end : end + 1] in DIGIT_VALUES and not goes_on and unit_at(text, end + 1) is None:
        value, end = EXACT.add(value, Decimal(DIGIT_VALUES[text[end]])), end + 1
    elif text[end : end + 1] == "半" and text[end + 1 : end + 2] not in _HALF_OF_A_WORD:
        value, end = EXACT.add(value, Decimal(5)), end + 1
    return figure._replace(
        value=value, high=high, end=end, unit="%", base="%", factor=Fraction(1), counts=False, rule="tenths"
    )


def _hours(text: str, figure: Figure) -> Figure:
    """两个半小时 and 3个多月: 半 or 多 inside the unit."""
    end = figure.end
    longer = unit_at("个" + text[end + 1 : end + 4], 0) if text[end : end + 1] in ("多", "半") else None
    if longer is None or longer.surface == "个" or longer.counts:
        return figure
    return figure._replace(
        value=figure.value if text[end] == "多" else EXACT.add(figure.value, _HALF),
        inside=">" if text[end] == "多" else figure.inside,
        end=end + len(longer.surface),
        unit=longer.surface,
        base=longer.base,
        factor=longer.factor,
        counts=False,
    )


def _coins(text: str, figure: Figure) -> Figure:
    """两块五, 3元5角, 两块五毛五: yuan and what follows them."""
    match = _COINS.match(text, figure.end)
    if match is None or (match["mao"] is None and (figure.unit == "元" or _continues_number(text, match.end()))):
        return figure
    jiao, fen = (DIGIT_VALUES.get(match[name]) or int(match[name] or 0) for name in ("jiao", "fen"))
    change = Decimal(jiao).scaleb(-1) if fen == 0 else Decimal(10 * jiao + fen).scaleb(-2)
    value = EXACT.add(figure.value, change)
    return figure._replace(value=value, end=match.end(), base="CNY", factor=Fraction(1), counts=False, rule="coins")


def _acres(text: str, figure: Figure) -> Figure:
    """一亩四分: mu and their tenths."""
    tenths = DIGIT_VALUES.get(text[figure.end : figure.end + 1])
    if tenths is None or text[figure.end + 1 : figure.end + 2] != "分" or text.startswith("之", figure.end + 2):
        if text[figure.end : figure.end + 1] != "半" or text[figure.end + 1 : figure.end + 2] in _HALF_OF_A_WORD:
            return figure
        return figure._replace(value=EXACT.add(figure.value, _HALF), end=figure.end + 1)
    return figure._replace(value=EXACT.add(figure.value, Decimal(tenths).scaleb(-1)), end=figure.end + 2)


_REFINED = {"成": _tenths, "个": _hours, "元": _coins, "块": _coins, "亩": _acres}


def _continues_number(text: str, end: int) -> bool:
    follower = text[end : end + 1]
    return follower.isdigit() or follower in MAGNITUDES or follower in DIGIT_VALUES or unit_at(text, end) is not None


def _share(text: str, token: Token) -> Figure | None:
    """百分之五, 五分之一, 一半; a fraction before a unit of measurement keeps that unit (四分之三英寸)."""
    unit = unit_at(text, token.end) if token.kind == "fraction" else None
    if unit is not None and not unit.counts and unit.base != "%":
        end = token.end + len(unit.surface)
        return Figure(
            token.start, end, token.value, None, unit.surface, unit.base, unit.factor, None, False, (token,), "fraction"
        )
    printed = _SHARES[token.kind]
    if token.kind in ("percent", "permille"):
        factor = Fraction(1, 10) if printed == "‰" else Fraction(1)
        return Figure(token.start, token.end, token.value, None, printed, "%", factor, None, False, (token,), "percent")
    value = _plain(DIVIDE.multiply(token.value, Decimal(100)))
    return Figure(token.start, token.end, value, None, printed, "%", Fraction(1), None, False, (token,), "fraction")


def _plain(value: Decimal) -> Decimal:
    """20 for 20.0: no zeros that nobody printed."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _is_pattern(text: str, token: Token) -> bool:
    """一户一策, 一县一品: 一 in a figure of speech that repeats it."""
    if text[token.start : token.end] != "一":
        return False
    return text[token.start + 2 : token.start + 3] == "一" or (token.start > 1 and text[token.start - 2] == "一")


def scaled(value: Decimal, factor: Fraction) -> Decimal:
    """`value` times `factor`: exact for a whole factor, else to 28 digits."""
    if factor == 1:
        return value
    product = value if factor.numerator == 1 else EXACT.multiply(value, Decimal(factor.numerator))
    return product if factor.denominator == 1 else DIVIDE.divide(product, Decimal(factor.denominator))
