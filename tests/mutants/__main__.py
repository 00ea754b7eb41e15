"""Mutants of the grammar and the checks: `python -m mutants grammar/numerals checks/growth`, in `tests`.

Needs the modules' names, all of `grammar` and `checks` without one; gives a table of mutants, those that a test has
noticed (killed), those that none has (survived) and those that no longer came to an end (timed out), and writes the
survivors to `.mutants/survivors.txt`. Each test that is quick, asks no clock and draws nothing at random is taken; a
mutant meets those that come by the changed lines, up to the first that fails. Tests are collected once, and each
mutant is a fork of that process.

Why not mutmut: it leaves a decorated function and whatever stands outside of functions as it is; here these are the
cached readers of numerals and nearly all patterns. Why not cosmic-ray: it starts pytest anew for each of 8,000 mutants.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import inspect
import json
import os
import random
import resource
import signal
import sys
import time
import warnings
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

import coverage
import pytest

from extract.patterns import Pattern
from mutants.source import STATEMENTS, Mutant, find_mutants
from mutants.swap import caches, imported_names, install, modules, parse_module, read_names, written_names

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "extract"
HOME = ROOT / ".mutants"
TESTS = (
    "aims", "checks", "checks_proof", "checks_relations", "chinese_counts", "clauses", "concepts", "elsewhere", "figures_corpus", "lists",
    "nouns", "numerals", "periods", "phrases", "places", "quantities", "rankings", "regions", "rules", "words",
)  # fmt: skip
OWN = {
    "calendar": "periods", "comparators": "quantities", "figures": "quantities", "gazetteer": "regions",
    "region_context": "regions", "sectors": "quantities", "time_atoms": "periods", "time_eras": "periods",
    "time_lists": "periods", "time_words": "periods", "units": "quantities",
}  # fmt: skip
CLOCKED = ("time_grows", "takes_less", "linear")
SLOW = 0.4  # a test that takes longer is left out
BUDGET = 3  # seconds of tests that one mutant meets
SECONDS = 30  # until a mutant counts as timed out
LOADING = "loading"
MEMORY = 6 << 30
OUTCOMES = ("killed", "survived", "timed out")


def main() -> int:
    """Run the mutants of the modules named and print the table; not 0 where the tests fail without a mutant."""
    parser = argparse.ArgumentParser(prog="python -m mutants", description="Change the code, and see who notices.")
    parser.add_argument("modules", nargs="*", help="such as grammar/numerals; all of grammar and checks without one")
    parser.add_argument("--limit", type=int, default=0, help="so many mutants of each module, drawn evenly (all)")
    parser.add_argument("--seed", type=int, default=0, help="draw others than those of seed 0")
    parser.add_argument("--list", action="store_true", help="count the mutants only")
    options = parser.parse_args()
    names = options.modules or list_modules()
    if unknown := sorted(set(names) - set(list_modules())):
        parser.error(f"no such module: {', '.join(unknown)}")
    found = {name: list(find_mutants(path_of(name).read_text("utf-8"))) for name in names}
    mutants = {name: choose(found[name], options.limit, options.seed) for name in names}
    if options.list:
        for name, chosen in mutants.items():
            print(f"{name:28}{len(chosen):6}")
        print(f"{'':28}{sum(map(len, mutants.values())):6}")
        return 0
    paths = [f"tests/test_{name}.py" for name in TESTS] + [f"src/extract/{part}" for part in ("grammar", "checks")]
    os.chdir(ROOT)
    return int(pytest.main([*paths, "-p", "no:cacheprovider", "--capture=no", "-qq"], plugins=[Runner(mutants)]))


def list_modules() -> list[str]:
    """The names of all modules with something to change."""
    return [
        f"{part}/{path.stem}" for part in ("grammar", "checks") for path in sorted((SOURCE / part).glob("[!_]*.py"))
    ]


def path_of(name: str) -> Path:
    return SOURCE / f"{name}.py"


def choose(mutants: list[Mutant], limit: int, seed: int) -> list[Mutant]:
    """At most so many, the same ones for a seed every time."""
    return random.Random(seed).sample(mutants, limit) if 0 < limit < len(mutants) else mutants


class Runner:
    """The pytest plugin that runs the tests of each mutant in the place of the tests once."""

    def __init__(self, mutants: dict[str, list[Mutant]]) -> None:
        self.mutants = mutants

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if not is_left_out(item)]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        warm()
        reach = Reach(session)
        HOME.mkdir(exist_ok=True)
        columns = " | ".join(f"{one:>9}" for one in OUTCOMES)
        print(f"\n| {'module':26} | mutants | {columns} |  score |", flush=True)
        total: Counter[str] = Counter()
        with open(HOME / "survivors.txt", "w", encoding="utf-8") as survivors:
            for name, mutants in self.mutants.items():
                counts = run_module(name, mutants, reach, survivors)
                print(row_of(name, counts), flush=True)
                total += counts
        print(row_of("all", total))
        return True


def run_module(name: str, mutants: list[Mutant], reach: Reach, survivors: TextIO) -> Counter[str]:
    """How many mutants of a module end in which way; those that are not killed are written to `survivors`."""
    module = import_module(f"extract.{name.replace('/', '.')}")
    source = path_of(name).read_text("utf-8")
    control(module, source, reach)
    counts: Counter[str] = Counter()
    for mutant in mutants:
        items = reach.tests_of(module, mutant)
        outcome = in_fork(module, [mutant.statement], items) if items else "survived"
        counts[outcome] += 1
        if outcome != "killed":
            line = source.splitlines()[mutant.line - 1].strip()
            reached = "" if items else ", reached by no test"
            print(f"{name}:{mutant.line} {outcome}{reached}\n    {line}\n    {mutant.what}", file=survivors, flush=True)
    return counts


def row_of(name: str, counts: Counter[str]) -> str:
    number = sum(counts.values())
    score = 100 * (number - counts["survived"]) / number if number else 100
    return f"| {name:26} | {number:7} | " + " | ".join(f"{counts[one]:9}" for one in OUTCOMES) + f" | {score:5.1f}% |"


def is_left_out(item: pytest.Item) -> bool:
    """Whether a test draws at random or asks the clock."""
    drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    return drawn or any(word in item.name for word in CLOCKED)


def warm() -> None:
    """Load the word lists and compile the patterns once, for every fork."""
    for cached in caches():
        if is_list(cached):
            cached()
    for module in modules():
        imported_names(module)
        for value in vars(module).values():
            if isinstance(value, Pattern):
                value.compile()


def is_list(cached: Any) -> bool:
    """Whether what is cached is a word list, read once, and no answer to a question."""
    return not inspect.signature(cached).parameters


class Reach:
    """Which tests come by a line, found by running them once, without the answers that the one before has cached."""

    def __init__(self, session: pytest.Session) -> None:
        self.items = {item.nodeid: item for item in session.items}
        read, write = os.pipe()
        if (child := os.fork()) == 0:
            with open(write, "w", encoding="utf-8") as out:
                json.dump(_measure(session.items), out)
            os._exit(0)
        os.close(write)
        with open(read, encoding="utf-8") as into:
            self.seconds, failed, self.lines = json.load(into)
        os.waitpid(child, 0)
        if failed:
            raise pytest.UsageError(f"these fail without a mutant: {', '.join(failed[:5])}")
        quick = [nodeid for nodeid, seconds in self.seconds.items() if seconds < SLOW]
        self.order = {nodeid: place for place, nodeid in enumerate(sorted(quick, key=self.seconds.__getitem__))}
        print(f"{len(quick)} tests, {sum(map(self.seconds.__getitem__, quick)):.0f} seconds", file=sys.stderr)

    def tests_of(self, module: ModuleType, mutant: Mutant) -> list[pytest.Item]:
        """The tests that come by the changed lines, or by the code that reads the changed constant."""
        reached = self.lines.get(str(module.__file__), {})
        if isinstance(mutant.statement, ast.FunctionDef | ast.ClassDef):
            lines = {str(line) for line in mutant.lines}
        else:
            lines = _reading(module, mutant.statement)
        chosen = {nodeid for line in lines for nodeid in reached.get(line, ())}
        if LOADING in chosen:
            # what is read once at loading is held by whoever asks for it later, by whatever line
            own = own_file(module.__name__)
            chosen |= {nodeid for nodeid in self.order if own in nodeid}
        if chosen == {LOADING}:
            return self.tests_of_module(module)
        return self.affordable(chosen, module.__name__)

    def tests_of_module(self, module: ModuleType) -> list[pytest.Item]:
        """The tests that come by any line of a module."""
        reached = self.lines.get(str(module.__file__), {}).values()
        return self.affordable({nodeid for contexts in reached for nodeid in contexts}, module.__name__)

    def affordable(self, chosen: set[str], module: str) -> list[pytest.Item]:
        """The tests of the module's own file and the quickest of the others, as many as there is time for."""
        own = own_file(module)
        items, left = [], float(BUDGET)
        for nodeid in sorted(chosen & self.order.keys(), key=lambda nodeid: (own not in nodeid, self.order[nodeid])):
            left -= self.seconds[nodeid]
            if left < 0:
                break
            items.append(self.items[nodeid])
        return items


def own_file(module: str) -> str:
    """How the names of a module's own tests begin."""
    part, stem = module.split(".")[1:]
    return "test_checks" if part == "checks" else f"test_{OWN.get(stem, stem)}."


def _reading(module: ModuleType, statement: ast.stmt) -> set[str]:
    """The lines that ask for a constant or for another made of it; every line for one that other modules import."""
    tree = parse_module(module)
    names = written_names(statement)
    for later in tree.body:
        if isinstance(later, ast.Assign | ast.AnnAssign) and names & read_names(later):
            names |= written_names(later)
    if not all(name.startswith("_") for name in names):
        return {str(line) for line in range(1, 1000)}
    return {str(n.lineno) for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id in names}


def _measure(items: list[pytest.Item]) -> tuple[dict[str, float], list[str], dict[str, dict[str, list[str]]]]:
    """Seconds of each test, the tests that fail, and the tests by file and line."""
    quiet()
    seconds, failed = {}, []
    lines: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    counted = coverage.Coverage(
        data_file=None, config_file=False, include=[f"{SOURCE}/grammar/*", f"{SOURCE}/checks/*"]
    )
    counted.start()
    counted.switch_context(LOADING)
    for cached in caches():
        cached.cache_clear()
    warm()
    answers = [cached for cached in caches() if not is_list(cached) and cached.__name__ != "load_toml"]
    for item in items:
        for cached in answers:
            cached.cache_clear()
        counted.switch_context(item.nodeid)
        if not passes(item):
            failed.append(item.nodeid)
    counted.stop()
    for item in items:
        started = time.perf_counter()
        passes(item)
        seconds[item.nodeid] = time.perf_counter() - started
    gathered = counted.get_data()
    for path in gathered.measured_files():
        for line, contexts in gathered.contexts_by_lineno(path).items():
            lines[path][str(line)] = [context for context in contexts if context]
    return seconds, failed, lines


def passes(item: pytest.Item) -> bool:
    """Whether a test passes in this process."""
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, log=False, nextitem=None)
    return not any(report.failed for report in reports)


def quiet() -> None:
    """Send what a fork says to nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def control(module: ModuleType, source: str, reach: Reach) -> None:
    """Put every statement in its own place: raises `pytest.UsageError` where a test takes that for a mutant."""
    statements = [one for one in ast.parse(source).body if isinstance(one, STATEMENTS)]
    if in_fork(module, statements, reach.tests_of_module(module)) != "survived":
        raise pytest.UsageError(f"{module.__name__}: put in its own place, its tests fail")


def in_fork(module: ModuleType, statements: list[ast.stmt], items: list[pytest.Item]) -> str:
    """What the tests make of changed statements, in a process of its own."""
    if (child := os.fork()) == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        quiet()
        code = 1
        with contextlib.suppress(BaseException):
            warnings.simplefilter("ignore")
            for statement in statements:
                install(module, statement)
            code = int(not all(map(passes, items)))
        os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        return "timed out"
    return "killed" if status else "survived"


if __name__ == "__main__":
    sys.exit(main())
