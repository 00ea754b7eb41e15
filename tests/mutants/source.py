"""Small changes of a module, each in one top-level statement.

Needs the source of a module; gives mutants: a comparison becomes its neighbour or its opposite, an integer one more or
one less, `and` becomes `or` or loses an operand, a condition is turned round, True is False, + is -, a result is None,
`continue` is `break`, a word drops out of a row of words, a pattern is changed (`mutants.patterns`).

What only says something to a reader or a type checker is left alone: docstrings, annotations, messages of errors.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from mutants.patterns import edit_pattern

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE,), ast.LtE: (ast.Lt,), ast.Gt: (ast.GtE,), ast.GtE: (ast.Gt,), ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip
STATEMENTS = (ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
COMPILERS = {"Pattern", "compile"}
PLACEHOLDER = 0xE000  # the private use area: no pattern of the package holds its characters


class Mutant(NamedTuple):
    """A top-level statement changed in one place; `lines` are those of the changed expression."""

    line: int
    lines: range
    what: str
    statement: ast.stmt


def find_mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines.

    >>> [mutant.what for mutant in find_mutants("def f(a, b):\\n    return a < 1 and b")]
    ['None', 'or', 'b', 'a < 1', 'a <= 1', '2', '0']
    """
    for statement in ast.parse(source).body:
        if isinstance(statement, STATEMENTS):
            yield from sorted(_of_statement(statement), key=lambda mutant: mutant.line)


def _of_statement(statement: ast.stmt) -> Iterator[Mutant]:
    quiet = set(_left_alone(statement))
    for index, node in enumerate(ast.walk(statement)):
        if node in quiet:
            continue
        for what, new in _edits(node):
            changed = _replaced(statement, index, new)
            line = getattr(node, "lineno", statement.lineno)
            lines = range(line, getattr(node, "end_lineno", line) + 1)
            yield Mutant(line, lines, what, changed)


def _left_alone(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes that are no behaviour, with everything below them."""
    for node in ast.walk(statement):
        roots: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            roots = [*node.decorator_list, node.returns]
        elif isinstance(node, ast.ClassDef):
            roots = [*node.decorator_list, *(one for one in node.body if not isinstance(one, ast.FunctionDef))]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            roots = [node.annotation]
        elif isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            roots = [node]
        for root in filter(None, roots):
            yield from ast.walk(root)


def _replaced(statement: ast.stmt, index: int, new: ast.AST) -> ast.stmt:
    changed = copy.deepcopy(statement)
    nodes = list(ast.walk(changed))
    old, new = nodes[index], copy.deepcopy(new)
    ast.copy_location(new, old)
    for parent in nodes:
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
            elif isinstance(value, list) and any(one is old for one in value):
                setattr(parent, field, [new if one is old else one for one in value])
    return ast.fix_missing_locations(changed)


def _edits(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What takes the place of a node, and how it reads."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=others):
            for other in COMPARISONS.get(type(op), ()):
                yield from _shown(ast.Compare(left, [other()], others))
        case ast.Compare(left=left, ops=ops, comparators=others):
            for at, op in enumerate(ops):
                for other in COMPARISONS.get(type(op), ()):
                    yield from _shown(ast.Compare(left, [*ops[:at], other(), *ops[at + 1 :]], others))
        case ast.BoolOp(op=op, values=values):
            yield "and" if isinstance(op, ast.Or) else "or", ast.BoolOp(_other(op), values)
            for at in range(len(values)):
                rest = [*values[:at], *values[at + 1 :]]
                yield from _shown(rest[0] if len(rest) == 1 else ast.BoolOp(op, rest))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _shown(operand)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if _is_plain(test):
            changed = copy.copy(node)
            changed.test = ast.UnaryOp(ast.Not(), test)
            yield f"not {ast.unparse(test)}", changed
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS and not _is_text(left, right):
            yield from _shown(ast.BinOp(left, OPERATORS[type(op)](), right))
        case ast.Constant(value=bool(value)):
            yield from _shown(ast.Constant(not value))
        case ast.Constant(value=int(value)):
            yield from _shown(ast.Constant(value + 1))
            yield from _shown(ast.Constant(value - 1))
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and not value.value):
            yield "None", ast.Return(ast.Constant(None))
        case ast.Continue():
            yield "break", ast.Break()
        case ast.Break():
            yield "continue", ast.Continue()
        case ast.Tuple(elts=words) | ast.Set(elts=words) if len(words) > 1 and all(map(_is_word, words)):
            for at, word in enumerate(words):
                yield f"without {ast.unparse(word)}", type(node)(elts=[*words[:at], *words[at + 1 :]], ctx=ast.Load())
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *rest]) if name in COMPILERS:
            for what, pattern in _patterns(first):
                yield what, ast.Call(node.func, [pattern, *rest], node.keywords)


def _shown(node: ast.expr) -> Iterator[tuple[str, ast.AST]]:
    yield ast.unparse(node), node


def _other(op: ast.boolop) -> ast.boolop:
    return ast.And() if isinstance(op, ast.Or) else ast.Or()


def _is_plain(test: ast.expr) -> bool:
    """Whether a condition has no other mutant that turns it round."""
    return not isinstance(test, ast.Compare | ast.BoolOp | ast.Constant | ast.UnaryOp)


def _is_text(*operands: ast.expr) -> bool:
    return any(isinstance(one, ast.JoinedStr) or _is_word(one) for one in operands)


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _patterns(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The changes of a pattern that is written out, with what is put into it standing for itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parts: list[ast.expr] = [node]
    elif isinstance(node, ast.JoinedStr):
        parts = node.values
    else:
        return
    numbers = count(PLACEHOLDER)
    filled = {chr(next(numbers)): part for part in parts if not _is_word(part)}
    marks = iter(filled)
    text = "".join(part.value if isinstance(part, ast.Constant) else next(marks) for part in parts)
    for what, changed in edit_pattern(text):
        shown = "".join(f"{{{ast.unparse(filled[c].value)}}}" if c in filled else c for c in what)  # type: ignore[attr-defined]
        yield shown, ast.JoinedStr([filled.get(char) or ast.Constant(char) for char in changed])
