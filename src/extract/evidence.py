"""The evidence of one figure: its sentence with the figure marked, its article, page and headings, and its rule.

Needs a row of a record table with the rows around it (issue, article, sentence, checks); gives an `Evidence` that shows
itself in a terminal and, everything escaped, in a notebook.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from extract.folders import DeskError

_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")
"""Characters a document may hold and a terminal would obey."""


@dataclass(frozen=True, slots=True, repr=False)
class Evidence:
    """One figure and where it stands.

    `record` is its row in the table `table`; `mark` the half-open place of the figure in `sentence`, null where the
    sentence as read does not show it; `section` the headings above it, outermost first; `line` its line in the raw
    file, from 1, where the desk knows the raw files.
    """

    table: str
    record: Mapping[str, Any]
    issue: Mapping[str, Any]
    article: Mapping[str, Any]
    section: tuple[str, ...]
    checks: tuple[Mapping[str, Any], ...]
    mark: tuple[int, int] | None
    line: int | None = None

    @property
    def sentence(self) -> str:
        """The sentence as read."""
        return str(self.record["sentence"])

    @property
    def citation(self) -> str:
        """Where the figure stands, in one line: journal and number, title, page, headings."""
        issue = [self.issue.get("title"), self.issue.get("year"), self.issue.get("number")]
        name = f"{issue[0] or self.record['issue_id']}" + (f", {issue[1]}" if issue[1] else "")
        name += f", no. {issue[2]}" if issue[2] else ""
        page = f", p. {self.article['page']}" if self.article.get("page") else ""
        heads = [self.article.get("title"), *self.section]
        return " > ".join([name + page, *dict.fromkeys(head for head in heads if head and head != issue[0])])

    def facts(self) -> dict[str, str]:
        """What is known of the figure, in the order in which it is shown; what is not known is left out."""
        record = self.record
        high = "" if record["value_high"] is None else f" to {record['value_high']:.15g}"
        period = [str(day) for day in (record["period_start"], record["period_end"]) if day is not None]
        words = f" ({record['period_text']})" if record["period_text"] else ""
        facts = {
            "indicator": _joined(record["indicator"], record["concept"]),
            "value": f"{record['comparator']} {record['value']:.15g}{high} {record['unit'] or ''}".lstrip(
                "= "
            ).rstrip(),
            "period": " to ".join(dict.fromkeys(period)) + words,
            "region": _joined(record["region"], record["region_code"]),
            "read as": f"{self.table}, {record['modality']}, rule {record['rule']}",
            "source": self.citation,
            "place": f"characters {record['char_start']} to {record['char_end']}"
            + (f", line {self.line}" if self.line else ""),
            "record": record["record_id"],
        }
        for number, check in enumerate(self.checks, start=1):
            facts[f"check {number}"] = f"{check['status']}: {check['expression']}"
        return {name: text for name, text in facts.items() if text}

    def _pieces(self) -> tuple[str, str, str]:
        start, end = self.mark or (len(self.sentence), len(self.sentence))
        return self.sentence[:start], self.sentence[start:end], self.sentence[end:]

    def __str__(self) -> str:
        before, figure, after = self._pieces()
        lines = [f"{before}【{figure}】{after}" if self.mark else f"{self.sentence} 【{self.record['figure']}】"]
        lines += [f"  {name:9} {' '.join(text.split())}" for name, text in self.facts().items()]
        return "\n".join(map(printable, lines))

    def __repr__(self) -> str:
        return f"<Evidence {self.record['record_id']}>"

    def _repr_html_(self) -> str:
        before, figure, after = map(escape, self._pieces())
        rows = "".join(
            f"<tr><th style='text-align:left'>{name}</th><td style='text-align:left'>{escape(text)}</td></tr>"
            for name, text in self.facts().items()
        )
        shown = f"{before}<mark>{figure}</mark>{after}" if self.mark else f"{before} <mark>{_figure(self)}</mark>"
        return f"<blockquote lang='zh'>{shown}</blockquote><table>{rows}</table>"


def _figure(evidence: Evidence) -> str:
    return escape(str(evidence.record["figure"]))


def printable(text: str) -> str:
    """A text without what a terminal would obey: control characters but tab and newline become U+FFFD.

    >>> printable("增长\x1b[31m3%")
    '增长�[31m3%'
    >>> printable("增长3%")
    '增长3%'
    """
    return text.translate(_CONTROLS)


def _joined(words: str | None, code: str | None) -> str:
    return f"{words} ({code})" if words and code else words or code or ""


def mark_figure(record: Mapping[str, Any]) -> tuple[int, int] | None:
    """The place of the figure in the sentence as read, half-open; None where it is not found.

    The sentence as read lacks white space and page breaks of the raw text and has its punctuation folded, so a place in
    it lies before that in the raw text, by no more than what is lacking. Of several equal figures within that distance
    the one is taken that stands where an even loss would put it.

    >>> row = {"sentence": "增3个，减3个。", "figure": "3 个", "char_start": 7, "sentence_start": 0, "sentence_end": 11}
    >>> mark_figure(row)
    (5, 7)
    >>> mark_figure(row | {"figure": "4个"})
    """
    sentence, figure = _fold(record["sentence"]), _fold(record["figure"])
    letters = [at for at, char in enumerate(sentence) if not char.isspace()]
    solid, wanted = "".join(sentence[at] for at in letters), "".join(figure.split())
    length = record["sentence_end"] - record["sentence_start"]
    last = record["char_start"] - record["sentence_start"]
    first = last - max(0, length - len(sentence))
    aim = last * len(sentence) / max(1, length)
    found = [letters[at] for at in _places(solid, wanted) if first <= letters[at] <= last] if wanted else []
    if not found:
        return None
    start = min(found, key=lambda at: abs(at - aim))
    return start, letters[letters.index(start) + len(wanted) - 1] + 1


def _places(text: str, wanted: str) -> list[int]:
    places, at = [], text.find(wanted)
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + 1)
    return places


def _fold(text: str) -> str:
    """The text with full-width letters, digits and punctuation as half-width ones, of the same length."""
    return "".join(map(_fold_character, text))


@cache
def _fold_character(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def find_line(folder: str | Path, issue: Mapping[str, Any], place: int) -> int:
    """The line, from 1, of a place in code points of the raw file `<folder>/<issue_id>.*`.

    `DeskError` where the folder has no such file with the SHA-256 that the tables were made from.
    """
    for path in sorted(Path(folder).glob("*")):
        if path.stem == issue["issue_id"] and path.is_file():
            raw = path.read_bytes()
            if hashlib.sha256(raw).hexdigest() == issue["sha256"]:
                return raw.decode(issue["encoding"]).count("\n", 0, place) + 1
    message = f"the raw text of {issue['issue_id']} is not here as it was read; name its folder, or run extract again"
    raise DeskError(message, reason="raw_text", path=str(folder))


def build_evidence(
    table: str,
    record: Mapping[str, Any],
    *,
    issues: Sequence[Mapping[str, Any]],
    articles: Sequence[Mapping[str, Any]],
    sentences: Sequence[Mapping[str, Any]],
    checks: Sequence[Mapping[str, Any]],
    raw: str | Path | None,
) -> Evidence:
    """The evidence of a row from those rows of the other tables that belong to it; they may be missing."""
    issue = issues[0] if issues else {}
    line = find_line(raw, issue, record["char_start"]) if raw is not None and issue else None
    section = tuple(sentences[0]["section"]) if sentences else ()
    article = articles[0] if articles else {}
    return Evidence(table, record, issue, article, section, tuple(checks), mark_figure(record), line)
