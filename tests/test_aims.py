"""Figures to be reached, against facts and plans: the verb and the section decide."""

from __future__ import annotations

import pytest

from reading import read_column, read_rows

PLAN = "三、2022年重点工作安排\n\n"
REVIEW = "一、2021年工作回顾\n\n"

TARGETS = [
    ("力争工业投资增长9%。", "growth"),
    ("工业投资争取达到90亿元。", "level"),
    ("确保新签约项目不低于90个。", "count"),
    ("2022年预期目标是：工业投资增长9%。", "growth"),
    ("努力实现农村自来水普及率99%。", "share"),
    ("到2025年，森林覆盖率达到49%。", "share"),
    ("两年内技改投资实现倍增。", "growth"),
    (PLAN + "培育省级专精特新企业9家。", "count"),
    (PLAN + "新建改建农村公路90公里。", "level"),
]

FACTS = [
    "2021年，全市工业投资增长9%。",
    "截至目前，已建成便民服务中心90个。",
    REVIEW + "新建改建农村公路90公里，超额完成目标任务。",
    "目前，全市拥有农业龙头企业90家。",
    "工业投资完成年度目标的96%。",
    PLAN + "目前全市已有农村公路900公里。",
]


@pytest.mark.parametrize(("text", "measure"), TARGETS)
def test_target(text: str, measure: str) -> None:
    rows = read_rows(text)
    assert [(row["role"], row["measure"], row["modality"]) for row in rows.values()] == [("target", measure, "target")]


@pytest.mark.parametrize("text", FACTS)
def test_fact(text: str) -> None:
    rows = read_rows(text)
    assert rows
    assert "target" not in {row["role"] for row in rows.values()}


def test_planned_projects_are_no_targets() -> None:
    rows = read_rows("2022年，全市计划开工重大项目24个，拟竣工项目9个。")
    assert [(row["role"], row["planned"], row["stage"], row["modality"]) for row in rows.values()] == [
        ("project_count", True, "start", "planned"),
        ("project_count", True, "complete", "planned"),
    ]


def test_an_aim_holds_for_the_whole_list() -> None:
    text = "2022年，力争财政收入增长7%，外贸出口增长5%，新增就业3万人。"
    assert set(read_column(text, "role").values()) == {"target"}


def test_a_fact_after_an_aim_is_none() -> None:
    text = "全市力争发展茶园，目前茶园面积已达12万亩。"
    assert read_column(text, "role") == {"12万亩": "level"}


def test_what_is_expected_of_the_running_year_is_an_estimate() -> None:
    row = read_rows("预计全年工业投资增长9%。")["9%"]
    assert (row["role"], row["modality"]) == ("growth_rate", "estimate")


def test_the_years_of_a_plan_section_are_its_own() -> None:
    row = read_rows(PLAN + "全年改造供水管网40公里。")["40公里"]
    assert (row["period_start"].isoformat(), row["period_end"].isoformat()) == ("2022-01-01", "2022-12-31")
