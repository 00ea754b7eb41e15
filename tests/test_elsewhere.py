"""Texts as they come from elsewhere: wrapped and paged, in Markdown or HTML, typed in half width, in another script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
import regex

from extract.dataset import Dataset
from extract.errors import StructureError
from extract.issue import decode
from extract.lexicon.loader import load_toml
from extract.pipeline import extract_text
from extract.records import ROLE_TABLES

PROSE = [
    "湖州市2021年水利工作报告",
    "2021年，全市完成水利投资12.6亿元，同比增长8.5%，其中中央补助7.3亿元，占58%；新建泵站126座，整修渠道1310公里，受益人口达到4.2万人，比上年增加3000人。",
    "2022年工作安排",
    "力争全年完成水利投资15亿元，增长19%以上；新建泵站130座，整修渠道1400公里，灌溉水利用系数达到0.62。全市培训防汛队员1200人，储备沙袋30万只，组织演练15次。",
    "一、水库加固",
    "今年计划加固水库25座，总库容3.8亿立方米，安排资金6.4亿元，竣工后新增灌溉面积45.2万亩，改善灌溉面积118万亩，解决12.3万人的饮水困难，供水保证率提高到95%。",
    "二、河道清淤",
    "去年清淤河道880公里，清出淤泥3200万立方米，比上年增长14.3%，投入机械5600台次，出动劳力21万人次。",
] * 2  # fmt: skip


def read(text: str) -> Dataset:
    """The dataset of a text, its ledger whole and its figures where they stand."""
    dataset = extract_text(text)
    assert dataset.coverage[0] == dataset.coverage[1]
    for table in ROLE_TABLES.values():
        for row in dataset[table]:
            assert text[row.char_start : row.char_end] == row.figure
    return dataset


def facts(dataset: Dataset) -> list[tuple[object, ...]]:
    return sorted(
        (table, row.value, row.unit or "", row.indicator or "", row.region or "")
        for table in ROLE_TABLES.values()
        for row in dataset[table]
    )


def read_facts(text: str) -> dict[object, tuple[object, ...]]:
    """Table, unit and indicator of every figure, by its value."""
    return {value: (table, unit, noun) for table, value, unit, noun, _ in facts(read(text))}


def wrap(paragraph: str, columns: int, whole: bool) -> Iterator[str]:
    """The lines of a paragraph; `whole` keeps numbers and words together, as a typesetter does."""
    line, width = "", 0
    for token in regex.findall(r"[0-9A-Za-z.,%]+|." if whole else ".", paragraph):
        needed = sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in token)
        if width + needed > columns and token not in "，。；：、”）":
            yield line
            line, width = "", 0
        line, width = line + token, width + needed
    yield line


def print_pages(head: str, columns: int, whole: bool, indent: str) -> str:
    """The prose wrapped and cut into pages of 12 lines, each with its running head and number."""
    lines = [line for part in PROSE for line in wrap(indent * (len(part) > 20) + part, columns, whole)]
    pages = [[head, "", *lines[i : i + 12], "", f"— {i // 12 + 1} —", ""] for i in range(0, len(lines), 12)]
    return "\n".join(line for page in pages for line in page)


@pytest.mark.parametrize("head", ["水利工作报告汇编", PROSE[0]])
@pytest.mark.parametrize("columns", [40, 60, 76])
@pytest.mark.parametrize("whole", [True, False])
def test_wrapped_pages_in_gb18030_give_the_figures_of_the_text(head: str, columns: int, whole: bool) -> None:
    raw = print_pages(head, columns, whole, "　　").encode("gb18030")
    text, encoding = decode(raw)
    dataset = read(text)
    assert encoding == "gb18030"
    assert dataset["articles"][0].title == PROSE[0]
    assert facts(dataset) == facts(read("\n".join(PROSE)))


def test_a_number_cut_by_wrapping_is_one_and_two_numbers_are_two() -> None:
    rows = "全市各县都已完成当年水利投资一亿二千万元左右，灌溉面积达到12\n00亩，其中旱地改造的面积另外统计。\n"
    wrapped = "水利简报\n\n" + "".join(f"　　{line}\n" for line in wrap(rows.replace("\n", "") * 4, 40, False))
    assert all(value == 1200.0 for _, value, unit, *_ in facts(read(wrapped)) if unit == "亩")
    short = "水利简报\n\n全市投资1200\n2300万元由市里补助。\n"
    assert [row.surface for row in read(short)["numerals"]] == ["1200", "2300"]


def test_narrow_prose_is_no_poem() -> None:
    text = "湖州市水利纪要\n" + "\n".join(line for part in PROSE[1:2] * 2 for line in wrap("　　" + part, 30, True))
    assert read(text)["articles"][0].kind == "other"


MARKDOWN = """# 清河县2023年水利工作总结

**编者按**：本文由县水利局供稿。

## 一、主要成绩

2023年，全县完成水利投资**12.6亿元**，同比增长*8.5%*。

- 新建泵站 26 座
- 整修渠道 310 公里

### 1. 防汛抗旱

1. 培训防汛队员1200人。
2. 储备沙袋30万只。

* 加固水库 5 座；
+ 清淤河道 88 公里。

| 指标 | 2023年 |
| --- | ---: |
| 灌溉面积（万亩） | 45.2 |
| 造林面积（万亩） | 1.7 |

> 2024年，力争完成水利投资15亿元。

***

`备注`：另有2**3种泵型。
"""


def test_markdown_is_read_as_it_is_shown() -> None:
    dataset = read(MARKDOWN)
    assert dataset["articles"][0].title == "清河县2023年水利工作总结"
    found = read_facts(MARKDOWN)
    assert found[12.6] == ("levels", "亿元", "水利投资")
    assert found[8.5] == ("growth_rates", "%", "水利投资")
    assert found[26.0] == ("levels", "座", "新建泵站")
    assert found[310.0] == ("levels", "公里", "整修渠道")
    assert found[1200.0] == ("levels", "人", "防汛队员")
    assert found[30.0] == ("levels", "万只", "储备沙袋")
    assert found[5.0] == ("levels", "座", "加固水库")
    assert found[88.0] == ("levels", "公里", "清淤河道")
    assert found[45.2] == ("levels", "万亩", "灌溉面积")
    assert found[15.0] == ("targets", "亿元", "水利投资")
    sections = {row.text: row.section for row in dataset["sentences"]}
    assert sections["2.储备沙袋30万只。"] == ["一、主要成绩", "1.防汛抗旱"]


HTML = """<html><head><title>清河县2023年水利工作总结</title></head><body>
<!-- 第2版 -->
<p style="font-size:16px;line-height:28px">2023年，全县完成水利投资<b>12.6</b>亿元，同比增长&nbsp;8.5%。</p>
<p>&nbsp;&nbsp;新建泵站26&nbsp;座&mdash;&mdash;上年完成；整修渠道310公里<br/>加固水库5座。</p>
<table><tr><td>指标</td><td>2023年</td></tr><tr><td>灌溉面积（万亩）</td><td>45.2</td></tr>
<tr><td>造林面积（万亩）</td><td>1.7</td></tr></table>
<div>&#12288;2024年，力争完成水利投资15亿元。</div>
</body></html>
"""


def test_html_is_read_as_a_browser_shows_it() -> None:
    dataset = read(HTML)
    assert dataset["articles"][0].title == "清河县2023年水利工作总结"
    assert read_facts(HTML) == {
        12.6: ("levels", "亿元", "水利投资"),
        8.5: ("growth_rates", "%", "水利投资"),
        26.0: ("levels", "座", "新建泵站"),
        310.0: ("levels", "公里", "整修渠道"),
        5.0: ("levels", "座", "加固水库"),
        45.2: ("levels", "万亩", "灌溉面积"),
        1.7: ("levels", "万亩", "造林面积"),
        15.0: ("targets", "亿元", "水利投资"),
    }
    hidden = [(row.surface, row.role) for row in dataset["numerals"] if row.rule == "artefact.markup"]
    assert hidden == [("2", "artefact"), ("16", "artefact"), ("28", "artefact"), ("12288", "artefact")]
    assert not any("<" in row.text or "&" in row.text for row in dataset["sentences"])


@pytest.mark.parametrize("sign", ["<", "＜", " < "])
def test_a_sign_of_comparison_is_no_tag(sign: str) -> None:
    text = f"水利简报\n\n本次测定的含沙量a{sign}b，c>d，流量增长12.5%。\n"
    assert [value for _, value, *_ in facts(read(text))] == [12.5]


@pytest.mark.parametrize("mark", ["1.", "12、", "（3）", "3）", "③", "•", "■", "a."])
def test_the_number_of_an_item_is_no_part_of_its_noun(mark: str) -> None:
    text = f"清河县水利工作要点\n{mark}加固水库5座；\n{mark}清淤河道88公里；\n"
    assert {noun for _, _, _, noun, _ in facts(read(text))} == {"加固水库", "清淤河道"}


def test_a_noun_behind_the_number_of_an_item_keeps_its_first_character() -> None:
    assert {noun for *_, noun, _ in facts(read("清河县水利工作要点\n3.中老年人5万人；\n（4）中老铁路8条；\n"))} == {
        "中老年人",
        "中老铁路",
    }


def test_text_typed_in_half_width_has_its_sentences() -> None:
    text = "清河县水利简报\n2023年,全县完成投资12.6亿元,同比增长8.5%.其中:新建泵站26座.\n2024年,力争完成投资15亿元.去年整修渠道400公里.\n"
    assert [row.text for row in read(text)["sentences"]] == [
        "2023年，全县完成投资12.6亿元，同比增长8.5%。",
        "其中：新建泵站26座。",
        "2024年，力争完成投资15亿元。",
        "去年整修渠道400公里。",
    ]
    assert read_facts(text)[400.0][0] == "levels"


def test_what_was_not_recognised_is_noted() -> None:
    (issue,) = read("新建泵站26座\ue001，投资\ufffd亿元。")["issues"]
    assert (issue.title, issue.issue_date, issue.place) == (None, None, None)
    assert [note.split(":")[0] for note in issue.notes] == [
        "no title was recognised",
        "no date was recognised",
        "no place was recognised",
        "1 character was lost before the file came here (U+FFFD), the first at 11",
        "1 character was drawn by a font of its own (private use), the first at 7",
    ]
    (known,) = read("湖州市2021年水利工作报告\n\n2021年3月5日\n\n全市新建泵站26座。\n")["issues"]
    assert known.notes == []


def test_one_long_line_without_a_stop() -> None:
    text = "清河县水利简报\n" + "".join(f"第{i}号渠道整修长{i + 3}公里投资{i * 7 + 11}万元" for i in range(600))
    units = [unit for _, _, unit, *_ in facts(read(text))]
    assert (units.count("公里"), units.count("万元")) == (600, 600)


@pytest.mark.parametrize("text", ["12.6亿元", "。", "1", "增长", "|", "**", "<p>1</p>", "&nbsp;5%", "- ", "# "])
def test_next_to_nothing_is_read(text: str) -> None:
    read(text)


# Scripts

TRADITIONAL = "2021年，全縣完成水利投資12.6億元，同比增長8.5%；新建泵站26座，整修渠道310公里。\n"


def test_traditional_text_is_declined_with_the_remedy() -> None:
    with pytest.raises(StructureError, match="opencc -c t2s") as caught:
        extract_text("清河縣水利工作總結\n\n" + TRADITIONAL)
    assert (caught.value.reason, caught.value.start, caught.value.stage) == ("traditional_script", 2, "structure")


def test_a_few_traditional_characters_are_quoted() -> None:
    quoted = "匾额题为“龍鳳呈祥萬壽無疆”，馆内另存《縣誌》全本。"
    assert len(facts(read("\n".join([*PROSE, quoted])))) == len(facts(read("\n".join(PROSE))))


@pytest.mark.parametrize(
    "text",
    [
        "令和五年度の水利事業について、前年比8.5%の増加となりました。ポンプ場は26か所を新設しました。今後も整備を進めます。",
        "2023년 수리 투자는 12.6억 원으로 전년보다 8.5% 증가하였다. 양수장 26개를 새로 지었다. 내년에도 계속한다. 물길도 고친다.",
        "Investment in water works reached 12.6 billion yuan, up 8.5% on the year before; 26 stations were built in all.",
    ],
)
def test_another_language_is_declined(text: str) -> None:
    with pytest.raises(StructureError, match="only Chinese is read") as caught:
        extract_text(text * 2)
    assert caught.value.reason == "other_language"


def test_chinese_with_other_letters_is_read() -> None:
    text = (
        "湖州市2021年统计公报\n\n全市GDP增长8.5%，R&D经费占比3.1%。Ｌｏｎｇ words (Gross Domestic Product) の引用。\n"
    )
    assert len(facts(read(text))) == 2


def test_no_character_of_the_table_is_used_in_simplified_text() -> None:
    characters = "".join(load_toml("traditional")["characters"].split())
    assert len(set(characters)) == len(characters) > 500
    for char in characters:
        with pytest.raises(UnicodeEncodeError):
            char.encode("gb2312")
