"""Positions in an ordering."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.grammar.rankings import find_rankings
from reading import read_rows

# value, comparator, and the spellings of the position
SPELLINGS: list[tuple[int, str, list[str]]] = [
    (
        3,
        "=",
        [
            "居全省第3位",
            "居全省第三位",
            "位列全省第3名",
            "排名全省第 3 位",
            "增速全国第三",
            "总量居全省第3，",
            "跃升至第3位",
        ],
    ),
    (1, "=", ["位居全市第一", "稳居全国第1位", "增速列全省第一。", "排名第一，"]),
    (12, "=", ["居第12位", "居第十二位"]),
    (2, "=", ["全省第二大丝绸基地", "成为世界第2大供应商"]),
    (10, "<=", ["进入全国前10名", "跻身全省前十，", "稳定在前10位"]),
]

NOTHING = [
    "召开第四次会议",
    "第三季度",
    "第二产业增加值",
    "十四届三次全会",
    "第一，抓好水利。",
    "前3个月",
    "前十年",
    "第二大道",
    "第五大街通车",
    "排位赛",
    "第3位次",
    "",
]


@pytest.mark.parametrize(
    ("value", "comparator", "text"), [(value, sign, text) for value, sign, texts in SPELLINGS for text in texts]
)
def test_spelling(value: int, comparator: str, text: str) -> None:
    assert [(r.value, r.unit, r.comparator) for r in find_rankings(text)] == [(Decimal(value), "位", comparator)]


@pytest.mark.parametrize("text", NOTHING)
def test_no_position(text: str) -> None:
    assert find_rankings(text) == []


def test_the_span_is_the_number_alone() -> None:
    text = "总量居全省第十二位"
    assert [text[r.start : r.end] for r in find_rankings(text)] == ["十二"]
    assert [text[r.outer_start : r.outer_end] for r in find_rankings(text)] == ["第十二位"]


def test_a_move_is_two_positions() -> None:
    rows = read_rows("2021年，招商考核由全省第9位上升至第6位。")
    assert [(row["role"], row["value"], row["among"]) for row in rows.values()] == [
        ("ranking", 9.0, "浙江省"),
        ("ranking", 6.0, "浙江省"),
    ]


def test_the_rank_of_a_rate_is_the_rank_of_what_grew() -> None:
    rows = read_rows("2021年，全市外贸出口增长12.5%，增速居全省第4位。")
    assert [(row["role"], row["indicator"]) for row in rows.values()] == [
        ("growth_rate", "外贸出口"),
        ("ranking", "外贸出口"),
    ]
    assert rows["4"]["among"] == "浙江省"
    assert rows["4"]["region"] == "湖州市"


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("制造业投资居全国第8位。", "中国"),
        ("制造业投资居全省第8位。", "浙江省"),
        ("德清县财政收入居全市第8位。", "湖州市"),
    ],
)
def test_what_it_is_ranked_within(text: str, among: str) -> None:
    assert read_rows(text)["8"]["among"] == among
