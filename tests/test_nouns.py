"""The noun phrase that a figure measures, before it or behind it."""

from __future__ import annotations

import pytest

from extract.grammar.nouns import is_noun_phrase, noun_after, noun_before
from reading import read_rows

BEFORE: dict[str, list[str]] = {
    "规模以上工业增加值": [
        "规模以上工业增加值",
        "其中规模以上工业增加值",
        "带动规模以上工业增加值",
        "同时规模以上工业增加值总量",
    ],
    "高新技术企业": ["高新技术企业", "高新技术企业总数", "高新技术企业数量", "培育高新技术企业"],
    "税收收入": ["税收收入", "税收收入的", "税收收入总量"],
    "蚕茧产量": ["蚕茧产量", "蚕茧产量（鲜茧）"],
    "居民消费价格指数": ["居民消费价格指数"],
    "“三绿”企业": ["“三绿”企业", "新认定“三绿”企业"],
}

AFTER: dict[str, list[str]] = {
    "项目": ["项目开工", "项目，其中", "亿元以上项目竣工"],
    "企业": ["企业获得贷款", "企业（全省）", "的企业"],
    "变电站": ["变电站投入运行", "变电站、"],
    "优秀干部": ["优秀干部担任联络员", "优秀干部到村任职"],
    "高校": ["高校的师资"],
}


def cut_before(text: str) -> str | None:
    found = noun_before(text, 0, len(text))
    return text[slice(*found)] if found else None


def cut_after(text: str) -> str | None:
    found = noun_after(text, 0, len(text))
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(("noun", "text"), [(noun, text) for noun, texts in BEFORE.items() for text in texts])
def test_noun_before(noun: str, text: str) -> None:
    assert cut_before(text) == noun


@pytest.mark.parametrize(("noun", "text"), [(noun, text) for noun, texts in AFTER.items() for text in texts])
def test_noun_after(noun: str, text: str) -> None:
    assert cut_after(text) == noun


@pytest.mark.parametrize("text", ["", "，", "同时", "其中", "的", "了", "“"])
def test_nothing_before(text: str) -> None:
    assert cut_before(text) is None


@pytest.mark.parametrize("text", ["", "，同比增长", "。", "增至12家", "、6家", "（含）"])
def test_nothing_after(text: str) -> None:
    assert cut_after(text) is None


@pytest.mark.parametrize(
    ("text", "is_noun"),
    [("单位面积产量", True), ("蚕茧收购价格", True), ("生产已经恢复", False), ("势头持续向好", False)],
)
def test_phrases_without_a_verb(text: str, is_noun: bool) -> None:
    assert is_noun_phrase(text, 0, len(text)) == is_noun


@pytest.mark.parametrize(
    ("text", "figure", "indicator"),
    [
        ("2021年，全市完成技改投资35.2亿元。", "35.2亿元", "技改投资"),
        ("全市共有省级农业龙头企业41家。", "41家", "省级农业龙头企业"),
        ("选派120名青年干部担任联络员。", "120名", "青年干部"),
        ("外贸出口额85亿元，增长9.4%。", "9.4%", "外贸出口额"),
        ("全市茶园面积12万亩，占耕地的7%。", "7%", "茶园面积"),
    ],
)
def test_indicator_of_a_figure(text: str, figure: str, indicator: str) -> None:
    assert read_rows(text)[figure]["indicator"] == indicator


def test_a_clause_without_its_noun_gives_none() -> None:
    assert noun_after("来自周边县的", 0, 6) is None
