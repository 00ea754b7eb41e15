"""Dated entries: where they begin and end, on which days, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.chronicle import GAZETTEER, GAZETTEER_DATES, GAZETTEER_PEOPLE
from extract.chronicle import ChronicleResult, find_events
from extract.chronicle.dates import Calendar, EntryDate, match_date
from extract.document import Document
from extract.structure import read_structure


def find(text: str) -> ChronicleResult:
    return find_events(read_structure(Document("doc", text)))


def day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    "text",
    [
        GAZETTEER,
        GAZETTEER.replace("\n\n", "\n"),
        GAZETTEER.replace("\n", "\r\n"),
        GAZETTEER.replace("# ", "").replace("#", ""),
        GAZETTEER.replace("　", "，"),
    ],
    ids=["markdown", "no blank lines", "crlf", "plain headings", "commas"],
)
def test_gazetteer_dates(text: str) -> None:
    events = find(text).events
    dates = [(event.date, event.date_end, event.precision) for event in events]
    assert dates == [(day(first), day(last), precision) for first, last, precision in GAZETTEER_DATES]


def test_gazetteer_people() -> None:
    result = find(GAZETTEER)
    order = {event.event_id: i for i, event in enumerate(result.events)}
    assert [(order[p.event_id], p.name, tuple(p.posts)) for p in result.participants] == list(GAZETTEER_PEOPLE)


def test_impossible_dates_are_refused_by_name() -> None:
    refusals = find(GAZETTEER).refusals
    assert [refusal.reason for refusal in refusals] == ["impossible_date", "impossible_date"]
    assert [GAZETTEER[refusal.start : refusal.end] for refusal in refusals] == ["2月30日", "13月1日"]
    assert all(GAZETTEER[r.start : r.end] in r.message for r in refusals)


def resolve(surface: str, year: int | None = None, month: int | None = None) -> EntryDate:
    printed = match_date(surface)
    assert printed is not None
    return Calendar(year, month).resolve(printed)


@pytest.mark.parametrize(
    ("surface", "first", "last", "precision"),
    [
        ("1998年6月7日 大雨", "1998-06-07", None, "day"),
        ("一九九八年六月十七日，大雨", "1998-06-17", None, "day"),
        ("1998年 6月 7日，大雨", "1998-06-07", None, "day"),
        ("1998年６月７日，大雨", "1998-06-07", None, "day"),
        ("1998年12月28日—1999年1月3日", "1998-12-28", "1999-01-03", "day"),
        ("1998年12月28日至次年1月3日", "1998-12-28", "1999-01-03", "day"),
        ("1998年12月28日—1月3日", "1998-12-28", "1999-01-03", "day"),
        ("1998年6月7、9日", "1998-06-07", "1998-06-09", "day"),
        ("1998年6月7日、9日、12日", "1998-06-07", "1998-06-12", "day"),
        ("1998年2月，大雪", "1998-02-01", "1998-02-28", "month"),
        ("1996年2月，大雪", "1996-02-01", "1996-02-29", "month"),
        ("1998年2—4月", "1998-02-01", "1998-04-30", "month"),
        ("1998年2月至4月", "1998-02-01", "1998-04-30", "month"),
        ("1998年5月底", "1998-05-21", "1998-05-31", "month"),
        ("1998年5月初", "1998-05-01", "1998-05-10", "month"),
        ("1998年5月上半月", "1998-05-01", "1998-05-15", "month"),
        ("1998年冬", "1998-12-01", "1999-02-28", "season"),
        ("1998年夏秋 大旱", "1998-06-01", "1998-11-30", "season"),
        ("1998年上半年，全县", "1998-01-01", "1998-06-30", "season"),
        ("1998年春节前夕，县领导", "1998-01-21", "1998-02-20", "season"),
        ("1998年，全县丰收", "1998-01-01", "1998-12-31", "year"),
        ("1998—2000年，全县", "1998-01-01", "2000-12-31", "year"),
    ],
)
def test_dates(surface: str, first: str, last: str | None, precision: str) -> None:
    assert resolve(surface) == EntryDate(day(first), day(last), precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "surface", ["1998年2月30日", "1998年13月5日", "1998年0月", "1998年4月31日", "1998年5月9日至3日"]
)
def test_impossible_dates(surface: str) -> None:
    date = resolve(surface + "，大雨")
    assert date.first is None
    assert date.problem is not None
    assert surface in date.problem


@pytest.mark.parametrize(
    "text",
    [
        "春耕生产全面展开",
        "全年粮食总产达到",
        "1998年是丰收的一年",
        "同年级学生",
        "同日本代表团会谈",
        "3个月后竣工",
        "15日内办结",
        "县委召开会议",
        "当日的会议",
        "",
    ],
)
def test_no_date(text: str) -> None:
    assert match_date(text) is None


@pytest.mark.parametrize(
    ("month", "year"), [(1, 2021), (2, 2021), (3, 2020), (12, 2020)], ids=["before", "same", "after", "december"]
)
def test_year_of_the_issue(month: int, year: int) -> None:
    assert resolve(f"{month}月5日，晴", 2021, 2).first == dt.date(year, month, 5)


def test_a_printed_year_is_carried_on() -> None:
    text = "大事记\n\n2019年11月5日，县委召开全委会。\n\n12月8日，县政府召开常务会。\n"
    assert [event.date for event in find(text).events] == [dt.date(2019, 11, 5), dt.date(2019, 12, 8)]


def test_no_year_no_date() -> None:
    result = find("大事记\n\n11月5日，县委召开全委会。\n\n12月8日，县政府召开常务会。\n")
    assert [event.date for event in result.events] == [None, None]
    assert result.notes == ("doc/01: entries without a year have no date",)


def test_months_as_headings() -> None:
    text = "大事记\n\n2005年\n\n三月\n\n5日，县委召开全委会。\n\n四月\n\n8日，县政府召开常务会。\n\n是月，大雨。\n"
    assert [event.date for event in find(text).events] == [
        dt.date(2005, 3, 5),
        dt.date(2005, 4, 8),
        dt.date(2005, 4, 1),
    ]


SPLIT = """大事记

2019年3月4日，全县组织工作会议召开。县委常委、组织部部长欧阳

书宁出席会议并讲话。

3月4日，县政府召开常务会议。

会议研究了春灌工作，副县长秦朗列席会议。

（县史志办供稿）

责任编辑：毛锐
"""


def test_spans() -> None:
    """A page break in a name, a blank line in an entry, two entries of one day, credits that belong to none."""
    result = find(SPLIT)
    assert [SPLIT[event.char_start : event.char_end] for event in result.events] == [
        SPLIT[SPLIT.index("2019年") : SPLIT.index("讲话。") + 3],
        SPLIT[SPLIT.index("3月4日，县政府") : SPLIT.index("列席会议。") + 5],
    ]
    assert [event.event_id for event in result.events] == [
        f"doc:{event.char_start}-{event.char_end}" for event in result.events
    ]
    assert [(p.name, SPLIT[p.char_start : p.char_end].replace("\n", "")) for p in result.participants] == [
        ("欧阳书宁", "欧阳书宁"),
        ("秦朗", "秦朗"),
    ]


def test_a_paragraph_without_a_date_above_the_first_entry_is_reported() -> None:
    text = "大事记\n\n本年大事由县志办整理。\n\n2019年3月4日，县政府召开常务会议。\n"
    result = find(text)
    assert len(result.events) == 1
    assert [(r.reason, text[r.start : r.end]) for r in result.refusals] == [("undated_entry", "本年大事由县志办整理。")]


def test_ordinary_prose_is_no_chronicle() -> None:
    text = (
        "在全县工作会议上的讲话\n\n3月4日，我们召开了会议。\n\n下面，我讲三点意见。\n\n一是抓产业。\n\n二是抓项目。\n"
    )
    assert find(text) == ChronicleResult()
