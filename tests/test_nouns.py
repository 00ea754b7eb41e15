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


# what is left of a stretch before a figure, and of one behind it
CUT_BEFORE: dict[str, str | None] = {
    "、“三绿”企业": "“三绿”企业",
    "三绿”": "三绿",
    "“三绿”企业的": "“三绿”企业",
    "“三绿”企业、": "“三绿”企业",
    "培育“三绿”": "“三绿”",
    "获评称号“": "获评称号",
    "油茶价格由每吨": "油茶价格",
    "油茶价格平均每公斤": "油茶价格",
    "油茶价格为每": "油茶价格",
    "油茶价格每": "油茶价格",
    "每百户拥有轿车": "轿车",
    "每吨油茶价格": "每吨油茶价格",
    "开工项目中": "开工项目",
    "城市中": "城市",
    "农业对全市生产总值的贡献率": "农业对全市生产总值的贡献率",
    "技术全国领先、新材料产能": "新材料产能",
    "水库、灌区等水利设施": "水利设施",
    "受天气因素": None,
    "市": None,
    "村": "村",
    "大力培育的茶企": "茶企",
    "茶叶的数量": "茶叶的数量",
    "开展茶园管护、病虫防治、采摘加工和销售茶叶": "采摘加工和销售茶叶",
    "就读初中": "就读初中",
    "3.中小水库": "3.中小水库",
    "投入额": "投入额",
    "投入资金": "资金",
    "投入": None,
}
CUT_AFTER: dict[str, str | None] = {
    "投资超10亿元的水利项目": "水利项目",
    "投资超过10亿元的水利项目": "水利项目",
    "投资不低于3亿元水利项目": "水利项目",
    "10—20亿元水利项目": "水利项目",
    "规模茶企开工": "茶企",
    "具有鲜明特色的公共空间": "公共空间",
    "来自周边县的茶农": "茶农",
    "图片都由探测器拍摄的": "图片",
    "茶园都由村里经营的合作社": "茶园",
    "三所高校的师资力量": "三所高校",
    "县级及以上劳模": "县级及以上劳模",
    "县级以上劳模": "县级以上劳模",
    "茶农以上职称": "茶农",
    "乡镇及农场": "乡镇及农场",
    "能够带动就业的茶企": "茶企",
    "覆盖城乡的供水管网": None,
    "计划开工项目": "计划开工项目",
    "上市企业": "上市企业",
    "上市": None,
    "竣工项目建设": "竣工项目",
    "茶企和": "茶企",
    "茶企和农户": "茶企和农户",
    "“双创”基地投运": "“双创”基地",
    "乡镇（街道）应急站": "乡镇（街道）应急站",
    "县（市、区）获评": "县",
    "村通了公路": "村",
    "干": None,
    "的人": "人",
    "茶农了": None,
}


@pytest.mark.parametrize("text", CUT_BEFORE)
def test_what_is_left_of_the_words_before(text: str) -> None:
    assert cut_before(text) == CUT_BEFORE[text]


@pytest.mark.parametrize("text", CUT_AFTER)
def test_what_is_left_of_the_words_behind(text: str) -> None:
    assert cut_after(text) == CUT_AFTER[text]


@pytest.mark.parametrize(
    ("text", "noun"),
    [("“绿茶”节，“绿茶”基地", "“绿茶”基地"), ("“绿茶”节，绿茶”", "绿茶"), ("总额的一半，优质茶园", "优质茶园")],
)
def test_what_stands_before_the_stretch_says_nothing(text: str, noun: str) -> None:
    start = text.index("，") + 1
    found = noun_before(text, start, len(text))
    assert found is not None
    assert text[slice(*found)] == noun


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


def test_nothing_but_a_size_stands_before_the_noun() -> None:
    text = "规模的企业"
    assert noun_after(text, 0, len(text)) == (3, 5)
