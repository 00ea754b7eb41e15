"""Time expressions: found whole, with the right days, numerals and nothing else."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.periods import (
    BUGS,
    COMPLETE,
    IN_CONTEXT,
    KNOWN_FAILURES,
    NEGATIVES,
    REFERENCE,
    RELATIVE,
    THIS_YEAR,
    UNDATED,
    Case,
)
from extract.grammar.calendar import shift_years, whole_number
from extract.grammar.mentions import Period
from extract.grammar.periods import periods, resolve_period, scan_periods
from extract.grammar.time_words import build_time_words


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def spelled(cases: tuple[Case, ...]) -> list[tuple[Case, str]]:
    return [(case, spelling) for case in cases for spelling in case.spellings]


def only(found: list[Period], text: str, spelling: str) -> Period:
    assert [text[p.start : p.end].lstrip("’") for p in found] == [spelling.lstrip("’")]
    return found[0]


@pytest.mark.parametrize(("case", "spelling"), spelled(COMPLETE))
@pytest.mark.parametrize("frame", ["{}", "园区{}，产值增长", "（{}）"])
def test_complete_expressions_need_no_context(case: Case, spelling: str, frame: str) -> None:
    text = frame.format(spelling)
    period = only(list(scan_periods(text)), text, spelling)
    assert (iso(period.first), iso(period.last), period.grain, period.point) == case[:4]
    assert period.anchored
    assert resolve_period(period, date(1999, 9, 9), (date(1990, 1, 1), date(1990, 12, 31))) is period


@pytest.mark.parametrize(("case", "spelling"), spelled(RELATIVE))
def test_relative_expressions_take_the_document_and_the_year_under_discussion(case: Case, spelling: str) -> None:
    text = f"，{spelling}，产值增长"
    found = only(list(scan_periods(text)), text, spelling)
    current = (REFERENCE, REFERENCE) if found.grain == "day" and not found.point else THIS_YEAR
    period = resolve_period(found, REFERENCE, current)
    assert (iso(period.first), iso(period.last), period.grain, period.point) == case[:4]


@pytest.mark.parametrize(("text", "expression", "first", "last", "grain", "point"), IN_CONTEXT)
def test_neighbours_decide(
    text: str, expression: str, first: str | None, last: str | None, grain: str, point: bool
) -> None:
    period = resolve_period(only(list(scan_periods(text)), text, expression), REFERENCE, THIS_YEAR)
    assert (iso(period.first), iso(period.last), period.grain, period.point) == (first, last, grain, point)


@pytest.mark.parametrize(("text", "reference", "first", "last"), UNDATED)
def test_without_a_year_under_discussion(text: str, reference: date, first: str | None, last: str | None) -> None:
    found = scan_periods(text)
    assert len(found) == 1
    period = resolve_period(found[0], reference, None)
    assert (iso(period.first), iso(period.last)) == (first, last)


@pytest.mark.parametrize(("text", "expressions"), BUGS)
def test_bugs_stay_mended(text: str, expressions: list[str]) -> None:
    assert [text[p.start : p.end] for p in scan_periods(text)] == expressions


@pytest.mark.parametrize("text", NEGATIVES)
def test_no_time_expression(text: str) -> None:
    assert [text[p.start : p.end] for p in scan_periods(text)] == []


@pytest.mark.parametrize(("text", "reason"), KNOWN_FAILURES)
@pytest.mark.xfail(strict=True, reason="known failure")
def test_known_failures(text: str, reason: str) -> None:
    assert reason
    assert all(p.first is None for p in periods(text, REFERENCE))


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("2021年1—11月份", [("2021", 2021), ("1", 1), ("11", 11)]),
        ("2021年12月28日", [("2021", 2021), ("12", 12), ("28", 28)]),
        ("2021年4、5、6三个月", [("2021", 2021), ("4", 4), ("5", 5), ("6", 6), ("三", 3)]),
        ("第一、二、四季度", [("一", 1), ("二", 2), ("四", 4)]),
        ("“十四五”时期", [("十四五", None)]),
        ("“十五”期间", [("十五", None)]),
        ("二〇二一年十二月", [("二〇二一", 2021), ("十二", 12)]),
        ("二O二一年", [("二O二一", 2021)]),
        ("近几年", [("几", None)]),
        ("上半年", []),
        ("近半年", [("半", None)]),
        ("上一年", [("一", 1)]),
        ("2021.4.5", [("2021", 2021), ("4", 4), ("5", 5)]),
        ("1.5年", [("1.5", Decimal("1.5"))]),
        ("12月5日19:30", [("12", 12), ("5", 5), ("19", 19), ("30", 30)]),
        ("2月30日", [("2", 2), ("30", 30)]),
    ],
)
def test_numerals(text: str, numerals: list[tuple[str, object]]) -> None:
    (period,) = scan_periods(text)
    assert [(text[n.start : n.end], n.value) for n in period.numerals] == numerals


def test_year_of_discussion_goes_before_the_document_and_this_year_by_the_document() -> None:
    reference, current = date(2023, 1, 20), (date(2021, 1, 1), date(2021, 12, 31))
    days = {}
    for expression in ("11月底", "全年", "上年", "今年", "去年", "三季度"):
        period = resolve_period(scan_periods(expression)[0], reference, current)
        days[expression] = (iso(period.first), period.anchored)
    assert days == {
        "11月底": ("2021-11-30", False),
        "全年": ("2021-01-01", False),
        "上年": ("2020-01-01", False),
        "今年": ("2023-01-01", True),
        "去年": ("2022-01-01", True),
        "三季度": ("2021-07-01", False),
    }


def test_same_span_of_the_year_before() -> None:
    months = scan_periods("2021年1—5月")[0]
    for expression in ("同期", "上年同期", "去年同期", "2020年同期"):
        period = resolve_period(scan_periods(expression)[0], date(2021, 6, 20), months)
        assert (iso(period.first), iso(period.last)) == ("2020-01-01", "2020-05-31")


def test_same_span_is_never_the_span_itself() -> None:
    period = resolve_period(scan_periods("去年同期")[0], date(2022, 2, 20), (date(2021, 1, 1), date(2021, 11, 30)))
    assert iso(period.last) == "2020-11-30"


@pytest.mark.parametrize(
    ("expression", "current", "first", "last"),
    [
        ("这3年", (2019, 2021), "2019-01-01", "2021-12-31"),
        ("三年期间", (2019, 2021), "2019-01-01", "2021-12-31"),
        ("这5年", (2019, 2021), None, None),
        ("前三年", (2021, 2025), "2021-01-01", "2023-12-31"),
        ("后两年", (2021, 2025), "2024-01-01", "2025-12-31"),
        ("前三年", (2021, 2021), None, None),
        ("四年内", (2021, 2021), "2021-01-01", "2024-12-31"),
        ("近5年", (2023, 2023), "2019-01-01", "2023-12-31"),
        ("五年来", (2023, 2023), "2018-01-01", "2022-12-31"),
    ],
)
def test_stretches_of_years(expression: str, current: tuple[int, int], first: str | None, last: str | None) -> None:
    span = date(current[0], 1, 1), date(current[1], 12, 31)
    period = resolve_period(scan_periods(expression)[0], REFERENCE, span)
    assert (iso(period.first), iso(period.last)) == (first, last)


def test_since_has_no_last_day_until_the_document_is_dated() -> None:
    (period,) = scan_periods("2021年以来")
    assert (iso(period.first), period.last) == ("2021-01-01", None)
    assert iso(resolve_period(period, date(2022, 3, 1)).last) == "2022-03-01"
    assert resolve_period(period, date(2020, 3, 1)).last is None


@pytest.mark.parametrize("text", ["2月30日", "2021年2月29日", "13月", "2021年4月31日", "9月20日至9月18日"])
def test_impossible_days_stay_in_the_ledger(text: str) -> None:
    (found,) = scan_periods(text)
    period = resolve_period(found, REFERENCE, THIS_YEAR)
    assert (period.first, period.last, period.rule) == (None, None, "date.impossible")
    assert period.numerals


def test_leap_day_is_impossible_only_in_its_year() -> None:
    (period,) = scan_periods("2月29日")
    assert resolve_period(period, date(2024, 12, 1)).rule == "date.day"
    assert resolve_period(period, date(2023, 12, 1)).rule == "date.impossible"


def test_members_of_a_list_share_year_and_month() -> None:
    found = periods("2021年10月、11月，2021年3月5日、8日和12日")
    assert [iso(p.first) for p in found] == ["2021-10-01", "2021-11-01", "2021-03-05", "2021-03-08", "2021-03-12"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2021年10月、11月", ["2021-10-01..2021-10-31", "2021-11-01..2021-11-30"]),
        ("2021年3月5日、12日", ["2021-03-05..2021-03-05", "2021-03-12..2021-03-12"]),
        ("2021年3月5日与4月2日", ["2021-03-05..2021-03-05", "2021-04-02..2021-04-02"]),
        ("2021年、3月", ["2021-01-01..2021-12-31", "2022-03-01..2022-03-31"]),
        ("2020年、2021年", ["2020-01-01..2020-12-31", "2021-01-01..2021-12-31"]),
        ("2020年11月；12月", ["2020-11-01..2020-11-30", "2022-12-01..2022-12-31"]),
        ("2020年3月至5月", ["2020-03-01..2020-05-31"]),
        ("2020年3月5日至8日", ["2020-03-05..2020-03-08"]),
        ("2020年11月至2021年2月", ["2020-11-01..2021-02-28"]),
        ("2020年11月5日9时", ["2020-11-05..2020-11-05"]),
        ("2020年3月上旬", ["2020-03-01..2020-03-10"]),
        ("2020年3月中旬", ["2020-03-11..2020-03-20"]),
        ("2020年2月下旬", ["2020-02-21..2020-02-29"]),
        ("2020年6月末", ["2020-06-30..2020-06-30"]),
        ("2020年6月初", ["2020-06-01..2020-06-01"]),
        ("2020年底", ["2020-12-31..2020-12-31"]),
        ("2020年底线", ["2020-01-01..2020-12-31"]),
        ("2020 年 6 月", ["2020-06-01..2020-06-30"]),
        ("9时30分至11时", ["None..None"]),
        ("2020年3月、4月5日", ["2020-03-01..2020-03-31", "2022-04-05..2022-04-05"]),
        ("2020年3月5日、4月", ["2020-03-05..2020-03-05", "2022-04-01..2022-04-30"]),
        ("2020年3月、2021年4月", ["2020-03-01..2020-03-31", "2021-04-01..2021-04-30"]),
        ("去年、2021年", ["2021-01-01..2021-12-31", "2021-01-01..2021-12-31"]),
    ],
)
def test_lists_ranges_and_edges(text: str, days: list[str]) -> None:
    current = date(2022, 1, 1), date(2022, 12, 31)
    found = [resolve_period(period, date(2022, 12, 31), current) for period in scan_periods(text)]
    assert [f"{period.first}..{period.last}" for period in found] == days


def test_a_text_is_read_in_its_own_light() -> None:
    text = "2021年，全县投资9亿元。截至11月底，开工6个，比上年同期多2个；全年力争10个。明年5月前再建4个"
    found = [(text[p.start : p.end], iso(p.last)) for p in periods(text, date(2021, 12, 20))]
    assert found == [
        ("2021年", "2021-12-31"),
        ("11月底", "2021-11-30"),
        ("上年同期", "2020-11-30"),
        ("全年", "2021-12-31"),
        ("明年5月", "2022-05-31"),
    ]


def test_full_width_digits_keep_their_offsets() -> None:
    text = "于２０２１年３月９日　竣工"
    (period,) = periods(text)
    assert (text[period.start : period.end], iso(period.first)) == ("２０２１年３月９日", "2021-03-09")


def test_claimed_characters_are_left_alone() -> None:
    text = "《2020年鉴》，第一、二、四季度，2021年"
    claimed = bytearray(len(text))
    for phrase in ("《2020年鉴》", "第一"):
        at = text.index(phrase)
        claimed[at : at + len(phrase)] = b"\1" * len(phrase)
    before = bytes(claimed)
    assert [text[p.start : p.end] for p in scan_periods(text, claimed)] == ["二、四季度", "2021年"]
    assert bytes(claimed) == before


def test_periods_of_other_makers_are_returned_as_they_are() -> None:
    period = Period(0, 4, None, None, "year", False, False, (), "elsewhere")
    assert resolve_period(period, REFERENCE, THIS_YEAR) is period


@pytest.mark.parametrize(
    ("numeral", "value"),
    {
        "7": 7,
        "十": 10,
        "十七": 17,
        "三十一": 31,
        "两": 2,
        "二〇二一": 2021,
        "一千五百": 1500,
        "三五": None,
        "十几": None,
    }.items(),
)
def test_whole_number(numeral: str, value: int | None) -> None:
    assert whole_number(numeral) == value


def test_months_last_day_stays_the_last_day() -> None:
    assert shift_years(date(2023, 2, 28), 1) == date(2024, 2, 29)
    assert shift_years(date(2024, 2, 28), -1) == date(2023, 2, 28)


def test_a_surface_in_two_entries_is_an_error() -> None:
    lexicon = tomllib.loads(files("extract.lexicon").joinpath("calendar.toml").read_text("utf-8"))
    lexicon["year"].append({"surfaces": ["今年"], "base": "reference", "shifts": [0]})
    with pytest.raises(ValueError, match="今年 stands in two entries"):
        build_time_words(lexicon)


@pytest.mark.parametrize("key", ["year", "month", "day"])
def test_an_entry_with_lists_of_unequal_length_is_an_error(key: str) -> None:
    lexicon = tomllib.loads(files("extract.lexicon").joinpath("calendar.toml").read_text("utf-8"))
    lexicon[key][0]["shifts"].append(1)
    with pytest.raises(ValueError, match="zip"):
        build_time_words(lexicon)


_PIECES = st.sampled_from(
    (
        *"年月日底、—至第三十近内来今去周时:.-，个前半上旬〇 \n",
        "2021",
        "1",
        "12",
        "季度",
        "以来",
        "同期",
        "“十四五”",
        "产值",
    )
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_mentions_are_sorted_disjoint_and_hold_their_numerals(text: str) -> None:
    found = scan_periods(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for period in found:
        resolved = resolve_period(period, REFERENCE, THIS_YEAR)
        assert 0 <= period.start < period.end <= len(text)
        assert "\n" not in text[period.start : period.end]
        assert all(period.start <= n.start < n.end <= period.end for n in period.numerals)
        assert resolved.first is None or resolved.last is None or resolved.first <= resolved.last


@pytest.mark.parametrize("unit", ["1", "年", "—", "一", "1、", "2023-", "近", "12:", "二〇", "1.", "第", "周"])
def test_time_grows_with_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        start = time.perf_counter()
        scan_periods(text)
        return time.perf_counter() - start

    assert seconds(80_000) < 16 * seconds(20_000) + 0.5


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("民国3年大旱", ["民国3年 1914-01-01..1914-12-31"]),
        ("民国十三年（公元1924年）大旱", ["民国十三年（公元1924年） 1924-01-01..1924-12-31"]),
        ("民国十三年（即1924）大旱", ["民国十三年（即1924） 1924-01-01..1924-12-31"]),
        ("民国元年、民国二年", ["民国元年 1912-01-01..1912-12-31", "民国二年 1913-01-01..1913-12-31"]),
        ("民国时期、民国三年间", ["三年间 None..None"]),
        ("九零年大旱", ["九零年 1990-01-01..1990-12-31"]),
        ("四五年、四六年", ["四五年 None..None", "四六年 1946-01-01..1946-12-31"]),
        ("三八年、五八年级、五八年以前", ["三八年 None..None", "五八年 None..None"]),
        ("周末赶集，每周三次", []),
        ("这周六赶集", ["这周六 2022-12-17..2022-12-17"]),
        ("下周赶集，下周年会", ["下周 2022-12-19..2022-12-25"]),
        ("每周三赶集，老周五十岁", []),
        ("第九届开幕，09:15:30开市", ["09:15:30 None..None"]),
        ("24:00闭市", ["24:00 None..None"]),
        ("25:00，2:30，12:30:5", []),
        ("Q1，Q5，XQ1，Q12", ["Q1 2022-01-01..2022-03-31"]),
        ("降至2021.03%、2021.13", []),
        ("编号2021-3/9、2021/05-2", []),
        ("刊期2021.3.9.", ["2021.3.9 2021-03-09..2021-03-09"]),
        ("自2021至2023吨", []),
        ("十四五、十四五规划", ["十四五 2021-01-01..2025-12-31"]),
        ("十五规划、二十五规划", ["十五 2001-01-01..2005-12-31"]),
        ("十五小组、十五计划", ["十五 2001-01-01..2005-12-31"]),
        ("第3天，近3天", ["近3天 2022-12-10..2022-12-12"]),
        ("两年半年", ["两年 None..None", "半年 None..None"]),
        ("一年半，近半个月", ["一年半 None..None", "近半个月 None..None"]),
        ("前12个月", ["前12个月 2022-01-01..2022-12-31"]),
        ("后12个月", ["后12个月 2022-01-01..2022-12-31"]),
        ("前13个月", ["前13个月 None..None"]),
        ("前1个月", ["前1个月 2022-01-01..2022-01-31"]),
        ("一、二月", ["一、二月 2022-01-01..2022-02-28"]),
        ("5、3月", ["3月 2022-03-01..2022-03-31"]),
        ("第三、一季度", ["一季度 2022-01-01..2022-03-31"]),
        ("3、3月", ["3月 2022-03-01..2022-03-31"]),
        ("第5季度、五季度、三个季度", []),
        ("31日，32日，3号，第3日", ["31日 None..None"]),
        ("5月3号，九点，九点钟", ["5月3号 2022-05-03..2022-05-03", "九点 None..None"]),
        ("8点整的讲解，8点整，讲解", ["8点整 None..None"]),
        ("8点半至9点整", ["8点半至9点整 None..None"]),
        ("2021年度过难关", ["2021年 2021-01-01..2021-12-31"]),
        ("2021年度夏、2022年度汛", ["2021年 2021-01-01..2021-12-31", "2022年 2022-01-01..2022-12-31"]),
        ("近一年半", ["近一年半 2021-07-01..2022-12-31"]),
        ("几季度", []),
        ("去年有失", ["去年 2021-01-01..2021-12-31"]),
        ("‘十四五’规划", ["‘十四五’ 2021-01-01..2025-12-31"]),
        ("星期三", ["星期三 2022-12-14..2022-12-14"]),
        ("他说十四五”和“十四五规划”", ["十四五 2021-01-01..2025-12-31", "十四五 2021-01-01..2025-12-31"]),
        ("25时，24时", ["24时 None..None"]),
        ("30年代", ["30年代 1930-01-01..1939-12-31"]),
        ("20年代、85年代", ["20年代 2020-01-01..2029-12-31"]),
        ("本世纪20年代", ["本世纪20年代 2020-01-01..2029-12-31"]),
        ("1世纪、0世纪、100世纪", ["1世纪 0001-01-01..0100-12-31"]),
        ("2020学年", ["2020学年 2020-09-01..2021-08-31"]),
        ("2021—2020年", ["2020年 2020-01-01..2020-12-31"]),
        ("’50年、’49年", ["50年 1950-01-01..1950-12-31", "49年 2049-01-01..2049-12-31"]),
        ("正月、正月十五、腊月廿三", ["正月十五 None..None", "腊月廿三 None..None"]),
    ],
)
def test_numbers_and_words_at_their_limits(text: str, days: list[str]) -> None:
    found = [(text[p.start : p.end], resolve_period(p, REFERENCE, THIS_YEAR)) for p in scan_periods(text)]
    assert [f"{words} {period.first}..{period.last}" for words, period in found] == days


@pytest.mark.parametrize(
    ("text", "days", "undiscussed"),
    [
        ("未来三天", "2022-12-13..2022-12-15", "2022-12-13..2022-12-15"),
        ("今后两周", "2022-12-13..2022-12-26", "2022-12-13..2022-12-26"),
        ("未来三个月", "2023-01-01..2023-03-31", "2023-01-01..2023-03-31"),
        ("今后两个季度", "2023-01-01..2023-06-30", "2023-01-01..2023-06-30"),
        ("过去两个季度", "2022-07-01..2022-12-31", "2022-07-01..2022-12-31"),
        ("过去三天", "2022-12-10..2022-12-12", "2022-12-10..2022-12-12"),
        ("未来五年", "2023-01-01..2027-12-31", "2023-01-01..2027-12-31"),
        ("今明两年", "2022-01-01..2023-12-31", "2022-01-01..2023-12-31"),
        ("前年同期", "2020-01-01..2020-12-31", "None..None"),
        ("今年同期", "2021-01-01..2021-12-31", "None..None"),
        ("2023年同期", "2023-01-01..2023-12-31", "None..None"),
        ("期初", "2022-01-01..2022-01-01", "None..None"),
        ("目前", "2022-12-12..2022-12-12", "2022-12-12..2022-12-12"),
    ],
)
def test_stretches_on_either_side_of_the_document(text: str, days: str, undiscussed: str) -> None:
    (found,) = scan_periods(text)
    for current, expected in ((THIS_YEAR, days), (None, undiscussed)):
        period = resolve_period(found, REFERENCE, current)
        assert f"{period.first}..{period.last}" == expected
    undated = resolve_period(found, None, None)
    assert (undated.first, undated.last) == (None, None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("近三年行动", "duration.recent"), ("三年行动", "duration.programme"), ("三年内行动", "duration.within"),
        ("2022年6月", "date.month"), ("同期", "word.same"), ("目前", "word.now"), ("上月", "word.month"),
        ("昨天", "word.day"), ("去年", "word.relative_year"), ("中旬", "word.month_part"), ("周末前的星期三", "word.week"),
    ],
)  # fmt: skip
def test_rule_of_a_time_expression(text: str, rule: str) -> None:
    assert scan_periods(text)[0].rule == rule


def test_a_day_without_its_month_is_of_the_month_under_discussion() -> None:
    (found,) = scan_periods("28日")
    for day, first in ((date(2022, 3, 3), "2022-03-28"), (date(2022, 4, 29), "2022-04-28")):
        assert iso(resolve_period(found, REFERENCE, (day, day)).first) == first
    assert iso(resolve_period(found, date(2022, 3, 3), THIS_YEAR).first) == "2022-02-28"


def test_a_year_that_nothing_dates_has_no_same_span() -> None:
    period = resolve_period(scan_periods("去年同期")[0], None, THIS_YEAR)
    assert (period.first, period.last) == (None, None)


@pytest.mark.parametrize(
    ("text", "anchored"),
    [
        ("近5年", False),
        ("同期", False),
        ("期末", False),
        ("目前", True),
        ("上周", True),
        ("昨天", True),
        ("次日", False),
    ],
)
def test_what_the_text_or_the_document_settles(text: str, anchored: bool) -> None:
    (period,) = scan_periods(text)
    assert period.anchored is anchored
