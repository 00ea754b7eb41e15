"""Lines into blocks and the reading: wrapped text, page breaks, tables, headings, and what holds for every text."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Document
from extract.errors import StructureError
from extract.headings import Sections, find_mark
from extract.lines import fold, split_lines
from extract.structure import read_structure

GAZETTEER = """青禾县志（续编）

第三编  农业

第一章  粮食生产

    1986年，全县粮食播种面积42.3万亩，总产量9860
万公斤，比1978年增长31.2%。其中水稻28.1万亩，总产
7420万公斤；小麦9.6万亩，总产1530万公斤。是年推广
杂交水稻12万亩，平均亩产412公斤。
    1987年春，连续阴雨37天，秧苗烂种率达到两成，县
委、县政府组织干部1200余人下乡抢播，夏粮仍减产
11.6%。秋粮丰收，全年总产10240万公斤，首次突破1亿

                     — 214 —

第三编  农业

公斤大关。
    1988年，实施“丰收计划”，投入资金380万元，改造
低产田5.2万亩。

第二章  林业

第一节  造林

    1985年至1990年，全县累计人工造林18.7万亩，飞播
造林6万亩，森林覆盖率由31.5%提高到38.9%，年均提高
1.5个百分点。
"""

COMMUNIQUE = """2021年临湖市国民经济和社会发展统计公报

临湖市统计局  国家统计局临湖调查队

（2022年3月25日）

一、综合

初步核算，全年地区生产总值1286.4亿元，比上年增长8.3%。

表1  2021年居民消费价格比上年涨跌幅度

单位：%

| 指标 | 全市 | 城市 |
|------|------|------|
| 居民消费价格 | 0.9 | 1.0 |
| 食品烟酒 | -0.3 | -0.4 |

价格总体平稳。

二、农业

表2  主要农产品产量
产品名称	产量（万吨）	比上年增长（%）
粮食	86.2	1.7
油料	5.41	-2.3

城市    公共汽车（辆）    运营里程（公里）
临湖    1260    2380
山口    85    410
"""


def read(text: str) -> Document:
    return read_structure(Document("text", text))


def texts(doc: Document, *kinds: str) -> list[str]:
    return [doc.reading.text[b.start : b.end] for b in doc.blocks if not kinds or b.kind in kinds]


def test_hard_wrapped_paragraphs_are_joined() -> None:
    assert texts(read(GAZETTEER), "paragraph") == [
        "1986年，全县粮食播种面积42.3万亩，总产量9860万公斤，比1978年增长31.2%。其中水稻28.1万亩，"
        "总产7420万公斤；小麦9.6万亩，总产1530万公斤。是年推广杂交水稻12万亩，平均亩产412公斤。",
        "1987年春，连续阴雨37天，秧苗烂种率达到两成，县委、县政府组织干部1200余人下乡抢播，夏粮仍减产11.6%。"
        "秋粮丰收，全年总产10240万公斤，首次突破1亿公斤大关。",
        "1988年，实施“丰收计划”，投入资金380万元，改造低产田5.2万亩。",
        "1985年至1990年，全县累计人工造林18.7万亩，飞播造林6万亩，森林覆盖率由31.5%提高到38.9%，年均提高1.5个百分点。",
    ]


def test_page_number_and_running_head_stand_beside_the_paragraph() -> None:
    doc = read(GAZETTEER)
    assert texts(doc, "running_head") == ["—214—", "第三编农业"]
    assert [b.section for b in doc.blocks][-1] == ("第三编 农业", "第二章 林业", "第一节 造林")


def test_one_paragraph_per_line_is_not_joined() -> None:
    lines = ["推进水利建设，全年新修渠道120公里", "推进农网改造，全年新建线路86公里", "推进村道硬化，全年铺路40公里"]
    assert texts(read("\n".join(["工作要点", *lines]))) == ["工作要点", *lines]


def test_paragraph_cut_by_a_page_break_is_one() -> None:
    doc = read(
        "关于水利的报告\n\n去冬以来，全县投入资金1.2亿元，整修山\n\n塘260口，清淤渠道40公里。\n\n各乡镇积极性很高。\n"
    )
    assert texts(doc, "paragraph") == [
        "去冬以来，全县投入资金1.2亿元，整修山塘260口，清淤渠道40公里。",
        "各乡镇积极性很高。",
    ]


@pytest.mark.parametrize(
    "caption",
    ["5月8日，水库大坝合龙。图为合龙现场。", "水库大坝合龙 王山 / 摄", "图：合龙现场", "坝顶全景\n\n王 山 摄"],
)
def test_caption_between_two_halves_comes_after_them(caption: str) -> None:
    doc = read(
        f"水库纪事\n\n水库于去年开工，总投资3.6亿元，设计\n\n\n\n{caption}\n\n库容1200万立方米。\n\n当年完工。\n"
    )
    assert texts(doc, "paragraph")[0] == "水库于去年开工，总投资3.6亿元，设计库容1200万立方米。"
    assert [b.kind for b in doc.blocks][2] == "caption"
    assert not any(doc.blocks[s.block].kind == "caption" for s in doc.sentences)


def test_caption_without_a_credit_is_seen_by_its_place() -> None:
    doc = read("水库纪事\n\n水库于去年开工，总投资3.6亿元，设计\n\n\n\n大坝合龙现场\n\n库容1200万立方米。\n")
    assert texts(doc, "paragraph", "caption") == [
        "水库于去年开工，总投资3.6亿元，设计库容1200万立方米。",
        "大坝合龙现场",
    ]


@pytest.mark.parametrize(
    "start", ["（二）清淤", "2.清淤", "——清淤", "■ 清淤", "第二，清淤", "二是清淤", "　　清淤", "第二章 清淤"]
)
def test_a_mark_or_an_indent_starts_a_new_paragraph(start: str) -> None:
    doc = read(f"水利报告\n\n投入资金1.2亿元，整修山塘260口\n\n{start}四十公里。\n")
    assert len(texts(doc, "paragraph")) == 2


def test_entries_that_start_with_their_dates_are_not_joined() -> None:
    doc = read("大事记\n\n5月6日，市长到县里调研，察看水库\n\n5月9日，防汛会议召开。\n")
    assert len(texts(doc, "paragraph")) == 2


def test_two_numbers_never_become_one_at_a_line_end() -> None:
    doc = read("水利报告\n\n整修山塘，全县共投入资金1200\n\n2300万元由市里补助。\n")
    assert texts(doc, "paragraph") == ["整修山塘，全县共投入资金1200 2300万元由市里补助。"]


@pytest.mark.parametrize(
    ("raw", "reading"),
    [
        ("全 市 ２０２３ 年增长 ５．８ ％ 。", "全市2023年增长5.8%。"),
        ("（一） 增产12,345吨,其中(早稻)5,000吨;见效快!", "（一）增产12,345吨，其中（早稻）5,000吨；见效快！"),
        ("会议于19:00开始:共3项议程。", "会议于19:00开始：共3项议程。"),
        ("采用 Deep Learning 技术 5 项。", "采用Deep Learning技术5项。"),
        ("产量10–12万吨，气温−3～5℃。", "产量10-12万吨，气温-3~5℃。"),
        ("全县\u200b增\ufeff长\u00ad3%。", "全县增长3%。"),
        ("数据 12 34 56 属实。", "数据12 34 56属实。"),
        ("一体两翼——北拓南展。", "一体两翼——北拓南展。"),
        ("3.大桥通车 两岸欢腾；", "3.大桥通车 两岸欢腾；"),
        ("大桥 通车，两岸 欢腾。", "大桥通车，两岸欢腾。"),
    ],
)
def test_reading_of_a_line(raw: str, reading: str) -> None:
    assert texts(read(f"水利报告\n\n{raw}\n"))[1] == reading


def test_title_keeps_its_parts_apart() -> None:
    assert texts(read("凝心聚力　　再启新程\n\n会议召开。\n"))[0] == "凝心聚力 再启新程"


def test_tables_are_rows_with_tabs() -> None:
    doc = read(COMMUNIQUE)
    assert texts(doc, "table_row") == [
        "指标\t全市\t城市",
        "居民消费价格\t0.9\t1.0",
        "食品烟酒\t-0.3\t-0.4",
        "产品名称\t产量（万吨）\t比上年增长（%）",
        "粮食\t86.2\t1.7",
        "油料\t5.41\t-2.3",
        "城市\t公共汽车（辆）\t运营里程（公里）",
        "临湖\t1260\t2380",
        "山口\t85\t410",
    ]


def test_title_of_a_table_holds_for_its_rows_alone() -> None:
    doc = read(COMMUNIQUE)
    sections = {doc.reading.text[b.start : b.end]: b.section for b in doc.blocks}
    assert sections["食品烟酒\t-0.3\t-0.4"] == ("一、综合", "表1 2021年居民消费价格比上年涨跌幅度")
    assert sections["价格总体平稳。"] == ("一、综合",)
    assert sections["粮食\t86.2\t1.7"][0] == "二、农业"


def test_rule_between_paragraphs_is_a_mark() -> None:
    assert texts(read("水利报告\n\n投资1.2亿元。\n---\n另有补助。\n"), "mark") == ["---"]


def test_prose_with_numbers_is_no_table() -> None:
    text = "水利报告\n\n全县投资  1.2 亿元。\n\n市里补助 2300 万元，省里补助 1800 万元。\n"
    assert texts(read(text), "table_row") == []


def test_headings_and_their_levels() -> None:
    doc = read(
        "工作报告\n一、回顾\n成绩不小。\n（一）农业丰收。粮食增产。\n林业稳定。\n（二）工业提速。产值翻番。\n"
        "二、安排\n第一，抓农业。增产。\n其余照旧。\n第二，抓工业。提速。\n"
    )
    sections = {doc.reading.text[b.start : b.end]: b.section for b in doc.blocks}
    assert sections["成绩不小。"] == ("一、回顾",)
    assert sections["（一）农业丰收。粮食增产。"] == sections["林业稳定。"] == ("一、回顾", "（一）农业丰收")
    assert sections["二、安排"] == ("一、回顾", "（二）工业提速")
    assert sections["第一，抓农业。增产。"] == ("二、安排", "第一，抓农业")
    assert sections["其余照旧。"] == ("二、安排",)


def test_markdown_headings_lose_their_hashes() -> None:
    doc = read(
        "# 晚间播报 (20220304)\n## 摘要\n1.春耕开始；\n### 春耕由南向北展开\n各地抢抓农时。\n### 大桥通车\n今天通车。\n"
    )
    assert texts(doc, "title", "heading") == ["晚间播报 （20220304）", "摘要", "春耕由南向北展开", "大桥通车"]
    assert doc.blocks[-1].section == ("摘要", "大桥通车")


def test_headings_without_marks() -> None:
    doc = read(
        "工作报告\n2018年工作回顾\n成绩不小。\n（一）农业丰收。粮食增产。\n2019年工作安排\n再接再厉。\n各位代表：\n"
    )
    assert texts(doc, "heading") == ["2018年工作回顾", "2019年工作安排"]
    assert doc.blocks[-1].section == ("2019年工作安排",)


def test_verse_lines_are_blocks_of_their_own() -> None:
    doc = read("望江楼\n\n李 河\n\n一江春水向东流\n两岸新城入画楼\n不是当年沙石渡\n长桥如带锁清秋 6\n")
    assert texts(doc, "verse") == ["一江春水向东流", "两岸新城入画楼", "不是当年沙石渡", "长桥如带锁清秋"]
    assert texts(doc, "mark") == ["6"]


@pytest.mark.parametrize("mark", ["6", "⑥", "🌀", "◆", " ●"])
def test_closing_mark_is_split_off(mark: str) -> None:
    doc = read(f"水利报告\n\n全县投资1.2亿元，\n\n整修山塘260口。{mark}\n\n（作者单位：县水利局）\n")
    assert texts(doc, "paragraph", "mark") == ["全县投资1.2亿元，整修山塘260口。", mark.strip()]


def test_figure_at_the_end_of_a_page_is_no_mark() -> None:
    doc = read("水利报告\n\n去年完成投资1.2亿元。6\n\n月底前全部完工。\n")
    assert texts(doc, "mark") == []


@pytest.mark.parametrize(
    "text", ["一、二、三季度产值持平", "1.4亿元资金下达", "3.15晚会", "第一、二产业比重", "附近的村庄", "表彰大会"]
)
def test_figures_and_words_that_look_like_marks(text: str) -> None:
    assert find_mark(text) is None


def test_sections_of_a_new_list_stand_under_the_open_heading() -> None:
    sections = Sections()
    for title in ("一、甲", "（一）乙", "1.丙", "2.丁"):
        mark = find_mark(title)
        assert mark is not None
        sections.enter_mark(mark, title)
    assert sections.titles() == ("一、甲", "（一）乙", "2.丁")


@pytest.mark.parametrize("text", ["", " \n\u3000\n", "\ufeff", "\u200b\n\t"])
def test_text_that_shows_nothing_is_refused(text: str) -> None:
    with pytest.raises(StructureError, match="white space"):
        read(text)


def test_lines_know_their_gaps_and_edges() -> None:
    lines = split_lines(fold("甲乙\n\n\u3000\u3000丙\f丁"))
    assert [(line.text, line.gap, line.indent, line.edge, line.paged) for line in lines] == [
        ("甲乙", 0, 0, 4, False),
        ("丙", 1, 2, 6, False),
        ("丁", 0, 0, 2, True),
    ]


NOISE = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "一二三、（）()。，；：！？“”—－·#|\t\n\n\r\f 　\u200b\ufeff%％１２３0123456789.．"
            "全市增长目录编辑校对摄图为表第章节年月日Pp■⑥"
        ),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=400,
)


@given(NOISE)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(NOISE)
def test_what_holds_for_every_reading(text: str) -> None:
    folded = fold(text)
    if not split_lines(folded):
        return
    doc = read(text)
    reading, offsets = doc.reading.text, doc.reading.offsets
    assert len(offsets) == len(reading) + 1
    assert offsets[-1] == len(text)
    end = 0
    for block in doc.blocks:
        assert block.start == end
        assert reading[block.end] == "\n"
        end = block.end + 1
        assert "\n" not in reading[block.start : block.end]
        assert all(a < b for a, b in pairwise(offsets[block.start : block.end + 1]))
        for char, offset in zip(reading[block.start : block.end], offsets[block.start : block.end], strict=True):
            raw = folded[offset] if offset < len(folded) else " "
            assert raw == char or (char in " \t" and not raw.isalnum())
    assert end == len(reading)
    kept = [offset for block in doc.blocks for offset in offsets[block.start : block.end]]
    assert len(set(kept)) == len(kept)
    assert Counter(filter(str.isdigit, reading)) == Counter(filter(str.isdigit, folded))


@given(NOISE)
def test_every_digit_and_chinese_character_is_read_once(text: str) -> None:
    if not split_lines(fold(text)):
        return
    doc = read(text)
    seen = {doc.reading.offsets[i] for i, char in enumerate(doc.reading.text) if char != "\n"}
    shown = fold(text)  # but for what markup hides
    assert all(i in seen for i, char in enumerate(shown) if char.isdigit() or "\u4e00" <= char <= "\u9fff")


@given(NOISE)
def test_articles_and_sentences_lie_where_they_should(text: str) -> None:
    if not split_lines(fold(text)):
        return
    doc = read(text)
    assert all(0 <= a.start < a.end <= len(text) for a in doc.articles)
    assert all(a.end <= b.start for a, b in pairwise(doc.articles))
    assert all(doc.blocks[s.block].start <= s.start < s.end <= doc.blocks[s.block].end for s in doc.sentences)
    assert all(a.end <= b.start for a, b in pairwise(doc.sentences))
