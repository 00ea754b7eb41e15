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
    "收治的第一位患者",
    "排第三方案",
    "保持前三季势头",
    "由第2落地到",
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


@pytest.mark.parametrize(
    "words",
    [
        "总量居",
        "名列",
        "增速排",
        "一举跃",
        "稳步升",
        "位",
        "排名",
        "升至",
        "回升到",
        "评价为",
        "考核获",
        "由",
        "从",
        "力争",
        "力保",
        "全国",
        "全省",
        "全县",
        "全球",
        "世界",
        "亚洲",
        "中部",
        "西部",
        "东部",
        "省内",
        "市内",
        "国内",
        "长江以南各州",
        "同行业",
        "同类",
        "副省级城市",
        "细分市场",
        "该领域",
        "增速",
        "总量",
        "规模",
        "覆盖率",
        "专利数",
        "总产值",
    ],
)
def test_words_that_make_a_bare_ordinal_a_position(words: str) -> None:
    assert [(r.value, r.rule) for r in find_rankings(f"{words}第三，")] == [(3, "ranking.bare")]
    assert find_rankings(f"{words}的项目第三，") == []


@pytest.mark.parametrize(
    "words",
    [
        "总量居",
        "名列",
        "排",
        "一举跃",
        "升",
        "排位",
        "进入",
        "挺进",
        "跻身",
        "入围",
        "保持",
        "稳定在",
        "稳居",
        "全国",
        "全省",
        "全球",
        "世界",
        "全区",
    ],
)
def test_words_that_make_the_first_few_a_bound(words: str) -> None:
    assert [(r.value, r.comparator) for r in find_rankings(f"{words}前五，")] == [(5, "<=")]
    assert find_rankings(f"{words}的项目前五，") == []


@pytest.mark.parametrize("joint", ["、", "和", "、和"])
def test_positions_in_a_row(joint: str) -> None:
    assert [r.value for r in find_rankings(f"两项指标分别居全省第三{joint}第五，")] == [3, 5]


def test_positions_with_and_without_their_word() -> None:
    assert [r.value for r in find_rankings("分别居第3位、第5，")] == [3, 5]
    assert [r.value for r in find_rankings("分别居第3位；第5，")] == [3]


@pytest.mark.parametrize(
    "text",
    ["由第二滑到第五，", "从全省第二上升到第五，", "自第二提升至第五，", "由第二下降为第五，", "由第二后退到第五，"],
)
def test_where_a_move_began(text: str) -> None:
    assert [(r.value, r.rule) for r in find_rankings(text)] == [(2, "ranking.moved"), (5, "ranking.bare")]


@pytest.mark.parametrize(
    "follower", ["，", "。", "；", "、", "）", "！", "”", "\n", "的", "和", "并", "及", "且", ",", ";", ""]
)
def test_what_may_follow_a_bare_position(follower: str) -> None:
    assert [r.value for r in find_rankings(f"总量居全省第三{follower}")] == [3]


@pytest.mark.parametrize("words", ["大道", "大街", "大桥", "大会", "大学", "大队", "大类", "大步"])
def test_large_things_that_are_numbered(words: str) -> None:
    assert find_rankings(f"全省第二{words}段") == []


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
