"""What stands before a figure in its clause: noun, cues, places, the whole of a share, the other side of a comparison."""

from __future__ import annotations

import pytest

from extract.clauses import Left, clause_start, read_left
from extract.grammar.mentions import Period
from extract.grammar.periods import scan_periods
from extract.grammar.regions import find_regions
from reading import read_rows


def left_of(text: str, figure: str) -> Left:
    end = text.index(figure)
    return read_left(text, 0, end, list[Period](scan_periods(text)), find_regions(text, home="330500"))


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("山上种茶，水面养鱼", "水面养鱼"),
        ("全市种茶（含老茶园）面积", "全市种茶（含老茶园）面积"),
        ("全市种茶（其中老茶园面积", "其中老茶园面积"),
        ("推行“清、拆、建”行动", "推行“清、拆、建”行动"),
        ("一是种茶；二是养鱼", "二是养鱼"),
        ("种茶：面积", "面积"),
        ("种茶", "种茶"),
        ("", ""),
    ],
)
def test_where_a_clause_begins(text: str, clause: str) -> None:
    assert text[clause_start(text, 0, len(text)) :] == clause


@pytest.mark.parametrize(
    ("text", "figure", "noun", "meanings"),
    [
        ("全市工业投资达到57亿元", "57", "工业投资", ["link"]),
        ("全市工业投资同比增长9%", "9", "工业投资", ["growth_up", "yoy"]),
        ("蚕茧产量累计下降3%", "3", "蚕茧产量", ["growth_down", "link"]),
        ("利用外资突破8亿美元", "8", "利用外资", ["reach"]),
        ("企业由9家增加到12家", "12", None, ["endpoint"]),
        ("预期工业投资57亿元", "57", "工业投资", []),
    ],
)
def test_noun_and_cues(text: str, figure: str, noun: str | None, meanings: list[str]) -> None:
    low = text.index("9家") + 2 if "9家" in text else 0
    left = read_left(text, low, text.index(figure), list[Period](scan_periods(text)), find_regions(text, home="330500"))
    assert (text[slice(*left.noun)] if left.noun else None) == noun
    assert [meaning for _, meaning in left.cues] == meanings


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("丝绸出口占全市外贸出口的38%", "全市外贸出口"),
        ("丝绸出口占外贸出口比重达38%", "外贸出口"),
        ("丝绸出口占到全省的38%", "全省"),
        ("丝绸出口约占四成多即38%", "四成多即"),
    ],
)
def test_the_whole_of_a_share(text: str, whole: str) -> None:
    left = left_of(text, "38%")
    assert left.part_of
    assert left.whole is not None
    assert text[slice(*left.whole)] == whole
    assert left.noun is not None
    assert text[slice(*left.noun)] == "丝绸出口"


@pytest.mark.parametrize("text", ["企业占地38亩", "市场占有率38%", "抢占先机38家", "丝绸出口38%"])
def test_no_part_of_a_whole(text: str) -> None:
    assert not left_of(text, "38").part_of


def test_a_distance_to_another_place() -> None:
    left = left_of("全市城镇化率低于全省1.8个百分点", "1.8")
    assert left.gap is not None
    assert left.has("gap")
    assert [region.name for region in left.near_regions] == ["全省"]


@pytest.mark.parametrize(
    ("text", "figure", "role", "value", "basis"),
    [
        ("2021年，全市用电量比上年增长5.4%。", "5.4%", "growth_rate", 5.4, "yoy"),
        ("2021年，全市用电量较2015年增长54%。", "54%", "growth_rate", 54.0, "base"),
        ("2021年，全市用电量年均增长5.4%。", "5.4%", "growth_rate", 5.4, "unmarked"),
        ("2021年，全市事故起数同比下降12.5%。", "12.5%", "growth_rate", -12.5, "yoy"),
        ("2021年，规上企业同比增加14家。", "14家", "growth_rate", 14.0, "yoy"),
        ("2021年，新增规上企业14家。", "14家", "level", 14.0, None),
        ("2021年，城镇化率比全省高1.2个百分点。", "1.2个百分点", "level", 1.2, None),
    ],
)
def test_changes_and_distances(text: str, figure: str, role: str, value: float, basis: str | None) -> None:
    row = read_rows(text)[figure]
    assert (row["role"], row["value"], row.get("basis")) == (role, value, basis)


def test_from_and_to_are_two_levels() -> None:
    rows = read_rows("2021年，审批时限由20个工作日压缩至7个工作日。")
    assert [(figure, row["role"], row["indicator"]) for figure, row in rows.items()] == [
        ("20个工作日", "level", "审批时限"),
        ("7个工作日", "level", "审批时限"),
    ]
