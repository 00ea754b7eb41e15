"""What holds for every dataset, whatever the text: the real issue, invented documents, and noise of every kind."""

from __future__ import annotations

import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from time import process_time

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

import extract
from corpus.figures_loader import load_figures
from corpus.rules_documents import CONTENTS, MASTHEAD, RUNNING_HEADS
from extract.dataset import TABLES
from extract.explain import explain
from fuzz.invariants import DIGITS, check_dataset
from real_issue import issue_text, needs_issue, read_issue

WORK_REPORT = """2021年湖州市政府工作报告

（2021年1月18日）

一、2020年工作回顾

过去一年，全市生产总值达到3201.4亿元，同比增长3.3%，居全省第6位；一般公共预算收入336.6亿元，占生产总值的10.5%。
新开工亿元以上项目86个，其中制造业项目51个，完成投资412亿元。城乡收入比由1.72:1缩小到1.66:1。

二、2021年工作安排

今年主要预期目标是：生产总值增长7.5%以上，城镇新增就业6万人，粮食产量稳定在9.2亿斤左右，万元GDP能耗下降3%。
甲级水厂、乙级水厂的供水能力分别达12万吨、8万吨。
"""

FRAGMENTS = [
    *"，。；：、！？（）“”《》—-·%％ \n\t一二三十百千万亿两半第约超占比至到由从达了的",
    "2023年", "1—11月", "截至11月底", "同比", "增长", "下降", "分别", "其中", "全市", "全省", "湖州市", "德清县", "居", "第3位",
    "力争", "不低于", "以上", "左右", "个百分点", "亿元", "万人", "项目", "12", "3.5", "1,234", "５０％", "百分之", "翻番",
    "5G", "“三个一批”", "0572-8765432", "a@b.cn", "①", "⑥", "一、", "（二）", "12月5日，", "市长秦岭主持召开会议。", "目录",
    "\u200b", "\ufeff", "\r\n", "😀", "٣", "𠀀", "\x00", "\ue000",
]  # fmt: skip


@needs_issue
def test_the_real_issue() -> None:
    check_dataset(issue_text(), read_issue())


@needs_issue
def test_every_numeral_of_the_real_issue_is_claimed_by_a_rule() -> None:
    unclaimed = [row for row in read_issue()["numerals"] if row.rule == "unclaimed"]
    assert len(unclaimed) <= 5, unclaimed


@pytest.mark.parametrize("text", [WORK_REPORT, MASTHEAD, CONTENTS, RUNNING_HEADS, WORK_REPORT.replace("\n", "\r\n")])
def test_invented_documents(text: str) -> None:
    check_dataset(text, extract.extract_text(text))


def test_the_whole_corpus_as_one_document() -> None:
    text = "\n\n".join(item.text for item in load_figures())
    check_dataset(text, extract.extract_text(text))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=60).map("".join).filter(str.strip))
def test_noise_of_fragments(text: str) -> None:
    try:
        dataset = extract.extract_text(text)
    except extract.StructureError:
        assert not regex.search(r"\w", text)
        return
    check_dataset(text, dataset)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=120))
def test_noise_of_any_characters(text: str) -> None:
    try:
        dataset = extract.extract_text(text)
    except extract.StructureError:
        return
    check_dataset(text, dataset)


class TestFrontDoor:
    def test_all_tables_are_there(self) -> None:
        dataset = extract.extract_text(WORK_REPORT, "huzhou-2021")
        assert set(dataset.tables) == set(TABLES)
        assert [issue.issue_id for issue in dataset["issues"]] == ["huzhou-2021"]
        assert dataset.coverage[0] == dataset.coverage[1] == len(DIGITS.findall(WORK_REPORT))

    def test_what_it_reads(self) -> None:
        dataset = extract.extract_text(WORK_REPORT)
        gdp = next(record for record in dataset["levels"] if record.figure == "3201.4亿元")
        assert (gdp.value, gdp.unit, gdp.base_value, gdp.base_unit, gdp.concept) == (
            3201.4, "亿元", 320140000000.0, "CNY", "gdp",
        )  # fmt: skip
        assert (gdp.period_start, gdp.period_end) == (date(2020, 1, 1), date(2020, 12, 31))
        assert gdp.region == "湖州市"
        assert gdp.region_code == "330500"
        growth = next(record for record in dataset["growth_rates"] if record.figure == "3.3%")
        assert (growth.indicator, growth.basis, growth.direction) == (gdp.indicator, "yoy", "up")
        aims = {record.figure: record for record in dataset["targets"]}
        assert {"7.5%", "6万人", "9.2亿斤", "3%"} <= set(aims)
        assert (aims["3%"].value, aims["9.2亿斤"].comparator, aims["7.5%"].comparator) == (-3.0, "~", ">=")
        assert aims["6万人"].period_start == date(2021, 1, 1)

    def test_a_file_is_read_as_its_text(self, tmp_path: Path) -> None:
        path = tmp_path / "huzhou-2021.txt"
        path.write_bytes(WORK_REPORT.encode("gb18030"))
        from_file, from_text = extract.extract_file(path), extract.extract_text(WORK_REPORT, "huzhou-2021")
        records = [name for name in TABLES if name != "issues"]
        assert {name: from_file[name] for name in records} == {name: from_text[name] for name in records}
        assert [from_file["issues"][0].encoding, from_text["issues"][0].encoding] == ["gb18030", "utf-8"]

    @pytest.mark.parametrize("text", ["", " \n\t\r\n", "　\n　"])
    def test_nothing_to_read_is_an_error_of_the_package(self, text: str) -> None:
        with pytest.raises(extract.ExtractError):
            extract.extract_text(text)


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    path = tmp_path / "huzhou-2021.txt"
    path.write_text(WORK_REPORT + MASTHEAD, "utf-8")
    digests = []
    for seed in ("0", "4242"):
        out = tmp_path / seed
        command = [sys.executable, "-c", "from extract.cli import main; main()", "run", str(path), "--out", str(out)]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed})
        digests.append({file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in out.glob("*.parquet")})
    assert digests[0] == digests[1]
    assert len(digests[0]) == len(TABLES)


LONG: dict[str, tuple[int, Callable[[int], str]]] = {
    "a sentence of 200,000 characters": (200_000, lambda size: "山上种茶农民增收，" * (size // 9)),
    "a sentence without a comma": (200_000, lambda size: "山上种茶农民增收" * (size // 8)),
    "numerals in a line": (2_000, lambda size: "产茶12吨、" * size),
    "years": (4_000, lambda size: "2023年、" * size),
    "bare numbers": (2_000, lambda size: "7 " * size),
    "shares": (1_500, lambda size: "占5%" * size),
    "aims": (1_500, lambda size: "力争达到5%，" * size),
    "places": (1_500, lambda size: "全省5%" * size),
    "formulas": (2_000, lambda size: "5+" * size),
    "nested brackets": (50_000, lambda size: "（" * size + "）" * size),
    "open brackets with figures": (1_500, lambda size: "（5亿元" * size),
    "unbalanced quotes": (50_000, lambda size: "“" * size),
    "open quotes with numerals": (20_000, lambda size: "“三" * size),
    "book titles left open": (20_000, lambda size: "《一" * size),
    "one numeral of a single character": (40_000, lambda size: "一" * size),
    "one numeral of digits": (10_000, lambda size: "9" * size),
    "magnitudes": (20_000, lambda size: "万亿" * size),
    "letters and hyphens": (8_000, lambda size: "a-" * size),
    "an address without end": (8_000, lambda size: "a@" * size),
    "words before an address": (10_000, lambda size: "茶" * size + "@"),
    "short lines": (1_500, lambda size: "5\n" * size),
    "table rows": (1_500, lambda size: "5\t6\n" * size),
    "headings": (2_000, lambda size: "一、工作\n" * size),
    "chronicle entries": (1_000, lambda size: "5月6日，市长秦岭主持召开会议。\n" * size),
}


def seconds(text: str) -> float:
    """Processor time to read a text, the better of two."""
    gc.disable()
    try:
        best = float("inf")
        for _ in range(2):
            started = process_time()
            extract.extract_text(text)
            best = min(best, process_time() - started)
        return best
    finally:
        gc.enable()


@pytest.mark.parametrize("name", LONG)
def test_time_is_linear(name: str) -> None:
    size, make = LONG[name]
    extract.extract_text("全市增长5%。")
    for _ in range(4):  # other work on the machine may slow one measurement, not four
        half, whole = seconds(make(size // 2)), seconds(make(size))
        if whole < 3 * half + 0.02:
            return
    pytest.fail(f"{half:.3f} s for half, {whole:.3f} s for the whole")


def test_ten_thousand_numerals_in_a_line() -> None:
    dataset = extract.extract_text("7，" * 10_000)
    assert [row.surface for row in dataset["numerals"]] == ["7"] * 10_000


@pytest.mark.parametrize(
    "text",
    ["（" * 300 + "投资5亿元" + "）" * 300, "“" * 300 + "投资5亿元", "投资5亿元" + "）”》" * 200, "一" * 500 + "个", "〔" * 99 + "2021〕5号"],
)  # fmt: skip
def test_marks_out_of_balance(text: str) -> None:
    check_dataset(text, extract.extract_text(text))


@pytest.mark.parametrize("figure", ["9" * 400 + "亿元", "1" + "0" * 309 + "吨", "4" * 305 + "万亿元", "9" * 400 + "%"])
def test_a_value_too_large_is_reported_and_stays_in_the_ledger(figure: str) -> None:
    text = f"2021年，全市投资{figure}，新建桥梁3座。"
    dataset = extract.extract_text(text)
    check_dataset(text, dataset)
    start = text.index(figure)
    refused = [
        reject for reject in dataset["rejects"] if (reject.char_start, reject.char_end) == (start, start + len(figure))
    ]
    assert len(refused) == 1
    assert refused[0].reason == "value_too_large"
    assert [row.surface for row in dataset["numerals"] if row.char_start == start] == [figure.rstrip("亿元吨万%")]
    assert [record.figure for record in dataset["levels"]] == ["3座"]


def test_a_number_of_400_digits_without_a_unit_stays_in_the_ledger() -> None:
    text = "编号" + "7" * 400 + "。"
    dataset = extract.extract_text(text)
    check_dataset(text, dataset)
    assert [len(row.surface) for row in dataset["numerals"]] == [400]


def explained(text: str, as_of: date | None = None, place: str | None = None) -> str:
    """What `extract explain` prints."""
    printed = StringIO()
    Console(file=printed, width=200).print(explain(text, as_of, place))
    return printed.getvalue()


class TestExplain:
    def test_it_names_figure_role_and_rules(self) -> None:
        printed = explained("2021年，全市投资57亿元，同比增长8.1%。", date(2022, 3, 1), "湖州市")
        for part in (
            "57亿元",
            "level",
            "[level.noun_before]",
            "8.1%",
            "growth_rate",
            "[growth.verb]",
            "增长 (growth_up)",
        ):
            assert part in printed
        assert "indicator (here): 投资" in printed
        assert "indicator (carried): 投资" in printed
        assert "2021-01-01 .. 2021-12-31" in printed

    def test_it_names_the_rule_of_the_quantity(self) -> None:
        assert "quantity [measured]: 57 亿元 =" in explained("投资57亿元。")

    def test_it_says_why_something_was_declined(self) -> None:
        assert "declined growth: 增加 counts the noun behind" in explained("全市增加12个停车位。")

    def test_other_numerals_are_there_with_their_rule(self) -> None:
        assert "五  name  [name.quoted]" in explained("开展“五清”治理。")

    def test_aims_are_named(self) -> None:
        assert "aim: aim.word" in explained("力争投资增长9%。")

    @pytest.mark.parametrize("text", ["[red]投资[/]5亿元[/bold]。", "[/]5%", "增长[5%", "没有数字。"])
    def test_brackets_of_the_text_are_no_markup(self, text: str) -> None:
        assert text in explained(text)
