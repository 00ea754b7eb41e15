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

# what stands beside a phrase, or next to it in form: everything that is claimed
BESIDE: dict[str, list[str]] = {
    "第8.5代生产线、第8代": ["第8.5代", "第8代"],
    "第二、抓落实；第二、三季度": ["第二", "第二"],
    "第五条渠，第9次，第3，抓水利": ["第五条", "第9次", "第3"],
    "其六、缺水，其七、缺地": ["其六"],
    "首3批、首3家，前3届、前3月": ["首3批", "前3届"],
    "（十二）、（12）、（123）、（三年）": ["（十二）", "（12）"],
    "〔2023〕 15 号，〔2023〕年": ["〔2023〕 15 号", "〔2023〕"],
    "附件12、条件2、文件3": ["件12"],
    "附表2、报表1\n表1": ["表2", "表1"],
    "如图2、附图4、地图2\n图3": ["图2", "图4", "图3"],
    "五届二次、五届三中全会、5届毕业生、5届世博": ["五届二次", "五届三中全会"],
    "二次和三次会议，二次供水": ["二次", "三次"],
    "十九大、二十大、二十一大": ["十九大", "二十大", "二十一大"],
    "6大产业、6大批、6大小、6大量、6大幅、一大批": ["6大", "一大批"],
    "水厂二期，厂址二期间、二期货": ["二期"],
    "15强、十强、百强县、500强劲、百强度": ["15强", "十强", "百强"],
    "3号线、2号楼、3号": ["3号", "2号"],
    "白鱼路 66号、白鱼路3号线": ["66号", "3号"],
    "1+3+N、1+x、1+": ["1+3+N", "1+x"],
    "36条长效管护机制，36条河流，36条，措施": ["36条"],
    "36条123措施": [],
    "20项专项行动，20项任务": ["20项"],
    "十件实事，十件民生实事，十件重点民生实事，十件衣服": ["十件", "十件", "十件"],
    "，一是抓水；讲一是一，三要严\n五要快": ["一", "三", "五"],
    "三、抓水\n12、抓田。二、抓林": ["三", "12"],
    "2.抓水\n2.5吨。3.抓田，4.抓林\n5．抓草": ["2", "3", "5"],
    "4）抓水\n5）抓田，抓6）": ["4", "5"],
    "3.5D电影、3.5G网络、3.5GW、12KWH": ["3.5D", "3.5G"],
    "5G、5g、2TB、4K": ["5G", "4K"],
    "a-1、B-52、ISO9001-2、X": ["a-1", "B-52", "ISO9001-2"],
    "cha@a.b.c、@example.org、a@b": ["cha@a.b.c"],
    f"cha@a.org{'水' * 70}cha@b.org": ["cha@a.org", "cha@b.org"],
    "@、cha@b.org": ["cha@b.org"],
    "见@example.org": [],
    "A-PM2.5、3-PM10、3.5K5、ab-C60、见3.K5": ["A-PM2.5", "PM10", "3.5K5", "ab-C60", "K5"],
    "https://a.cn/1?x=2，www.a1.cn，a1.cn": ["https://a.cn/1?x=2", "www.a1.cn", "a1.cn"],
    "0572--8765432、0572 - 87654321": ["0572--8765432", "0572 - 87654321"],
    "10572-8765432、0572-876543211": [],
    "12700001234、137000012345、19900001234": ["19900001234"],
    f"《{'二' * 80}》，《{'二' * 81}》": [f"《{'二' * 80}》"],
    "《二条》《十条": ["《二条》"],
    "“五清”、“五清、“清”、“2”": ["“五清”", "“2”"],
    "“五五”普法，“八五”普法，“十四五”开局": [],
    "“5%”“2元”“2亿元”“1个百分点”“2平方公里”“2万吨”“2亩”“2万千瓦”“2人次”“3公里”": [],
    "“倍增五年”“翻番3年”“年内5件”": [],
}

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


@pytest.mark.parametrize("text", BESIDE)
def test_what_stands_beside_a_phrase_is_left_alone(text: str) -> None:
    assert [phrase for _, phrase in phrases(text)] == BESIDE[text]


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
