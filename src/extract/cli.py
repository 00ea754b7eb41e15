"""The command `extract`; the only place that prints.

Exit codes: 0 all written, 1 some inputs rejected and the others written, or tables that cannot be read, 2 wrong use, 3
the tables could not be written, 130 interrupted. Nothing but the standard library and click is imported before a
command is known, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from extract.run import RunReport

REJECTED, WRONG_USE, NOT_WRITTEN = 1, 2, 3

PIPE_WIDTH = 200
"""Columns of a table that is not drawn on a terminal."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gazette-extract", prog_name="extract")
def main() -> None:
    """Figures, targets and events of Chinese official prose as validated Parquet tables."""


@main.command("run")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, callback=lambda _, __, paths: _existing(paths))
@click.option(
    "--out", required=True, metavar="DIR", callback=lambda _, __, out: _folder(out), help="Folder or address."
)
@click.option("--workers", type=click.IntRange(min=1), help="Number of processes.  [default: one per processor]")
@click.option(
    "--engine", type=click.Choice(["pool", "dask"]), default="pool", show_default=True, help="What runs them."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786.  [default: started here]"
)
@click.option("--shard", metavar="I/N", callback=lambda _, __, shard: _shard(shard), help="Build part I of N only.")
@click.option("--timings", is_flag=True, help="Report the seconds every stage took.")
def run_command(
    paths: tuple[str, ...],
    out: str,
    workers: int | None,
    engine: str,
    scheduler: str | None,
    shard: tuple[int, int] | None,
    timings: bool,
) -> None:
    """Read files, and the *.txt of folders, and bring the tables in the folder OUT up to date with them.

    Only what changed is read: a document whose content is the same, read by the same version of the rules, is left
    alone. Paths and OUT may be addresses, such as s3://bucket/texts. A run that was interrupted is finished by running
    it again. Exit code 0: all inputs written; 1: some were rejected, each named on the error stream, the others
    written; 2: wrong use; 3: the tables could not be written, and those in OUT are as they were.
    """
    from extract.engines import EngineError
    from extract.errors import ReadError
    from extract.run import run
    from extract.summary import shard_line, timing_lines
    from extract.tables import OutputError

    if scheduler and engine != "dask":
        raise click.UsageError("--scheduler is of --engine dask")
    say = partial(click.echo, err=True)
    try:
        with _progress() as progress:
            report = run(
                paths, out, workers=workers, engine=engine, scheduler=scheduler, shard=shard, progress=progress, say=say
            )
    except (OutputError, EngineError, ReadError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(NOT_WRITTEN)
    except KeyboardInterrupt:
        click.echo(f"Interrupted: the tables in {out} are as they were; run the command again", err=True)
        sys.exit(130)
    if shard:
        click.echo(shard_line(report, *shard))
    else:
        _print_report(report, paths)
    if timings:
        click.echo("\nSeconds per stage, summed over inputs and processes")
        for line in timing_lines(report):
            click.echo(line)
    sys.exit(REJECTED if report.failed else 0)


def _existing(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths, if each is there; addresses are looked at later."""
    for path in paths:
        if "://" not in path and not os.path.lexists(path):
            raise click.BadParameter(f"Path '{path}' does not exist.")
    return paths


def _folder(path: str) -> str:
    if "://" not in path and os.path.isfile(path):
        raise click.BadParameter(f"Directory '{path}' is a file.")
    return path


def _shard(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise click.BadParameter("write it as I/N, such as 3/16, with I from 1 to N")
    return int(number), int(of)


def _print_report(report: RunReport, paths: tuple[str, ...]) -> None:
    from extract.summary import closing_line, reject_lines, summary_lines

    for line in reject_lines(report.rejects):
        click.echo(line, err=True)
    if report.failed > len(report.rejects):
        click.echo(f"and {report.failed - len(report.rejects):,} more, all in the table rejects", err=True)
    for line in summary_lines(report):
        click.echo(line)
    if report.published and "://" not in report.out:
        _print_disagreements(Path(report.out), tuple(map(Path, paths)), report.issue_count)
    click.echo(closing_line(report))


@contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None]]:
    """A bar on a terminal, at most twenty lines elsewhere; both on the error stream, with rate and time left."""
    if not sys.stderr.isatty():
        started, shown = monotonic(), [0]
        yield lambda done, total, last: _progress_line(done, total, last, monotonic() - started, shown)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, rate="")
        started = monotonic()

        def show(done: int, total: int, last: str) -> None:
            rate = f"{done / max(monotonic() - started, 1e-3):.1f}/s"
            bar.update(task, completed=done, total=total, description=last, rate=rate)

        yield show


def _progress_line(done: int, total: int, last: str, seconds: float, shown: list[int]) -> None:
    if done < total and done - shown[0] < max(1, total // 20):
        return
    shown[0] = done
    rate = done / max(seconds, 1e-3)
    left = f", {(total - done) / rate:.0f} s left" if done < total else ""
    click.echo(f"[{done}/{total}] {last} ({rate:.1f}/s{left})", err=True)


@main.command("merge")
@click.argument("folder", metavar="DIR")
def merge_command(folder: str) -> None:
    """Write the tables in DIR, which a run of many issues leaves as folders of parts, as one file each."""
    from extract.run import merge
    from extract.tables import OutputError

    try:
        count = merge(folder)
    except OutputError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(NOT_WRITTEN)
    click.echo(f"{count:,} issues in one file per table: {folder}")


@main.command("explain")
@click.argument("text")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Day from which 今年, 明年 ... are reckoned.")
@click.option("--place", help="Region that 全市, 我省 or 本县 stand for, such as 濮阳市.")
def explain_command(text: str, date: datetime | None, place: str | None) -> None:
    """Show how one sentence is read: the tree of rules."""
    from rich.console import Console

    from extract.explain import explain

    Console().print(explain(text, date=date.date() if date else None, place=place))


@main.command("show")
@click.argument("record_id")
@click.option("--in", "folder", default="data/out", show_default=True, metavar="DIR", help="Folder of the tables.")
@click.option("--raw", metavar="DIR", help="Folder of the raw texts, to give the line as well.")
def show_command(record_id: str, folder: str, raw: str | None) -> None:
    """Show one figure in its sentence, and where it stands."""
    with _desk_errors():
        from extract.desk import open as open_desk
        from extract.drawings import draw_evidence

        _draw(draw_evidence(open_desk(folder, raw=raw).figure(record_id)))


@main.command("figures")
@click.argument("folder", metavar="DIR")
@click.option("--concept", help="Key of an indicator, such as gdp.")
@click.option("--indicator", help="Part of the indicator's words.")
@click.option("--region", help="Name of a region, or the first digits of its code.")
@click.option("--period", help="2023, 2023-06, 2023-06-15 or 2021..2025: figures that lie inside.")
@click.option("--table", help="One of the record tables, such as targets.")
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True, help="Most lines; 0 for all.")
def figures_command(folder: str, limit: int, **wanted: str | None) -> None:
    """List the figures of the tables in DIR that fit."""
    with _desk_errors():
        from extract.desk import open as open_desk
        from extract.drawings import draw_figures, none_found

        desk = open_desk(folder)
        figures = desk.figures(**wanted)
        if figures.empty:
            click.echo(f"Error: {none_found(desk, wanted['concept'])}", err=True)
            sys.exit(REJECTED)
        shown = figures if limit == 0 else figures.head(limit)
        _draw(draw_figures(shown))
        more = f", the first {len(shown):,} shown; --limit 0 shows all" if len(shown) < len(figures) else ""
        click.echo(f"{len(figures):,} figure{'s' if len(figures) != 1 else ''}{more}")


@main.command("export")
@click.argument("folder", metavar="DIR")
@click.option("--to", "form", required=True, type=click.Choice(["xlsx", "csv", "json", "duckdb"]), help="Format.")
@click.option("-o", "--output", required=True, metavar="PATH", help="File to write; for csv a folder.")
@click.option("--page", default="report.html", show_default=True, help="Evidence page that the workbook links to.")
def export_command(folder: str, form: str, output: str, page: str) -> None:
    """Write the tables in DIR for other programs."""
    with _desk_errors():
        from extract.desk import open as open_desk
        from extract.export import export

        click.echo(f"written: {export(open_desk(folder), output, form, page=page)}")


@contextmanager
def _desk_errors() -> Iterator[None]:
    """What the desk refuses as one line; exit code 2 where other words would help, 1 where other tables would."""
    from extract.folders import DeskError

    try:
        yield
    except DeskError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(WRONG_USE if error.reason in ("wrong_period", "no_table", "no_folder") else REJECTED)


def _draw(drawn: Table | Text) -> None:
    """On a terminal as wide as it is; elsewhere wide enough that nothing is broken for want of room."""
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.print(drawn, soft_wrap=not console.is_terminal)


def _print_disagreements(out: Path, raw: tuple[Path, ...], issues: int) -> None:
    """The first of the disagreements of what was written, for the closing summary of a run of few issues."""
    from extract.run import LISTED

    if issues > LISTED:
        click.echo(f"printed figures that do not agree with each other: extract checks {out}")
        return
    from rich.console import Console

    from extract.proofs import MOST, draw_disagreements

    console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH)
    for drawn in draw_disagreements(out, raw, MOST):
        console.print(drawn)


@main.command("checks")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--raw", multiple=True, type=click.Path(exists=True, path_type=Path), help="Raw texts, for line numbers.")
@click.option("--declined", is_flag=True, help="List what was not compared, and why.")
def checks_command(folder: Path, raw: tuple[Path, ...], declined: bool) -> None:
    """Show the printed figures of DIR that do not agree with each other, with article and line."""
    from rich.console import Console

    from extract.proofs import draw_declined, draw_disagreements

    console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH)
    try:
        drawn = [draw_declined(folder)] if declined else list(draw_disagreements(folder, raw))
    except (FileNotFoundError, OSError) as error:
        click.echo(f"Error: {folder} holds no complete dataset ({error}); write one with: extract run", err=True)
        sys.exit(REJECTED)
    for part in drawn:
        console.print(part)


@main.command("schemas")
@click.option("--check", is_flag=True, help="Only compare; exit code 1 where they differ.")
def schemas_command(check: bool) -> None:
    """Write the contract of every table into the folder schemas, or compare it with the models."""
    from extract.schemas import compare_schemas, write_schemas

    folder = Path("schemas")
    if not check:
        for name in write_schemas(folder):
            click.echo(folder / name)
        return
    differences = compare_schemas(folder)
    for line in differences:
        click.echo(line, err=True)
    if differences:
        click.echo("Error: schemas/ is not what the models give; repair it with: extract schemas", err=True)
        sys.exit(REJECTED)


@main.command("report")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-o", "--output", default="report.html", show_default=True, type=click.Path(dir_okay=False, path_type=Path)
)
def report_command(folder: Path, output: Path) -> None:
    """Write the evidence page of the tables in DIR: one HTML file that asks no host for anything.

    A table that cannot be read is named on the error stream and on the page; the others are shown.
    """
    from extract.report import ReportError, write_report

    try:
        report = write_report(folder, output)
    except ReportError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(REJECTED if error.reason == "no_tables" else NOT_WRITTEN)
    for problem in report.problems:
        click.echo(f"Not shown: {problem.message}", err=True)
    click.echo(f"written: {output} ({report.summary})")
