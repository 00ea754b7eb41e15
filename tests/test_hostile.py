"""Inputs that mean harm: names that lead elsewhere, files that are none; and what the package must never contain."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract.names import clashing_stems
from extract.pipeline import extract_text
from extract.run import RunReport, run

SOURCE = Path(extract.__file__).parent
TEXT = "湖州市水利简报\n\n2022年3月15日\n\n全市新建泵站26座。\n"


def read(path: Path | str, out: Path) -> RunReport:
    return run([path], out, workers=1)


def test_a_path_with_dots_writes_into_the_chosen_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "x.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path / "texts")
    report = read("../x.txt", tmp_path / "out")
    assert [issue.issue_id for issue in report.issues] == ["x"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts", "x.txt"]
    assert not any((tmp_path / "texts").iterdir())


@pytest.mark.parametrize(
    "stem", ["..", "...", "a..b", "-rf", "~", "$(id)", "a;b", "%2e%2e%2fx", "县\n志", "C:x", "a\\b"]
)
def test_a_name_is_a_name_and_no_path(stem: str, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / f"{stem}.txt").write_text(TEXT, "utf-8")
    report = read(texts / f"{stem}.txt", tmp_path / "out")
    assert [issue.issue_id for issue in report.issues] == [Path(f"{stem}.txt").stem]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts"]
    assert {path.suffix for path in (tmp_path / "out").iterdir() if path.is_file()} == {".parquet", ".json"}
    (figure,) = pq.read_table(tmp_path / "out" / "levels.parquet").to_pylist()
    assert figure["record_id"].startswith(f"{Path(f'{stem}.txt').stem}:")


def test_a_link_gives_the_text_it_leads_to_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text(TEXT, "utf-8")
    (tmp_path / "issue.txt").symlink_to(tmp_path / "elsewhere")
    report = read(tmp_path / "issue.txt", tmp_path / "out")
    assert [issue.issue_id for issue in report.issues] == ["issue"]
    assert (tmp_path / "elsewhere").read_text("utf-8") == TEXT


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_fifo, "not_a_file"),
        (make_device, "not_a_file"),
        (make_loop, "unreadable"),
        (make_dangling, "unreadable"),
    ],
)
def test_what_is_no_file_is_refused_and_never_waited_for(make, reason: str, tmp_path: Path) -> None:
    make(tmp_path / "issue.txt")
    (reject,) = read(tmp_path / "issue.txt", tmp_path / "out").rejects
    assert (reject.stage, reject.reason) == ("read", reason)


def test_hostile_text_reaches_no_other_column() -> None:
    attack = "'); DROP TABLE levels; --\"\\x00{{title}}${jndi}%s%n"
    rows = extract_text(TEXT.replace("新建", f"新建{attack}"))["levels"]
    assert {row.issue_id for row in rows} == {"text"}
    assert all(row.record_id == f"text:{row.char_start}-{row.char_end}" for row in rows)


# Names that clash


@pytest.mark.parametrize(
    "stems",
    [
        ("Report", "report"),
        ("STRASSE", "straße"),
        ("caf\u00e9", "cafe\u0301"),
        ("\u1e9b\u0323", "\u1e9b\u0323".upper()),
    ],
)
def test_names_equal_but_for_case_or_form_clash(stems: tuple[str, str]) -> None:
    assert clashing_stems(stems) == (tuple(sorted(stems)),)


def test_names_of_different_width_do_not_clash() -> None:
    assert clashing_stems(["县志1", "县志１", "县誌1", "县志 1"]) == ()
    assert clashing_stems([]) == clashing_stems(["a", "a"]) == ()


@given(st.lists(st.text(alphabet="aAbBéÉe\u0301ßsS", max_size=4), max_size=8))
def test_every_stem_clashes_with_one_group_at_most(stems: list[str]) -> None:
    groups = clashing_stems(stems)
    clashing = [stem for group in groups for stem in group]
    assert len(clashing) == len(set(clashing))
    assert all(len(group) > 1 and set(group) <= set(stems) for group in groups)
    rest = [stem for stem in set(stems) if stem not in clashing] + [group[0] for group in groups]
    assert clashing_stems(rest) == ()


# What the package must not contain

BANNED_MODULES = {
    "pickle", "marshal", "shelve", "dill", "cloudpickle", "yaml", "ctypes", "socket", "ssl", "urllib", "http", "ftplib",
    "smtplib", "requests", "httpx", "aiohttp", "urllib3", "telnetlib", "xmlrpc", "webbrowser",
}  # fmt: skip
BANNED_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
BANNED_ATTRIBUTES = {
    ("os", "system"), ("os", "popen"), ("os", "execv"), ("os", "spawnv"), ("subprocess", "getoutput"),
    ("subprocess", "getstatusoutput"), ("tempfile", "mktemp"), ("yaml", "load"), ("asyncio", "create_subprocess_shell"),
}  # fmt: skip


def find_faults(source: str) -> Iterator[str]:
    """What a module of the package does that it must not."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (f"imports {name}" for name in names if name.split(".")[0] in BANNED_MODULES)
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in BANNED_CALLS:
                yield f"calls {node.func.id}"
            yield from (
                "runs a shell" for word in node.keywords if word.arg == "shell" and ast.unparse(word.value) != "False"
            )
        if isinstance(node, ast.Attribute) and (ast.unparse(node.value), node.attr) in BANNED_ATTRIBUTES:
            yield f"uses {ast.unparse(node)}"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_runs_text_or_opens_a_connection(path: Path) -> None:
    assert list(find_faults(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("import pickle", "imports pickle"),
        ("from urllib import request", "imports urllib"),
        ("import http.client as h", "imports http.client"),
        ("eval('1')", "calls eval"),
        ("import os; os.system('id')", "uses os.system"),
        ("subprocess.run('id', shell=True)", "runs a shell"),
    ],
)
def test_the_search_finds_what_it_is_for(source: str, fault: str) -> None:
    assert fault in list(find_faults(source))
