"""The shape of text, with the variables that may stand in it."""

from dataclasses import dataclass
from typing import Final

from rumtest.scenario.shape import BAD, At, Bad, Check, Schema, or_variable
from rumtest.scenario.sheet import nearest
from rumtest.scenario.tree import Node, Scalar
from rumtest.scenario.variables import Reference, references

__all__ = ["Text"]

# Longer text is a slip (an unclosed quote), and would not fit where it is shown.
LONGEST_TEXT: Final = 2000


@dataclass(frozen=True, slots=True)
class Text:
    """Text that is not empty. `run_time` allows secrets and data in it, `check` finds mistakes."""

    words: str = "text"
    check: Check | None = None
    pattern: str | None = None
    run_time: bool = False
    longest: int = LONGEST_TEXT

    def read(self, node: Node, at: At) -> str | Bad:
        """The text, its variables checked."""
        if not isinstance(node, Scalar) or node.kind in ("nothing", "broken"):
            return at.not_a(node, self.words)
        if node.kind != "text" and not node.substituted:
            return at.not_a(node, self.words, hint=f"; write it in quotes: '{node.text}'")
        if not node.text.strip():
            return at.bad(node.spot, "bad-value", f"the empty text is not {self.words}")
        if len(node.text) > self.longest:
            text = f"{len(node.text)} characters are too many; {self.longest} are allowed"
            return at.bad(node.spot, "bad-value", text)
        if not self._check_variables(node, at):
            return BAD
        wrong = None if self.check is None else self.check(node.text)
        return node.text if wrong is None else at.bad(node.spot, "bad-value", wrong)

    def schema(self) -> Schema:
        """A string."""
        if self.pattern is None:
            return {"type": "string", "minLength": 1, "maxLength": self.longest}
        return or_variable({"type": "string", "pattern": f"^(?:{self.pattern})$"})

    def _check_variables(self, node: Scalar, at: At) -> bool:
        wrongs = [_wrong(ref, at, self.run_time) for ref in references(node.text)]
        for wrong in filter(None, wrongs):
            at.bad(node.spot, *wrong)
        return not any(wrongs)


def _wrong(reference: Reference, at: At, run_time: bool) -> tuple[str, str] | None:
    """The code and words of what is wrong with one reference."""
    inner = reference.inner.strip()
    if not inner:
        return "bad-variable", "`${` is not closed, or is empty"
    name, dot, rest = inner.partition(".")
    if name in ("env", "var"):  # settled before, or its mistake told
        return None
    if name == "secret":
        wrong = _wrong_secret(rest, at)
    else:
        wrong = _wrong_data(name, rest if dot else None, at)
    if wrong is None and not run_time:
        text = f"`${{{inner}}}` is known only while a load runs, for actions and conditions"
        return "bad-variable", text
    return wrong


def _wrong_secret(name: str, at: At) -> tuple[str, str] | None:
    if name in at.known.secrets:
        return None
    near = nearest(name, at.known.secrets)
    hint = f"; did you mean '{near}'?" if near else f"; list it: `secrets: [{name}]`"
    return "unknown-variable", f"'{name}' is not among this file's secrets{hint}"


def _wrong_data(name: str, column: str | None, at: At) -> tuple[str, str] | None:
    data = at.known.data
    if name not in data:
        near = nearest(name, data)
        hint = f"; did you mean '{near}'?" if near else "; name it under `data`"
        return "unknown-variable", f"'{name}' is not among this file's data{hint}"
    columns = data[name]
    if columns is None or (column or "") in columns:
        return None
    if column is None:
        example = f"${{{name}.{min(columns)}}}"
        return "unknown-variable", f"'{name}' has columns; write `{example}`"
    near = nearest(column, columns - {""})
    hint = f"; did you mean '{near}'?" if near else ""
    if columns == {""}:
        hint = f"; write `${{{name}}}`"
    return "unknown-variable", f"'{name}' has no column '{column}'{hint}"
