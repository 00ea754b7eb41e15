"""What stands before a figure in its clause: noun, cues, places, the whole of a share, the other side of a comparison."""

from __future__ import annotations

from datetime import date

import pytest

from extract.clauses import Left, clause_start, read_left
from extract.grammar.mentions import Period
from extract.grammar.periods import scan_periods
from extract.grammar.regions import find_regions
from extract.pipeline import extract_text
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


COLUMNS = [
    # a share of a plan, of a total named without 占
    ("全市完成蚕茧投资3亿元，占年度投资计划的52%。", "modality", ["actual", "actual"]),
    ("全市完成蚕茧投资3亿元，为年度投资计划的52%。", "whole", [None, "年度投资计划"]),
    ("2021年1—10月，完成蚕茧投资3亿元，完成全年目标的52%。", "period_end", [date(2021, 10, 31)] * 2),
    ("竹席产量不足全省总量的8%。", "indicator", ["竹席产量"]),
    ("竹席产量不足全省总量的8%。", "comparator", ["<"]),
    ("竹席产量不足全省总量的8%。", "region", ["湖州市"]),
    # the change of a share is of the share
    ("第三产业比重提高2个百分点，二产业所占比重下降1个百分点。", "indicator", ["第三产业比重", "二产业比重"]),
    ("竹业占地区生产总值的比重提高2个百分点。", "indicator", ["竹业比重"]),
    ("竹业占地区生产总值的比重提高2个百分点。", "role", ["growth_rate"]),
    # multiples of another year, also in a list and without 的
    ("2021年产茶30吨，为1957年6倍，是1978年的3.2倍。", "role", ["level", "growth_rate", "growth_rate"]),
    ("2021年产茶30吨，为1957年6倍，是1978年的3.2倍。", "period_start", [date(2021, 1, 1)] * 3),
    ("存款28亿元，贷款24亿元，分别是2016年的1.4倍、2.4倍。", "role", ["level", "level", "growth_rate", "growth_rate"]),
    ("存款余额28亿元、24亿元，分别是2016年的1.4倍、2.4倍。", "indicator", ["存款余额"] * 4),
    # the value of the base is the base year's
    (
        "2019年产茶30吨，比2010年（20吨）增长50%，比1990年的15吨增长1倍。",
        "period_start",
        [date(2019, 1, 1), date(2010, 1, 1), date(2019, 1, 1), date(1990, 1, 1), date(2019, 1, 1)],
    ),
    ("2019年产茶30吨，比2010年（20吨）增长50%。", "basis", [None, None, "base"]),
    # a distance to what is no place
    ("工业增加值增长13%，高于计划目标4个百分点。", "indicator", ["工业增加值", "工业增加值高于计划目标"]),
    # two counts before one noun
    ("120户480名移民搬迁，走访15户、30名村民。", "indicator", ["移民", "移民", "村民", "村民"]),
    # the measure of the branch before
    ("采矿业增加值增长8%，制造业增长5%；国有企业投资增长3%，民营企业下降2%。", "indicator",
     ["采矿业增加值", "制造业增加值", "国有企业投资", "民营企业投资"]),
    ("固定资产投资增长8%，制造业企业增长5%。", "indicator", ["固定资产投资", "制造业企业"]),
    # verbs of change
    ("茶厂由5个增到9个，产值猛增到34万元，作坊发展至33家。", "indicator", ["茶厂", "茶厂", "产值", "作坊"]),
    ("茶叶出口增速由微降0.8%转为增长4.8%。", "value", [-0.8, 4.8]),
    # what a level of government grants
    ("省级以上茶馆34家，其中国家级8家、省级26家。", "indicator", ["省级以上茶馆", "国家级茶馆", "省级茶馆"]),
    ("省级以上茶馆34家，其中国家级8家、省级26家。", "region", ["湖州市"] * 3),
    ("重点实验室12个，重点推进道路5条。", "indicator", ["重点实验室", "道路"]),
    # stages
    ("未按计划开工项目33项，按期开工8项。", "stage", ["other", "start"]),
    ("未按计划开工项目33项，按期开工8项。", "planned", [False, False]),
    ("40个桥梁项目开复工35个，续建项目复工20个，停工项目5个。", "stage", ["listed", "start", "continue", "other"]),
    # months set before a sentence date the paragraph, a decade or a plan's year do not
    ("上半年，茶叶产量8吨。竹席产量3万张，同比增长5%。", "period_end", [date(2022, 6, 30)] * 3),
    ("数据显示，上半年，茶叶产量8吨。竹席产量3万张。", "period_end", [date(2022, 6, 30)] * 2),
    ("特别是2021年，茶叶产量8吨。", "period_end", [date(2021, 12, 31)]),
    ("上半年茶叶产量8吨。竹席产量3万张。", "period_end", [date(2022, 6, 30), None]),
    # the growth of other places in brackets, and the distance to each
    ("蚕茧产量增长8.4%，比全省（7.7%）和全国平均水平（7.0%）分别高0.7、1.4个百分点。", "role",
     ["growth_rate", "growth_rate", "growth_rate", "level", "level"]),
    ("蚕茧产量增长8.4%，比全省（7.7%）和全国平均水平（7.0%）分别高0.7、1.4个百分点。", "region",
     ["湖州市", "浙江省", "中国", "湖州市", "湖州市"]),
    ("蚕茧产量增长8.4%，比全省（7.7%）和全国平均水平（7.0%）分别高0.7、1.4个百分点。", "indicator",
     ["蚕茧产量"] * 3 + ["蚕茧产量高于全省", "蚕茧产量高于全国"]),
    ("茶业增加值增长7%，竹业增加值增长8%，增速分别快于全部农业1.8和2.7个百分点。", "indicator",
     ["茶业增加值", "竹业增加值", "茶业增加值快于全部农业", "竹业增加值快于全部农业"]),
    ("茶业支出占财政支出的比重由6%提高到7%。", "whole", ["财政支出", None]),
    ("审批时限由原来的7个工作日压缩到2个工作日。", "indicator", ["审批时限"] * 2),
    ("1936年有茶馆14所，学徒60人。1950年增至16所。", "indicator", ["茶馆", "学徒", "茶馆"]),
    # one item of a list has a joint of its own, and one of one character
    ("采茶业、制茶业、茶具及茶叶供应业产值分别增长7%、1%、2%。", "indicator",
     ["采茶业产值", "制茶业产值", "茶具及茶叶供应业产值"]),
    ("猪、牛出栏分别增长2%、25%。", "indicator", ["猪出栏", "牛出栏"]),
    ("2022年的目标是：茶价涨幅控制在4%左右；茶农负债率控制在5%以内；茶叶损耗率控制在6%以内。", "role", ["target"] * 3),
    ("茶农186万人，其中男99万人，女87万人。", "indicator", ["茶农", "男", "女"]),
    ("茶叶出口增速从1月同比下降7%、2月快速增长8%再到3月提升至15.5%。", "role", ["growth_rate"] * 3),
    # what is said of the topic is no part of it
    ("茶叶出口快速增长，增速达到8%。", "indicator", ["茶叶出口"]),
    ("农民人均茶叶收入连续三年增加，平均增速近20%。", "indicator", ["农民人均茶叶收入"]),
    ("全市11户规模以上茶厂实现产值7亿元。", "indicator", ["规模以上茶厂", "规模以上茶厂产值"]),
    ("30个增长点项目发展良好。", "role", ["project_count"]),
    ("茶叶亩产一直保持在30—40公斤之间。", "indicator", ["茶叶亩产"]),
    ("98个项目集中开工。其中，茶业项目77个，竹业项目5个。", "stage", ["start", "start", "start"]),
    # a threshold on what is no project is no investment
    ("2022年，确保产值3亿元以上企业达到2家。", "invest_min", [None]),
    # one unit for a list of points
    ("茶业增加值比上年提高2.9、3.9个百分点。", "value", [2.9, 3.9]),
    ("茶业利税1，579万元，茶农2，300户。", "value", [1579.0, 2300.0]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "column", "values"), COLUMNS)
def test_prose_of_many_manners(text: str, column: str, values: list[object]) -> None:
    assert [row.get(column) for row in read_rows(text).values()] == values


TITLED = [
    ("湖州市2021年上半年茶叶生产运行情况", date(2021, 6, 30)),
    ("湖州市2021年1—10月茶叶生产运行情况", date(2021, 10, 31)),
    ("2021年上半年湖州市茶叶生产稳中向好", date(2021, 6, 30)),
    ("1—10月湖州市茶叶生产稳中向好\n2021年11月15日", date(2021, 10, 31)),
    ("湖州市2021年茶叶生产运行情况", date(2021, 12, 31)),
]


@pytest.mark.parametrize(("title", "last"), TITLED)
def test_the_months_of_the_title_date_what_nothing_else_does(title: str, last: date) -> None:
    dataset = extract_text(f"{title}\n\n一、产量\n\n全市春茶产量8吨，秋茶产量3吨，茶园面积稳定。\n")
    assert [row.period_end for row in dataset["levels"]] == [last] * 2


def test_an_average_under_a_heading_that_looks_back_is_of_all_its_years() -> None:
    text = "湖州市政府工作报告\n\n2022年1月5日在湖州市第九届人民代表大会第一次会议上\n\n一、过去五年工作回顾\n\n"
    text += "2021年，全市茶叶产量8吨，年均增长5%；竹席产量3万张，年均增长6%，是2016年的2倍；茶农3户、5户，年均增长7%、8%。\n"
    rates = extract_text(text)["growth_rates"]
    assert [row.period_start.year for row in rates] == [2017, 2017, 2021, 2017, 2017]
