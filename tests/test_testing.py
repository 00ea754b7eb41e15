"""Invented issues: their truth holds in itself, the same seed gives the same bytes, and extraction finds the truth.

What extraction is known to read wrongly stands in `FIGURE_GAPS` and `EVENT_GAPS`: the truth stays as the guidelines
have it, and a gap that no longer shows fails here, so that it is struck off.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

import extract
from extract.dataset import Dataset
from extract.records import ROLE_TABLES
from extract.testing import SyntheticIssue, TruthFigure, make_issue, write_issues
from extract.testing.__main__ import main
from extract.testing.amounts import Number, parse_amount
from extract.testing.templates import load_entries, load_templates
from extract.testing.world import load_cities
from figures_score import likeness

SEEDS = range(12)
SIZE = 12_000
PLACES = ("past", "gap", "plan")
SOURCE = Path(extract.__file__).parents[1]


class Miss(NamedTuple):
    """A field of a figure or an event that was read otherwise."""

    name: str
    what: str
    got: Any
    want: Any
    text: str


Gap = Callable[[Miss], bool]


def of(*names: str, what: str, got: Any = ...) -> Gap:
    """The misses of one field in the sentences with these names, or those of them that read `got`."""
    return lambda miss: miss.name in names and miss.what == what and got in (..., miss.got)


def place_lost(miss: Miss) -> bool:
    """Whether a county's figure went to the city, to the province or to nobody."""
    return miss.what == "region" and miss.want.endswith("县") and not str(miss.got).endswith("县域")


FIGURE_GAPS: dict[str, Gap] = {
    "a county before 不足全省总数的2% and 重点实验室总数 is lost": place_lost,
    "未按期开工的 is left out of the indicator": of("gap-year-project-1", what="indicator"),
    "到2019年 with 达到…以上 is read as the whole year before some rates": of(
        "plan-coming-rate-1", what="period_start"
    ),
    "签约率为82.8% at the end of a year is read as the year's": of("past-stock-rate-1", what="period_start"),
    "the projects are not carried to 竣工 and 完成投资": of("plan-plan-project-1", what="indicator"),
    "the projects are not carried to 开工率": of("past-year-project-3", what="indicator"),
    "the firms are not carried to 利润": of("past-year-industry-1", what="indicator"),
    "全部 is left out of the whole": of("past-year-industry-output-2", what="whole", got="工业"),
    "受益 is left out of the indicator": of("past-year-facility-2", what="indicator", got="群众"),
    "X产业园入驻 is left out of the indicator": of("past-year-industry-4", what="indicator", got="企业"),
    "带动 is left out of the indicator": of("past-year-industry-4", what="indicator", got="就业"),
    "办理 ends the indicator of a time limit": of(
        "past-year-matter-1", "plan-plan-matter-1", what="indicator", got="时限"
    ),
}
EVENT_GAPS: dict[str, Gap] = {
    "会泽县 after 到 is no place, and who went there attends": lambda miss: (
        miss.what in ("place", "people") and "到会泽县" in miss.text
    ),
}


@cache
def read(seed: int) -> tuple[SyntheticIssue, Dataset]:
    """One issue and what was extracted from it."""
    issue = make_issue(seed, size=SIZE)
    return issue, extract.extract_text(issue.text, issue.issue_id)


def rows_by_span(dataset: Dataset) -> dict[tuple[int, int], tuple[str, Any]]:
    """Role and row of every record, by its span."""
    return {
        (row.char_start, row.char_end): (role, row) for role, table in ROLE_TABLES.items() for row in dataset[table]
    }


def fields_of(figure: TruthFigure) -> dict[str, Any]:
    """What the truth says of a figure, by the columns of the tables."""
    names = (
        "indicator",
        "value",
        "value_high",
        "unit",
        "comparator",
        "period_start",
        "period_end",
        "region",
        "modality",
    )
    return {name: getattr(figure, name) for name in names} | dict(figure.extras)


def judge_figures() -> tuple[int, list[Miss]]:
    """How many fields the truth has, and those read otherwise; a figure without a record has the miss `role`."""
    judged, misses = 0, []
    for issue, dataset in map(read, SEEDS):
        rows = rows_by_span(dataset)
        for figure in issue.figures:
            role, row = rows.get((figure.char_start, figure.char_end), (None, None))
            text = issue.text[max(0, figure.char_start - 50) : figure.char_end]
            judged += 1
            if role != figure.role:
                misses.append(Miss(figure.template, "role", role, figure.role, text))
                continue
            for name, want in fields_of(figure).items():
                got = getattr(row, name)
                judged += 1
                if not (likeness(got, want) >= 0.6 if name == "indicator" else got == want):
                    misses.append(Miss(figure.template, name, got, want, text))
    return judged, misses


def judge_events() -> Iterator[Miss]:
    """What was read otherwise in the entries of the chronicles."""
    for issue, dataset in map(read, SEEDS):
        found = {event.char_start: event for event in dataset["events"]}
        assert sorted(found) == [event.char_start for event in issue.events]
        for truth in issue.events:
            event = found[truth.char_start]
            people = tuple(
                (person.name, tuple(person.posts), person.role)
                for person in dataset["event_participants"]
                if person.event_id == event.event_id
            )
            wanted = tuple((person.name, person.posts, person.role) for person in truth.participants)
            pairs = {
                name: (getattr(event, name), getattr(truth, name))
                for name in ("date", "kind", "title", "place", "char_end")
            }
            for name, (got, want) in (pairs | {"people": (people, wanted)}).items():
                if got != want:
                    yield Miss(truth.kind, name, got, want, issue.text[truth.char_start : truth.char_end])


def unknown(misses: list[Miss], gaps: dict[str, Gap]) -> list[Miss]:
    """The misses that no known gap accounts for."""
    return [miss for miss in misses if not any(gap(miss) for gap in gaps.values())]


def test_extraction_finds_the_figures() -> None:
    judged, misses = judge_figures()
    left = unknown(misses, FIGURE_GAPS)
    assert judged > 10_000
    assert 1 - len(left) / judged >= 0.995, left
    assert 1 - len(misses) / judged >= 0.96, Counter((miss.name, miss.what) for miss in misses)


def test_extraction_finds_nothing_else() -> None:
    for issue, dataset in map(read, SEEDS):
        assert rows_by_span(dataset).keys() <= {(figure.char_start, figure.char_end) for figure in issue.figures}


def test_every_known_gap_shows() -> None:
    """One that does not is closed: strike it off."""
    figures, events = judge_figures()[1], list(judge_events())
    closed = [reason for reason, gap in FIGURE_GAPS.items() if not any(map(gap, figures))]
    closed += [reason for reason, gap in EVENT_GAPS.items() if not any(map(gap, events))]
    assert closed == []


def test_extraction_finds_the_events() -> None:
    assert unknown(list(judge_events()), EVENT_GAPS) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_extraction_finds_the_articles(seed: int) -> None:
    issue, dataset = read(seed)
    names = (
        "kind",
        "title",
        "column",
        "page",
        "occasion",
        "occasion_date",
        "proofreader",
        "editor",
        "char_start",
        "char_end",
    )
    found = [[getattr(row, name) for name in names] for row in dataset["articles"]]
    assert found == [[getattr(truth, name) for name in names] for truth in issue.articles]
    for name in ("authors", "author_posts"):
        assert [tuple(getattr(row, name)) for row in dataset["articles"]] == [getattr(a, name) for a in issue.articles]


@pytest.mark.parametrize("seed", SEEDS)
def test_extraction_accounts_for_every_numeral(seed: int) -> None:
    issue, dataset = read(seed)
    assert dataset.coverage[0] == dataset.coverage[1] > 100
    assert list(dataset["rejects"]) == []
    assert dataset["issues"][0].place in {city.name for city in load_cities()}
    assert issue.issue_id.startswith(f"synthetic-{dataset['issues'][0].year}-{dataset['issues'][0].number:02d}-")
    ids = [row.record_id for table in ROLE_TABLES.values() for row in dataset[table]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("seed", SEEDS)
def test_truth_stands_where_it_says(seed: int) -> None:
    issue = make_issue(seed, size=SIZE)
    end = 0
    for figure in issue.figures:
        assert figure.char_start >= end
        assert issue.text[figure.char_start : figure.char_end] == figure.figure
        end = figure.char_end
    assert [article.char_start for article in issue.articles] == sorted(
        article.char_start for article in issue.articles
    )
    for article in issue.articles:
        assert (
            issue.text[article.char_start : article.char_end].strip()
            == issue.text[article.char_start : article.char_end]
        )
        assert not article.title or issue.text.startswith(article.title, article.char_start)
    for event in issue.events:
        assert issue.text.startswith(f"{event.date.month}月{event.date.day}日，", event.char_start)
        assert all(person.name in issue.text[event.char_start : event.char_end] for person in event.participants)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_indicator_of_a_place_has_two_values(seed: int) -> None:
    told = Counter(
        (figure.role, figure.indicator, figure.region, figure.period_start, figure.period_end, figure.extras)
        for figure in make_issue(seed).figures
        if figure.role == "level"
    )
    assert [key for key, times in told.items() if times > 1 and "时限" not in key[1]] == []


def test_planted_errors_are_told_and_the_checks_find_ratios() -> None:
    flagged = 0
    for seed in SEEDS:
        issue = make_issue(seed, size=SIZE, errors=2)
        spans = {(figure.char_start, figure.char_end): figure for figure in issue.figures}
        assert len(issue.errors) <= 2
        for error in issue.errors:
            assert spans[error.char_start, error.char_end].value == error.printed != error.right
        differing = {
            record
            for check in extract.extract_text(issue.text, issue.issue_id)["checks"]
            if check.status == "differs"
            for record in check.record_ids
        }
        flagged += sum(f"{issue.issue_id}:{e.char_start}-{e.char_end}" in differing for e in issue.errors)
    assert flagged >= 4
    assert make_issue(0).errors == ()


def test_a_derived_figure_follows_from_the_others() -> None:
    known = {1: Number(250, 1), 2: Number(300, 1)}
    assert parse_amount("s:1+2:亿元").compute(known) == Number(550, 1)
    assert parse_amount("q:1/2:%").compute(known) == Number(833, 1)
    assert parse_amount("g:2/1:%").compute(known) == Number(200, 1)


def test_a_range_has_both_ends() -> None:
    ranges = [f for seed in SEEDS for f in make_issue(seed, size=SIZE).figures if f.value_high is not None]
    assert len(ranges) > 5
    assert all(f.figure == f"{f.value:.0f}—{f.value_high:.0f}{f.unit}" and f.value < f.value_high for f in ranges)


def test_sentences_are_many_and_cover_the_roles() -> None:
    templates = [template for place in PLACES for template in load_templates(place)]
    roles = Counter(blank.role for template in templates for blank in template.blanks)
    assert len(templates) + len(load_entries()) >= 80
    assert len({template.pieces for template in templates}) == len(templates)
    assert set(roles) == set(ROLE_TABLES)
    assert min(roles.values()) >= 5


def test_issues_differ() -> None:
    issues = [make_issue(seed) for seed in range(40)]
    assert len({issue.articles[0].title for issue in issues}) > 30
    assert len({(f.indicator, f.unit, f.region) for issue in issues for f in issue.figures}) > 8_000
    assert len({issue.issue_id for issue in issues}) == 40


@pytest.mark.parametrize("size", [6_000, 12_000, 60_000, 150_000])
def test_size_is_kept(size: int) -> None:
    for seed in range(3):
        assert abs(len(make_issue(seed, size=size).text) - size) < 600


def test_impossible_wishes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="seed is -1"):
        make_issue(-1)
    with pytest.raises(ValueError, match="size is 10"):
        make_issue(0, size=10)
    with pytest.raises(ValueError, match="count is -1"):
        write_issues(tmp_path, -1)


def digest(folder: Path) -> str:
    """One digest of the names and bytes of a folder."""
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def test_same_seed_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    digests = set()
    for hash_seed in ("0", "1", "4242"):
        folder = tmp_path / hash_seed
        words = [sys.executable, "-m", "extract.testing", str(folder), "--count", "3", "--seed", "5", "--size", "9000"]
        environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(SOURCE)}
        subprocess.run(words, env=environment, check=True)
        digests.add(digest(folder))
    write_issues(tmp_path / "here", 3, seed=5, size=9_000)
    write_issues(tmp_path / "there", 3, seed=6, size=9_000)
    assert digests == {digest(tmp_path / "here")}
    assert digest(tmp_path / "there") not in digests


def test_an_issue_of_a_folder_can_be_made_alone(tmp_path: Path) -> None:
    write_issues(tmp_path, 2, seed=3, size=9_000)
    issue = make_issue(3_000_001, size=9_000)
    assert (tmp_path / f"{issue.issue_id}.txt").read_bytes().decode("utf-8") == issue.text
    assert issue.issue_id.endswith("-3000001")


def test_the_door_writes_a_folder(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, [str(tmp_path / "new"), "--count", "2", "--size", "6000", "--errors", "1"])
    assert shown.exit_code == 0, shown.output
    assert len(list((tmp_path / "new").glob("synthetic-*.txt"))) == 2
    assert CliRunner().invoke(main, [str(tmp_path), "--size", "10"]).exit_code == 2


def test_two_thousand_issues_take_less_than_a_minute() -> None:
    """Measured on this process's own time, on fifty."""
    make_issue(0)
    started = time.process_time()
    for seed in range(50):
        make_issue(seed)
    assert (time.process_time() - started) * 40 < 60
