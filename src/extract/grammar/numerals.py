"""Numerals: needs a text, gives every run of Arabic digits and every Chinese numeral that counts something.

A Chinese numeral character alone is more often part of a word than a number (统一, 一流, 四川), so a single one is
read only where something shows that it counts: a measure word behind it, 第 before it, a dash and another numeral, the
number of a clause (一是, （三）), an opening quotation mark. A run of several is read when it is a well-formed number.
`numeral_words.toml` holds the words that meet these conditions and are no numbers all the same.
"""

from __future__ import annotations

from decimal import Context, Decimal
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from extract.grammar.mentions import Numeral
from extract.grammar.units import unit_at, unit_reading, unit_table
from extract.lexicon.loader import load_toml
from extract.patterns import Pattern

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億兩○零", "一二三四五六七八九十百千万亿两〇〇")
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_RUN = "一二两三四五六七八九〇零○十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億兩廿卅"
_POSITIONAL = "一二三四五六七八九〇"
_LONGEST_CARDINAL = 40
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+")
_ARABIC = (
    r"(?:[0-9０-９]{1,3}(?:,[0-9０-９]{3}|，[0-9]{3}(?=(?:，[0-9]{3}){0,3}[亿万]?[元吨亩户斤]))++(?![0-9０-９])|[0-9０-９]++)"
    r"(?:[.．][0-9０-９]++)?"
)
_DIVIDE = Context(prec=28)
_DASHES = "至到—–―~～－-"


class Token(NamedTuple):
    """A numeral as the quantity grammar needs it.

    `kind` is `arabic`, `chinese`, `ordinal` (after 第), `label` (number of a clause, first word of a quotation),
    `several` (数十: `value` is the magnitude), `approximate` (二三十: `value` to `high`), `percent`, `permille`,
    `fraction` (`value` is the quotient), `half` (半 before a unit) or `one_half` (一半).
    """

    kind: str
    start: int
    end: int
    value: Decimal
    high: Decimal | None = None


def parse_numeral(text: str) -> Decimal | None:
    """The exact value of a numeral that is the whole of `text`, None for anything else.

    Full-width digits, thousands separators, formal characters (壹佰), 廿, a leading minus or 负 and the spoken short
    forms (一万二, 两千三) are read (GB/T 15835-2011). Quantities (百分之五, 6.02万亿) are no numerals.

    >>> [str(parse_numeral(t)) for t in ("12,396.5", "二十八", "一万二", "六点零二", "负三百", "二〇二四", "５０")]
    ['12396.5', '28', '12000', '6.02', '-300', '2024', '50']
    >>> parse_numeral("百分之五"), parse_numeral("一流"), parse_numeral("1,23"), parse_numeral("")
    (None, None, None, None)
    """
    folded = text.strip().translate(_FULL_WIDTH)
    sign = folded[:1] if folded[:1] in ("-", "负", "−") else ""
    body = folded[len(sign) :]
    if _arabic_pattern().fullmatch(body):
        value: Decimal | None = Decimal(body.replace(",", ""))
    else:
        value = _chinese_value(body)
    return value.copy_negate() if sign and value is not None else value


def find_numerals(text: str, claimed: bytearray | None = None) -> list[Numeral]:
    """Every run of Arabic digits and every Chinese numeral that counts, one per place, sorted; half-open spans.

    Numerals that touch a place where `claimed` is 1 are left out. The value of 百分之五 is 5, of 五分之一 0.2;
    of 数十 and 二三十 it is None. 倍增 and 翻番 hold no numeral, in 三成 it is 三.

    >>> [(n.start, n.end, str(n.value)) for n in find_numerals("全县3.5万亩，三百户，百分之五")]
    [(2, 5, '3.5'), (8, 10, '300'), (12, 16, '5')]
    >>> find_numerals("统一部署，千方百计，四川")
    []
    """
    tokens = scan(text)
    if claimed is not None:
        tokens = [token for token in tokens if claimed.find(1, token.start, token.end) < 0]
    return [numeral_of(token) for token in tokens]


def numeral_of(token: Token) -> Numeral:
    """The token as the ledger keeps it."""
    return Numeral(token.start, token.end, None if token.kind in ("several", "approximate") else token.value)


def scan(text: str) -> list[Token]:
    """All numerals of the text from left to right, without overlap.

    >>> [(t.kind, text[t.start:t.end]) for text in ("第三次、二三十个、数百家、一半",) for t in scan(text)]
    [('ordinal', '三'), ('approximate', '二三十'), ('several', '数百'), ('one_half', '一半')]
    """
    tokens: list[Token] = []
    end = 0
    for match in _candidates().finditer(text):
        start = match.start()
        if start < end:
            continue
        token: Token | None
        if match.lastgroup == "arabic":
            stop = match.end("arabic")
            token = Token("arabic", start, stop, _arabic_value(text[start:stop]))
        else:
            token = _READERS[match.lastgroup or ""](text, start, match.end())
        if token is not None:
            tokens.append(token)
            end = token.end
    return tokens


@cache
def _candidates() -> regex.Pattern[str]:
    """Where a numeral may start. The one lookahead for a single Chinese numeral keeps nine words of ten out."""
    followers = {
        first
        for first, lengths in unit_table().items()
        if not first.isascii() and any(unit.spoken for _, units in lengths for unit in units.values())
    }
    follow = regex.escape("".join(sorted(followers | set("分点度又半多余几数" + _DASHES))))
    return regex.compile(
        rf"""
        (?P<arabic>{_ARABIC})(?:[ ]?[多余几]?[十百千万亿]++(?!分之))?
      | (?P<chinese>[{_RUN}](?:[{_RUN}]++|(?=[{follow}])|(?<=第.)))
      | (?P<label>[{_RUN}](?:(?<=[“‘「『（(].)(?=[\p{{Han}}）)])|(?<![^\n。；：:，,、！].)(?=[是要、])))
      | (?P<several>[几数][十百千万亿]++)
      | (?P<half>半(?=[{follow}]|(?<=[过超近]半)(?![\p{{Han}}])))
        """,
        regex.VERBOSE,
    )


@cache
def _arabic_pattern() -> regex.Pattern[str]:
    return regex.compile(_ARABIC)


@cache
def _numerator() -> regex.Pattern[str]:
    return regex.compile(rf"[ ]?(?:{_ARABIC}|[{_RUN}]++(?:点[{_POSITIONAL}零]++)?)")


def _arabic_value(surface: str) -> Decimal:
    if "," in surface:
        surface = surface.replace(",", "")
    return Decimal(surface if surface.isascii() else surface.translate(_FULL_WIDTH).replace(",", ""))


def _read_chinese(text: str, start: int, end: int) -> Token | None:
    """A run of Chinese numerals: fraction, decimal, ordinal or number; None when it is part of a word."""
    if end - start > 1 and text[end - 1] == "千" and text.startswith(("瓦", "克", "米", "卡", "伏"), end):
        end -= 1
    if end - start > 1 and text[end - 1] == "两" and text[end - 2] in "十百千万":
        # 白银三万两: the unit, for two at the end is 二
        end -= 1
    if text.startswith(("分之", "又"), end) and (fraction := _read_fraction(text, start, end)):
        return fraction
    if text[start - 1 : start] == "第":
        value = _chinese_value(text[start:end])
        return None if value is None else Token("ordinal", start, end, value)
    if text[end : end + 1] == "点" and (decimal := _read_decimal(text, start, end)):
        return None if _is_ordinary(text, start, decimal.end) else decimal
    if _is_ordinary(text, start, end):
        return None
    if end - start == 1:
        return _read_single(text, start, end)
    run = text[start:end]
    value = _chinese_value(run)
    if value is not None and not _is_enumeration(run):
        return Token("label" if value < 100 and _is_numbering(text, start, end) else "chinese", start, end, value)
    bounds = _approximate(run)
    if bounds and _counts(text, end, run):
        return Token("approximate", start, end, *bounds)
    return Token("label", start, end, value) if value is not None and text[start - 1 : start] in ("“", "‘") else None


def _read_single(text: str, start: int, end: int) -> Token | None:
    char, follower = text[start], text[end : end + 1]
    if follower == "半" and char == "一" and text[end + 1 : end + 2] not in ("导", "径", "岛"):
        return None if text[start - 1 : start] == "另" else Token("one_half", start, end + 1, Decimal("0.5"))
    value = _chinese_value(char)
    if value is None:
        return None
    unit = unit_at(text, end)
    if (
        (unit is not None and (unit.spoken or text.startswith(("零下", "零上"), max(start - 2, 0))))
        or (follower in ("多", "余", "几") and char in "十百千万亿" and unit_reading(text, end + 1))
        or (follower and follower in _DASHES and _reaches_unit(text, end + 1))
    ):
        return Token("chinese", start, end, value)
    return None


def _reaches_unit(text: str, pos: int) -> bool:
    """Whether another numeral and a unit follow the dash (三至五个)."""
    end = pos
    while end - pos < 12 and text[end : end + 1] and text[end] in _RUN + "点":
        end += 1
    return end > pos and unit_at(text, end) is not None


def _read_label(text: str, start: int, end: int) -> Token | None:
    value = None if _is_ordinary(text, start, end) else _chinese_value(text[start:end])
    return None if value is None else Token("label", start, end, value)


def _read_several(text: str, start: int, end: int) -> Token | None:
    """数十, 几百 by their magnitude; not the 数 that ends a noun (人数百, 总数千)."""
    if text[start] == "数" and start and text[start - 1] in load_toml("numeral_words")["noun_before_several"]:
        return None
    value = _chinese_value(text[start + 1 : end])
    return None if value is None else Token("several", start, end, value)


# 占比过半, 占总收入的比重超半
_MOST = Pattern(r"(?:占|比重|比例|率)[^，。；\d]{0,10}[过超近]$")


def _read_half(text: str, start: int, end: int) -> Token | None:
    if _MOST.search(text, max(0, start - 16), start) and not text[end : end + 1].isalpha():
        return Token("one_half", start, end, Decimal("0.5"))
    if text.startswith("半数", start) and text[end + 1 : end + 2] not in ("据", "字"):
        return Token("one_half", start, end + 1, Decimal("0.5"))
    unit = unit_at(text, end)
    before = text[start - 1 : start]
    if unit is None or not unit.spoken or (before and before in load_toml("numeral_words")["no_half_after"]):
        return None
    return None if _is_ordinary(text, start, end) else Token("half", start, end, Decimal("0.5"))


def _read_fraction(text: str, start: int, end: int) -> Token | None:
    """百分之四十一点二 as 41.2, 三分之二 as its quotient, 一又二分之一 as 1.5."""
    whole = Decimal(0)
    bottom_start = start
    if text[end] == "又":
        integer = _chinese_value(text[start:end])
        bottom = _numerator().match(text, end + 1)
        if integer is None or bottom is None or not text.startswith("分之", bottom.end()):
            return None
        whole, bottom_start, end = integer, end + 1, bottom.end()
    denominator = _chinese_value(text[bottom_start:end])
    top = _numerator().match(text, end + 2)
    numerator = _any_value(top.group().strip()) if top else None
    if top is None or numerator is None or not denominator:
        return None
    scale = {"百": "percent", "千": "permille"}.get(text[bottom_start:end])
    if scale and not whole:
        return Token(scale, start, top.end(), numerator)
    return Token("fraction", start, top.end(), _DIVIDE.add(whole, _DIVIDE.divide(numerator, denominator)))


def _read_decimal(text: str, start: int, end: int) -> Token | None:
    stop = end + 1
    while text[stop : stop + 1] and text[stop] in _POSITIONAL + "零":
        stop += 1
    if stop == end + 1 or text[stop : stop + 1] in _SMALL:
        return None
    value = _chinese_value(text[start:stop])
    return None if value is None else Token("chinese", start, stop, value)


_READERS = {"chinese": _read_chinese, "label": _read_label, "several": _read_several, "half": _read_half}


def _any_value(surface: str) -> Decimal | None:
    return _arabic_value(surface) if _arabic_pattern().fullmatch(surface) else _chinese_value(surface)


def _chinese_value(surface: str) -> Decimal | None:
    """The value of a Chinese numeral with or without decimals; digits in a row are read by position (二〇二四)."""
    return _known_value(surface) if len(surface) <= _LONGEST_CARDINAL else _known_value.__wrapped__(surface)


@lru_cache(maxsize=4096)
def _known_value(surface: str) -> Decimal | None:
    whole, point, decimals = surface.translate(_FORMAL).replace("廿", "二十").replace("卅", "三十").partition("点")
    if not whole or any(char not in _DIGITS and char not in _SMALL and char not in "万亿" for char in whole):
        return None
    if point and (not decimals or any(char not in _POSITIONAL for char in decimals)):
        return None
    integer: int | str | None
    if all(char in _POSITIONAL for char in whole):
        integer = "".join(str(_DIGITS[char]) for char in whole)
    else:
        integer = _cardinal(whole) if len(whole) <= _LONGEST_CARDINAL else None
    if integer is None:
        return None
    return Decimal(f"{integer}.{''.join(str(_DIGITS[char]) for char in decimals)}" if point else integer)


def _cardinal(run: str) -> int | None:
    """三百二十一, 一亿零三百, 一百二 (120), 万亿; None where magnitudes do not fall (万千) or digits meet (三四)."""
    total = group = section = 0
    digit: int | None = None
    above, zero = 10_000, False
    for position, char in enumerate(run):
        if char in _DIGITS:
            if digit:
                return None
            digit, zero = _DIGITS[char], zero or char == "〇"
        elif char in _SMALL:
            unit = _SMALL[char]
            if unit >= above or (unit > 10 and not digit and position):
                return None
            section += (digit or 1) * unit
            digit, above, zero = None, unit, False
        else:
            amount = section + (digit or 0)
            if char == "万" and (group or not (amount or position == 0)):
                return None
            if char == "亿" and not (amount or group or total or position == 0):
                return None
            amount = amount or (0 if position else 1)
            group, total = (amount * 10_000, total) if char == "万" else (0, (total + group + amount) * 100_000_000)
            section, digit, above, zero = 0, None, 10_000, False
    return total + group + section + _last_digit(run, digit, zero)


def _last_digit(run: str, digit: int | None, zero: bool) -> int:
    """The closing digit: 一百零二 2, but 一百二 20, 三万五 5,000."""
    if not digit:
        return 0
    magnitude = {"百": 10, "千": 100, "万": 1000, "亿": 10_000_000}.get(run[-2:-1], 1)
    return digit if zero else digit * magnitude


def _is_numbering(text: str, start: int, end: int) -> bool:
    """（十一） and 十二、 at the start of a line number a heading."""
    around = (text[start - 1 : start] or "\n") + text[end : end + 1]
    return around in ("（）", "()", "\n、")


def _is_enumeration(run: str) -> bool:
    """Two or three digits in a row name things (八八, 一二三) and are no number, unless one is the 〇 of years."""
    return len(run) < 4 and all(char in _POSITIONAL + "零" for char in run) and "〇" not in run


@lru_cache(maxsize=1024)
def _approximate(run: str) -> tuple[Decimal, Decimal] | None:
    """The bounds of 二三十, 十七八, 三五, 一两百: one pair of neighbouring digits."""
    pairs = [
        i
        for i in range(len(run) - 1)
        if (a := _DIGITS.get(run[i], 0)) and (b := _DIGITS.get(run[i + 1], 0)) and (b == a + 1 or (a, b) == (3, 5))
    ]
    if len(pairs) != 1 or len(run) > 12:
        return None
    low, high = (_chinese_value(run[:k] + run[k + 1 :]) for k in (pairs[0] + 1, pairs[0]))
    return (low, high) if low is not None and high is not None else None


def _counts(text: str, end: int, run: str) -> bool:
    unit = unit_at(text, end)
    return unit is not None and (unit.spoken or run[-1] in "十百千万亿")


def _is_ordinary(text: str, start: int, end: int) -> bool:
    """Whether the numeral stands in a word of `numeral_words.toml`."""
    table = _ordinary_words()
    for pair, at in ((text[start : start + 2], start), (text[start - 1 : start + 1] if start else "", start - 1)):
        for word, offset in table.get(pair, ()):
            begin = at - offset
            if begin >= 0 and text.startswith(word, begin) and begin + len(word) >= end:
                return True
    return False


@cache
def _ordinary_words() -> dict[str, tuple[tuple[str, int], ...]]:
    """Every two neighbouring characters of a word of which one is a numeral -> the word and where they stand in it."""
    lists = load_toml("numeral_words")
    table: dict[str, list[tuple[str, int]]] = {}
    for word in (*lists["ordinary"], *lists["places"]):
        for i in range(len(word) - 1):
            if word[i] in _RUN + "半" or word[i + 1] in _RUN + "半":
                table.setdefault(word[i : i + 2], []).append((word, i))
    return {pair: tuple(entries) for pair, entries in table.items()}
