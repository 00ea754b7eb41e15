"""The smallest example of everything that fuzzing has found; all of it is mended."""

from __future__ import annotations

from datetime import date

import pytest

import extract
from extract.grammar.periods import periods
from extract.grammar.quantities import quantities
from extract.lines import SHAPELESS, fold
from fuzz import targets
from fuzz.invariants import check_dataset

HUGE = "9" * 320


def test_a_cell_whose_value_is_too_large_is_refused_by_name() -> None:
    text = f"单位：亿元\n指标  2020年  2021年\n投资  {HUGE}  5\n贷款  3  4\n"
    dataset = extract.extract_text(text)
    check_dataset(text, dataset)
    assert [(row.reason, text[row.char_start : row.char_end]) for row in dataset["rejects"]] == [
        ("value_too_large", HUGE)
    ]
    assert [(row.role, row.rule) for row in dataset["numerals"] if row.surface == HUGE] == [
        ("idiom", "refused.too_large")
    ]


def test_a_cell_that_the_factor_of_its_unit_makes_too_large() -> None:
    text = f"单位：亿元\n指标  2020年  2021年\n投资  {'9' * 305}  5\n贷款  3  4\n"
    dataset = extract.extract_text(text)
    check_dataset(text, dataset)
    assert [row.reason for row in dataset["rejects"]] == ["value_too_large"]


@pytest.mark.parametrize("digit", ["٣", "३", "𝟑", "３"])
def test_digits_of_other_scripts_stand_in_the_ledger(digit: str) -> None:
    text = f"单位：元\n指标  2021年\n贷款  {digit}\n投资  {digit}\n"
    dataset = extract.extract_text(text)
    check_dataset(text, dataset)
    assert [row.value for row in dataset["numerals"] if row.surface == digit] == [3.0, 3.0]


def test_folding_digits_of_other_scripts_keeps_the_length() -> None:
    assert fold("٣१𝟗") == "319"
    assert fold("\U00011f50") in ("0", SHAPELESS)  # of Unicode 15, which Python 3.11 does not know


def test_days_that_end_before_they_begin_are_none() -> None:
    assert [(p.first, p.last, p.rule) for p in periods("26至7日", date(2021, 3, 1))] == [
        (None, None, "date.impossible")
    ]


@pytest.mark.parametrize("text", ["〇倍增", "百倍增"])
def test_a_multiple_is_one_figure(text: str) -> None:
    assert len(quantities(text)) == 1


@pytest.mark.parametrize("text", ["。号\n٣\u2029W", "单位：元\n±  -\n六  ٣", "比上年  " + HUGE + "\n3  0"])
def test_texts_that_broke_a_promise(text: str) -> None:
    for target in targets.OF_TEXT.values():
        target(text)


@pytest.mark.parametrize("label", ["贷款", "贷" + "\0" * 60 + "款"])
def test_chinese_numerals_of_neighbouring_cells_stay_apart(label: str) -> None:
    text = f"表1 指标\n单位：亿元、%\n比重    1,234  278  567\n{label}    百分之五    一万二    十九\n"
    dataset = extract.extract_text(text)
    check_dataset(text, dataset)
    assert {"百分之五", "一万二", "十九"} <= {row.surface for row in dataset["numerals"]}


def test_a_number_behind_a_space_is_no_unit() -> None:
    assert [(q.value, q.unit) for q in quantities("一万二 十九人")][-1] == (19, "人")
    assert [(q.value, q.unit) for q in quantities("5 千瓦，3 万人")] == [(5, "千瓦"), (3, "万人")]


@pytest.mark.parametrize("text", ["年六点二年.", "5G3.5"])
def test_a_numeral_of_which_a_part_is_read_stands_in_parts(text: str) -> None:
    check_dataset(text, extract.extract_text(text))


def test_the_number_of_a_generation_may_have_decimals() -> None:
    dataset = extract.extract_text("加快建设第8.5代显示面板生产线。\n")
    assert [(row.surface, row.role, row.rule) for row in dataset["numerals"]] == [("8.5", "ordinal", "ordinal.di")]


def test_a_number_behind_tenths_is_its_own() -> None:
    text = "甲项目占两成一万元"
    check_dataset(text, extract.extract_text(text))
    assert [(q.value, q.unit) for q in quantities(text)] == [(20, "%"), (1, "万元")]


def test_a_percentage_behind_a_number_keeps_its_hundred() -> None:
    text = "8  4  百分之五\n番　　3　　\n5|6"
    check_dataset(text, extract.extract_text(text))
    assert [(q.value, q.unit) for q in quantities("甲占4百分之五")] == [(4, None), (5, "%")]


def test_an_address_does_not_end_inside_a_number() -> None:
    text = "a@b.cn0572-8765432-0572-8765432-0572-8765432-0572-8765432-0572-8765432"
    check_dataset(text, extract.extract_text(text))


def test_a_figure_goes_on_over_a_caption_with_a_number() -> None:
    text = "□林青\n。百\r□林青\n3\n公里"
    dataset = extract.extract_text(text)
    check_dataset(text, dataset)
    assert [(row.surface, row.role) for row in dataset["numerals"]] == [("百", "level"), ("3", "page")]


@pytest.mark.parametrize("text", ["。和吞吐量分别增4%、1%", "附件235", "3两千，"])
def test_clauses_of_real_texts_spliced(text: str) -> None:
    check_dataset(text, extract.extract_text(text))
