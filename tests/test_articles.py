"""Pieces of journals: invented issues of other places, in other layouts, and single documents."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from extract.document import ArticleSpan, Document
from extract.notes import Byline, read_byline
from extract.structure import read_structure

TRAILING_PAGES = """云溪工作

2022年第6期（总第88期）

主管：中共云溪市委
主办：云溪市人民政府研究室
主编：秦明远
副主编：鲁 青
责任编辑：高小松
校对：田 野
电话：0731-5550101
邮编：410300
准印证号：湘内准字〔2022〕第016号

目  录

特稿
在全市春耕备耕现场会上的讲话…………………………秦 岭（2）
调查研究
关于白鹭县山塘水库除险
加固情况的调查……………………………………………何长水（9）
“三张清单”管住小微权力………………………………石 坚（14）
一月要事
云溪市5月份大事记……………………………………………（20）
征稿启事……………………………………………………（24）

在全市春耕备耕现场会上的讲话
云溪市市长 秦 岭

同志们：
这次现场会的主要任务是总结去冬今春农田水利建设，部署春耕备耕。
一、肯定成绩
去冬以来，全市完成水利投资3.6亿元，新修渠道120公里。
（根据秦岭同志2022年3月18日在全市春耕备耕现场会上的讲话录音整理）

关于白鹭县山塘水库除险加固情况的调查
□ 市水利局副局长 何长水

白鹭县有山塘2160口、小型水库43座，三成以上建于上世纪六十年代。

“三张清单”管住小微权力
石 坚

青石镇把村级事务列成三张清单，上半年信访量下降四成。

云溪市5月份大事记
5月6日，市长秦岭到白鹭县调研早稻田间管理。
5月20日，全市防汛工作会议召开。市委书记江河出席并讲话。
（市政府办公室整理）
"""

LEADING_PAGES = """河阳县情

为乡村振兴鼓与呼

古渡新城看河阳

一条大河穿城而过，三座长桥连起两岸。去年，古渡街区接待游客86万人次，增长三成以上。

（县文旅局沈大河供稿）

　　　　目　　录
【卷首】
P1　为担当者点灯　　本刊评论员
【领导论坛】
P3　以园区二次创业
　　推动工业强县　　罗大川
【诗词】
P11　登望江楼（外一首）　　苏木

《河阳县情》编辑部
2023年第4期
主办：中共河阳县委办公室
编辑：吴 桐
地址：河阳县解放街1号
电话：0577-66001234
邮箱：hyxq@example.com

为担当者点灯
本刊评论员
　　担当不是口号。今年以来，全县提拔一线干部４６名，其中九成来自项目现场。
　　给干事者撑腰，事业才有后劲。●

领导论坛

以园区二次创业推动工业强县
中共河阳县委书记、县人武部党委第一书记　罗大川
　　工业兴则县域兴。２０２２年，全县规模以上工业增加值增长９．８％。

责任编辑：吴　桐　校对：方　舟

　　登望江楼（外一首）
　　苏木
　　一江春水向东流
　　两岸新城入画楼
　　不是当年沙石渡
　　长桥如带锁清秋
　　（作者单位：河阳县文化馆）


华山松书画作品选登

释文：勤能补拙。


位于古渡街区的望江楼夜景
"""


def read(text: str) -> Document:
    return read_structure(Document("issue", text))


def by_title(doc: Document, start: str) -> ArticleSpan:
    return next(article for article in doc.articles if (article.title or "").startswith(start))


def test_issue_with_pages_behind_titles() -> None:
    doc = read(TRAILING_PAGES)
    assert [(a.kind, a.column, a.page) for a in doc.articles] == [
        ("masthead", None, None),
        ("contents", None, None),
        ("speech", "特稿", 2),
        ("report", "调查研究", 9),
        ("report", "调查研究", 14),
        ("chronicle", "一月要事", 20),
    ]
    assert doc.notes == ("in the contents on page 24, not in the body: 征稿启事",)


def test_speech_has_speaker_meeting_and_day() -> None:
    speech = by_title(read(TRAILING_PAGES), "在全市春耕")
    assert (speech.authors, speech.author_posts) == (("秦岭",), ("云溪市市长",))
    assert (speech.occasion, speech.occasion_date) == ("全市春耕备耕现场会", date(2022, 3, 18))


def test_title_broken_in_the_contents_is_found_whole() -> None:
    doc = read(TRAILING_PAGES)
    report = by_title(doc, "关于白鹭县")
    assert doc.text[report.start : report.end].startswith("关于白鹭县山塘水库除险加固情况的调查\n□")
    assert doc.text[report.start : report.end].endswith("六十年代。")
    assert report.authors == ("何长水",)


def test_chronicle_is_signed_by_its_office() -> None:
    chronicle = by_title(read(TRAILING_PAGES), "云溪市5月")
    assert (chronicle.authors, chronicle.author_posts) == (("市政府办公室",), ())


def test_issue_with_pages_before_titles() -> None:
    doc = read(LEADING_PAGES)
    assert [(a.kind, a.title) for a in doc.articles] == [
        ("cover", "古渡新城看河阳"),
        ("contents", "目　　录".replace("\u3000", " ")),
        ("masthead", None),
        ("comment", "为担当者点灯"),
        ("other", "以园区二次创业推动工业强县"),
        ("poem", "登望江楼（外一首）"),
        ("calligraphy", "华山松书画作品选登"),
    ]


def test_authors_and_their_posts() -> None:
    doc = read(LEADING_PAGES)
    assert (by_title(doc, "古渡").authors, by_title(doc, "古渡").author_posts) == (("沈大河",), ("县文旅局",))
    assert by_title(doc, "为担当者").authors == ("本刊评论员",)
    secretary = by_title(doc, "以园区")
    assert (secretary.authors, secretary.author_posts) == (
        ("罗大川",),
        ("中共河阳县委书记", "县人武部党委第一书记"),
    )
    assert (secretary.editor, secretary.proofreader) == ("吴桐", "方舟")
    poem = by_title(doc, "登望江楼")
    assert (poem.authors, poem.author_posts, poem.page) == (("苏木",), ("河阳县文化馆",), 11)


def test_piece_ends_with_its_mark_and_before_what_follows() -> None:
    doc = read(LEADING_PAGES)
    comment, show = by_title(doc, "为担当者"), by_title(doc, "华山松")
    assert doc.text[comment.start : comment.end].endswith("才有后劲。●")
    assert doc.text[show.start : show.end].endswith("勤能补拙。")
    kinds = {doc.reading.text[b.start : b.end]: b.kind for b in doc.blocks}
    assert kinds["●"] == "mark"
    assert kinds["领导论坛"] == "running_head"
    assert kinds["位于古渡街区的望江楼夜景"] == "caption"


def test_what_the_contents_lack_is_noted() -> None:
    assert read(LEADING_PAGES).notes == (
        "in the body, not in the contents: 古渡新城看河阳",
        "in the body, not in the contents: 华山松书画作品选登",
    )


def test_title_printed_otherwise_in_the_contents_is_matched_and_noted() -> None:
    text = TRAILING_PAGES.replace("加固情况的调查…", "加固工作情况调查…")
    doc = read(text)
    assert by_title(doc, "关于白鹭县").page == 9
    assert doc.notes[0].startswith("on page 9 the contents print: ")


def test_articles_keep_the_order_of_the_text_and_do_not_overlap() -> None:
    for text in (TRAILING_PAGES, LEADING_PAGES):
        articles = read(text).articles
        assert [a.position for a in articles] == list(range(1, len(articles) + 1))
        assert all(a.end <= b.start for a, b in pairwise(articles))


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028"])
def test_other_line_ends_give_the_same_pieces(newline: str) -> None:
    plain, other = read(LEADING_PAGES), read(LEADING_PAGES.replace("\n", newline))
    assert [(a.kind, a.title, a.authors) for a in other.articles] == [
        (a.kind, a.title, a.authors) for a in plain.articles
    ]
    assert other.reading.text == plain.reading.text


def test_document_without_contents_and_masthead_is_one_article() -> None:
    doc = read("湖口县水利局2020年工作总结\n\n全年完成投资2.1亿元。\n\n一、防汛\n\n汛期转移群众3200人。\n")
    assert [(a.kind, a.title) for a in doc.articles] == [("other", "湖口县水利局2020年工作总结")]
    assert doc.text[doc.articles[0].start : doc.articles[0].end] == doc.text.strip()


def test_contents_of_a_book_make_no_articles() -> None:
    text = (
        "青禾县志\n\n目录\n\n第一章 建置……1\n第二章 人口……9\n\n"
        "第一章 建置\n\n秦置县。\n\n第二章 人口\n\n1990年，全县41万人。\n"
    )
    doc = read(text)
    assert [a.title for a in doc.articles] == ["青禾县志"]
    assert doc.blocks[-1].section == ("第二章 人口",)


def test_list_called_contents_without_pages_is_none() -> None:
    doc = read("目录\n\n粮食\n\n水利\n\n全县粮食总产12万吨。\n")
    assert [a.kind for a in doc.articles] == ["other"]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("■ 市委书记 何 山", Byline(("何山",), ("市委书记",))),
        ("市委常委、秘书长 何山", Byline(("何山",), ("市委常委", "秘书长"))),
        ("县长何山", Byline(("何山",), ("县长",))),
        ("文/何山 江小河", Byline(("何山", "江小河"))),
        ("（本报记者 何山）", Byline(("何山",), ("本报记者",))),
        ("县长下乡", None),
        ("推动工业强县", None),
        ("县长何山到会讲话。", None),
    ],
)
def test_bylines(line: str, byline: Byline | None) -> None:
    assert read_byline(line) == byline
