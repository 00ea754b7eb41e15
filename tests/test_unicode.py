"""One text in the many ways that Unicode writes it: the same figures, and every offset that of the text as it stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dataset import Dataset
from extract.lines import fold
from extract.pipeline import extract_text
from extract.records import ROLE_TABLES

TEXT = "湖州市水利简报\n\n2022年3月15日\n\n全市农业总产值增长12.5%，新建水库38座，完成投资579亿元。\n"
WIDE = {ord(char): ord(char) + 0xFEE0 for char in "0123456789.%"}
FIELDS = ("value", "unit", "indicator", "region", "period_start", "modality")


def read(text: str) -> Dataset:
    """The dataset of a text, whose offsets have been looked up in it."""
    dataset = extract_text(text)
    for table in ROLE_TABLES.values():
        for row in dataset[table]:
            assert text[row.char_start : row.char_end] == row.figure
            assert row.sentence_start <= row.char_start < row.char_end <= row.sentence_end
    for row in dataset["numerals"]:
        assert text[row.char_start : row.char_end] == row.surface
    assert dataset.coverage[0] == dataset.coverage[1]
    return dataset


def facts(text: str) -> list[tuple[object, ...]]:
    dataset = read(text)
    return [
        (table, *(getattr(row, name) for name in FIELDS)) for table in ROLE_TABLES.values() for row in dataset[table]
    ]


EXPECTED = facts(TEXT)


def test_the_text_itself_has_three_figures() -> None:
    assert [fact[:4] for fact in EXPECTED] == [
        ("growth_rates", 12.5, "%", "农业总产值"),
        ("levels", 38.0, "座", "新建水库"),
        ("levels", 579.0, "亿元", "投资"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT.translate(WIDE), id="full-width digits"),
        pytest.param(TEXT.replace("12.5", "12．5").replace("%", "﹪"), id="full-width point, small percent"),
        pytest.param(TEXT.replace("12.5", "12·5"), id="raised point"),
        pytest.param(TEXT.replace("12.5", "𝟏𝟐.𝟓").replace("38", "𝟛𝟠"), id="mathematical digits"),
        pytest.param(TEXT.replace("增长", "增长\u200b"), id="zero-width space before a number"),
        pytest.param(
            TEXT.replace("12.5", "1\u200b2.\u200c5").replace("579", "5\u200d79"), id="joiners inside a number"
        ),
        pytest.param(TEXT.replace("亿元", "\u2060亿\u00ad元"), id="word joiner, soft hyphen"),
        pytest.param(TEXT.replace("38", "\u202a38\u202c").replace("579", "\u2066579\u2069"), id="marks of direction"),
        pytest.param(TEXT.replace("增长", "增\ufe00长\U000e0100"), id="variation selectors"),
        pytest.param(TEXT.replace("总", "\u3164总\U000e0041\ufff9"), id="fillers, tags, annotations"),
        pytest.param(TEXT.replace("总", "总\x01\x80\x9f"), id="controls"),
        pytest.param(TEXT.replace("座", "\u00a0座").replace("亿元", "\u202f亿\u00a0元"), id="no-break spaces"),
        pytest.param(TEXT.replace("座", "\u3000座").replace("亿元", "\u2009亿元"), id="ideographic and thin spaces"),
        pytest.param(TEXT.replace("长", "⻓").replace("民", "⺠"), id="radicals without decomposition"),
        pytest.param(TEXT.replace("长", "⾧").replace("水", "⽔"), id="Kangxi radicals"),
        pytest.param(TEXT.replace("利", "\uf9dd"), id="compatibility ideographs"),
        pytest.param("\ufeff" + TEXT, id="byte-order mark"),
        pytest.param(unicodedata.normalize("NFD", TEXT), id="decomposed"),
        *(
            pytest.param(TEXT.replace("\n", end), id=f"lines end with {end!r}")
            for end in ("\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\f")
        ),
    ],
)
def test_the_same_figures_in_another_writing(text: str) -> None:
    assert text != TEXT or text == unicodedata.normalize("NFD", TEXT)
    assert facts(text) == EXPECTED


@pytest.mark.parametrize("char", ["\u200b", "\ufeff", "\u202e", "\ufe0f"])
def test_what_has_no_shape_may_stand_anywhere_in_a_sentence(char: str) -> None:
    start = TEXT.index("全市")
    for at in range(start, len(TEXT)):
        assert facts(TEXT[:at] + char + TEXT[at:]) == EXPECTED


@pytest.mark.parametrize(
    "char", ["\ue000", "\U000f0000", "\ufffd", "\u0301", "\U0001f600", "\ufffe", "²", "㊳", "١", chr(0xD800)]
)
def test_what_cannot_be_read_moves_no_offset(char: str) -> None:
    for at in range(len(TEXT)):
        read(TEXT[:at] + char + TEXT[at:])


def test_a_line_of_blanks_of_every_kind_is_blank() -> None:
    blanks = "\u00a0\u2003\u3000\u200b\u2060\ufe0f\u2800"
    assert facts(TEXT.replace("\n\n", f"\n{blanks}\n")) == EXPECTED


@given(st.characters())
def test_every_character_is_folded_to_one(char: str) -> None:
    assert len(fold(f"增{char}长")) == 3


def test_every_fold_is_its_own_fold() -> None:
    for char in map(chr, [*range(0xD800), *range(0xE000, 0x30000), *range(0xE0000, 0xE0200)]):
        once = fold(f"增{char}长")
        assert fold(once) == once or char == "｀"  # whose fold is a sign of Markdown
