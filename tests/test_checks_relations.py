"""Every relation of the checks on the smallest invented sentence that shows it: what is claimed, what is declined."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from checks_rows import Sentences
from corpus.relations import CITY, CLAIMS, COUNTY, PLAN, PROVINCE, Figure, Sentence, in_place, year
from extract.checks import find_checks
from extract.checks.averages import read_average
from extract.checks.facts import Fact, Sheet
from extract.checks.words import at_constant_prices, is_place, is_region_word, within_region


def sheet_of(sentences: list[Sentence]) -> Sentences:
    rows = Sentences()
    for text, number, figures in sentences:
        rows.add(text, *figures, year=number)
    return rows


@pytest.mark.parametrize("name", CLAIMS)
def test_claim(name: str) -> None:
    sentences, expressions = CLAIMS[name]
    assert [row["expression"] for row in find_checks(sheet_of(sentences).rows, "t").checks] == expressions


def level(printed: str, value: float, unit: str, indicator: str, **columns: Any) -> Figure:
    return ("levels", printed, value, unit, indicator, columns)


def share(printed: str, value: float, indicator: str, **columns: Any) -> Figure:
    return ("shares", printed, value, "%", indicator, columns)


def count(printed: str, value: int, indicator: str, **columns: Any) -> Figure:
    return ("project_counts", printed, value, "个", indicator, columns)


def rise(printed: str, value: float, unit: str, indicator: str, **columns: Any) -> Figure:
    return ("growth_rates", printed, value, unit, indicator, columns)


DECLINED: list[tuple[str, list[Figure], str]] = [
    (
        "总投资80亿元，单个项目平均投资2亿元。",
        [level("80亿元", 80, "亿元", "签约项目总投资"), level("2亿元", 2, "亿元", "单个项目平均投资")],
        "total and count of its year are not both printed",
    ),
    (
        "签约项目4个，开工项目3个，签约项目总投资8亿元，单个项目平均投资2亿元。",
        [
            count("4个", 4, "签约项目"), count("3个", 3, "开工项目"), level("8亿元", 8, "亿元", "签约项目总投资"),
            level("2亿元", 2, "亿元", "单个项目平均投资"),
        ],
        "more than one total or count of its year",
    ),
    (
        "签约项目0个，总投资8亿元，单个项目平均投资2亿元。",
        [
            count("0个", 0, "签约项目"), level("8亿元", 8, "亿元", "签约项目总投资"),
            level("2亿元", 2, "亿元", "单个项目平均投资"),
        ],
        "the count may be zero",
    ),
    (
        "签约额由10亿元增加到12亿元，年均增长10%。",
        [level("10亿元", 10, "亿元", "签约额"), level("12亿元", 12, "亿元", "签约额"), rise("10%", 10, "%", "签约额")],
        "the years over which the growth is annual are not printed",
    ),
    (
        "签约额由10亿元到库容增加到12亿元，增长10%。",
        [level("10亿元", 10, "亿元", "签约额"), level("12亿元", 12, "亿元", "库容"), rise("10%", 10, "%", "签约额")],
        "the two levels are of different things",
    ),
    (
        "签约额由0亿元增加到12亿元，增长10%。",
        [level("0亿元", 0, "亿元", "签约额"), level("12亿元", 12, "亿元", "签约额"), rise("10%", 10, "%", "签约额")],
        "the level before may be zero",
    ),
    (
        "绿化率由40%提高到45%，增长12%。",
        [share("40%", 40, "绿化率"), share("45%", 45, "绿化率"), rise("12%", 12, "%", "绿化率")],
        "the unit of the change does not fit its levels",
    ),
    (
        "示范企业40家，增加40家，增长20%。",
        [level("40家", 40, "家", "示范企业"), rise("40家", 40, "家", "示范企业"), rise("20%", 20, "%", "示范企业")],
        "the level before may be zero",
    ),
    (
        "示范企业40家，技工增加4家，增长20%。",
        [level("40家", 40, "家", "示范企业"), rise("4家", 4, "家", "技工"), rise("20%", 20, "%", "示范企业")],
        "level, increase and rate are of different things",
    ),
    (
        "出口30亿元、进口20亿元。",
        [level("30亿元", 30, "亿元", "出口"), level("20亿元", 20, "亿元", "进口")],
        "the parts of the whole are printed, the whole is not",
    ),
    (
        "重点项目20个，新开工9个，续建8个。",
        [
            count("20个", 20, "重点项目", region="清溪县"), count("9个", 9, "新开工项目", stage="start"),
            count("8个", 8, "续建项目", stage="continue"),
        ],
        "new and continued projects of another place or year than the list",
    ),
    (
        "新开工9个，续建8个。",
        [count("9个", 9, "新开工项目", stage="start"), count("8个", 8, "续建项目", stage="continue")],
        "new and continued projects without one list they divide",
    ),
    (
        "上榜企业4亿元，占全省160家的25%。",
        [level("4亿元", 4, "亿元", "上榜"), level("160家", 160, "家", "上榜"), share("25%", 25, "上榜", whole="全省")],
        "no part with the unit of the whole before it",
    ),
    (
        "全省平均值（200亿元）的45%。",
        [level("200亿元", 200, "亿元", "投入"), share("45%", 45, "投入", whole="全省平均值")],
        "no amount of a place within the other in the sentence",
    ),
    (
        "装备制造产值30亿元，比重25%。",
        [level("30亿元", 30, "亿元", "装备制造产值"), share("25%", 25, "装备制造产值", whole="规模以上工业")],
        "the whole it is a share of is not printed nearby",
    ),
    ("装备制造产值比重25%。", [share("25%", 25, "装备", whole="规模以上工业")], "the amount it is the share of is not printed"),
    ("开工率90%。", [share("90%", 90, "开工率")], "the counts the rate is made of are not in the sentence"),
    (
        "完成年度计划的90%。",
        [share("90%", 90, "重点项目", whole="计划")],
        "no completed amount in the sentence",
    ),
    (
        "3家企业集中在食品（20%）、纺织（8家）。",
        [level("3家", 3, "家", "企业"), share("20%", 20, "食品"), level("8家", 8, "家", "纺织")],
        "the list in brackets has another unit or place",
    ),
    (
        "食品签约3亿元、纺织签约5家，合计8亿元。",
        [level("3亿元", 3, "亿元", "食品签约"), level("5家", 5, "家", "纺织签约"), level("8亿元", 8, "亿元", "签约")],
        "the figures before the total do not fit it",
    ),
    (
        "全市用工300家，清溪县用工60家、占全省20%。",
        [
            level("300家", 300, "家", "用工", **CITY), level("60家", 60, "家", "用工", **COUNTY),
            share("20%", 20, "用工", whole="全省", **COUNTY),
        ],
        "the share is of another place than the amounts",
    ),
    (
        "大中型企业占14%，小型企业占52%，绿化率40%、41%、42%、43%、44%，微型企业占34%。",
        [
            share("14%", 14, "大中型企业"), share("52%", 52, "小型企业"),
            *(share(f"{n}%", n, "绿化率") for n in (40, 41, 42, 43, 44)), share("34%", 34, "微型企业"),
        ],
        "the shares do not stand together",
    ),
    (
        "开工率60%，低于全省20个百分点，开工率62%，低于全省18个百分点。",
        [
            share("60%", 60, "开工率", **CITY), level("20个百分点", 20, "个百分点", "开工率低于全省", **CITY),
            share("62%", 62, "开工率", **CITY), level("18个百分点", 18, "个百分点", "开工率低于全省", **CITY),
        ],
        "two distances of one place",
    ),
    ("仍有6个未开工。", [count("6个", 6, "未开工项目")], "planned and done are not both printed beside what is not done"),
    (
        "低于全省20个百分点。",
        [level("20个百分点", 20, "个百分点", "开工率低于全省")],
        "the rate that lies below or above is not printed before the distance",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures", "reason"), DECLINED)
def test_declined(text: str, figures: list[Figure], reason: str) -> None:
    result = find_checks(sheet_of([(text, 2023, figures)]).rows, "t")
    assert [row["expression"] for row in result.checks] == []
    assert reason in [declined.reason for declined in result.declined]


def printings(first: str, later: str, gap: int = 400, **columns: Any) -> list[str]:
    """The checks of a level printed in two sentences; `columns` are those of the later one."""
    rows = Sentences()
    for text in (first, later):
        more = columns if text is later else {}
        rows.add(text, ("levels", "12亿元", 12, "亿元", "技改投资额", more))
        rows.start += gap - 400
    return [row["expression"] for row in find_checks(rows.rows, "t").checks]


@pytest.mark.parametrize(
    "word",
    "其中 等共 另 再 每 均 新增 净增 增速 增幅 增长率 增量 总量 总数 总额 规模 占比 比重 累计 日均 余额 首次 同类 最".split(),  # noqa: SIM905
)
def test_a_word_of_scope_makes_another_figure(word: str) -> None:
    bare, scoped = "市属企业技改投资额为12亿元。", f"市属企业{word}技改投资额为12亿元。"
    assert printings(bare, scoped) == []
    assert printings(scoped, scoped + "好") == ["12亿元 = 12亿元"]


@pytest.mark.parametrize(
    "columns",
    [
        {"region": "清溪县"}, {"modality": "target"}, {"period_end": date(2023, 6, 30)}, {"period_start": None},
        {"base_unit": "count"}, {"concept": "investment"},
    ],
)  # fmt: skip
def test_another_place_time_unit_or_modality_is_another_figure(columns: dict[str, Any]) -> None:
    text = "市属企业技改投资额为12亿元。"
    assert printings(text, text + "好") == ["12亿元 = 12亿元"]
    assert printings(text, text + "好", **columns) == []


@pytest.mark.parametrize(
    ("first", "later", "gap", "repeated"),
    [
        ("市属企业技改投资额为12亿元。", "今年市属企业技改投资额为12亿元。", 100, True),
        ("技改投资额12亿元。", "技改投资额12亿元，有力。", 100, False),
        ("技改投资额12亿元。", "技改投资额12亿元，有力。", 400, True),
        ("12亿元是技改投资额。", "12亿元是技改投资额，好。", 400, True),
        ("12亿元技改投资。", "技改投资12亿元。", 400, False),
    ],
)
def test_words_in_common_make_one_figure(first: str, later: str, gap: int, repeated: bool) -> None:
    assert printings(first, later, gap) == (["12亿元 = 12亿元"] if repeated else [])


def fact_of(clause: str, **columns: Any) -> Fact:
    rows = Sentences()
    rows.add(f"{clause}12亿元。", ("levels", "12亿元", 12, "亿元", clause, columns))
    return Sheet(rows.rows).facts[0]


@pytest.mark.parametrize(
    ("part", "whole", "within"),
    [
        (COUNTY, CITY, True),
        (CITY, PROVINCE, True),
        (COUNTY, PROVINCE, True),
        (CITY, COUNTY, False),
        (in_place("别山县", "998821"), CITY, False),
        (CITY, in_place("中国", ""), True),
        (CITY, in_place("全国", ""), True),
        (in_place("和源市开发区", ""), in_place("和源市", ""), True),
        (in_place("和源市", ""), in_place("云江省", ""), False),
        (in_place("和源市", "999900"), {"region": None}, False),
        ({"region": None}, CITY, False),
        (CITY, CITY, False),
    ],
)
def test_a_place_within_another(part: dict[str, Any], whole: dict[str, Any], within: bool) -> None:
    assert within_region(fact_of("投资", **part), fact_of("投资", **whole)) is within


@pytest.mark.parametrize(
    ("part", "whole", "within"),
    [
        ("全县投资", "全市投资", True), ("我市投资", "全省投资", True), ("全省投资", "全国投资", True),
        ("全市投资", "全市投资", False), ("全省投资", "全市投资", False), ("投资", "全省投资", False),
    ],
)  # fmt: skip
def test_a_place_within_another_by_its_words(part: str, whole: str, within: bool) -> None:
    assert within_region(fact_of(part, region=None), fact_of(whole, region=None)) is within


@pytest.mark.parametrize(
    ("name", "words", "is_it"),
    [
        ("云江省", "全省", True), ("云江自治区", "全省", True), ("和源市", "全市", True), ("清溪县", "全县", True),
        ("和源区", "全县", True), ("中国", "全国", True), ("和源市", "全省", False), ("清溪县", "我市", False),
        (None, "全省", False), ("和源市", "企业", False), ("和源市", "规模市", False),
    ],
)  # fmt: skip
def test_a_place_of_the_level_named(name: str | None, words: str, is_it: bool) -> None:
    assert is_place(fact_of("投资", region=name), words) is is_it


@pytest.mark.parametrize("words", "全国 我省 本市 全县 全区 州 世界 全球 全省同类 全市的".split())  # noqa: SIM905
def test_no_more_than_a_place(words: str) -> None:
    assert is_region_word(words)
    assert not is_region_word(f"{words}工业")
    assert not is_region_word(f"工业{words}")


@pytest.mark.parametrize(
    ("label", "constant"),
    [
        ("工业增加值", True), ("地区生产总值", True), ("经济", True), ("农业总产值", True), ("技改投资", True),
        ("社会零售额", True), ("旅游收入", True), ("投资额", False), ("经济适用房", False), ("收入差距", False),
        ("文旅经济", False), ("用电量", False),
    ],
)  # fmt: skip
def test_measures_at_constant_prices(label: str, constant: bool) -> None:
    assert at_constant_prices(fact_of(label)) is constant
    assert at_constant_prices(fact_of(label, concept="gdp"))


def claims_of(text: str, *figures: Figure) -> list[str]:
    return [row["expression"] for row in find_checks(sheet_of([(text, 2023, list(figures))]).rows, "t").checks]


def from_to(text: str) -> list[str]:
    end = level("12.5亿元", 12.5, "亿元", "签约额")
    return claims_of(text, level("10.0亿元", 10.0, "亿元", "签约额"), end, rise("25%", 25, "%", "签约额"))


@pytest.mark.parametrize(
    "words",
    [
        "增加到", "升至", "增长到", "提高到", "扩大到", "扩展到", "拓展到", "发展到", "跃升至", "恢复到", "降低到", "减至", "压缩到",
        "缩短至", "回落到", "调整为", "调高至",
    ],
)  # fmt: skip
def test_words_that_lead_from_one_level_to_another(words: str) -> None:
    claim = ["12.5亿元 / 10.0亿元 - 1 = 25%"]
    for origin in ("由", "从", "自"):
        assert from_to(f"签约额{origin}去年的10.0亿元{words}现在的12.5亿元，变动25%。") == claim
    assert from_to(f"签约额为10.0亿元{words}现在的12.5亿元，变动25%。") == []
    assert from_to(f"签约额由去年的10.0亿元{words}，现在12.5亿元，变动25%。") == []


@pytest.mark.parametrize("words", ["集中在", "分布在", "包括", "包含", "涵盖", "分为", "分别是"])
def test_words_that_divide_a_figure(words: str) -> None:
    figures = share("48%", 48, "企业"), share("20%", 20, "食品"), share("28%", 28, "纺织")
    claim = ["20% + 28% = 48%"]
    assert claims_of(f"48%的企业投向{words}食品（20%）、纺织（28%）。", *figures) == claim
    assert claims_of(f"48%的企业投向{words}食品(20%)、纺织(28%)。", *figures) == claim
    for other in ("其中", "主要", "相较去年", "相比", "另有", "；"):
        assert claims_of(f"48%的企业{other}{words}食品（20%）、纺织（28%）。", *figures) == []
    assert claims_of(f"48%的企业投向{words}食品（20%）。", *figures[:2]) == []


@pytest.mark.parametrize("words", ["合计", "共计", "总计", "总共", "合计为", "共计达", "总计达到", "总共约"])
def test_words_before_a_total(words: str) -> None:
    parts = level("3亿元", 3, "亿元", "食品签约"), level("5亿元", 5, "亿元", "纺织签约")
    whole = level("8亿元", 8, "亿元", "签约")
    assert claims_of(f"食品签约3亿元、纺织签约5亿元，{words}8亿元。", *parts, whole) == ["3亿元 + 5亿元 = 8亿元"]
    assert claims_of(f"食品签约3亿元；纺织签约5亿元，{words}8亿元。", *parts, whole) == []
    assert claims_of(f"食品签约3亿元、另有5亿元，{words}8亿元。", *parts, whole) == []
    assert claims_of(f"食品签约3亿元、纺织签约5亿元，{words}签约8亿元。", *parts, whole) == []


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("平均单个项目投资", ("项目", "投资")),
        ("每个园区投资", ("园区", "投资")),
        ("平均每家企业营收", ("企业", "营收")),
        ("每户农家平均营收", ("农家", "营收")),
        ("各园区平均利润总额", ("园区", "利润总额")),
        ("规上企业平均主营业务收入", ("规上企业", "主营业务收入")),
        ("茶企平均利润", ("茶企", "利润")),
        ("项目平均", None),
        ("每个项目面积", None),
        ("平均投资", None),
    ],
)
def test_names_of_averages(label: str, named: tuple[str, str] | None) -> None:
    assert read_average(label) == named


@pytest.mark.parametrize("words", ["低于", "低"])
@pytest.mark.parametrize("place", ["全省", "我省", "本省", "省内平均"])
def test_words_of_a_distance(words: str, place: str) -> None:
    figures = (
        share("60%", 60, "开工率", **CITY), level("20个百分点", 20, "个百分点", f"开工率{words}{place}", **CITY),
        share("80%", 80, "开工率", **PROVINCE),
    )  # fmt: skip
    text = f"开工率60%，{words}{place}20个百分点，全省为80%。"
    assert claims_of(text, *figures) == ["60% + 20个百分点 = 80%"]


@pytest.mark.parametrize(
    "words", ["年均", "人均", "每年", "平均", "超额", "增至", "升到", "提高到", "扩大到", "发展到"]
)
def test_a_stock_is_no_total_of_its_years(words: str) -> None:
    rows = Sentences()
    for number, printed in ((2021, "30个"), (2022, "40个")):
        rows.add(f"新建泵站{printed}。", ("levels", printed, int(printed[:2]), "个", "新建泵站"), year=number)
    span = {"period_start": date(2021, 1, 1), "period_end": date(2022, 12, 31)}
    rows.add(f"两年{words}新建泵站70个。", ("levels", "70个", 70, "个", "新建泵站", span))
    assert find_checks(rows.rows, "t").checks == []


@pytest.mark.parametrize(
    "words",
    [
        "占全省160家的25%",
        "占全省160家的比重25%",
        "占全省160家的比例为25%",
        "占全省160家左右的近25%",
        "占全省160家的约25%",
        "占全省160家的仅25%",
        "占全省160家的超过25%",
        "占全省160家的达25%",
    ],
)
def test_words_between_a_whole_and_its_share(words: str) -> None:
    figures = (
        level("40家", 40, "家", "上榜企业"), level("160家", 160, "家", "上榜企业", **PROVINCE),
        share("25%", 25, "上榜企业", whole="全省"),
    )  # fmt: skip
    assert claims_of(f"上榜企业40家，{words}。", *figures) == ["40家 / 160家 = 25%"]


def test_comparators_on_both_sides_of_a_ratio_are_declined() -> None:
    figures = (
        level("40家", 40, "家", "上榜企业", comparator=">"), level("160家", 160, "家", "上榜企业", **PROVINCE),
        share("25%", 25, "上榜企业", whole="全省", comparator="~"),
    )  # fmt: skip
    result = find_checks(sheet_of([("上榜企业40家，占全省160家的25%。", 2023, list(figures))]).rows, "t")
    assert result.checks == []
    assert [declined.reason for declined in result.declined] == ["comparators on both sides"]


def test_a_figure_without_a_value_is_unreadable() -> None:
    rows = sheet_of([("上榜企业40家。", 2023, [level("40家", 40, "家", "上榜企业", base_value=None)])])
    assert [declined.reason for declined in find_checks(rows.rows, "t").declined] == ["the figure has no unit"]


@pytest.mark.parametrize(
    ("plan", "part", "columns", "claimed"),
    [
        ("重点项目开工", "重点项目开工", {}, True),
        ("重点项目开工", "民生工程开工", {}, False),
        ("重点项目开工", "重点项目开工", {"unit": "处"}, False),
        ("重点项目开工", "重点项目开工", {"modality": "actual"}, True),
        ("重点项目开工", "重点项目开工", {"modality": "actual", "period_end": date(2023, 6, 30)}, False),
        ("重点项目开工", "重点项目开工", {"region": "清溪县"}, False),
        ("重点项目开工", "重点项目开工", {"period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}, False),
    ],
)
def test_a_plan_counted_in_projects(plan: str, part: str, columns: dict[str, Any], claimed: bool) -> None:
    figures = (
        count("50个", 50, plan, **PLAN | columns),
        count("45个", 45, part),
        share("90%", 90, part, whole="年度任务"),
    )
    expected = ["45个 / 50个 = 90%"] if claimed else []
    assert claims_of("全年安排50个，开工45个，完成年度任务的90%。", *figures) == expected


@pytest.mark.parametrize(
    ("first", "later", "claimed"),
    [
        ("市属工业企业技改投资12亿元。", "市属工业企业技改投资12亿元，好。", True),
        ("全部工业企业技改投资12亿元。", "市属工业企业技改投资12亿元，好。", False),
    ],
)
def test_without_a_period_a_long_phrase_must_be_in_common(first: str, later: str, claimed: bool) -> None:
    figure = {"modality": "target"}
    rows = Sentences()
    rows.add(first, ("targets", "12亿元", 12, "亿元", "企业技改投资", figure))
    rows.add(later, ("targets", "12亿元", 12, "亿元", "企业技改投资", figure), year=None)
    assert bool(find_checks(rows.rows, "t").checks) is claimed


def test_two_aims_of_two_years_are_two() -> None:
    rows = Sentences()
    for number in (2023, 2024):
        text = "市属工业企业技改投资12亿元。"
        rows.add(text, ("targets", "12亿元", 12, "亿元", "企业技改投资", {"modality": "target"}), year=number)
    assert find_checks(rows.rows, "t").checks == []


@pytest.mark.parametrize(
    ("label", "claimed"),
    [("技改额", False), ("入学率", True), ("技改总额", True), ("5号技改额", False), ("就业", False)],
)
def test_a_name_that_can_be_known_again(label: str, claimed: bool) -> None:
    rows = Sentences()
    for tail in ("。", "，好。"):
        text = f"市属工业企业规模以上口径{label}12亿元{tail}"
        rows.add(text, ("levels", "12亿元", 12, "亿元", label))
    assert bool(find_checks(rows.rows, "t").checks) is claimed


@pytest.mark.parametrize(("printed", "checks"), [(24, 23), (25, 0)])
def test_how_many_printings_are_believed(printed: int, checks: int) -> None:
    rows = Sentences()
    for _ in range(printed):
        rows.add("市属工业企业技改投资12亿元。", ("levels", "12亿元", 12, "亿元", "工业企业技改投资"))
    assert len(find_checks(rows.rows, "t").checks) == checks


@pytest.mark.parametrize(
    ("last", "before"),
    [
        ((2024, 2, 29), (2023, 2, 28)), ((2024, 3, 31), (2023, 3, 31)), ((2024, 12, 31), (2023, 12, 31)),
    ],
)  # fmt: skip
def test_the_same_months_of_the_year_before(last: tuple[int, int, int], before: tuple[int, int, int]) -> None:
    now = {"period_start": date(2024, 1, 1), "period_end": date(*last)}
    then = {"period_start": date(2023, 1, 1), "period_end": date(*before)}
    rows = sheet_of(
        [
            ("示范企业50家。", 2023, [level("50家", 50, "家", "示范企业", **then)]),
            (
                "示范企业60家，增长20%。",
                2024,
                [level("60家", 60, "家", "示范企业", **now), rise("20%", 20, "%", "示范企业", **now)],
            ),
        ]
    )
    assert [row["expression"] for row in find_checks(rows.rows, "t").checks] == ["60家 / 50家 - 1 = 20%"]


@pytest.mark.parametrize(
    "columns",
    [
        {"basis": "base"},
        {"period_start": date(2023, 2, 1)},
        {"period_start": None},
        {"period_end": None},
        {"region": "清溪县"},
    ],
)
def test_no_level_of_the_year_before(columns: dict[str, Any]) -> None:
    rows = sheet_of(
        [
            ("示范企业50家。", 2022, [level("50家", 50, "家", "示范企业")]),
            ("示范企业60家。", 2023, [level("60家", 60, "家", "示范企业")]),
            ("示范企业增长20%。", 2023, [rise("20%", 20, "%", "示范企业", **columns)]),
        ]
    )
    assert find_checks(rows.rows, "t").checks == []


CHANGES: dict[str, dict[str, Any]] = {
    "place": {"region": "清溪乡", "region_code": None},
    "unit": {"base_unit": "kg"},
    "period": {"period_start": date(2019, 1, 1), "period_end": date(2019, 12, 31)},
    "name": {"indicator": "旁的事", "concept": None},
}
MUST_AGREE: dict[str, str] = {
    "average": "place unit period name",
    "average that differs, the thing first": "place unit period name",
    "average of a measure that is no investment": "place unit period name",
    "annual growth": "unit",
    "percentage points": "unit",
    "a fall": "unit",
    "a level, its increase and the rate of it": "unit name",
    "this year's level and last year's": "unit period name",
    "exports and imports": "place unit period name",
    "new, continued and further projects": "place period",
    "what 其中 parts is the count right before it": "",
    "a share of the figure just named": "unit",
    "a share of an average in brackets": "unit",
    "a ratio of two that are named": "unit period",
    "a county's share of the city's": "place unit name",
    "a share of a whole under its own name": "unit period name",
    "a rate of an act": "place unit",
    "the years of a span": "place unit period name",
    "a list in brackets": "place unit",
    "together": "place unit period",
    "done and not done": "place period name",
    "a rate, its distance and the larger place's": "unit name",
    "two distances to one place": "unit name",
}


@pytest.mark.parametrize(
    ("name", "change"), [(name, change) for name, changes in MUST_AGREE.items() for change in changes.split()]
)
def test_figures_that_do_not_fit_make_no_claim(name: str, change: str) -> None:
    sentences, (expression, *_) = CLAIMS[name]
    for at, (text, number, figures) in enumerate(sentences):
        for place in range(len(figures)):
            other = list(figures)
            other[place] = (*other[place][:5], dict(*other[place][5:]) | CHANGES[change])
            changed = [*sentences[:at], (text, number, other), *sentences[at + 1 :]]
            made = [row["expression"] for row in find_checks(sheet_of(changed).rows, "t").checks]
            assert expression not in made, (at, place)


def target(printed: str, value: float, unit: str, indicator: str, **columns: Any) -> Figure:
    return ("targets", printed, value, unit, indicator, {"modality": "target", **columns})


def project(printed: str, value: int, indicator: str, stage: str, **columns: Any) -> Figure:
    return count(printed, value, indicator, stage=stage, **columns)


HALF = {"period_end": date(2023, 6, 30)}
HOME = {"region": "和源市"}
OWN_PLAN = level("928亿元", 928, "亿元", "重点项目投资", **PLAN)
DONE = level("1024亿元", 1024, "亿元", "重点项目投资")
OF_PLAN = share("110.3%", 110.3, "重点项目投资", whole="计划")
DONE_OF_PLAN = "1024亿元 / 928亿元 = 110.34% ~ 110.3%"
FOUND: dict[str, tuple[str, list[Figure], list[str]]] = {
    "the plan in an earlier clause, another measure's beside it": (
        "计划投资928亿元、计划产值950亿元，完成投资1024亿元，占计划的110.3%。",
        [OWN_PLAN, level("950亿元", 950, "亿元", "重点项目产值", **PLAN), DONE, OF_PLAN],
        [DONE_OF_PLAN],
    ),
    "an amount that was no plan stands nearer": (
        "计划投资928亿元，去冬投资400亿元，完成投资1024亿元，占计划的110.3%。",
        [OWN_PLAN, level("400亿元", 400, "亿元", "去冬投资"), DONE, OF_PLAN],
        [DONE_OF_PLAN],
    ),
    "a planned share is no plan of the amount": (
        "计划投资占比15%，完成投资1024亿元，占计划的110.3%。",
        [share("15%", 15, "重点项目投资", **PLAN), DONE, OF_PLAN],
        [],
    ),
    "what is not done and what another act has done": (
        "计划开工50个，开工45个，未开工5个，竣工20个、合格率99%，开工率90%。",
        [
            count("50个", 50, "开工项目", **PLAN), count("45个", 45, "开工项目"), count("5个", 5, "未开工项目"),
            count("20个", 20, "竣工项目"), share("99%", 99, "合格率"), share("90%", 90, "开工率"),
        ],
        ["45个 + 5个 = 50个", "45个 / 50个 = 90%"],
    ),
    "the act in the words before": (
        "计划开工50个，开工45个，开工率90%。",
        [count("50个", 50, "重点项目", **PLAN), count("45个", 45, "重点项目"), share("90%", 90, "项目")],
        ["45个 / 50个 = 90%"],
    ),
    "the act in the words behind": (
        "计划建50个开工仓，到9月45个开工，开工率90%。",
        [count("50个", 50, "重点项目", **PLAN), count("45个", 45, "重点项目"), share("90%", 90, "项目")],
        ["45个 / 50个 = 90%"],
    ),
    "the nearest of two done": (
        "计划开工50个，上月开工30个，本月开工45个，开工率90%。",
        [
            count("50个", 50, "开工项目", **PLAN), count("30个", 30, "开工项目"), count("45个", 45, "开工项目"),
            share("90%", 90, "开工率"),
        ],
        ["45个 / 50个 = 90%"],
    ),
    "done in another year than planned": (
        "计划开工50个，开工45个，开工率90%。",
        [count("50个", 50, "开工项目", **PLAN, **year(2022)), count("45个", 45, "开工项目"), share("90%", 90, "开工率")],
        [],
    ),
    "a share of more than the figure before it": (
        "上榜企业40家，占全省160家规模企业产值的25%。",
        [level("40家", 40, "家", "上榜企业"), level("160家", 160, "家", "规模企业"), share("25%", 25, "上榜企业产值")],
        [],
    ),
    "a share of a share": (
        "上榜企业40家，占全省60%的25%。",
        [level("40家", 40, "家", "上榜企业"), share("60%", 60, "上榜企业"), share("25%", 25, "上榜企业")],
        [],
    ),
    "a share of what is not said to be taken of it": (
        "上榜企业40家，全省160家的25%。",
        [level("40家", 40, "家", "上榜企业"), level("160家", 160, "家", "规模企业"), share("25%", 25, "上榜企业产值")],
        [],
    ),
    "an average in brackets, a larger place between": (
        "校均投入90亿元，邻省校均投入150亿元，仅为全省平均值（200亿元）的45%。",
        [
            level("90亿元", 90, "亿元", "校均投入", **CITY),
            level("150亿元", 150, "亿元", "校均投入", region="东江省", region_code="980000"),
            level("200亿元", 200, "亿元", "校均投入", **PROVINCE), share("45%", 45, "校均投入", **CITY),
        ],
        ["90亿元 / 200亿元 = 45%"],
    ),
    "two that are named, the whole printed first": (
        "一般支出600亿元，科研支出12亿元，科研支出占一般支出比重2%。",
        [
            level("600亿元", 600, "亿元", "一般支出"), level("12亿元", 12, "亿元", "科研支出"), share("2%", 2, "科研支出"),
        ],
        ["12亿元 / 600亿元 = 2%"],
    ),
    "three that are named": (
        "一般支出600亿元，科研支出12亿元，医疗支出9亿元，科研支出与医疗支出与一般支出之比为2%。",
        [
            level("600亿元", 600, "亿元", "一般支出"), level("12亿元", 12, "亿元", "科研支出"),
            level("9亿元", 9, "亿元", "医疗支出"), share("2%", 2, "科研支出"),
        ],
        [],
    ),
    "two that are named without a word between": (
        "一般支出600亿元，科研支出12亿元，科研支出、一般支出之比为2%。",
        [
            level("600亿元", 600, "亿元", "一般支出"), level("12亿元", 12, "亿元", "科研支出"), share("2%", 2, "科研支出"),
        ],
        [],
    ),
    "a county's share, another county's between": (
        "全市用工300家，北山县占30%，清溪县用工60家、占20%。",
        [
            level("300家", 300, "家", "用工", **CITY), share("30%", 30, "用工", **in_place("北山县", "999922")),
            level("60家", 60, "家", "用工", **COUNTY), share("20%", 20, "用工", **COUNTY),
        ],
        ["60家 / 300家 = 20%"],
    ),
    "a second share of one county": (
        "全市用工300家，清溪县用工60家、占20%、占18%。",
        [
            level("300家", 300, "家", "用工", **CITY), level("60家", 60, "家", "用工", **COUNTY),
            share("20%", 20, "用工", **COUNTY), share("18%", 18, "用工", **COUNTY),
        ],
        ["60家 / 300家 = 20%"],
    ),
    "a county's share of the city of the year before": (
        "去年全市用工300家，清溪县用工60家、占20%。",
        [
            level("300家", 300, "家", "用工", **CITY, **year(2022)), level("60家", 60, "家", "用工", **COUNTY),
            share("20%", 20, "用工", **COUNTY),
        ],
        [],
    ),
    "a named whole, an amount of another year nearer": (
        "规模以上工业产值120亿元、上年规模以上工业产值110亿元，装备制造产值30亿元，比重25%。",
        [
            level("120亿元", 120, "亿元", "规模以上工业产值"), level("110亿元", 110, "亿元", "规模以上工业产值", **year(2022)),
            level("30亿元", 30, "亿元", "装备制造产值"), share("25%", 25, "装备制造产值", whole="规模以上工业"),
        ],
        ["30亿元 / 120亿元 = 25%"],
    ),
    "a named whole, an amount of another place, measure or unit nearer": (
        "规模以上工业产值120亿元、清溪县规模以上工业产值80亿元、规模以上工业利润9亿元、规模以上工业产值7个，装备制造产值30亿元，比重25%。",
        [
            level("120亿元", 120, "亿元", "规模以上工业产值"), level("80亿元", 80, "亿元", "规模以上工业产值", region="清溪县"),
            level("9亿元", 9, "亿元", "规模以上工业利润"), level("7个", 7, "个", "规模以上工业产值"),
            level("30亿元", 30, "亿元", "装备制造产值"), share("25%", 25, "装备制造产值", whole="规模以上工业"),
        ],
        ["30亿元 / 120亿元 = 25%"],
    ),
    "a share whose whole is a place has no named whole": (
        "全省产值120亿元，装备制造产值30亿元，比重25%。",
        [
            level("120亿元", 120, "亿元", "全省产值"), level("30亿元", 30, "亿元", "装备制造产值"),
            share("25%", 25, "装备制造产值", whole="全省"),
        ],
        [],
    ),
    "new and continued, an earlier list of another kind": (
        "谋划项目90个，安排重点项目20个，新开工9个，续建11个，又有道路30条、桥梁40个。",
        [
            project("90个", 90, "谋划项目", "planned"), count("20个", 20, "重点项目"), project("9个", 9, "新开工项目", "start"),
            project("11个", 11, "续建项目", "continue"), level("30条", 30, "项", "道路"), count("40个", 40, "桥梁"),
        ],
        ["9个 + 11个 = 20个"],
    ),
    "new and continued by the words before": (
        "安排重点项目20个，新开工9个，续建11个。",
        [count("20个", 20, "重点项目"), project("9个", 9, "重点项目", "start"), project("11个", 11, "重点项目", "continue")],
        ["9个 + 11个 = 20个"],
    ),
    "new projects twice": (
        "安排重点项目20个，新开工9个，新开工4个，续建11个。",
        [
            count("20个", 20, "重点项目"), project("9个", 9, "新开工项目", "start"), project("4个", 4, "新开工项目", "start"),
            project("11个", 11, "续建项目", "continue"),
        ],
        [],
    ),
    "continued projects twice": (
        "安排重点项目20个，新开工9个，续建7个，续建4个。",
        [
            count("20个", 20, "重点项目"), project("9个", 9, "新开工项目", "start"), project("7个", 7, "续建项目", "continue"),
            project("4个", 4, "续建项目", "continue"),
        ],
        [],
    ),
    "projects above a threshold are no part of the list": (
        "安排重点项目20个，新开工9个，其中亿元以上新开工5个，续建11个。",
        [
            count("20个", 20, "重点项目"), project("9个", 9, "新开工项目", "start"),
            project("5个", 5, "新开工项目", "start", invest_min=1e8), project("11个", 11, "续建项目", "continue"),
        ],
        ["9个 + 11个 = 20个"],
    ),
    "exports and imports, the nearer of two wholes": (
        "口径一进出口60亿元，进出口50亿元，出口30亿元、进口20亿元。",
        [
            level("60亿元", 60, "亿元", "进出口", concept="trade_total"),
            level("50亿元", 50, "亿元", "进出口", concept="trade_total"),
            level("30亿元", 30, "亿元", "出口"), level("20亿元", 20, "亿元", "进口"),
        ],
        ["30亿元 + 20亿元 = 50亿元"],
    ),
    "exports alone, printed twice": (
        "出口30亿元，又出口30亿元，进出口60亿元。",
        [
            level("30亿元", 30, "亿元", "出口"), level("30亿元", 30, "亿元", "出口"),
            level("60亿元", 60, "亿元", "进出口", concept="trade_total"),
        ],
        [],
    ),
    "the first printing of a part counts": (
        "进出口50亿元，出口30亿元、进口20亿元，再说出口31亿元。",
        [
            level("50亿元", 50, "亿元", "进出口", concept="trade_total"), level("30亿元", 30, "亿元", "出口"),
            level("20亿元", 20, "亿元", "进口"), level("31亿元", 31, "亿元", "出口"),
        ],
        ["30亿元 + 20亿元 = 50亿元"],
    ),
    "a share of the larger place lacks for one part": (
        "出口额30亿元，占全省60%；进口额20亿元；额50亿元，占全省30%。",
        [
            level("30亿元", 30, "亿元", "出口额"), share("60%", 60, "出口额", whole="全省"),
            level("20亿元", 20, "亿元", "进口额"), level("50亿元", 50, "亿元", "额"), share("30%", 30, "额", whole="全省"),
        ],
        ["30亿元 + 20亿元 = 50亿元"],
    ),
    "a share behind an amount that is of something else": (
        "出口额30亿元，占全省60%；进口额20亿元，占利润20%；额50亿元，占全省30%。",
        [
            level("30亿元", 30, "亿元", "出口额"), share("60%", 60, "出口额", whole="全省"),
            level("20亿元", 20, "亿元", "进口额"), share("20%", 20, "进口额", whole="利润"),
            level("50亿元", 50, "亿元", "额"), share("30%", 30, "额", whole="全省"),
        ],
        ["30亿元 + 20亿元 = 50亿元"],
    ),
    "a share behind an amount under another name": (
        "出口额30亿元，占全省60%；进口额20亿元，税收占全省20%；额50亿元，占全省30%。",
        [
            level("30亿元", 30, "亿元", "出口额"), share("60%", 60, "出口额", whole="全省"),
            level("20亿元", 20, "亿元", "进口额"), share("20%", 20, "税收", whole="全省"),
            level("50亿元", 50, "亿元", "额"), share("30%", 30, "额", whole="全省"),
        ],
        ["30亿元 + 20亿元 = 50亿元"],
    ),
    "together, a figure of another unit before the parts": (
        "引进人才9人、食品签约3亿元、纺织签约5亿元，合计8亿元。",
        [
            level("9人", 9, "家", "人才"), level("3亿元", 3, "亿元", "食品签约"), level("5亿元", 5, "亿元", "纺织签约"),
            level("8亿元", 8, "亿元", "签约"),
        ],
        ["3亿元 + 5亿元 = 8亿元"],
    ),
    "together, what another total or scope has closed": (
        "茶叶签约1亿元、粮油签约1亿元，合计2亿元，食品签约3亿元、纺织签约5亿元，合计8亿元。",
        [
            level("1亿元", 1, "亿元", "茶叶签约"), level("1亿元", 1, "亿元", "粮油签约"), level("2亿元", 2, "亿元", "签约"),
            level("3亿元", 3, "亿元", "食品签约"), level("5亿元", 5, "亿元", "纺织签约"), level("8亿元", 8, "亿元", "签约"),
        ],
        ["1亿元 + 1亿元 = 2亿元", "3亿元 + 5亿元 = 8亿元"],
    ),
    "together, from the last full stop on": (
        "茶叶签约1亿元；食品签约3亿元、纺织签约5亿元，合计8亿元。",
        [
            level("1亿元", 1, "亿元", "茶叶签约"), level("3亿元", 3, "亿元", "食品签约"), level("5亿元", 5, "亿元", "纺织签约"),
            level("8亿元", 8, "亿元", "签约"),
        ],
        ["3亿元 + 5亿元 = 8亿元"],
    ),
    "done and not done, figures of others between": (
        "计划开工90个，实际开工84个，竣工30个，清溪县开工7个，仍有6个未开工。",
        [
            count("90个", 90, "开工项目", **PLAN), count("84个", 84, "开工项目"), count("30个", 30, "竣工项目"),
            count("7个", 7, "开工项目", region="清溪县"), count("6个", 6, "未开工项目"),
        ],
        ["84个 + 6个 = 90个"],
    ),
    "two lists in brackets": (
        "48%的企业投向集中在食品（20%）、纺织（28%），30%的资金分布在城区（10%）、乡镇（20%）。",
        [
            share("48%", 48, "企业"), share("20%", 20, "食品"), share("28%", 28, "纺织"), share("30%", 30, "资金"),
            share("10%", 10, "城区"), share("20%", 20, "乡镇"),
        ],
        ["20% + 28% = 48%", "10% + 20% = 30%"],
    ),
    "a figure with one bracket only is in no list": (
        "48%的企业投向集中在食品（20%）、纺织28%）。",
        [share("48%", 48, "企业"), share("20%", 20, "食品"), share("28%", 28, "纺织")],
        [],
    ),
    "a list in brackets before all other figures": (
        "企业投向集中在食品（20%）、纺织（28%），共48%。",
        [share("20%", 20, "食品"), share("28%", 28, "纺织"), share("48%", 48, "企业")],
        [],
    ),
    "a distance above the larger place": (
        "开工率85%，高于全省5个百分点，全省为80%。",
        [
            share("85%", 85, "开工率", **CITY), level("5个百分点", 5, "个百分点", "开工率高于全省", **CITY),
            share("80%", 80, "开工率", **PROVINCE),
        ],
        ["85% - 5个百分点 = 80%"],
    ),
    "a distance whose rate is not printed, and another that is whole": (
        "低于全省9个百分点，开工率60%，低于全省20个百分点，全省为80%。",
        [
            level("9个百分点", 9, "个百分点", "开工率低于全省", **CITY), share("60%", 60, "开工率", **CITY),
            level("20个百分点", 20, "个百分点", "开工率低于全省", **CITY), share("80%", 80, "开工率", **PROVINCE),
        ],
        ["60% + 20个百分点 = 80%"],
    ),
    "a distance, the rates of a smaller place and of another year": (
        "清溪县为70%，上年全省为75%，开工率60%，低于全省20个百分点，全省为80%。",
        [
            share("70%", 70, "开工率", **COUNTY), share("75%", 75, "开工率", **PROVINCE, **year(2022)),
            share("60%", 60, "开工率", **CITY), level("20个百分点", 20, "个百分点", "开工率低于全省", **CITY),
            share("80%", 80, "开工率", **PROVINCE),
        ],
        ["60% + 20个百分点 = 80%"],
    ),
    "a distance in points that names no place": (
        "开工率60%，提高20个百分点，低于全县5个百分点，全县为65%。",
        [
            share("60%", 60, "开工率", **in_place("清溪县河口镇", "999921001")),
            level("20个百分点", 20, "个百分点", "开工率", **in_place("清溪县河口镇", "999921001")),
            level("5个百分点", 5, "个百分点", "开工率低于全县", **in_place("清溪县河口镇", "999921001")),
            share("65%", 65, "开工率", **COUNTY),
        ],
        [],
    ),
    "the act in the names alone": (
        "计划50个、实际45个，合格率99%，开工率90%。",
        [
            count("50个", 50, "开工项目", **PLAN), count("45个", 45, "开工项目"), share("99%", 99, "合格率"),
            share("90%", 90, "开工率"),
        ],
        ["45个 / 50个 = 90%"],
    ),
    "new and continued, a list between them": (
        "安排重点项目20个，新开工9个，入库7个，续建11个。",
        [
            count("20个", 20, "重点项目"), project("9个", 9, "新开工项目", "start"), count("7个", 7, "入库项目"),
            project("11个", 11, "续建项目", "continue"),
        ],
        ["9个 + 11个 = 20个"],
    ),
    "a distance, another province's rate beside the own": (
        "开工率60%，低于全省20个百分点，东江省为75%，全省为80%。",
        [
            share("60%", 60, "开工率", **CITY), level("20个百分点", 20, "个百分点", "开工率低于全省", **CITY),
            share("75%", 75, "开工率", **in_place("东江省", "980000")), share("80%", 80, "开工率", **PROVINCE),
        ],
        ["60% + 20个百分点 = 80%"],
    ),
    "one sentence that says it twice": (
        "市属工业企业技改投资12亿元，市属工业企业技改投资12亿元。",
        [level("12亿元", 12, "亿元", "工业企业技改投资"), level("12亿元", 12, "亿元", "工业企业技改投资")],
        [],
    ),
    "two parts of one unprinted whole, a share without its amount between": (
        "食品产值120亿元，占规上产值60%；茶业占规上产值7%；纺织产值50亿元，占规上产值25%。",
        [
            level("120亿元", 120, "亿元", "食品产值"), share("60%", 60, "食品产值", whole="规上产值"),
            share("7%", 7, "茶业产值", whole="规上产值"), level("50亿元", 50, "亿元", "纺织产值"),
            share("25%", 25, "纺织产值", whole="规上产值"),
        ],
        ["50亿元 / (120亿元 / 60%) = 25%"],
    ),
    "an amount under another name stands nearer to the share of a plan": (
        "计划投资928亿元，完成投资1024亿元、争取资金300亿元，占计划的110.3%。",
        [OWN_PLAN, DONE, level("300亿元", 300, "亿元", "争取资金"), OF_PLAN],
        [DONE_OF_PLAN],
    ),
    "a named whole, another of the same measure nearer": (
        "规模以上工业产值120亿元、农业产值90亿元，装备制造产值30亿元，比重25%。",
        [
            level("120亿元", 120, "亿元", "规模以上工业产值"), level("90亿元", 90, "亿元", "农业产值"),
            level("30亿元", 30, "亿元", "装备制造产值"), share("25%", 25, "装备制造产值", whole="规模以上工业"),
        ],
        ["30亿元 / 120亿元 = 25%"],
    ),
    "a share that names no whole": (
        "规模以上工业产值120亿元，装备制造产值30亿元，比重25%。",
        [
            level("120亿元", 120, "亿元", "规模以上工业产值"), level("30亿元", 30, "亿元", "装备制造产值"),
            share("25%", 25, "装备制造产值"),
        ],
        [],
    ),
    "a county's share, another county's amount nearer": (
        "全市用工300家，清溪县用工60家，北山县用工70家，清溪县占20%。",
        [
            level("300家", 300, "家", "用工", **CITY), level("60家", 60, "家", "用工", **COUNTY),
            level("70家", 70, "家", "用工", **in_place("北山县", "999922")), share("20%", 20, "用工", **COUNTY),
        ],
        ["60家 / 300家 = 20%"],
    ),
    "new and continued, the nearer of two lists": (
        "安排民生项目90个、重点项目20个，新开工9个，续建11个。",
        [
            count("90个", 90, "民生项目"), count("20个", 20, "重点项目"), project("9个", 9, "新开工项目", "start"),
            project("11个", 11, "续建项目", "continue"),
        ],
        ["9个 + 11个 = 20个"],
    ),
    "a project in reserve that is new is counted once": (
        "安排重点项目20个，新建储备9个，续建11个。",
        [
            count("20个", 20, "重点项目"), project("9个", 9, "新建储备项目", "start"),
            project("11个", 11, "续建项目", "continue"),
        ],
        ["9个 + 11个 = 20个"],
    ),
    "sizes of firms, the last far from the first": (
        "大中型企业占14%，小型企业占52%，绿化率40%、41%、42%、43%、44%，微型企业占34%。",
        [
            share("14%", 14, "大中型企业"), share("52%", 52, "小型企业"),
            *(share(f"{n}%", n, "绿化率") for n in (40, 41, 42, 43, 44)), share("34%", 34, "微型企业"),
        ],
        [],
    ),
    "a distance, the country's rate beside the province's": (
        "开工率60%，低于全省20个百分点，全国为75%，全省为80%。",
        [
            share("60%", 60, "开工率", **CITY), level("20个百分点", 20, "个百分点", "开工率低于全省", **CITY),
            share("75%", 75, "开工率", **in_place("中国", "")), share("80%", 80, "开工率", **PROVINCE),
        ],
        ["60% + 20个百分点 = 80%"],
    ),
    "an average, the total of another measure beside its own": (
        "规上企业120家，利润30亿元，营业收入240亿元，平均营业收入2亿元。",
        [
            level("120家", 120, "家", "规上企业"), level("30亿元", 30, "亿元", "规上企业利润"),
            level("240亿元", 240, "亿元", "规上企业营业收入"), level("2亿元", 2, "亿元", "规上企业平均营业收入"),
        ],
        ["240亿元 / 120家 = 2亿元"],
    ),
    "an average, the first of two printings of its total and count": (
        "规上企业120家，营业收入240亿元，平均营业收入2亿元，另一口径121家、250亿元。",
        [
            level("120家", 120, "家", "规上企业"), level("240亿元", 240, "亿元", "规上企业营业收入"),
            level("2亿元", 2, "亿元", "规上企业平均营业收入"), level("121家", 121, "家", "规上企业"),
            level("250亿元", 250, "亿元", "规上企业营业收入"),
        ],
        ["240亿元 / 120家 = 2亿元"],
    ),
    "an average, projects of another stage or above a threshold before all": (
        "签约项目开工3个，亿元以上4个，亿元以下5个，共40个，总投资80亿元，单个项目平均投资2亿元。",
        [
            project("3个", 3, "签约项目", "start"), count("4个", 4, "签约项目", invest_min=1e8),
            count("5个", 5, "签约项目", invest_max=1e8), count("40个", 40, "签约项目"),
            level("80亿元", 80, "亿元", "签约项目总投资"), level("2亿元", 2, "亿元", "单个项目平均投资"),
        ],
        ["80亿元 / 40个 = 2亿元"],
    ),
    "an average, money under the name of the things": (
        "规上企业5亿元，规上企业120家，营业收入240亿元，平均营业收入2亿元。",
        [
            level("5亿元", 5, "亿元", "规上企业"), level("120家", 120, "家", "规上企业"),
            level("240亿元", 240, "亿元", "规上企业营业收入"), level("2亿元", 2, "亿元", "规上企业平均营业收入"),
        ],
        ["240亿元 / 120家 = 2亿元"],
    ),
    "an average of things whose total is not printed": (
        "签约项目4个，单个项目平均投资2亿元。",
        [count("4个", 4, "签约项目"), level("2亿元", 2, "亿元", "单个项目平均投资")],
        [],
    ),
    "a level before under a longer name": (
        "园区项目签约额由10.0亿元增加到12.5亿元，增长25%。",
        [
            level("10.0亿元", 10, "亿元", "项目签约额"), level("12.5亿元", 12.5, "亿元", "签约额"),
            rise("25%", 25, "%", "签约额"),
        ],
        ["12.5亿元 / 10.0亿元 - 1 = 25%"],
    ),
    "a rise of less than one per cent": (
        "示范企业由200家增加到201家，增长0.5%。",
        [level("200家", 200, "家", "示范企业"), level("201家", 201, "家", "示范企业"), rise("0.5%", 0.5, "%", "示范企业")],
        ["201家 / 200家 - 1 = 0.5%"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_which_of_the_figures_beside_it_is_taken(name: str) -> None:
    text, figures, expressions = FOUND[name]
    assert claims_of(text, *figures) == expressions


@pytest.mark.parametrize("verb", ["占", "完成", "达", "达到", "为"])
@pytest.mark.parametrize("plan", ["计划", "任务", "目标"])
def test_words_for_a_share_of_a_plan(verb: str, plan: str) -> None:
    figures = OWN_PLAN, DONE, share("110.3%", 110.3, "重点项目投资")
    assert claims_of(f"计划投资928亿元，完成投资1024亿元，{verb}年度{plan}的110.3%。", *figures) == [DONE_OF_PLAN]
    assert claims_of(f"计划投资928亿元，完成投资1024亿元，{verb}年度{plan}，比例110.3%。", *figures) == []


def test_an_average_of_no_year_has_no_total() -> None:
    sentences, _ = CLAIMS["average"]
    rows = Sentences()
    for text, _, figures in sentences:
        rows.add(text, *figures, year=None)
    assert find_checks(rows.rows, "t").checks == []


OTHERS: list[tuple[Figure, dict[str, Any]]] = [
    (("rankings", "12位", 12, "位", "综合考核名次", {"among": "全省"}), {"among": "全国"}),
    (("growth_rates", "12%", 12, "%", "技改投资额"), {"basis": "base"}),
    (("growth_rates", "12%", 12, "%", "技改投资额"), {"base_period_start": date(2019, 1, 1)}),
    (("growth_rates", "12%", 12, "%", "技改投资额"), {"base_period_end": date(2019, 12, 31)}),
    (("project_counts", "12个", 12, "个", "技改项目"), {"stage": "start"}),
    (("project_counts", "12个", 12, "个", "技改项目"), {"invest_min": 1e8}),
    (("project_counts", "12个", 12, "个", "技改项目"), {"invest_max": 1e8}),
    (("targets", "12亿元", 12, "亿元", "技改投资额"), {"measure": "change"}),
    (("shares", "12%", 12, "%", "技改投资额", {"whole": "固定投资"}), {"whole": "民间投资"}),
]


@pytest.mark.parametrize(("figure", "change"), OTHERS)
def test_what_makes_another_figure_in_its_own_table(figure: Figure, change: dict[str, Any]) -> None:
    made = []
    for later in ({}, change):
        rows = Sentences()
        for more in ({}, later):
            columns = dict(*figure[5:]) | more
            rows.add(f"市属企业报来的{figure[4]}为{figure[1]}。", (*figure[:5], columns))
        made.append([row["expression"] for row in find_checks(rows.rows, "t").checks])
    printed = f"第{figure[1]}位" if figure[0] == "rankings" else figure[1]
    assert made == [[f"{printed} = {printed}"], []]


def test_planned_and_completed_investment_of_one_name_are_two() -> None:
    for words, repeated in (("完成投资", False), ("计划总投资", True)):
        rows = Sentences()
        for clause in ("计划总投资", words):
            figure = ("levels", "12亿元", 12, "亿元", "技改项目投资", {"concept": "investment"})
            rows.add(f"市属企业技改项目投资表内{clause}12亿元。", figure)
        assert bool(find_checks(rows.rows, "t").checks) is repeated


@pytest.mark.parametrize(
    ("lost", "start", "before"),
    [
        (0, 9, "茶园12亿元，果园"),
        (5, 14, "茶园12亿元，果园"),
        (5, 9, "茶园12亿元，果园"),
        (0, 2, "茶园"),
        (5, 7, "茶园"),
    ],
)
def test_words_before_a_figure_of_a_sentence_that_lost_a_page_break(lost: int, start: int, before: str) -> None:
    text = "茶园12亿元，果园12亿元。"
    rows = Sentences()
    rows.add(text, ("levels", "12亿元", 12, "亿元", "果园"))
    row = rows.rows["levels"][0]
    row.update(char_start=start, char_end=start + 4, sentence_end=len(text) + lost)
    assert Sheet(rows.rows).facts[0].before == before


def test_a_figure_that_its_sentence_does_not_print_has_no_words_before_it() -> None:
    rows = Sentences()
    rows.add("茶园12亿元，果园若干。", ("levels", "12亿元", 12, "亿元", "茶园"))
    rows.rows["levels"][0]["figure"] = "13亿元"
    fact = Sheet(rows.rows).facts[0]
    assert (fact.before, fact.after) == ("", "亿元，果园若干。")


@pytest.mark.parametrize(
    ("label", "columns", "repeated"),
    [
        ("技改总额", {}, False),
        ("技改总额", {"concept": "investment"}, True),
        ("技改总额", {"concept": "investment", "period_start": None, "period_end": None}, False),
        ("就业率", {}, True),
        ("市属工业技改总额", {}, True),
        ("市工业技改总额", {}, True),
        ("市工业技改总额", {"period_start": None, "period_end": None}, True),
    ],
)
def test_a_telling_name_needs_no_more_words_in_common(label: str, columns: dict[str, Any], repeated: bool) -> None:
    rows = Sentences()
    for front, back in (("据悉，", "。"), ("统计显示，", "，好。")):
        rows.add(f"{front}{label}12亿元{back}", ("levels", "12亿元", 12, "亿元", label, columns))
    assert bool(find_checks(rows.rows, "t").checks) is repeated
