"""The concepts of official statistics: what meets, what must not, and what the lexicon refuses."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from importlib.resources import files
from typing import Any

import pytest

from extract.grammar.concepts import build_concepts, find_concept, indicator_words, load_concepts

CONTRACT = [
    "gdp",
    "industrial_value_added",
    "fixed_asset_investment",
    "retail_sales",
    "general_public_budget_revenue",
]

SAME = {
    "gdp": [
        "经济",
        "经济增长",
        "地区生产总值",
        "全市地区生产总值增速",
        "GDP",
        "gdp",
        "地区生产总值（GDP）",
        "前三季度 GDP",
        "2023年经济",
        "十四五时期经济",
        "十三五期间经济",
        "5县经济",
        "五个县经济",
        "下关街道经济",
        "全市和经济",
        "全市及经济",
        "全市经济总量增速",
    ],
    "industrial_value_added": [
        "规上工业增加值",
        "规模以上工业增加值",
        "全区规上工业的增加值增长",
        "海宁市规模以上工业增加值",
    ],
    "fixed_asset_investment": ["固定资产投资", "固定资产投资（不含农户）", "全社会固定资产投资总额", "固投"],
    "retail_sales": [
        "社会消费品零售总额",
        "社零总额",
        "湖南社会消费品零售总额",
        "1—11月社会消费品零售总额",
        "全市1至9月份社零总额",
    ],
    "general_public_budget_revenue": [
        "一般公共预算收入",
        "市本级一般公共预算收入",
        "一般预算收入",
        "三县一般公共预算收入",
    ],
    "manufacturing_investment": ["制造业投资", "全市制造业投资增速"],
    "outside_province_capital": ["实际到位省外资金", "省外资金"],
    "urban_household_income": ["城镇居民人均可支配收入", "城镇常住居民人均可支配收入"],
    "little_giants": ["国家级专精特新“小巨人”企业", "专精特新“小巨人”企业总数"],
    "pm25": ["细颗粒物（PM2.5）平均浓度", "PM2.5浓度"],
    "trade_total": ["进出口", "货物进出口总额", "“十三五”时期进出口总额"],
    "new_urban_employment": ["城镇新增就业", "新增城镇就业人数"],
}

NONE = [
    "人均一般公共预算收入",
    "新增高新技术企业",
    "养殖业投资",
    "制造业招商到位资金",
    "机电产品进口",
    "城市投资",
    "社区税收收入",
    "占全县户籍人口",
    "高于全省粮食产量",
    "数字经济",
    "工业增加值占比",
    "常住人口城镇化率低于全省",
    "三化改造项目",
    "以上",
    "和经济",
    "城乡经济",
    "社区经济",
    "全县及各乡镇经济",
    "",
]


@pytest.mark.parametrize(("key", "indicator"), [(key, word) for key, words in SAME.items() for word in words])
def test_surfaces_meet_in_their_concept(key: str, indicator: str) -> None:
    assert find_concept(indicator) == key


@pytest.mark.parametrize("indicator", NONE)
def test_a_word_that_changes_the_measure_leaves_no_concept(indicator: str) -> None:
    assert find_concept(indicator) is None


def test_no_indicator_has_no_concept() -> None:
    assert find_concept(None) is None


def test_every_alias_finds_its_own_entry() -> None:
    for key, concept in load_concepts().concepts.items():
        assert [find_concept(alias) for alias in concept.aliases] == [key] * len(concept.aliases)


def test_the_keys_of_the_contract_are_there() -> None:
    concepts = load_concepts().concepts
    assert len(concepts) >= 170
    assert set(CONTRACT) <= concepts.keys()


def test_indicator_words_hold_short_and_full_forms() -> None:
    assert {"规上工业增加值", "规模以上工业增加值", "一般公共预算收入", "GDP"} <= indicator_words()


@pytest.fixture
def lexicon() -> dict[str, Any]:
    text = files("extract.lexicon").joinpath("indicators.toml").read_text("utf-8")
    return deepcopy(tomllib.loads(text))


ENTRY = {"label": "Salt", "category": "industry", "aliases": ["原盐产量"], "dimensions": ["mass"], "source": "年鉴"}


@pytest.mark.parametrize(
    ("key", "change", "message"),
    [
        ("Salt", {}, r"concepts\.Salt.*snake_case"),
        ("salt_", {}, r"concepts\.salt_.*snake_case"),
        ("salt", {"aliases": ["规上工业增加值"]}, r"concepts\.salt.*规上工业增加值.*industrial_value_added"),
        ("salt", {"aliases": ["原盐产量", "原盐产量"]}, r"concepts\.salt.*twice"),
        ("salt", {"aliases": []}, r"concepts\.salt.*nothing.*aliases"),
        ("salt", {"source": ""}, r"concepts\.salt.*nothing.*source"),
        ("salt", {"dimensions": ["tons"]}, r"concepts\.salt.*dimensions.*tons"),
        ("salt", {"colour": "white"}, r"concepts\.salt.*unknown fields.*colour"),
    ],
)
def test_a_faulty_entry_is_named(lexicon: dict[str, Any], key: str, change: dict[str, Any], message: str) -> None:
    lexicon["concepts"][key] = ENTRY | change
    with pytest.raises(ValueError, match=message):
        build_concepts(lexicon)


def test_a_sound_entry_is_taken(lexicon: dict[str, Any]) -> None:
    lexicon["concepts"]["salt_output"] = ENTRY
    assert build_concepts(lexicon).by_alias["原盐产量"] == "salt_output"
