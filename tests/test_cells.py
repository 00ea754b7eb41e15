"""Figures of tables: two corpora of invented tables read cell by cell, and lines that only look like tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from corpus import figures_loader
from corpus.figures_loader import ROLES, FigureItem, load_figures
from extract.cell_rows import cell_claims, cell_row
from extract.cells import Cell, find_cells
from extract.context import find_settings
from extract.document import Document, IssueHead
from extract.grammar.region_context import RegionContext, find_place
from extract.grids import find_grids
from extract.lexicon.loader import load_toml
from extract.records import RECORD_TABLES, ROLE_TABLES
from extract.structure import read_structure
from extract.table_heads import read_head

LAYOUTS = Path(__file__).parent / "corpus" / "tables.toml"
ITEMS = [
    *(item for item in load_figures() if item.genre == "table"),
    *(figures_loader._build_item(entry, table) for table, entry in figures_loader._read_entries(LAYOUTS)),
]
SIMILAR = 0.6
IGNORED = str.maketrans("", "", ' 　“”"（）()的、，')


def build(item: FigureItem) -> Document:
    """The item as a document that knows its place, date and title."""
    place = find_place([item.place])
    doc = read_structure(Document(item.id, item.text))
    head = IssueHead(place=item.place, date=item.date, title=item.title, region_code=place[1] if place else None)
    articles = tuple(replace(article, title=item.title) for article in doc.articles)
    blocks = tuple(replace(block, section=(*item.section, *block.section)) for block in doc.blocks)
    return replace(doc, head=head, articles=articles, blocks=blocks)


def rows_of(doc: Document, cells: list[Cell]) -> list[dict[str, Any]]:
    context = RegionContext.from_place(doc.head.place)
    return [cell_row(cell, doc, context, f"{doc.issue_id}/01") for cell in cells]


def read(text: str, **head: Any) -> tuple[list[Cell], list[dict[str, Any]]]:
    """The cells of a text dated 2024 and their rows."""
    doc = replace(read_structure(Document("x", text)), head=IssueHead(**{"date": date(2024, 3, 1)} | head))
    cells = find_cells(doc, find_settings(doc))
    return cells, rows_of(doc, cells)


def similarity(one: str, other: str) -> float:
    """The Dice coefficient of the character pairs of two phrases, as the guidelines compare indicators."""
    one, other = one.translate(IGNORED), other.translate(IGNORED)
    if one == other:
        return 1.0
    pairs, others = (Counter(pairwise(text)) for text in (one, other))
    return 2 * sum((pairs & others).values()) / max(1, sum(pairs.values()) + sum(others.values()))


def differing(gold: dict[str, Any], row: dict[str, Any]) -> list[str]:
    """The fields of a row that the label does not accept."""
    period = [None if row[name] is None else row[name].isoformat() for name in ("period_start", "period_end")]
    got = row | {"period": None if period == [None, None] else period, "value": row["value"]}
    wrong = []
    for name in ("unit", "comparator", "period", "region", "modality", "basis", "stage", "planned", "measure"):
        if name in gold and name in got and got[name] not in [gold[name], *gold["alt"].get(name, [])]:
            wrong.append(f"{name}: {got[name]} for {gold[name]}")
    if abs(got["value"] - float(gold["value"])) > 1e-9:
        wrong.append(f"value: {got['value']} for {gold['value']}")
    accepted = [gold["indicator"], *gold["alt"].get("indicator", [])]
    if max(similarity(got["indicator"] or "", one) for one in accepted) < SIMILAR:
        wrong.append(f"indicator: {got['indicator']} for {gold['indicator']}")
    return wrong


def in_table(item: FigureItem, start: int) -> bool:
    line_end = item.text.find("\n", start)
    return "。" not in item.text[start : line_end if line_end >= 0 else None]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_figure_of_a_table_is_read(item: FigureItem) -> None:
    doc = build(item)
    cells = find_cells(doc, find_settings(doc))
    roles = {doc.reading.raw_span(cell.start, cell.end): cell.role for cell in cells}
    rows = {(row["char_start"], row["char_end"]): row for row in rows_of(doc, cells)}
    golds = [label for label in item.labels if label.role in ROLES.values() and in_table(item, label.start)]
    assert {span: item.text[slice(*span)] for span in rows} == {(g.start, g.end): g.surface for g in golds}
    for gold in golds:
        span = gold.start, gold.end
        assert roles[span] in gold.roles
        if roles[span] == gold.role:
            assert differing(gold.as_gold(), rows[span]) == [], gold.surface


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_other_numeral_of_a_table_is_claimed(item: FigureItem) -> None:
    doc = build(item)
    cells = find_cells(doc, find_settings(doc))
    claims = [(*doc.reading.raw_span(start, end), role) for start, end, role, _ in cell_claims(doc, cells)]
    for label in item.labels:
        over = [role for start, end, role in claims if start < label.end and label.start < end]
        assert bool(over) == (label.role not in ROLES.values())
        assert set(over) <= set(label.roles)


@pytest.mark.parametrize("item", [item for item in load_figures() if item.genre != "table"], ids=lambda item: item.id)
def test_prose_holds_no_table(item: FigureItem) -> None:
    doc = build(item)
    assert find_cells(doc, find_settings(doc)) == []
    assert cell_claims(doc, []) == []


@pytest.mark.parametrize(
    "text",
    [
        "章节目录\n第一章  总则  3\n第二章  工作目标  8\n第三章  保障措施  15\n",
        "常用电话\n部门\t电话\n市民热线\t12345\n供水抢修\t96116\n",
        "会议座次\n1  2  3\n4  5  6\n7  8  9\n",
        "课程安排\n时间  内容  教室\n3月5日  乡村振兴  201\n3月6日  数字经济  305\n",
        "轮值表\n姓名\t班次\n李小山\t3\n王大河\t4\n",
    ],
    ids=["contents", "telephones", "seats", "timetable", "rota"],
)
def test_columns_of_numbers_that_measure_nothing(text: str) -> None:
    assert read(text)[0] == []


def test_rows_satisfy_their_models() -> None:
    for item in ITEMS:
        doc = build(item)
        cells = find_cells(doc, find_settings(doc))
        for cell, row in zip(cells, rows_of(doc, cells), strict=True):
            model = RECORD_TABLES[ROLE_TABLES[cell.role]]
            assert model.model_validate(row).figure == item.text[row["char_start"] : row["char_end"]]


def test_blank_cells_keep_the_columns() -> None:
    text = "2023年产量\n产品\t2022年产量（吨）\t2023年产量（吨）\n茶叶\t\t31\n蜂蜜\t8\t\n花椒\t4\t5\n"
    _, rows = read(text)
    assert [(row["value"], row["period_start"].year) for row in rows] == [(31, 2023), (8, 2022), (4, 2022), (5, 2023)]


def test_a_short_row_set_by_spaces_falls_under_its_column() -> None:
    text = (
        "2023年各级学校情况\n"
        "项目        学校数（所）   毕业生数（人）   在校学生数（人）\n"
        "小学           12          52180         196500\n"
        "特教           31                        84300\n"
        "初中           40          1300          9000\n"
    )
    _, rows = read(text)
    assert [row["indicator"] for row in rows if row["value"] in (31, 84300)] == ["特教学校数", "特教在校学生数"]


def test_part_and_rate_rows_belong_to_the_row_above() -> None:
    text = (
        "2023年房地产开发情况\n指标\t单位\t绝对数\t比上年增长（%）\n"
        "开发投资额\t亿元\t11.3\t-9.6\n其中：住宅\t亿元\t8.8\t-9.3\n占比\t%\t77.9\t…\n"
    )
    cells, _ = read(text)
    assert [(cell.role, cell.indicator) for cell in cells] == [
        ("level", "开发投资额"),
        ("growth_rate", "开发投资额"),
        ("level", "住宅开发投资额"),
        ("growth_rate", "住宅开发投资额"),
        ("share", "住宅"),
    ]


def test_rank_names_among_whom() -> None:
    text = "2023年各市GDP及排名\n地区\tGDP（亿元）\t增速（%）\t增速全省排名\n徐州市\t8900\t7.1\t1\n南京市\t17421\t4.6\t13\n"
    cells, rows = read(text, place="江苏省", region_code="320000")
    ranks = [row for cell, row in zip(cells, rows, strict=True) if cell.role == "ranking"]
    assert [(row["value"], row["among"], row["region"], row["base_unit"]) for row in ranks] == [
        (1, "江苏省", "徐州市", None),
        (13, "江苏省", "南京市", None),
    ]


def test_rule_lines_are_no_rows() -> None:
    cells, rows = read("2023年财政\n|项目|金额（亿元）|增减（%）|\n|:--|--:|--:|\n|税收|30.6|15.5|\n|非税|11.2|-3.0|\n")
    assert [(cell.role, cell.indicator) for cell in cells[:2]] == [("level", "税收"), ("growth_rate", "税收")]
    assert [row["base_value"] for row in rows] == [3.06e9, 15.5, 1.12e9, -3.0]


def test_this_month_is_that_of_the_caption() -> None:
    text = (
        "2023年1-8月工业用电\n指标\t本月\t累计\n工业用电量（亿千瓦时）\t3.2\t21.5\n居民用电量（亿千瓦时）\t1.1\t8.0\n"
    )
    _, rows = read(text)
    assert [(row["period_start"], row["period_end"]) for row in rows[:2]] == [
        (date(2023, 8, 1), date(2023, 8, 31)),
        (date(2023, 1, 1), date(2023, 8, 31)),
    ]


def test_rows_that_differ_in_their_numbers_alone_are_no_running_heads() -> None:
    block = "其中：住宅\t{}.5\t3\n写字楼\t{}.7\t2\n"
    text = "2023年房地产指标\n指标\t面积（万平方米）\t增长（%）\n" + "".join(block.format(i, i) for i in range(4))
    assert len(read(text)[0]) == 16
    years = "历年税收（亿元）\n年份  国税  地税\n2019  41.2  24.6\n2020  29.8  15.9\n2021  34.0  18.3\n"
    assert [row["period_start"].year for row in read(years)[1]] == [2019, 2019, 2020, 2020, 2021, 2021]


def test_a_document_without_rows_has_no_grid() -> None:
    assert find_grids(read_structure(Document("x", "全年粮食总产12万吨，增长3%。"))) == []


def test_no_word_of_the_lexicon_has_two_meanings() -> None:
    for section, lists in load_toml("table_heads").items():
        assert {key: [w for w, times in Counter(words).items() if times > 1] for key, words in lists.items()} == {
            key: [] for key in lists
        }
        if section in ("label", "kind", "basis", "mode", "direction"):
            words = Counter(word for listed in lists.values() for word in listed)
            assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize(
    ("text", "noun", "kind"),
    [
        ("能源消费总量（万吨标准煤）", "能源消费总量", None),
        ("占地面积（亩）", "占地面积", None),
        ("销售金额", "销售金额", None),
        ("年末户籍人口", "户籍人口", None),
        ("空气质量优良天数比例", "空气质量优良天数比例", "share"),
        ("较2020年增长", "", "growth"),
        ("绝对额", "", "level"),
        ("", "", None),
    ],
)
def test_words_of_a_head(text: str, noun: str, kind: str | None) -> None:
    head = read_head(text)
    assert (head.noun, head.kind) == (noun, kind)
