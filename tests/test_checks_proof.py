"""What the command line shows of the checks: disagreements with article and line, what was declined, coverage."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from checks_rows import Sentences
from extract.checks import find_checks
from extract.cli import main
from extract.dataset import TABLES, Dataset
from extract.proof import Tables, coverage_line, disagreements, find_declined, read_checks, read_texts
from extract.run import run
from extract.tables import write

FIRST, LATER = "全市社会融资规模增量579亿元。", "社会融资规模增量576亿元，\n再创新高。"


def tables() -> Tables:
    sentences = Sentences()
    for article, (text, value) in enumerate(((FIRST, 579.0), (LATER, 576.0)), 1):
        figure = f"{value:.0f}亿元"
        sentences.add(text, ("levels", figure, value, "亿元", "社会融资规模增量"), article=article)
    articles = [
        {"article_id": f"t/{n:02d}", "issue_id": "t", "title": title} for n, title in ((1, "讲话"), (2, "报告"))
    ]
    return sentences.rows | {"articles": articles, "checks": find_checks(sentences.rows, "t").checks}


def test_a_disagreement_names_both_places() -> None:
    start = tables()["levels"][1]["sentence_start"]
    text = FIRST + "\n" * (start - len(FIRST)) + LATER
    (row,) = disagreements(tables(), {"t": text})
    assert (row.kind, row.expression, row.indicator) == ("contradiction", "579亿元 ≠ 576亿元", "社会融资规模增量")
    assert row.question == "printed twice with different values"
    first, later = row.places
    assert (first.article, first.line) == ("讲话", 1)
    assert (later.article, later.line, later.offset) == ("报告", start - len(FIRST) + 1, start + 8)


def test_without_the_text_there_is_no_line() -> None:
    (row,) = disagreements(tables())
    assert [place.line for place in row.places] == [None, None]


def test_coverage_and_declined() -> None:
    assert coverage_line(tables()) == "1 check, 1 of them differ; 2 of 2 figures stand in at least one"
    rows = tables()["levels"]
    declined = list(find_declined({"levels": [rows[0] | {"base_unit": None}]}))
    assert [(issue_id, reason.reason) for issue_id, reason in declined] == [("t", "the figure has no unit")]


def test_reads_a_folder_of_tables(tmp_path: Path) -> None:
    found = tables()
    models = {name: [TABLES[name].model_validate(row) for row in found[name]] for name in ("checks", "levels")}
    write(Dataset({name: models.get(name, []) for name in TABLES}), tmp_path)
    read = read_checks(tmp_path)
    assert [row.expression for row in disagreements(read)] == ["579亿元 ≠ 576亿元"]
    with pytest.raises(FileNotFoundError):
        read_checks(tmp_path / "nowhere")


def test_texts_are_read_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(FIRST, encoding="utf-8")
    assert read_texts(tmp_path, ["t", "u"]) == {"t": FIRST}


class TestCommand:
    """`extract checks`, on a small dataset of which one share is wrong and one figure is a range."""

    TEXT = "2021年，全市粮食产量30万吨，其中小麦产量18万吨，占粮食产量的70%。\n2021年，全市完成投资30—40亿元。\n"

    @pytest.fixture
    def folder(self, tmp_path):
        (tmp_path / "town.txt").write_text(self.TEXT, encoding="utf-8")
        run([tmp_path / "town.txt"], tmp_path / "out", workers=1)
        return tmp_path / "out"

    def test_disagreements_with_article_and_line(self, folder):
        result = CliRunner().invoke(main, ["checks", str(folder), "--raw", str(folder.parent / "town.txt")])
        assert result.exit_code == 0
        (row,) = [line for line in result.stdout.splitlines() if "≠" in line]
        cells = [cell.strip() for cell in row.strip("│").split("│")]
        assert cells == [
            "the amounts do not give the printed share: 小麦产量",
            "18万吨 / 30万吨 = 60% ≠ 70%",
            "town",
            "1",
        ]

    def test_what_was_not_compared(self, folder):
        result = CliRunner().invoke(main, ["checks", str(folder), "--declined"])
        assert result.exit_code == 0
        rows = [line for line in result.stdout.splitlines() if "range" in line]
        assert [row.split("│")[3].strip() for row in rows] == ["1"]

    def test_a_folder_without_tables(self, tmp_path):
        result = CliRunner().invoke(main, ["checks", str(tmp_path)])
        assert result.exit_code == 1
        assert "holds no complete dataset" in result.stderr
