"""Numerals: values of every notation, what is found in running text, and what is left alone."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grammar.numerals import find_numerals, parse_numeral, scan

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
        ("−7", "-7"),
        ("１２,３４５", "12345"),
        ("一亿二", "120000000"),
        ("十万五", "105000"),
        ("一百十五", "115"),
        ("三百零", "300"),
        ("三万二百", "30200"),
        ("三百五十万零二十", "3500020"),
        ("三万五千亿", "3500000000000"),
        ("一亿亿", "10000000000000000"),
        ("十点五", "10.5"),
        ("二十亿零三万", "2000030000"),
        ("百五", "150"),
    ],
)
def test_value(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "一流",
        "百分之五",
        "6.02万亿",
        "万千",
        "百千万",
        "1,23",
        "1.2.3",
        "点五",
        "五点",
        "十点十",
        "百百",
        "一千千",
        "一十百",
        "一万万",
        "亿万",
        "负",
        "三负",
    ],
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
        ("一半导体企业、一半径、一半岛", []),
        ("另一半投向水利", []),
        ("陈列白银三万两", ["三万"]),
        ("五百千克种子、三十千米绿道、二百千伏线路", ["五百", "三十", "二百"]),
        ("十多个、百余家", ["十", "百"]),
        ("五多、十多样", []),
        ("职工人数百余，来了数百家", ["数百"]),
        ("时间过半、收入过半", []),
        ("半数企业、半数据、半数字", ["半数"]),
        ("（十一）强化保障\n十二、改善民生", ["十一", "十二"]),
        ("八八战略、一二三产业、一〇八国道", ["一〇八"]),
        ("三五个村、十七八个、一两百家、一百二三十人", ["三五", "十七八", "一两百", "一百二三十"]),
        ("七九个、二四六户", []),
        ("零下三度、零上五度、三度", ["三", "五"]),
        ("三至十二个、一至五", ["三", "十二"]),
        ("十二点十，三点零五公里", ["十二", "三点零五"]),
        ("五分之、三又分之二", []),
    ],
)
def test_found_in_text(text: str, surfaces: list[str]) -> None:
    assert [text[n.start : n.end] for n in find_numerals(text)] == surfaces


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("百分之五", "5"),
        ("五分之一", "0.2"),
        ("一半", "0.5"),
        ("一又二分之一", "1.5"),
        ("二三十个", None),
        ("数十个", None),
        ("千分之三", "3"),
        ("半小时", "0.5"),
    ],
)
def test_value_of_a_found_numeral(text: str, value: str | None) -> None:
    (found,) = find_numerals(text)
    assert found.value == (value and Decimal(value))


@pytest.mark.parametrize(
    "words", ["占比过", "工作量完成率超", "占全县总量近", "收入比重超", "女职工比例近", "占去年全年总量过"]
)
def test_most_of_a_share_is_a_half(words: str) -> None:
    text = f"{words}半。"
    assert [(text[n.start : n.end], n.value) for n in find_numerals(text)] == [("半", Decimal("0.5"))]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("（十一）强化保障", ["label"]),
        ("(十二)改善民生", ["label"]),
        ("十二、改善民生", ["label"]),
        ("一百二十、改善民生", ["chinese"]),
        ("新建十二、改建三十", ["chinese", "chinese"]),
        ("“三五”普法，‘一二三’工程", ["label", "label"]),
        ("第三位、三个、3个", ["ordinal", "chinese", "arabic"]),
        ("数十个、二三十个", ["several", "approximate"]),
        ("百分之三、千分之三、三分之一", ["percent", "permille", "fraction"]),
        ("半天、半数、一半", ["half", "one_half", "one_half"]),
    ],
)
def test_kind(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in scan(text)] == kinds


def test_bounds_of_an_approximate_numeral() -> None:
    tokens = scan("三五个、十七八个、一两百家、二三十万人")
    assert [(token.value, token.high) for token in tokens] == [(3, 5), (17, 18), (100, 200), (200_000, 300_000)]


def test_claimed_numerals_are_left_out() -> None:
    assert [n.value for n in find_numerals("2023年5家", bytearray(b"\1\1\1\1\1\0\0"))] == [5]


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    found = find_numerals(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert parse_numeral(text) is None or text.strip()
