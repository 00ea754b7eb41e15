"""Paragraphs into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Document
from extract.sentences import split_sentences
from extract.structure import read_structure


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["粮食增产。", "油料减产！", "原因何在？"],
        ["新建水库3座；加固堤防12公里；清淤渠道40公里。"],
        ["他强调：“要快。要稳。要准。”", "会后检查了水库。"],
        ["“要快！”的要求传到每个村。", "村村动员。"],
        ["措施到位（一是清淤。二是加固。），效果明显。", "群众满意。"],
        ["成绩属于过去……", "新的一年已经开始。"],
        ["没有句号的半句"],
        ["怎么办？！", "干！"],
        ["详见http://example.com/a?b=1的说明。", "完。"],
        ["引号没有关上“第一段。", "第二段。"],
        ["他说：“‘稳’字当头。”", "大家点头。"],
    ],
)
def test_sentence_ends(sentences: list[str]) -> None:
    assert split("".join(sentences)) == sentences


def test_long_quotation_is_split() -> None:
    quoted = "粮食连年丰收，" * 40
    assert len(split(f"报告指出：“{quoted}好。{quoted}好。”会议结束。")) == 3


def test_no_text_has_no_sentence() -> None:
    assert split("") == []


def test_kinds_of_blocks_that_give_sentences() -> None:
    doc = read_structure(
        Document(
            "report",
            "白沙县2019年统计公报\n\n一、农业\n\n粮食增产。棉花减产。\n\n"
            "产品\t产量\n粮食\t12.5\n棉花\t0.8\n\n王山 / 摄\n",
        )
    )
    text = doc.reading.text
    assert [text[s.start : s.end] for s in doc.sentences] == [
        "一、农业",
        "粮食增产。",
        "棉花减产。",
        "产品\t产量",
        "粮食\t12.5",
        "棉花\t0.8",
    ]
    assert [s.position for s in doc.sentences] == [1, 2, 3, 4, 5, 6]
    assert doc.sentences[1].section == ("一、农业",)
    assert all(doc.blocks[s.block].start <= s.start < s.end <= doc.blocks[s.block].end for s in doc.sentences)


@given(st.text(alphabet="粮食增产12。！？…“”（）‘’；，?!a ", max_size=300))
def test_sentences_cover_the_paragraph(text: str) -> None:
    assert "".join(split(text)) == text
    assert all(split(text))
