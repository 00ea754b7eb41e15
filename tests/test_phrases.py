"""Closed phrases: names, numbering and contacts that no figure may be read from."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.rules_documents import CONTENTS, MASTHEAD
from extract.grammar.phrases import find_phrases
from reading import read_ledger


def phrases(text: str) -> list[tuple[str, str]]:
    return [(phrase.rule, text[phrase.start : phrase.end]) for phrase in find_phrases(text)]


# a rule, and each spelling with the phrase that it claims
SPELLINGS: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "ordinal.di",
        [
            ("召开第四次会议", "第四次"),
            ("编印第12期简报", "第12期"),
            ("第三批示范村", "第三批"),
            ("按照第6条办理", "第6条"),
            ("第十四届运动会", "第十四届"),
            ("第二，抓好水利。", "第二"),
        ],
    ),
    (
        "ordinal.session",
        [("九届五次全会", "九届五次"), ("市委7届3次全会", "7届3次"), ("二十届三中全会", "二十届三中全会")],
    ),
    ("ordinal.meeting", [("市委五次全会", "五次"), ("政协三次会议", "三次")]),
    ("ordinal.congress", [("党的十九大精神", "十九大"), ("党的二十大报告", "二十大")]),
    ("ordinal.batch", [("前十期培训班", "前十期"), ("首2批试点", "首2批")]),
    ("ordinal.phase", [("水厂二期扩建", "二期")]),
    ("ordinal.enumerator", [("做法有：一是清渠", "一"), ("，二要建章", "二"), ("其一，缺水", "其一")]),
    ("ordinal.heading", [("（三）强化保障", "（三）"), ("（12）附则", "（12）")]),
    ("ordinal.item", [("摘要\n三、强化保障", "三"), ("摘要\n2.强化保障", "2"), ("摘要\n4）强化保障", "4")]),
    ("ordinal.annex", [("详见附件3", "件3"), ("数据见附表2", "表2")]),
    (
        "name.quoted",
        [
            ("开展“五清”治理", "“五清”"),
            ("推进“1+14”政策", "“1+14”"),
            ("践行“三起来”要求", "“三起来”"),
            ("“2345”思路", "“2345”"),
        ],
    ),
    ("name.book_title", [("印发《二十条措施》", "《二十条措施》")]),
    ("name.token", [("5G基站", "5G"), ("PM2.5浓度", "PM2.5"), ("通过ISO9001认证", "ISO9001"), ("C919客机", "C919")]),
    ("name.formula", [("构建1+3+N体系", "1+3+N"), ("构建2+5格局", "2+5")]),
    ("name.numbered", [("地铁3号线", "3号"), ("一号文件", "一号"), ("2号机组", "2号")]),
    ("name.document_number", [("湖政发〔2021〕15号", "〔2021〕15号")]),
    ("name.great_set", [("6大产业集群", "6大"), ("十大战略", "十大"), ("三大攻坚战", "三大")]),
    ("name.top_list", [("世界500强企业", "500强"), ("全国百强县", "百强")]),
    ("name.titled_list", [("稳外贸20条措施", "20条"), ("16项专项行动", "16项"), ("十件民生实事", "十件")]),
    (
        "contact.phone",
        [("电话0572-8765432", "0572-8765432"), ("致电0572—8765432", "0572—8765432"), ("13700001234", "13700001234")],
    ),
    ("contact.address", [("投稿cha01@example.org", "cha01@example.org")]),
    ("contact.street", [("白鱼潭路66号", "66号")]),
    ("idiom.one", [("一批企业", "一批"), ("一系列政策", "一系列"), ("一些干部", "一些")]),
]

NOTHING = [
    "粮食产量达到五十亿斤",
    "新增企业30家",
    "投资“3.2亿元”引人注目",
    "“十四五”时期增长6%",
    "增长5.5%，占比三成",
    "安装光伏500kW",
    "第三季度增长2%",
    "全长12km",
    "第一季度",
    "世界一强",
    "山上种茶",
    "",
]


@pytest.mark.parametrize(("rule", "text", "phrase"), [(rule, *one) for rule, cases in SPELLINGS for one in cases])
def test_spelling(rule: str, text: str, phrase: str) -> None:
    assert (rule, phrase) in phrases(text)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_closed_here(text: str) -> None:
    assert phrases(text) == []


def test_at_one_place_the_earlier_then_the_longer_wins() -> None:
    assert phrases("落实《第三次会议“六稳”纪要》") == [("name.book_title", "《第三次会议“六稳”纪要》")]


def test_a_numeral_in_a_closed_phrase_makes_no_figure() -> None:
    text = "市委九届三次全会部署“五水共治”，5G基站新增30个，世界500强企业落户6家。"
    assert read_ledger(text) == [
        ("九", "ordinal"), ("三", "ordinal"), ("五", "name"), ("5", "name"), ("30", "level"), ("500", "name"), ("6", "level"),
    ]  # fmt: skip


def test_numbering_that_opens_the_document() -> None:
    assert read_ledger("二、夯实农业基础") == [("二", "ordinal")]


@pytest.mark.parametrize("contents", [CONTENTS, CONTENTS.replace("\n14　", "\nP14　")])
def test_pages_of_a_contents(contents: str) -> None:
    assert ("14", "page") in read_ledger(contents)


def test_bracketed_pages_of_a_contents() -> None:
    assert [role for surface, role in read_ledger(MASTHEAD) if surface in ("2", "14")] == ["page", "page"]


@given(st.text(alphabet="第一三十25届次批条号大强“”《》（）+@.a-G，、\n是要期", max_size=60))
def test_phrases_are_in_order_without_overlap(text: str) -> None:
    found = find_phrases(text)
    assert all(0 <= phrase.start < phrase.end <= len(text) for phrase in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
