"""The evidence page as a file: every figure in its place, nothing that runs but its own script, bad input named."""

from __future__ import annotations

import base64
import hashlib
import json
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import regex
from click.testing import CliRunner

from extract.cli import main
from extract.dataset import TABLES
from extract.issue import read_document
from extract.pipeline import extract_file
from extract.report import ReportError, build_report, write_report
from extract.report.layout import FOLLOWS, HEADING, PARAGRAPH, RUN_IN, lay_out
from extract.report.payload import MARKED, build_payload
from extract.report.placing import Mark, place_marks, squeeze
from extract.report.source import read_tables
from extract.structure import read_structure
from extract.tables import write
from report_sample import ATTACK, BREAK, ISSUE, write_sample

RAW = Path(__file__).parents[1] / "data" / "raw" / "dangdai-puyang-2024-01.txt"


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def issue(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("issue")
    write(extract_file(RAW), folder)
    return folder


class _Page(HTMLParser):
    """The elements of a page, and the text inside its scripts and its style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self._open = tag
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_endtag(self, tag):
        self._open = ""

    def handle_data(self, text):
        if self._open in self.inside:
            self.inside[self._open][-1] += text


def marked_text(source, payload):
    """Per highlighted row of a table the text under its mark."""
    found = {}
    texts = source.tables["sentences"]["text"].to_pylist()
    for text, marks in zip(texts, payload["marks"], strict=True):
        units = text.encode("utf-16-le")
        for place in range(0, len(marks), 4):
            start, end, table, row = marks[place : place + 4]
            assert (table, row) not in found
            found[MARKED[table], row] = units[2 * start : 2 * end].decode("utf-16-le")
    return found


@pytest.mark.parametrize("folder", ["sample", "issue"])
def test_every_record_is_highlighted_at_exactly_its_figure(folder, request):
    source = read_tables(request.getfixturevalue(folder))
    payload = build_payload(source)
    found = marked_text(source, payload)
    assert payload["unplaced"] == []
    for name in MARKED[:-1]:
        for row, figure in enumerate(source.tables[name]["figure"].to_pylist()):
            assert squeeze(found[name, row]) == squeeze(figure)


def test_marks_of_the_issue_stand_where_the_reading_has_them(issue):
    source = read_tables(issue)
    payload = build_payload(source)
    doc = read_structure(read_document(RAW))
    reading = {raw: place for place, raw in enumerate(doc.reading.offsets)}
    for sentence, marks in zip(source.tables["sentences"].to_pylist(), payload["marks"], strict=True):
        first = reading[sentence["char_start"]]
        for place in range(0, len(marks), 4):
            start, end, number, row = marks[place : place + 4]
            cells = source.tables[MARKED[number]].slice(row, 1).select(["char_start", "char_end"]).to_pylist()[0]
            assert (start, end) == (reading[cells["char_start"]] - first, reading[cells["char_end"] - 1] + 1 - first)


@pytest.mark.parametrize(
    ("text", "raw", "figures"),
    [
        ("去年3个，今年3个。", "去年3个，今年3个。", ["3个", "3个"]),
        ("去年 3个，今年3个。", "去年 3 个，今年 3 个。", ["3 个", "3 个"]),
        ("先建3个，再建3个，又建3个。", f"先建{BREAK}3个，再建3个，又建3个。", ["3个", "3个", "3个"]),
        ("先建3个，再建3个，又建3个。", f"先建3个，再{BREAK}建3个，又建3个。", ["3个", "3个", "3个"]),
        ("3个、3个、3个、3个", "3个、3个、\f12\f3个、3个", ["3个", "3个", "3个", "3个"]),
        ("共13人，3人在外。", f"共{BREAK}13人，3人在外。", ["13", "3"]),
        ("达９.５%。", "达 ９.５ %。", ["９.５ %"]),
    ],
)
def test_figures_are_told_apart_across_what_was_left_out(text, raw, figures):
    marks, spans, at, behind = [], [], 0, 0
    for figure in figures:
        at = raw.index(figure, at)
        marks.append(Mark(at, at + len(figure), figure))
        at += len(figure)
        behind = squeeze_index(text, figure, behind)
        spans.append((behind, behind + len("".join(figure.split()))))
        behind = spans[-1][1]
    assert place_marks(text, len(raw), marks) == spans


def squeeze_index(text: str, figure: str, start: int) -> int:
    return text.index("".join(figure.split()), start)


def test_a_figure_that_is_not_in_its_sentence_is_left_out_and_named(sample, tmp_path):
    for name in TABLES:
        table = pq.read_table(sample / f"{name}.parquet")
        if name == "levels":
            table = table.set_column(table.column_names.index("figure"), "figure", pa.array(["99所", "3000万元"]))
        pq.write_table(table, tmp_path / f"{name}.parquet")
    payload = build_payload(read_tables(tmp_path))
    assert payload["unplaced"] == [[MARKED.index("levels"), 0]]


def test_headings_and_paragraphs():
    def row(text, start, section):
        return {"article_id": "a", "section": section, "text": text, "char_start": start, "char_end": start + len(text)}

    rows = [
        row("一、工业", 0, []),
        row("第一，抓项目。", 6, ["一、工业", "第一，抓项目"]),
        row("要快。", 13, ["一、工业", "第一，抓项目"]),
        row("（一）进度", 20, ["一、工业"]),
        row("良好。", 30, ["一、工业", "（一）进度"]),
    ]
    assert lay_out(rows) == [HEADING, RUN_IN, FOLLOWS, HEADING + 1, PARAGRAPH]


def test_the_same_tables_give_the_same_page(sample):
    assert build_report(sample).html == build_report(sample).html


def test_text_can_neither_run_nor_end_the_block_it_stands_in(sample):
    page = _Page(build_report(sample).html)
    assert [tag for tag, _ in page.elements].count("script") == 2
    assert not any(tag in ("img", "iframe", "object", "embed", "form", "base") for tag, _ in page.elements)
    assert not any(name.startswith("on") or name == "style" for _, found in page.elements for name in found)
    packed, _ = page.inside["script"]
    assert "<" not in packed
    assert "\u2028" not in packed
    strings = json.loads(packed)["pool"]
    assert any(text and ATTACK in text for text in strings)


def test_title_of_the_page_is_escaped(tmp_path, sample):
    for name in TABLES:
        table = pq.read_table(sample / f"{name}.parquet")
        if name == "issues":
            table = table.set_column(1, "title", pa.array(["</title><script>1</script>"]))
        pq.write_table(table, tmp_path / f"{name}.parquet")
    page = _Page(build_report(tmp_path).html)
    assert [tag for tag, _ in page.elements].count("script") == 2


def test_policy_names_the_hashes_of_what_stands_inside(sample):
    page = _Page(build_report(sample).html)
    policy = next(found["content"] for _, found in page.elements if found.get("http-equiv"))
    for text in (page.inside["style"][0], page.inside["script"][1]):
        assert "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_page_names_no_other_place(sample):
    page = _Page(build_report(sample).html)
    assert [found for _, found in page.elements if "src" in found] == []
    links = {found["href"] for _, found in page.elements if "href" in found}
    assert all(link.startswith(("#", "data:,")) for link in links)
    script, style = page.inside["script"][1], page.inside["style"][0]
    assert "url(" not in style
    assert "@import" not in style
    assert set(regex.findall(r"https?://[^\"']+", script)) == {"http://www.w3.org/2000/svg"}
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch("):
        assert word not in script


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_missing_table_is_named_and_the_rest_is_shown(sample, tmp_path, name):
    for other in TABLES:
        if other != name:
            (tmp_path / f"{other}.parquet").write_bytes((sample / f"{other}.parquet").read_bytes())
    report = build_report(tmp_path)
    assert [problem.table for problem in report.problems] == [name]
    assert f"{name}.parquet is missing" in report.html


@pytest.mark.parametrize("name", ["sentences", "checks", "issues", "targets", "numerals"])
def test_a_truncated_table_is_named_and_the_rest_is_shown(sample, tmp_path, name):
    for other in TABLES:
        whole = (sample / f"{other}.parquet").read_bytes()
        (tmp_path / f"{other}.parquet").write_bytes(whole[: len(whole) // 2] if other == name else whole)
    report = build_report(tmp_path)
    assert [problem.table for problem in report.problems] == [name]
    assert f"{name}.parquet cannot be read" in report.problems[0].message
    assert "extract run" in report.problems[0].message


def test_an_older_schema_is_named_with_the_columns_it_lacks(sample, tmp_path):
    for name in TABLES:
        table = pq.read_table(sample / f"{name}.parquet")
        if name == "targets":
            table = table.drop_columns(["rule", "region"])
            table = table.replace_schema_metadata({b"extract.schema_version": b"0"})
        pq.write_table(table, tmp_path / f"{name}.parquet")
    lacking, older = build_report(tmp_path).problems
    assert "targets.parquet lacks region, rule" in lacking.message
    assert "targets: schema version 0" in older.message


def test_columns_of_another_type_are_not_read_as_ours(sample, tmp_path):
    for name in TABLES:
        table = pq.read_table(sample / f"{name}.parquet")
        if name == "levels":
            column = pa.array(["one", "two"])
            table = table.set_column(table.column_names.index("char_start"), "char_start", column)
        pq.write_table(table, tmp_path / f"{name}.parquet")
    report = build_report(tmp_path)
    assert [problem.table for problem in report.problems] == ["levels"]
    assert "lacks char_start" in report.problems[0].message


def test_part_files_are_read_as_one_table(sample, tmp_path):
    for name in TABLES:
        table = pq.read_table(sample / f"{name}.parquet")
        folder = tmp_path / f"{name}.parquet"
        folder.mkdir()
        pq.write_table(table.slice(1), folder / "part-1.parquet")
        pq.write_table(table.slice(0, 1), folder / "part-0.parquet")
    assert build_report(tmp_path).html == build_report(sample).html


def test_the_command(sample, tmp_path):
    result = CliRunner().invoke(main, ["report", str(sample), "-o", str(tmp_path / "page.html")])
    assert result.exit_code == 0
    assert result.stdout == f"written: {tmp_path / 'page.html'} (1 issue, 10 figures, 1 check differs)\n"
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == build_report(sample).html


def test_a_folder_without_tables_is_one_clear_line(tmp_path):
    result = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert result.exit_code == 1
    assert (
        result.stderr
        == f"Error: {tmp_path}: no tables there; write the tables again with: extract run FILES --out DIR\n"
    )


def test_a_folder_of_nothing_but_wreckage_is_refused(tmp_path):
    for name in TABLES:
        (tmp_path / f"{name}.parquet").write_bytes(b"PAR1")
    with pytest.raises(ReportError, match="none of the tables can be read"):
        build_report(tmp_path)


def test_a_page_that_cannot_be_written_leaves_the_old_one(sample, tmp_path):
    page = tmp_path / "page.html"
    page.mkdir()
    with pytest.raises(ReportError, match="cannot write there"):
        write_report(sample, page)
    assert list(tmp_path.iterdir()) == [page]


def test_file_names_of_issues_reach_no_path(sample):
    assert ISSUE in build_report(sample).html


def _luminance(colour: tuple[float, ...]) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _colours(sheet: str) -> dict[str, tuple[float, ...]]:
    css = (files("extract.report") / "parts" / sheet).read_text(encoding="utf-8")
    found = regex.findall(r"--([\w-]+): #([0-9a-f]{6})", css)
    return {name: tuple(int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)) for name, code in found}


@pytest.mark.parametrize(("sheet", "tint"), [("base.css", 0.24), ("media.css", 0.24)])
def test_contrast_of_text_on_what_lies_under_it(sheet, tint):
    colours = _colours(sheet)
    on = ["paper", "sheet", "wash", "accent-wash"]
    pairs = [(text, under) for text in ("ink", "soft", "accent") for under in on]
    pairs += [("alarm", "paper"), ("alarm", "sheet"), ("ink", "alarm-wash"), ("calm", "sheet")]
    assert {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs if
            _contrast(colours[pair[0]], colours[pair[1]]) < 4.5} == {}  # fmt: skip
    chosen = colours["sheet"] if sheet == "base.css" else colours["paper"]
    for role in MARKED[:-1]:
        mixed = tuple(tint * a + (1 - tint) * b for a, b in zip(colours[role], colours["paper"], strict=True))
        assert _contrast(colours["ink"], mixed) >= 4.5
        assert _contrast(chosen, colours[role]) >= 4.5
        assert _contrast(colours[role], colours["paper"]) >= 3
