"""The file itself: template, style, script and packed tables in one document that may load nothing.

The Content-Security-Policy names the hashes of the one style and the one script, allows nothing else, and lets no
string become markup (`require-trusted-types-for`). The tables stand in a block that is never run, with `<`, `>` and `&`
escaped, so that no text can end it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.patterns import Pattern
from extract.report.payload import build_payload
from extract.report.source import Problem, ReportError, read_tables

_STYLES = ("base.css", "reading.css", "tables.css", "media.css")
_SCRIPTS = (
    "dom.js", "data.js", "filters.js", "text.js", "panel.js", "overview.js", "read.js", "find.js", "grid.js", "csv.js",
    "charts.js", "main.js",
)  # fmt: skip
_SLOT = Pattern(r"\{\{(\w+)\}\}")
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True, slots=True)
class Report:
    """A page as text, with what it shows."""

    html: str
    issues: int
    figures: int
    differing: int
    problems: tuple[Problem, ...]

    @property
    def summary(self) -> str:
        """How much it shows, in words."""
        issues = f"{self.issues:,} issue{'s' if self.issues != 1 else ''}"
        figures = f"{self.figures:,} figure{'s' if self.figures != 1 else ''}"
        checks = "1 check differs" if self.differing == 1 else f"{self.differing:,} checks differ"
        return f"{issues}, {figures}, {checks}"


def build_report(folder: str | os.PathLike[str]) -> Report:
    """The evidence page of the tables in a folder; `ReportError` where it holds none that can be read.

    The same tables give the same page, byte for byte.
    """
    source = read_tables(Path(folder))
    payload = build_payload(source)
    status = source.tables["checks"]["status"].to_pylist()
    return Report(
        html=_fill(_title(payload), payload),
        issues=source.tables["issues"].num_rows,
        figures=sum(source.tables[name].num_rows for name in payload["marked"] if name != "numerals"),
        differing=status.count("differs"),
        problems=tuple(source.problems),
    )


def write_report(folder: str | os.PathLike[str], out: str | os.PathLike[str]) -> Report:
    """Build the page and put it at `out`, replacing what stands there only when it is whole.

    `ReportError` where the folder holds no tables or the file cannot be written.
    """
    report = build_report(folder)
    path = Path(out)
    aside = path.with_name(f".{path.name}.writing")
    try:
        aside.write_text(report.html, encoding="utf-8", newline="\n")
        os.replace(aside, path)
    except OSError as error:
        with suppress(OSError):  # the folder itself may be missing or closed
            aside.unlink(missing_ok=True)
        problem = error.strerror or str(error)
        raise ReportError(
            f"{path}: cannot write there ({problem}); choose another file with -o", "not_written"
        ) from error
    return report


def _title(payload: dict[str, Any]) -> str:
    """What the tab is called: the titles of the issues, as far as they are few."""
    columns = {column["name"]: column["cells"] for column in payload["tables"]["issues"]["columns"]}
    titles = [payload["pool"][place] or payload["pool"][issue] for place, issue in zip(
        columns["title"], columns["issue_id"], strict=True)]  # fmt: skip
    names = list(dict.fromkeys(title for title in titles if title))
    shown = "、".join(names[:2]) + (" …" if len(names) > 2 else "")
    return f"{shown} · Evidence" if shown else "Evidence"


def _fill(title: str, payload: dict[str, Any]) -> str:
    style, script = _style(), _script()
    slots = {
        "policy": (
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        ),
        "title": html.escape(title),
        "style": style,
        "script": script,
        "payload": embed_json(payload),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _part("template.html"))


def embed_json(value: object) -> str:
    """JSON that may stand inside a script element: nothing in it ends the element or opens a comment.

    >>> embed_json({"text": "</script><!--"})
    '{"text":"\\\\u003c/script\\\\u003e\\\\u003c!--"}'
    >>> embed_json({})
    '{}'
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_ESCAPES)


@cache
def _part(name: str) -> str:
    return (files("extract.report") / "parts" / name).read_text(encoding="utf-8")


def _style() -> str:
    return "".join(map(_part, _STYLES))


def _script() -> str:
    """The parts in one function, so that none of their names can be reached from outside."""
    return '"use strict";\n(() => {\n' + "".join(map(_part, _SCRIPTS)) + "})();\n"


def _digest(text: str) -> str:
    """The hash of an inline element's content, as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
