"""Writes into docs/promises.md which tests keep which promise: `python -m tests.house.promises`.

The tests are read and not run, so that the table can be written where no browser is.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.support.house import ROOT

__all__ = ["TABLE", "kept_by", "marks_in", "numbers_in", "written_anew"]

TABLE = ROOT / "docs/promises.md"
INTENTION = "intention"

_NUMBER = re.compile(r"[SN]\d+")
_ROW = re.compile(r"^\| (?P<numbers>[SN]\d+(?: [SN]\d+)*) \| (?P<words>.*?) \| .*\|$")


def kept_by(tests: Path = ROOT / "tests") -> dict[str, list[str]]:
    """For each promise the tests that bear its number, as `tests/room/test_file.py::test_name`."""
    kept: dict[str, list[str]] = {}
    for file in sorted(tests.rglob("test_*.py")):
        name = file.relative_to(tests.parent).as_posix()
        for number, test in marks_in(file.read_text(encoding="utf-8")):
            kept.setdefault(number, []).append(f"{name}::{test}")
    return kept


def marks_in(source: str) -> list[tuple[str, str]]:
    """The promises marked in a test file, each with its test.

    A mark on a class or on the whole file counts for every test in it.
    """
    module = ast.parse(source)
    whole = [
        number
        for statement in module.body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "pytestmark"
        for number in _numbers_marked(statement.value)
    ]
    return list(_marks_below(module.body, inherited=whole, prefix=""))


def numbers_in(table: str) -> list[str]:
    """Every number of a promise in the table, in its order."""
    rows = (_ROW.match(line) for line in table.splitlines())
    return [number for row in rows if row for number in _NUMBER.findall(row["numbers"])]


def written_anew(table: str, kept: Mapping[str, list[str]]) -> str:
    """The same table with its last column as the tests have it."""
    return "".join(_row_anew(line, kept) + "\n" for line in table.splitlines())


def _row_anew(line: str, kept: Mapping[str, list[str]]) -> str:
    row = _ROW.match(line)
    if row is None:
        return line
    numbers = _NUMBER.findall(row["numbers"])
    tests = dict.fromkeys(test for number in numbers for test in kept.get(number, []))
    column = "<br>".join(f"`{test}`" for test in tests) or INTENTION
    return f"| {row['numbers']} | {row['words']} | {column} |"


def _marks_below(
    body: list[ast.stmt], *, inherited: list[str], prefix: str
) -> Iterator[tuple[str, str]]:
    for statement in body:
        if not isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        marked = [number for mark in statement.decorator_list for number in _numbers_marked(mark)]
        numbers = list(dict.fromkeys([*inherited, *marked]))
        if isinstance(statement, ast.ClassDef):
            below = f"{prefix}{statement.name}::"
            yield from _marks_below(statement.body, inherited=numbers, prefix=below)
        elif statement.name.startswith("test_"):
            yield from ((number, prefix + statement.name) for number in numbers)


def _numbers_marked(expression: ast.expr) -> Iterator[str]:
    """The arguments of every `….promise(…)` in it."""
    for node in ast.walk(expression):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "promise"
        ):
            yield from (str(ast.literal_eval(argument)) for argument in node.args)


def main() -> int:
    """Write the table; the exit status."""
    table = TABLE.read_text(encoding="utf-8")
    anew = written_anew(table, kept_by())
    TABLE.write_text(anew, encoding="utf-8")
    sys.stdout.write("written anew\n" if anew != table else "already so\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
