"""Quantities: the examples of the corpus, properties of any text, validation of the word lists, and speed."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import IN_CONTEXT, KNOWN_GAPS, NOTHING, VALUES, Found, Reading
from extract.grammar.comparators import build_words
from extract.grammar.cues import cue_before, cue_behind, cue_words
from extract.grammar.mentions import Quantity
from extract.grammar.numerals import find_numerals
from extract.grammar.quantities import find_quantities, quantities
from extract.grammar.sectors import SECTORS, find_sectors
from extract.grammar.units import build_unit_table, magnitude_value, split_unit, unit_reading
from extract.lexicon.loader import LexiconError, load_toml

ALPHABET = "一二三十百千万亿两半几数多余第零点分之至到—-%元个家人年倍成约近超以上内0123456789.,/ 县翻番增“”\n"


def reading_of(quantity: Quantity) -> tuple[Decimal, Decimal | None, str | None, Decimal | None, str | None, str]:
    q = quantity
    return q.value, q.value_high, q.unit, q.base_value, q.base_unit, q.comparator


@pytest.mark.parametrize(
    ("reading", "text"), [(reading, text) for reading, texts in VALUES for text in texts], ids=lambda p: str(p)[:40]
)
@pytest.mark.parametrize("frame", ["{}", "达到{}。", "（{}）"])
def test_spelling_is_read_whole_and_once(reading: Reading, text: str, frame: str) -> None:
    sentence = frame.format(text)
    found = quantities(sentence)
    assert [sentence[q.outer_start : q.outer_end] for q in found] == [text]
    assert sentence[found[0].start : found[0].end] == text
    value, high, unit, base, base_unit, comparator = reading
    expected = (Decimal(value), high and Decimal(high), unit, base and Decimal(base), base_unit, comparator)
    assert reading_of(found[0]) == expected


@pytest.mark.parametrize(("text", "expected"), IN_CONTEXT)
def test_quantities_of_a_sentence(text: str, expected: list[Found]) -> None:
    found = [(text[q.outer_start : q.outer_end], str(q.value), q.unit, q.comparator) for q in quantities(text)]
    assert found == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_quantity(text: str) -> None:
    assert [text[q.start : q.end] for q in quantities(text)] == []


@pytest.mark.parametrize(("text", "reason"), KNOWN_GAPS)
def test_known_gap_is_still_one(text: str, reason: str) -> None:
    assert [text[q.start : q.end] for q in quantities(text)] != [text], f"no gap any more: {reason}"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("579亿元", "measured"),
        ("12", "bare"),
        ("1—2项", "range"),
        ("二三十个", "approximate"),
        ("数十个", "several"),
        ("百分之五", "percent"),
        ("五分之一", "fraction"),
        ("三成", "tenths"),
        ("半小时", "half"),
        ("3倍", "multiple"),
        ("翻番", "multiple"),
        ("亿元", "bare_magnitude"),
        ("第3位", "ordinal"),
        ("两块五", "coins"),
        ("2.3:1", "ratio"),
        ("每千人", "per"),
    ],
)
def test_rule_names_the_construction(text: str, rule: str) -> None:
    assert [q.rule for q in quantities(text)] == [rule]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("-5—8度", "-5", "8"), ("零下5至3度", "-5", "3"), ("零下10度到零下3度", "-10", "-3"), ("3个—5家", "3", "5"),
        ("3万—5万元", "3", "5"), ("3—5", "3", "5"), ("三到五成", "30", "50"), ("3－5亿元", "3", "5"),
    ],
)  # fmt: skip
def test_ends_of_a_range(text: str, low: str, high: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.value_high, found.rule) == (Decimal(low), Decimal(high), "range")


def test_claimed_places_belong_to_no_quantity() -> None:
    text = "2023年以来，约5家"
    claimed = bytearray(len(text))
    claimed[0:5] = b"\x01" * 5
    claimed[text.index("约")] = 2
    (only,) = find_quantities(text, claimed)
    assert (text[only.outer_start : only.outer_end], only.comparator) == ("5家", "=")


def test_ordinal_spans_the_numeral_and_has_no_base() -> None:
    (found,) = find_quantities("位居全国第十二位")
    assert (found.start, found.end, found.outer_start, found.outer_end) == (5, 7, 4, 8)
    assert (found.value, found.unit, found.base_value) == (12, "位", None)


def test_numerals_of_a_range_are_two() -> None:
    (found,) = quantities("10—20亿元")
    assert [(n.start, n.end, n.value) for n in found.numerals] == [(0, 2, 10), (3, 5, 20)]


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_any_text_gives_ordered_spans_and_known_numerals(text: str) -> None:
    found = find_quantities(text)
    numerals = {(n.start, n.end) for n in find_numerals(text)}
    for q in found:
        assert 0 <= q.outer_start <= q.start < q.end <= q.outer_end <= len(text)
        assert "\n" not in text[q.start : q.end]
        assert {(n.start, n.end) for n in q.numerals} <= numerals
        assert (q.base_value is None) == (q.base_unit is None)
        assert q.value_high is None or q.value_high > q.value
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert quantities(text) == quantities(text)


@given(st.text(alphabet=ALPHABET, max_size=40), st.data())
def test_any_claim_is_respected(text: str, draw: st.DataObject) -> None:
    claimed = bytearray(draw.draw(st.lists(st.sampled_from([0, 0, 0, 1]), min_size=len(text), max_size=len(text))))
    for q in find_quantities(text, claimed):
        assert not any(claimed[q.outer_start : q.outer_end])


@pytest.mark.parametrize("unit", ["9", "一", "5家，", "1—", "亿", "百分之", "，", "第", "1,", "半", "约"])
def test_time_grows_with_the_length_and_not_with_its_square(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        started = time.perf_counter()
        quantities(text)
        return time.perf_counter() - started

    shorter = min(seconds(10_000) for _ in range(3))
    assert seconds(160_000) < 16 * 8 * shorter + 0.1


def test_four_hundred_digits_are_exact() -> None:
    digits = "123456789" * 45
    (found,) = quantities(digits + "亿元")
    assert str(found.value) == digits
    assert found.base_value == Decimal(digits + "0" * 8)


def units_with(**entry: object) -> dict[str, object]:
    base = {"surfaces": ["尺"], "dimension": "length", "base": "m", "factor": "1/3", "source": "usage"}
    return {"sources": load_toml("units")["sources"], "unit": [base, base | {"surfaces": ["丈"]} | entry]}


WORDS: dict[str, object] = {"group": [], "not_before": {}, "unscaled": {"words": []}}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"surfaces": ["尺"]}, "尺: listed twice"),
        ({"factor": "0"}, "丈: factor '0' is not above 0"),
        ({"factor": "1/0"}, "丈: factor '1/0' is no number"),
        ({"factor": "ten"}, "丈: factor 'ten' is no number"),
        ({"source": "hearsay"}, "丈: unknown source hearsay"),
        ({"factor": "-2"}, "丈: factor '-2' is not above 0"),
    ],
)
def test_faulty_unit_is_named(entry: dict[str, object], message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        build_unit_table(units_with(**entry), WORDS)


@pytest.mark.parametrize("missing", ["base", "factor"])
def test_base_and_factor_come_together(missing: str) -> None:
    units = units_with()
    del units["unit"][1][missing]  # type: ignore[index]
    with pytest.raises(LexiconError, match="丈: base and factor come together"):
        build_unit_table(units, WORDS)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("3kW时", "kW"),
        ("3kWx", None),
        ("5m3", "m3"),
        ("5微克/立方米", "微克/立方米"),
        ("5吨每日", "吨每日"),
        ("5升每日", "升"),
        ("5元每吨", "元"),
        ("5元/吨", "元/吨"),
        ("3mx时", None),
        ("5%3", "%"),
    ],
)
def test_unit_of_letters_or_with_another(text: str, printed: str | None) -> None:
    reading = unit_reading(text, 1)
    assert (reading and reading.printed) == printed


def test_magnitudes_run_to_the_eighth() -> None:
    found = [unit_reading("1" + "万" * length + "元", 1) for length in (7, 8, 9)]
    assert [reading.printed if reading else None for reading in found] == ["万" * 7 + "元", "万" * 8 + "元", "万" * 8]


@pytest.mark.parametrize(
    ("printed", "magnitude", "unit"),
    [
        ("十户", "十", "户"),
        ("亿元", "亿", "元"),
        ("千克", "", "千克"),
        ("万千瓦", "万", "千瓦"),
        ("万", "万", ""),
        ("", "", ""),
    ],
)
def test_magnitude_and_unit_of_a_printed_unit(printed: str, magnitude: str, unit: str) -> None:
    assert split_unit(printed) == (magnitude, unit)


def test_joined_units_are_divided() -> None:
    reading = unit_reading("5千克/亩", 1)
    assert reading is not None
    assert reading.base == "kg/m2"
    assert reading.factor == Fraction(3, 2000)


def test_magnitude_values() -> None:
    assert [magnitude_value(char) for char in "十百千万亿"] == [10, 100, 1000, 10_000, 100_000_000]


def test_exception_for_an_unlisted_measure_word_is_named() -> None:
    with pytest.raises(LexiconError, match="no such measure word: 尺"):
        build_unit_table(units_with(), WORDS | {"not_before": {"尺": ["寸"]}})


def test_comparator_listed_twice_is_named() -> None:
    lists = load_toml("comparators")
    with pytest.raises(LexiconError, match="约 is under"):
        build_words(lists | {"before": lists["before"] | {">": ["约"]}})


@pytest.mark.parametrize(
    ("text", "start", "end", "found"),
    [
        ("企业数扣除价格因素实际", 0, 11, "扣除价格因素实际"), ("同比增长", 0, 4, "增长"), ("同比增长", 2, 3, "增"),
        ("同比增长", 3, 4, None), ("企业", 0, 2, None), ("", 0, 0, None),
    ],
)  # fmt: skip
def test_cue_before_a_figure(text: str, start: int, end: int, found: str | None) -> None:
    cue = cue_before(text, start, end)
    assert (cue and cue[0]) == found
    assert cue is None or cue_words()[cue[0]] == cue[1]


@pytest.mark.parametrize(
    ("text", "start", "end", "found"),
    [("扣除价格因素实际增长", 0, 10, True), ("比增", 1, 2, False), ("增至12家", 0, 2, True), ("增至12家", 0, 1, False)],
)
def test_cue_behind_is_no_single_character(text: str, start: int, end: int, found: bool) -> None:
    assert (cue_behind(text, start, end) is not None) is found


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("三次产业结构为7.1:38.4:54.5", "7.1 38.4 54.5"),
        ("三次产业结构为7.1% : 38.4% : 54.5%", "7.1 38.4 54.5"),
        ("三大产业比例为7∶38∶55", "7 38 55"),
        ("一二三产业比7：38：55", "7 38 55"),
        ("一二三次产业比7：38：55", "7 38 55"),
        ("一、二、三产业比7：38：55", "7 38 55"),
        ("一、二、三次产业比7：38：55", "7 38 55"),
        ("三次产业结构由8：38：54调整为7：38：55", "8 38 54 7 38 55"),
        ("三次产业结构为7：38：54", "7 38 54"),
        ("三次产业结构为7：38：56", "7 38 56"),
        ("三次产业结构为7：38：53.9", ""),
        ("三次产业结构为7：38：56.1", ""),
        ("三次产业结构为7：38：55：1", ""),
        ("三次产业向好。比为7：38：55", ""),
        ("支出比为7：38：55", ""),
        ("支出比为7：38：55，三次产业结构为9：38：53", "9 38 53"),
    ],
)
def test_shares_of_the_three_sectors(text: str, shares: str) -> None:
    found = find_sectors(text)
    assert " ".join(str(quantity.value) for quantity in found) == shares
    assert [quantity.rule for quantity in found] == [*SECTORS] * (len(found) // 3)
    assert all(Decimal(text[quantity.start : quantity.end]) == quantity.value for quantity in found)
