"""An invented journal issue as written tables, with everything the evidence page must bear: markup in the text, a
character beyond the first plane, a page break inside a sentence, a formula for an indicator, checks of both kinds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from extract import models
from extract.dataset import TABLES, Dataset
from extract.tables import write

ISSUE = "清河要报-2031"
ATTACK = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
FORMULA = '=HYPERLINK("http://127.0.0.1/","点")'
BREAK = "\n— 7 —\n清河要报\n"

_SENTENCES = [
    # article, headings above, raw text, text as read
    (1, [], "一、工业", "一、工业"),
    (1, ["一、工业"], "2031年，𠮷山县规上工业增加值增长 7.2%，居全省第3位。", "2031年，𠮷山县规上工业增加值增长7.2%，居全省第3位。"),
    (1, ["一、工业"], f"计划开工项目40个，{BREAK}实际开工38个，开工率96%。", "计划开工项目40个，实际开工38个，开工率96%。"),
    (1, [], "二、目标", "二、目标"),
    (1, ["二、目标"], f"力争税收突破50亿元，{ATTACK}占全县９%。", f"力争税收突破50亿元，{ATTACK}占全县9%。"),
    (2, [], "新建学校12所。", "新建学校12所。"),
    (2, [], "投入3000万元，占总投资的60%。", "投入3000万元，占总投资的60%。"),
]  # fmt: skip

_GAPS = {2: "", 6: ""}
"""Rows that follow the sentence before them in one paragraph."""

RECORDS: list[tuple[str, int, str, dict[str, Any]]] = [
    ("growth_rates", 1, "7.2%", {"indicator": "规上工业增加值", "concept": "industrial_value_added", "value": 7.2, "unit": "%", "base_unit": "%", "direction": "up", "basis": "yoy", "rule": "growth.verb"}),
    ("rankings", 1, "3", {"indicator": "规上工业增加值", "value": 3.0, "around": "第3位", "unit": "位", "base_unit": "rank", "among": "全省", "rule": "ranking.position"}),
    ("project_counts", 2, "40个", {"indicator": "开工项目", "value": 40.0, "unit": "个", "base_unit": "count", "stage": "start", "planned": True, "modality": "planned", "rule": "projects.noun"}),
    ("project_counts", 2, "38个", {"indicator": "开工项目", "value": 38.0, "unit": "个", "base_unit": "count", "stage": "start", "planned": False, "rule": "projects.noun"}),
    ("shares", 2, "96%", {"indicator": "开工率", "value": 96.0, "unit": "%", "base_unit": "%", "whole": "计划", "rule": "share.rate"}),
    ("targets", 4, "50亿元", {"indicator": FORMULA, "value": 50.0, "unit": "亿元", "base_value": 5e9, "base_unit": "CNY", "comparator": ">", "modality": "target", "measure": "level", "rule": "level.noun_before+aim.word"}),
    ("shares", 4, "９%", {"indicator": "税收", "value": 9.0, "unit": "%", "base_unit": "%", "whole": "全县", "region": "𠮷山县", "rule": "share.part_of"}),
    ("levels", 5, "12所", {"indicator": "学校", "value": 12.0, "unit": "所", "base_unit": "count", "period_start": None, "period_end": None, "rule": "level.noun_before"}),
    ("levels", 6, "3000万元", {"indicator": "投入", "value": 3000.0, "unit": "万元", "base_value": 3e7, "base_unit": "CNY", "rule": "level.noun_before"}),
    ("shares", 6, "60%", {"indicator": "投入", "value": 60.0, "unit": "%", "base_unit": "%", "whole": "总投资", "rule": "share.part_of"}),
]  # fmt: skip
"""Table, sentence, figure, fields."""

_ONLY = {
    "targets": {"invest_min": None, "invest_max": None},
    "growth_rates": {"base_period_start": None, "base_period_end": None},
    "project_counts": {"invest_min": None, "invest_max": None},
}


def raw_text() -> tuple[str, list[tuple[int, int]]]:
    """The raw text, and the span of every sentence in it."""
    text, spans = "清河要报\n2031年第4期\n\n", []
    for row, (_, _, raw, _) in enumerate(_SENTENCES):
        text += _GAPS.get(row, "\n")
        spans.append((len(text), len(text) + len(raw)))
        text += raw
    return text + "\n", spans


def build_dataset(issue: str = ISSUE) -> Dataset:
    """The tables of the invented issue."""
    text, spans = raw_text()
    dataset = Dataset()
    dataset["issues"].append(_issue(issue, len(text)))
    bounds = {1: (spans[0][0], spans[4][1]), 2: (spans[5][0], spans[6][1])}
    for position, title in ((1, f"工业运行{ATTACK}"), (2, "学校与投入")):
        dataset["articles"].append(_article(issue, position, title, bounds[position]))
    for row, (article, section, _, read) in enumerate(_SENTENCES):
        start, end = spans[row]
        dataset["sentences"].append(
            models.Sentence(
                issue_id=issue,
                article_id=f"{issue}/{article:02}",
                position=row + 1,
                section=section,
                text=read,
                char_start=start,
                char_end=end,
            )
        )
    ids = [_add_record(dataset, issue, text, spans, *place, dict(fields)) for *place, fields in RECORDS]
    start = spans[1][0]
    dataset["numerals"].append(_numeral(issue, 1, start, start + 4, "2031", "date", None, "date.year"))
    _add_checks(dataset, issue, ids)
    _add_event(dataset, issue, spans[5])
    dataset["rejects"].append(
        models.Reject(
            issue_id=None,
            path=f"坏{ATTACK}.txt",
            stage="decode",
            reason="not_text",
            message="no text",
            char_start=None,
            char_end=None,
        )
    )
    return dataset


def write_sample(folder: Path) -> Path:
    """The tables of the invented issue, written as the pipeline writes them."""
    write(build_dataset(), folder)
    return folder


def _issue(issue: str, length: int) -> models.Issue:
    return models.Issue(
        issue_id=issue,
        title="清河要报",
        year=2031,
        number=4,
        total_number=None,
        organiser="清河市办公室",
        place="清河市",
        region_code=None,
        permit=None,
        sha256="0" * 64,
        encoding="utf-8",
        char_count=length,
        issue_date=dt.date(2031, 4, 30),
        notes=[f"not in the contents: {ATTACK}"],
    )


def _article(issue: str, position: int, title: str, span: tuple[int, int]) -> models.Article:
    return models.Article(
        article_id=f"{issue}/{position:02}",
        issue_id=issue,
        position=position,
        kind="report",
        title=title,
        column="调研",
        authors=["林一舟"],
        author_posts=["办公室主任"],
        page=position * 4,
        occasion=None,
        occasion_date=None,
        proofreader="何校",
        editor="马编",
        char_start=span[0],
        char_end=span[1],
        occasion_event_id=None,
    )


def _add_record(
    dataset: Dataset, issue: str, text: str, spans: list[tuple[int, int]],
    table: str, row: int, figure: str, fields: dict[str, Any],
) -> str:  # fmt: skip
    """The record and its numeral; gives the record's id."""
    article, _, _, read = _SENTENCES[row]
    first, last = spans[row]
    around = fields.pop("around", figure)
    start = text.index(around, first) + around.index(figure)
    end = start + len(figure)
    row_id = f"{issue}:{start}-{end}"
    common = {
        "record_id": row_id, "issue_id": issue, "article_id": f"{issue}/{article:02}", "concept": None,
        "value_high": None, "base_value": fields["value"], "base_value_high": None, "comparator": "=",
        "period_start": dt.date(2031, 1, 1), "period_end": dt.date(2031, 12, 31), "period_text": "2031年",
        "region": "清河市", "region_code": None, "modality": "actual", "figure": text[start:end], "char_start": start,
        "char_end": end, "sentence": read, "sentence_start": first, "sentence_end": last,
    }  # fmt: skip
    dataset[table].append(TABLES[table](**common | _ONLY.get(table, {}) | fields))
    digits = end - len(figure.lstrip("0123456789.９"))
    role = {"growth_rates": "growth_rate", "project_counts": "project_count"}.get(table, table.removesuffix("s"))
    dataset["numerals"].append(
        _numeral(issue, article, start, digits, text[start:digits], role, row_id, fields["rule"])
    )
    return row_id


def _numeral(
    issue: str, article: int, start: int, end: int, surface: str, role: Any, record: str | None, rule: str
) -> models.LedgerEntry:
    return models.LedgerEntry(
        issue_id=issue,
        article_id=f"{issue}/{article:02}",
        char_start=start,
        char_end=end,
        surface=surface,
        value=float(surface.replace("９", "9")),
        role=role,
        record_id=record,
        rule=rule,
    )


def _add_checks(dataset: Dataset, issue: str, ids: list[str]) -> None:
    dataset["checks"].extend(
        [
            models.Check(
                check_id="ratio:1",
                issue_id=issue,
                kind="ratio",
                status="differs",
                stated=96.0,
                derived=95.0,
                difference=1.0,
                tolerance=0.5,
                expression="38个 / 40个 = 95% ≠ 96%",
                record_ids=[ids[3], ids[2], ids[4]],
            ),
            models.Check(
                check_id="share:1",
                issue_id=issue,
                kind="share",
                status="agrees",
                stated=60.0,
                derived=60.0,
                difference=0.0,
                tolerance=0.5,
                expression="3000万元 / 5000万元 = 60%",
                record_ids=[ids[8], ids[9]],
            ),
        ]
    )


def _add_event(dataset: Dataset, issue: str, span: tuple[int, int]) -> None:
    event = f"{issue}:{span[0]}-{span[1]}"
    dataset["events"].append(
        models.Event(
            event_id=event,
            issue_id=issue,
            article_id=f"{issue}/02",
            date=dt.date(2031, 3, 1),
            date_end=None,
            precision="day",
            source="chronicle",
            kind="meeting",
            title=f"校舍推进会{ATTACK}",
            place=None,
            text="新建学校。",
            char_start=span[0],
            char_end=span[1],
        )
    )
    dataset["event_participants"].append(
        models.Participant(
            event_id=event,
            issue_id=issue,
            position=1,
            name="林一舟",
            posts=["主任"],
            role="chair",
            char_start=span[0],
            char_end=span[0] + 2,
        )
    )
