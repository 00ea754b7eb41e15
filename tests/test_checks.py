"""The relations between figures, one by one, on invented rows; what is declined, and why; input that is bad."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import extract
from checks_rows import Sentences
from extract.checks import covered, find_checks
from extract.checks.intervals import Interval, read_numeral
from extract.models import Check


def checks_of(sentences: Sentences) -> list[dict[str, Any]]:
    return find_checks(sentences.rows, "t").checks


def reasons_of(sentences: Sentences) -> list[tuple[str, str]]:
    return [(declined.kind, declined.reason) for declined in find_checks(sentences.rows, "t").declined]


def completed(share: float, printed: str, region: str = "和源市") -> Sentences:
    sentences = Sentences()
    sentences.add(
        f"年度计划投资928.6亿元，完成投资1024.7亿元，占计划的{printed}",
        ("levels", "928.6亿元", 928.6, "亿元", "重点项目计划投资", {"modality": "planned", "region": region}),
        ("levels", "1024.7亿元", 1024.7, "亿元", "重点项目完成投资"),
        ("shares", printed, share, "%", "重点项目完成投资", {"whole": "计划"}),
    )
    return sentences


def counted(new: int, going: int, whole: int) -> Sentences:
    sentences = Sentences()
    sentences.add(
        f"安排重点项目{whole}个，其中新开工项目{new}个，续建项目{going}个。",
        ("project_counts", f"{whole}个", whole, "个", "重点项目"),
        ("project_counts", f"{new}个", new, "个", "新开工项目", {"stage": "start"}),
        ("project_counts", f"{going}个", going, "个", "续建项目", {"stage": "continue"}),
    )
    return sentences


def risen(start: float, end: float, growth: float, indicator: str = "技术合同成交额") -> Sentences:
    sentences = Sentences()
    sentences.add(
        f"{indicator}由{start}亿元增加到{end}亿元，增长{growth}%。",
        ("levels", f"{start}亿元", start, "亿元", indicator),
        ("levels", f"{end}亿元", end, "亿元", indicator),
        ("growth_rates", f"{growth}%", growth, "%", indicator),
    )
    return sentences


def said_twice(first: str, later: str, **columns: Any) -> Sentences:
    sentences = Sentences()
    for article, printed in enumerate((first, later), 1):
        number, unit = printed[:-2], printed[-2:]
        if printed.endswith("万亿元"):
            number, unit = printed[:-3], "万亿元"
        sentences.add(
            f"全市社会融资规模增量{printed}。",
            ("levels", printed, float(number), unit, "社会融资规模增量", columns if article == 2 else {}),
            article=article,
        )
    return sentences


AGREEING: list[tuple[str, Callable[[], Sentences], str]] = [
    ("ratio", lambda: completed(110.3, "110.3%"), "1024.7亿元 / 928.6亿元 = 110.35% ~ 110.3%"),
    ("ratio", lambda: completed(110.4, "110.4%"), "1024.7亿元 / 928.6亿元 = 110.35% ~ 110.4%"),
    ("sum", lambda: counted(165, 127, 292), "165个 + 127个 = 292个"),
    ("growth", lambda: risen(10.0, 12.5, 25.0), "12.5亿元 / 10.0亿元 - 1 = 25.0%"),
    ("repeat", lambda: said_twice("579亿元", "579亿元"), "579亿元 = 579亿元"),
    ("repeat", lambda: said_twice("6.02万亿元", "60213亿元"), "6.02万亿元 ~ 60213亿元"),
    ("repeat", lambda: said_twice("612亿元", "600亿元", comparator=">"), "612亿元 ~ 超600亿元"),
    ("repeat", lambda: said_twice("588亿元", "600亿元", comparator="~"), "588亿元 ~ 约600亿元"),
]


@pytest.mark.parametrize(
    ("kind", "build", "expression"), AGREEING, ids=lambda part: part if isinstance(part, str) else ""
)
def test_agrees(kind: str, build: Callable[[], Sentences], expression: str) -> None:
    assert [(row["kind"], row["status"], row["expression"]) for row in checks_of(build())] == [
        (kind, "agrees", expression)
    ]


DIFFERING: list[tuple[str, Callable[[], Sentences], str]] = [
    ("ratio", lambda: completed(110.6, "110.6%"), "1024.7亿元 / 928.6亿元 = 110.35% ≠ 110.6%"),
    ("sum", lambda: counted(165, 127, 291), "165个 + 127个 = 292个 ≠ 291个"),
    ("growth", lambda: risen(10.0, 12.5, 27.0), "12.5亿元 / 10.0亿元 - 1 = 25% ≠ 27.0%"),
    ("contradiction", lambda: said_twice("579亿元", "576亿元"), "579亿元 ≠ 576亿元"),
    ("contradiction", lambda: said_twice("6.02万亿元", "60313亿元"), "6.02万亿元 ≠ 60313亿元"),
    ("contradiction", lambda: said_twice("588亿元", "600亿元", comparator=">"), "588亿元 ≠ 超600亿元"),
    ("contradiction", lambda: said_twice("788亿元", "600亿元", comparator=">"), "788亿元 ≠ 超600亿元"),
]


@pytest.mark.parametrize(
    ("kind", "build", "expression"), DIFFERING, ids=lambda part: part if isinstance(part, str) else ""
)
def test_differs(kind: str, build: Callable[[], Sentences], expression: str) -> None:
    assert [(row["kind"], row["status"], row["expression"]) for row in checks_of(build())] == [
        (kind, "differs", expression)
    ]


def test_row_is_what_the_model_wants_and_adds_up() -> None:
    (row,) = checks_of(completed(110.4, "110.4%"))
    check = Check.model_validate(row)
    assert check.stated == 110.4
    assert check.derived == pytest.approx(102470 / 928.6)
    assert check.difference == pytest.approx(check.stated - check.derived)
    assert abs(check.difference) <= check.tolerance < 0.07
    assert check.record_ids[-1] == "t:31-37"
    assert check.check_id.startswith("ratio:")
    assert covered([row]) == set(check.record_ids)


def test_growth_at_constant_prices_is_declined() -> None:
    sentences = risen(10.0, 12.5, 27.0, "工业增加值")
    assert checks_of(sentences) == []
    assert reasons_of(sentences) == [("growth", "growth of this measure is at constant prices or on a comparable base")]


def test_plan_of_another_place_is_no_denominator() -> None:
    sentences = completed(110.4, "110.4%", region="市直")
    assert checks_of(sentences) == []
    assert ("ratio", "the plan it is a share of is not printed nearby") in reasons_of(sentences)


def test_list_after_some_of_them_is_no_sum() -> None:
    sentences = Sentences()
    sentences.add(
        "48.2%的企业有意扩产，其中包括食品（20.1%）、纺织（15.6%）等行业。",
        ("shares", "48.2%", 48.2, "%", "有意扩产的企业"),
        ("shares", "20.1%", 20.1, "%", "食品"),
        ("shares", "15.6%", 15.6, "%", "纺织"),
    )
    assert checks_of(sentences) == []
    assert ("sum", "nothing says that the list in brackets divides the figure before it") in reasons_of(sentences)


def test_sizes_of_firms_make_a_hundred_only_when_complete() -> None:
    parts = [("大中型企业", "14.2%", 14.2), ("小型企业", "51.5%", 51.5), ("微型企业", "34.3%", 34.3)]
    for wanted in (3, 2):
        sentences = Sentences()
        text = "，".join(f"{name}占比{printed}" for name, printed, _ in parts[:wanted])
        sentences.add(text, *(("shares", printed, value, "%", name) for name, printed, value in parts[:wanted]))
        expressions = [row["expression"] for row in checks_of(sentences)]
        assert expressions == (["100% - 14.2% - 51.5% = 34.3%"] if wanted == 3 else [])


def test_two_parts_of_one_unprinted_whole() -> None:
    sentences = Sentences()
    for name, amount, value, share, percent in (
        ("高技术产业增加值", "120亿元", 120.0, "60%", 60.0),
        ("新兴产业增加值", "50亿元", 50.0, "25%", 25.0),
    ):
        sentences.add(
            f"{name}{amount}，占规模以上工业增加值比重{share}。",
            ("levels", amount, value, "亿元", name),
            ("shares", share, percent, "%", name, {"whole": "规模以上工业增加值"}),
        )
    assert [row["expression"] for row in checks_of(sentences)] == ["50亿元 / (120亿元 / 60%) = 25%"]


def test_a_year_of_the_span_is_missing() -> None:
    sentences = Sentences()
    sentences.add(
        "2021年签约300个项目。", ("project_counts", "300个", 300, "个", "签约项目", {"stage": "signed"}), year=2021
    )
    span = {"stage": "signed", "period_start": date(2021, 1, 1), "period_end": date(2022, 12, 31)}
    sentences.add("2021—2022年签约700个项目。", ("project_counts", "700个", 700, "个", "签约项目", span))
    assert checks_of(sentences) == []
    assert reasons_of(sentences) == [("sum", "the span has no figure for 2022")]


def test_zero_denominator_is_declined() -> None:
    sentences = Sentences()
    sentences.add(
        "计划开工项目0个，实际开工3个，开工率95%。",
        ("project_counts", "0个", 0, "个", "开工项目", {"stage": "start", "planned": True, "modality": "planned"}),
        ("project_counts", "3个", 3, "个", "开工项目", {"stage": "start"}),
        ("shares", "95%", 95, "%", "开工率"),
    )
    assert checks_of(sentences) == []
    assert reasons_of(sentences) == [("ratio", "the denominator may be zero")]


def test_missing_units_ranges_and_no_numerals_are_declined() -> None:
    sentences = Sentences()
    sentences.add(
        "涨了5，引进1—2项，共1和2家，另2家。",
        ("levels", "5", 5, None, "指数"),
        ("levels", "1—2项", 1, "项", "行业标准", {"base_value_high": 2.0}),
        ("levels", "1和2家", 1, "家", "企业"),
        ("levels", "2家", float("inf"), "家", "企业"),
    )
    assert checks_of(sentences) == []
    assert [reason for _, reason in reasons_of(sentences)] == [
        "the figure has no unit", "the figure is a range", "the figure is no plain numeral", "the figure has no unit",
    ]  # fmt: skip


def test_comparators_on_both_sides_are_declined() -> None:
    sentences = said_twice("612亿元", "600亿元", comparator=">")
    sentences.rows["levels"][0]["comparator"] = "<"
    assert checks_of(sentences) == []
    assert reasons_of(sentences) == [("repeat", "comparators on both sides")]


def test_one_bound_said_twice_is_one_figure() -> None:
    sentences = said_twice("600亿元", "600亿元", comparator=">=")
    sentences.rows["levels"][0]["comparator"] = ">="
    assert [row["expression"] for row in checks_of(sentences)] == ["不低于600亿元 = 不低于600亿元"]


def test_ten_thousand_figures_under_one_key_are_declined() -> None:
    sentences = Sentences()
    for number in range(10_000):
        sentences.add("全市社会融资规模增量5亿元。", ("levels", "5亿元", float(number), "亿元", "社会融资规模增量"))
    assert checks_of(sentences) == []
    assert ("repeat", "10000 figures stand under one name, period and place") in reasons_of(sentences)


def test_figures_of_absurd_size_raise_nothing() -> None:
    sentences = completed(110.4, "110.4%")
    sentences.rows["levels"][0]["base_value"] = 1e-300
    sentences.rows["levels"][1]["base_value"] = 1e300
    assert [row["status"] for row in checks_of(sentences)] in ([], ["differs"])


def test_nothing_of_nothing() -> None:
    result = find_checks({}, "t")
    assert (result.checks, result.declined) == ([], [])


def test_order_of_rows_does_not_matter() -> None:
    sentences = completed(110.4, "110.4%")
    sentences.add("安排重点项目9个。", ("project_counts", "9个", 9, "个", "重点项目"))
    backwards = {table: rows[::-1] for table, rows in reversed(sentences.rows.items())}
    assert find_checks(backwards, "t") == find_checks(sentences.rows, "t")


@pytest.mark.parametrize(
    ("figure", "value", "unit", "comparator", "low", "high"),
    [
        ("5.2%", 5.2, "%", "=", "5.15", "5.25"),
        ("5.20%", 5.2, "%", "=", "5.195", "5.205"),
        ("12万人", 120000.0, "person", "=", "115000", "125000"),
        ("1,215个", 1215.0, "count", "=", "1215", "1215"),
        ("1990余名", 1990.0, "person", ">", "1990", "2000"),
        ("80%", 80.0, "%", "<", "70", "80"),
        ("七成", 70.0, "%", "~", "60", "80"),
        ("一半", 50.0, "%", "=", "45", "55"),
        ("三百家", 300.0, "count", "=", "250", "350"),
        ("两家", 2.0, "count", "=", "2", "2"),
        ("0亿元", 0.0, "CNY", "=", "-0.5", "0.5"),
        ("半数", 50.0, "%", "=", "45", "55"),
        ("百分之百", 100.0, "%", "=", "50", "150"),
        ("百分之五十", 50.0, "%", "=", "41.66666666666666666666666666", "58.33333333333333333333333334"),
        ("12.0人", 12.0, "person", "=", "11.95", "12.05"),
        ("3万人", 30000.0, "person", "=", "25000", "35000"),
        ("12%", 12.0, "%", "=", "11.5", "12.5"),
    ],
)
def test_what_a_printed_figure_stands_for(
    figure: str, value: float, unit: str, comparator: str, low: str, high: str
) -> None:
    numeral = read_numeral(figure, value, unit, comparator)
    assert numeral is not None
    assert (numeral.interval.low, numeral.interval.high) == (Decimal(low), Decimal(high))


def test_intervals_carry_every_corner() -> None:
    quotient = Interval.around("10", "0.5") / Interval.around("4", "0.5")
    assert (quotient.low, quotient.high) == (Decimal("9.5") / Decimal("4.5"), Decimal(3))
    falling = Interval.around("-10", "0.5") / Interval.around("4", "0.5")
    assert falling.low == -Decimal(3)
    with pytest.raises(ZeroDivisionError):
        Interval.around("1") / Interval.around("0", "0.5")
    with pytest.raises(ZeroDivisionError):
        Interval.around("0").root(2)


@pytest.mark.parametrize(
    "text",
    [
        "全县新签约亿元以上项目40个，其中10亿元以上项目8个，制造业项目占比85%。",
        "计划开工项目50个，开工45个，竣工20个，开工率90%。",
        "今年安排全市重点建设项目120项。\n去年全市重点建设项目95项。",
        "去年全市重点建设项目95项，年度计划投资360亿元。\n全市重点建设项目1—3月累计完成投资90亿元，为年度投资计划的30%。",
    ],
)
def test_figures_of_different_things_are_not_compared(text: str) -> None:
    assert [row.expression for row in extract.extract_text(text)["checks"] if row.status == "differs"] == []
