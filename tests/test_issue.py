"""Bytes to text, and what an issue or a document says of itself."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Document, IssueHead
from extract.errors import DecodeError
from extract.issue import decode, read_document
from extract.structure import read_structure

TEXT = "2019年，全县粮食产量达到12.6万吨，同比增长3.1%，为历年之最；新修水渠四十公里，灌溉条件进一步改善。\r\n"


def read_head(text: str) -> IssueHead:
    return read_structure(Document("issue", text)).head


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (TEXT.encode(), TEXT, "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "\ufeff" + TEXT, "utf-8"),
        (TEXT.encode("gb18030"), TEXT, "gb18030"),
        (TEXT.encode("gbk"), TEXT, "gb18030"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "\ufeff" + TEXT, "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "\ufeff" + TEXT, "utf-16-be"),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "\ufeff" + TEXT, "utf-32-le"),
        (TEXT.encode("utf-16-le"), TEXT, "utf-16-le"),
        (TEXT.encode("utf-16-be"), TEXT, "utf-16-be"),
        (b"GDP 2019", "GDP 2019", "utf-8"),
    ],
)
def test_text_is_kept_as_it_stands(raw: bytes, text: str, encoding: str) -> None:
    assert decode(raw) == (text, encoding)
    assert raw.decode(encoding) == text


TAIWAN = (
    "2019年全縣稻米產量達到十二萬公噸，較上年成長百分之三，為歷年來最好的成績；水利設施也有進一步的改善，農民收入因此增加，生活過得更好。"
    * 3
)


def test_big5_is_read_where_it_is_no_gb18030_prose() -> None:
    assert decode(TAIWAN.encode("big5")) == (TAIWAN, "big5")


def zipped() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("document.xml", TEXT)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason", "words"),
    [
        (b"", "empty", "empty"),
        (b"\xef\xbb\xbf", "empty", "mark only"),
        (b"%PDF-1.7\n", "not_text", "a PDF file"),
        (zipped(), "not_text", "docx"),
        (b"\x89PNG\r\n\x1a\n", "not_text", "PNG"),
        (TEXT.encode("utf-16-le")[:-1], "not_text", "UTF-16 without its mark"),
        ("增长3%".encode("utf-16-be"), "not_text", "NUL byte at byte 4"),
        (b"abc\0def", "not_text", "byte 3"),
        (bytes([1, 2, 3, 4]) * 20, "not_text", "80 control characters"),
        (b"\xff\xfe" + b"\x00\xd8" * 3, "undecodable", "utf-16-le"),
        (bytes(range(128, 256)) * 8, "undecodable", "byte 0"),
        ("Économie française très développée à Besançon. ".encode("latin-1") * 9, "undecodable", "save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(raw: bytes, reason: str, words: str) -> None:
    with pytest.raises(DecodeError, match=words) as caught:
        decode(raw, "report.txt")
    assert caught.value.reason == reason
    assert caught.value.stage == "decode"
    assert str(caught.value).startswith("report.txt: ")
    assert words in caught.value.message


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(raw: bytes) -> None:
    try:
        text, encoding = decode(raw)
    except DecodeError as error:
        refusal = error.reason
    else:
        assert text.encode(encoding) == raw
        return
    assert refusal in ("empty", "not_text", "undecodable", "mixed_encodings")


@pytest.mark.parametrize(
    ("encoding", "at", "first", "byte"),
    [
        ("utf-8", 4, 4, "0xff at byte 4"),
        ("utf-8", 130, 129, "0xe6 at byte 129"),
        ("gb18030", 6, 6, "0xff at byte 6"),
        ("gb18030", 96, 96, "0xff at byte 96"),
        ("big5", 40, 40, "0xff at byte 40"),
    ],
)
def test_a_broken_byte_is_named_in_the_encoding_of_the_rest(encoding: str, at: int, first: int, byte: str) -> None:
    text = TAIWAN if encoding == "big5" else TEXT * 3
    raw = bytearray(text.encode(encoding))
    raw[at] = 0xFF
    with pytest.raises(DecodeError, match=f"{byte} does not fit {encoding} as the rest does") as caught:
        decode(bytes(raw))
    assert (caught.value.reason, caught.value.start) == ("undecodable", first)


def test_the_last_character_cut_in_two_is_named() -> None:
    raw = TEXT.rstrip().encode("gb18030")[:-1]
    with pytest.raises(DecodeError, match=f"at byte {len(raw) - 1} does not fit gb18030 .*incomplete"):
        decode(raw)


@pytest.mark.parametrize(("first", "second"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_two_encodings_in_one_file_are_told_with_the_place(first: str, second: str) -> None:
    head = (TEXT * 2).encode(first)
    with pytest.raises(DecodeError, match=f"the first change at byte {len(head)}") as caught:
        decode(head + (TEXT * 2).encode(second))
    assert caught.value.reason == "mixed_encodings"
    assert (caught.value.start, caught.value.end) == (len(head), len(head) + len(TEXT.encode(second)))


def test_document_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "白沙-2019.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    doc = read_document(path)
    assert (doc.issue_id, doc.text, doc.encoding) == ("白沙-2019", TEXT, "gb18030")
    assert doc.sha256 == hashlib.sha256(TEXT.encode("gb18030")).hexdigest()


MASTHEAD = """主办：中共{place}委办公室
主编：秦明远
编辑：高小松
电话：0731-5550101
地址：新民路16号
准印证号：湘内准字〔2022〕第016号

治水记

全市水利投资3.6亿元。新修渠道120公里。
"""


@pytest.mark.parametrize(
    ("number", "year", "issue", "total", "day"),
    [
        ("2022年第6期（总第88期）", 2022, 6, 88, date(2022, 6, 30)),
        ("2022·2", 2022, 2, None, date(2022, 2, 28)),
        ("2020.02\n(期/月·总第 7 期)", 2020, 2, 7, date(2020, 2, 29)),
        ("双月刊\n2022年第2期", 2022, 2, None, date(2022, 4, 30)),
        ("季刊 2022/4", 2022, 4, None, date(2022, 12, 31)),
        ("半月刊 2022年第3期", 2022, 3, None, date(2022, 2, 28)),
        ("2022年第18期", 2022, 18, None, None),
        ("2022年第18期 出版日期：2022年9月20日", 2022, 18, None, date(2022, 9, 30)),
    ],
)
def test_number_and_month_of_an_issue(number: str, year: int, issue: int, total: int | None, day: date | None) -> None:
    head = read_head(f"湘江工作\n\n{number}\n" + MASTHEAD.format(place="湘潭市"))
    assert (head.year, head.number, head.total_number, head.date) == (year, issue, total, day)


@pytest.mark.parametrize(
    ("place", "name", "code"),
    [
        ("湘潭市", "湘潭市", "430300"),
        ("湖南省湘潭市", "湘潭市", "430300"),
        ("江苏省", "江苏省", "320000"),
        ("古禾县", "古禾县", None),
    ],
)
def test_place_of_an_issue_is_its_organisers(place: str, name: str, code: str | None) -> None:
    head = read_head("水乡通讯\n\n2022年第6期\n" + MASTHEAD.format(place=place))
    assert (head.place, head.region_code) == (name, code)
    assert (head.title, head.organiser) == ("水乡通讯", f"中共{place}委办公室")
    assert head.permit == "湘内准字〔2022〕第016号"


REPORT = "{title}\n{head}\n各位代表：\n现在，我代表政府报告工作。\n一、去年工作\n生产总值增长4.1%。\n"


@pytest.mark.parametrize(
    ("title", "lines", "place", "day"),
    [
        (
            "2023年湖南省政府工作报告",
            "来源：新报\n2023年1月9日在湖南省第十四届人民代表大会第一次会议上",
            "湖南省",
            date(2023, 1, 9),
        ),
        (
            "政府工作报告",
            "——2022年12月27日在湘潭市第十六届人民代表大会第二次会议上\n湘潭市市长 顾 帆",
            "湘潭市",
            date(2022, 12, 27),
        ),
        ("政府工作报告", "（二〇二一年二月三日）\n湘潭市人民政府市长 顾帆", "湘潭市", date(2021, 2, 3)),
        ("湘潭市2021年国民经济和社会发展统计公报", "湘潭市统计局\n（2022年3月25日）", "湘潭市", date(2022, 3, 25)),
        ("2021年湘潭市国民经济和社会发展统计公报", "湘潭市统计局", "湘潭市", None),
        ("古禾县志", "第一编 建置", "古禾县", None),
        ("# 晚间播报 (20220304)", "## 摘要", None, date(2022, 3, 4)),
        ("中华人民共和国2021年统计公报", "国家统计局\n2022年2月28日", None, date(2022, 2, 28)),
    ],
)
def test_head_of_a_single_document(title: str, lines: str, place: str | None, day: date | None) -> None:
    head = read_head(REPORT.format(title=title, head=lines))
    assert (head.place, head.date) == (place, day)


@pytest.mark.parametrize(
    ("line", "authors", "posts"),
    [
        ("湘潭市人民政府市长　顾 帆", ("顾帆",), ("湘潭市人民政府市长",)),
        (
            "2022年1月9日在湘潭市第十六届人民代表大会第二次会议上湘潭市市长顾帆作政府工作报告",
            ("顾帆",),
            ("湘潭市市长",),
        ),
        ("——2022年1月9日代市长 顾帆在湘潭市第十六届人民代表大会第二次会议上的讲话", ("顾帆",), ("代市长",)),
    ],
)
def test_speaker_of_a_report(line: str, authors: tuple[str, ...], posts: tuple[str, ...]) -> None:
    article = read_structure(Document("report", REPORT.format(title="政府工作报告", head=line))).articles[0]
    assert (article.kind, article.authors, article.author_posts) == ("report", authors, posts)


def test_document_signed_by_a_body_has_it_as_publisher() -> None:
    text = REPORT.format(title="湘潭市2021年统计公报", head="湘潭市统计局  国家统计局湘潭调查队")
    doc = read_structure(Document("communique", text))
    assert doc.articles[0].authors == ("湘潭市统计局", "国家统计局湘潭调查队")
    assert doc.head.organiser == "湘潭市统计局"


def test_day_of_a_document_may_stand_below_it() -> None:
    assert read_head("关于水利工作的通报\n\n全县投资1.2亿元。\n\n古禾县水利局\n\n2018年6月1日\n").date == date(
        2018, 6, 1
    )


def test_place_without_a_telling_head_is_the_one_that_is_named_most() -> None:
    text = (
        "水利建设侧记\n\n湘潭市抢修堤防。全市投资3.6亿元。\n\n湘潭市还修渠道。长沙市派人支援。"
        "湘潭市民满意，全市动员，湘潭市再开工。\n"
    )
    assert read_head(text).place == "湘潭市"
    assert read_head(text.replace("全市", "各地")).place is None
    assert read_head("天气预报\n\n今天晴。\n").place is None
