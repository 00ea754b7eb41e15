"""The command `extract`; the only place that prints.

Exit codes: 0 all written, 1 some inputs rejected and the others written, 2 wrong use, 3 the tables could not be
written, 130 interrupted. Nothing but the standard library and click is imported before a command is known, so that
`--help` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from extract.run import Outcome

REJECTED, WRONG_USE, NOT_WRITTEN = 1, 2, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gazette-extract", prog_name="extract")
def main() -> None:
    """Figures, targets and events of Chinese official prose as validated Parquet tables."""


@main.command("run")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the tables.")
@click.option("--workers", type=click.IntRange(min=1), help="Number of processes.  [default: one per processor]")
@click.option("--timings", is_flag=True, help="Report the seconds every stage took.")
def run_command(paths: tuple[Path, ...], out: Path, workers: int | None, timings: bool) -> None:
    """Read files, and the *.txt of folders, and write their tables into the folder OUT.

    Exit code 0: all inputs written; 1: some were rejected, each named on the error stream, the others written; 2: wrong
    use; 3: the tables could not be written, and those in OUT are as they were.
    """
    from extract.run import SameStemError, run
    from extract.summary import reject_lines, summary_lines, timing_lines
    from extract.tables import OutputError

    try:
        with _progress() as progress:
            report = run(paths, out, workers=workers, progress=progress)
    except SameStemError as error:
        raise click.UsageError(f"{error}; nothing was written") from error
    except OutputError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(NOT_WRITTEN)
    except KeyboardInterrupt:
        click.echo(f"Interrupted: the tables in {out} are as they were; run the command again", err=True)
        sys.exit(130)
    for line in reject_lines(report.rejects):
        click.echo(line, err=True)
    for line in summary_lines(report):
        click.echo(line)
    if timings:
        click.echo("\nSeconds per stage, summed over inputs and processes")
        for line in timing_lines(report):
            click.echo(line)
    sys.exit(REJECTED if report.rejects else 0)


@contextmanager
def _progress() -> Iterator[Callable[[int, int, Outcome], None]]:
    """A bar on a terminal, at most twenty lines elsewhere; both on the error stream."""
    if not sys.stderr.isatty():
        yield _progress_line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total, outcome: bar.update(task, completed=done, total=total, description=outcome.path.stem)


def _progress_line(done: int, total: int, outcome: Outcome) -> None:
    if done == total or done % max(1, total // 20) == 0:
        click.echo(f"[{done}/{total}] {outcome.path}", err=True)


@main.command("explain")
@click.argument("text")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Day from which 今年, 明年 ... are reckoned.")
@click.option("--place", help="Region that 全市, 我省 or 本县 stand for, such as 濮阳市.")
def explain_command(text: str, date: datetime | None, place: str | None) -> None:
    """Show how one sentence is read: the tree of rules."""
    from rich.console import Console

    from extract.explain import explain

    Console().print(explain(text, date=date.date() if date else None, place=place))


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
