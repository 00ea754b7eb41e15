"""Strategies of hypothesis: texts shaped like the genre, and noise made of its tokens."""

from __future__ import annotations

from hypothesis import strategies as st

from fuzz import tokens

PLAIN = st.characters(exclude_categories=["Cs"])
TOKEN = st.sampled_from(tokens.ALL)
NUMERAL = st.one_of(
    st.sampled_from(tokens.NUMERALS),
    st.lists(st.sampled_from(tokens.DIGITS), min_size=1, max_size=6).map("".join),
    st.lists(st.sampled_from(tokens.CHINESE), min_size=1, max_size=6).map("".join),
    st.decimals(-(10**9), 10**9, places=2).map(str),
    st.integers(0, 10**40).map(lambda number: f"{number:,}"),
)
FIGURE = st.tuples(NUMERAL, st.sampled_from(("", " ", "\n", "余", "多")), st.sampled_from(tokens.UNITS)).map("".join)
CLAUSE = st.tuples(
    st.sampled_from(("", *tokens.PERIODS)),
    st.sampled_from(("", *tokens.PLACES)),
    st.lists(st.sampled_from(tokens.WORDS), max_size=4).map("".join),
    st.one_of(FIGURE, NUMERAL),
    st.sampled_from(("", "以上", "左右", "的项目", *tokens.WORDS)),
).map("".join)
SENTENCE = st.lists(CLAUSE, min_size=1, max_size=5).flatmap(
    lambda clauses: st.sampled_from("，；、,").map(lambda mark: mark.join(clauses) + "。")
)
NOISE = st.lists(st.one_of(TOKEN, PLAIN), min_size=1, max_size=40).map("".join)
BRACKETED = st.recursive(
    st.one_of(CLAUSE, TOKEN),
    lambda inner: st.tuples(st.sampled_from(("（）", "“”", "《》", "()", "【】", "‘’", "〔〕")), st.lists(inner, max_size=3)).map(
        lambda found: found[0][0] + "".join(found[1]) + found[0][1]
    ),
    max_leaves=12,
)  # fmt: skip
ROW = st.lists(st.one_of(NUMERAL, st.sampled_from(tokens.WORDS), st.just("")), min_size=2, max_size=5).flatmap(
    lambda cells: st.sampled_from(("\t", "  ", "    ", "|", "　　")).map(lambda gap: gap.join(cells) + "\n")
)
TABLE = st.tuples(
    st.sampled_from(("", "表1 指标\n单位：亿元\n", "单位：亿元、%\n")), st.lists(ROW, min_size=2, max_size=6)
).map(lambda found: found[0] + "".join(found[1]))
ENTRY = st.tuples(
    st.sampled_from(tokens.PERIODS),
    st.sampled_from(("，", "  ", "　", "：", "")),
    st.sampled_from(("市长秦岭", "县委书记林青、副县长王林", "市委副书记 李 茶", "王林", "新桥")),
    st.sampled_from(("主持召开会议", "到乡里调研", "会见客商并讲话", "出席", "建成", "")),
    st.one_of(SENTENCE, st.just("。")),
).map(lambda parts: "".join(parts) + "\n")
CHRONICLE = st.tuples(st.sampled_from(("大事记\n", "2020年大事记\n", "")), st.lists(ENTRY, min_size=1, max_size=7)).map(
    lambda found: found[0] + "".join(found[1])
)
LINE = st.sampled_from(tokens.LINES)
PART = st.one_of(SENTENCE, LINE, BRACKETED, TABLE, CHRONICLE, NOISE, st.sampled_from(tokens.ODD))
TEXT = st.one_of(NOISE, st.lists(PART, min_size=1, max_size=8).map("".join), st.text(PLAIN, min_size=1, max_size=80))
"""Any text that a document may hold: prose, headings, tables, chronicles, pages and noise in any order."""


def encoded(seed: tuple[str, str]) -> bytes:
    """A text in an encoding, what the encoding cannot hold left out."""
    text, encoding = seed
    return text.encode(encoding, "ignore")


ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "big5", "utf-16", "utf-16-be", "utf-32", "latin-1")
BYTES = st.one_of(
    st.binary(max_size=60),
    st.tuples(TEXT, st.sampled_from(ENCODINGS)).map(encoded),
    st.tuples(st.tuples(TEXT, st.sampled_from(ENCODINGS)).map(encoded), st.binary(max_size=4)).map(b"".join),
)
"""Any file: texts in the encodings of the genre, whole and broken, and noise."""
