"""Fuzzing guided by coverage, with atheris: `python -m fuzz --seconds 60 numerals pipeline`, in `tests`.

Each target runs in a process of its own, from seeds that hypothesis makes (the same every time) and what earlier runs
have found in `.fuzz`. A table of executions goes to standard output, and to the file that `--table` names; an input
that breaks a promise stays in `.fuzz/found` and is run again with `python -m fuzz --again FILE TARGET`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2] / ".fuzz"
SEED = 20210301
LONGEST = {"structure": 2000, "chronicle": 2000, "checks": 1200, "pipeline": 1200}
LONGEST_PHRASE = 400
EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
FEATURES = re.compile(r"cov: (\d+)")


def main() -> int:
    """Every target named, one after another; 1 where one has found something."""
    options = read_options()
    if options.again:
        return run_again(options.targets[0], Path(options.again))
    if options.inside:
        return run_inside(options.targets[0], options)
    return run_all(options.targets or list_targets(), options)


def read_options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Fuzz the stages, guided by coverage.")
    parser.add_argument("targets", nargs="*", help="stages; all of them without a name")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    parser.add_argument("--runs", type=int, default=-1, help="executions of each target, if fewer")
    parser.add_argument(
        "--seeds", type=int, default=400, help="texts to begin with, where nothing was found before (400)"
    )
    parser.add_argument("--home", type=Path, default=HOME, help="the folder of what was found (.fuzz)")
    parser.add_argument("--table", type=Path, help="a Markdown file to write the counts to")
    parser.add_argument("--again", metavar="FILE", help="run one input of .fuzz/found through a target")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def list_targets() -> list[str]:
    """The names of all targets."""
    from fuzz.targets import NAMES

    return list(NAMES)


def run_again(name: str, path: Path) -> int:
    """One input through a target, with its text shown."""
    from fuzz import targets

    raw = path.read_bytes()
    print(repr(raw if name in targets.OF_BYTES else targets.to_text(raw)))
    targets.run(name, raw)
    return 0


def run_all(names: list[str], options: argparse.Namespace) -> int:
    """Each target in a process of its own; the counts as a Markdown table."""
    lines, failed = ["| target | executions | branches reached | found |", "|---|--:|--:|--:|"], 0
    total = 0
    for name in names:
        command = [sys.executable, "-m", "fuzz", "--inside", name]
        command += ["--seconds", str(options.seconds), "--runs", str(options.runs)]
        command += ["--seeds", str(options.seeds), "--home", str(options.home)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        counts, covered = EXECUTED.findall(done.stderr), FEATURES.findall(done.stderr)
        executed = int(counts[-1]) if counts else 0
        total += executed
        lines.append(f"| {name} | {executed:,} | {covered[-1] if covered else 0} | {int(done.returncode != 0)} |")
        print(lines[-1], flush=True)
        if done.returncode:
            failed = 1
            print(done.stdout[-6000:], done.stderr[-3000:], sep="\n", file=sys.stderr)
    lines.append(f"| all | {total:,} | | {failed} |")
    print(lines[-1])
    if options.table:
        options.table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return failed


def run_inside(name: str, options: argparse.Namespace) -> int:
    """One target under the engine, which ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["extract"]):
        from fuzz import targets

    longest = LONGEST.get(name, LONGEST_PHRASE)
    corpus = write_seeds(name, options.home, options.seeds, longest)
    targets.run("pipeline", b"\0" + "全市增长5%。".encode())
    arguments = [sys.argv[0], str(corpus), f"-max_total_time={options.seconds}", f"-runs={options.runs}"]
    arguments += [f"-seed={SEED}", f"-max_len={longest}", "-len_control=20", "-timeout=60", "-rss_limit_mb=4096"]
    arguments += [f"-artifact_prefix={options.home}/found/{name}-", f"-dict={options.home}/tokens.dict"]
    arguments.append("-print_final_stats=1")
    atheris.Setup(arguments, lambda data: targets.run(name, data))
    atheris.Fuzz()
    return 0


def write_seeds(name: str, home: Path, number: int, longest: int) -> Path:
    """The folder of a target's inputs, with the seeds if it is new, and the dictionary of the genre's tokens."""
    from fuzz import targets, tokens

    corpus = home / "corpus" / name
    (home / "found").mkdir(parents=True, exist_ok=True)
    words = sorted({"".join(f"\\x{byte:02x}" for byte in token.encode()) for token in tokens.ALL if len(token) < 16})
    (home / "tokens.dict").write_text("".join(f'"{word}"\n' for word in words), encoding="ascii")
    if not corpus.exists():
        corpus.mkdir(parents=True)
        for at, seed in enumerate(make_seeds(name in targets.OF_BYTES, number)):
            (corpus / f"seed-{at:03}").write_bytes(seed[:longest])
    return corpus


def make_seeds(of_bytes: bool, number: int) -> list[bytes]:
    """What hypothesis makes of the strategies, always the same: files, or spelled texts."""
    from hypothesis import HealthCheck, Phase, given, settings

    from fuzz import texts

    found: list[bytes] = []

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(texts.BYTES if of_bytes else texts.TEXT.map(lambda text: b"\0" + text.encode()))
    def collect(seed: bytes) -> None:
        found.append(seed)

    collect()
    return found


if __name__ == "__main__":
    sys.exit(main())
