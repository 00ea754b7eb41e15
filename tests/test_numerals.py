"""Numerals: values of every notation, what is found in running text, and what is left alone."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grammar.numerals import find_numerals, parse_numeral

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number below 10^12 in Chinese, as GB/T 15835 writes it; the reference that the parser is tested against."""
    if number >= 10**8:
        return _joined(number, 10**8, "亿")
    if number >= 10**4:
        return _joined(number, 10**4, "万")
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            return _joined(number, unit, name)
    return DIGITS[number]


def _joined(number: int, unit: int, name: str) -> str:
    high, low = divmod(number, unit)
    gap = "零" if low and low < unit // 10 else ""
    return in_chinese(high) + name + (gap + in_chinese(low) if low else "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("６０", "60"),
        ("12,396.5", "12396.5"),
        ("1,234,567", "1234567"),
        ("６.０２", "6.02"),
        ("-7", "-7"),
        ("负五", "-5"),
        ("〇", "0"),
        ("零", "0"),
        ("两", "2"),
        ("廿", "20"),
        ("廿八", "28"),
        ("卅", "30"),
        ("十", "10"),
        ("二十八", "28"),
        ("一百零二", "102"),
        ("一百二", "120"),
        ("一百一十", "110"),
        ("两千三", "2300"),
        ("三千五百", "3500"),
        ("一万二", "12000"),
        ("三万五", "35000"),
        ("三万零五", "30005"),
        ("十二万三千四百五十六", "123456"),
        ("一亿零三百", "100000300"),
        ("一亿二千万", "120000000"),
        ("万亿", "1000000000000"),
        ("六点零二", "6.02"),
        ("三点一四", "3.14"),
        ("壹佰贰拾叁", "123"),
        ("二〇二四", "2024"),
        ("二○二四", "2024"),
        ("〇〇七", "7"),
    ],
)
def test_value(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", " ", "一流", "百分之五", "6.02万亿", "万千", "百千万", "1,23", "1.2.3", "点五", "五点", "十点十"]
)
def test_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


def test_digits_in_a_row_are_read_by_position() -> None:
    assert parse_numeral("三四") == 34


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_number_is_read_back(number: int) -> None:
    assert parse_numeral(in_chinese(number)) == number
    assert parse_numeral(f"{number:,}") == number


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("三个一批、十大战略、第三次", ["三", "一", "十", "三"]),
        ("两个项目，三项工作，一批企业", ["两", "三", "一"]),
        ("一是招商，二要引智", ["一", "二"]),
        ("（三）做强产业", ["三"]),
        ("百分之四十一点二", ["百分之四十一点二"]),
        ("五分之一、三成、一半", ["五分之一", "三", "一半"]),
        ("半小时办结，上半年收官", ["半"]),
        ("数十个、几百家、二三十人", ["数十", "几百", "二三十"]),
        ("10—20亿元，3/4", ["10", "20", "3", "4"]),
        ("5G、PM2.5、MTO", ["5", "2.5"]),
        ("亿元以上项目", ["亿"]),
        ("1,234.5万亩", ["1,234.5"]),
        ("“三化”改造", ["三"]),
        ("三至五个", ["三", "五"]),
        ("二〇二四年", ["二〇二四"]),
        ("制造业倍增，产值翻番", []),
        ("一带一路、四川、三峡、三农、统一、一流、一体", []),
        ("百姓、万物、一些、一定、十分、万一、千方百计", []),
    ],
)
def test_found_in_text(text: str, surfaces: list[str]) -> None:
    assert [text[n.start : n.end] for n in find_numerals(text)] == surfaces


@pytest.mark.parametrize(
    ("text", "value"),
    [("百分之五", "5"), ("五分之一", "0.2"), ("一半", "0.5"), ("一又二分之一", "1.5"), ("二三十个", None)],
)
def test_value_of_a_found_numeral(text: str, value: str | None) -> None:
    (found,) = find_numerals(text)
    assert found.value == (value and Decimal(value))


def test_claimed_numerals_are_left_out() -> None:
    assert [n.value for n in find_numerals("2023年5家", bytearray(b"\1\1\1\1\1\0\0"))] == [5]


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    found = find_numerals(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert parse_numeral(text) is None or text.strip()
