"""What is settled when a file is read: `${env.X}`, `${env.X:-default}`, and what `--var` gives."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from rumtest.scenario.sheet import Sheet, is_printable
from rumtest.scenario.tree import ListNode, MapNode, Node, Scalar, kind_of
from rumtest.scenario.variables import VARIABLE

__all__ = ["Settled", "listed_secrets"]

_ENV: Final = re.compile(r"env\.([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", re.DOTALL)


@dataclass(slots=True)
class Settled:
    """Puts the values in, notes what cannot be, and keeps which of `variables` were `used`."""

    sheet: Sheet
    environ: Mapping[str, str]
    variables: Mapping[str, str]
    secrets: frozenset[str] = frozenset()
    used: set[str] = field(default_factory=set)

    def tree(self, node: Node) -> Node:
        """The same tree with the values put in; keys stay as they are written."""
        match node:
            case Scalar():
                return self.scalar(node)
            case ListNode():
                return ListNode(node.spot, tuple(self.tree(item) for item in node.items))
            case MapNode():
                entries = tuple((key, self.tree(value)) for key, value in node.entries)
                return MapNode(node.spot, entries)

    def scalar(self, node: Scalar) -> Scalar:
        """One value; a mistake in it makes it `broken`."""
        if node.kind != "text" or "${" not in node.text:
            return node
        mistakes: list[tuple[str, str]] = []
        text = VARIABLE.sub(lambda match: self.value(match, mistakes), node.text)
        for code, words in mistakes:
            self.sheet.add(node.spot, code, words)
        if mistakes:
            return Scalar(node.spot, node.text, "broken")
        if text == node.text:
            return node
        return Scalar(node.spot, text, kind_of(text), substituted=True)

    def value(self, match: re.Match[str], mistakes: list[tuple[str, str]]) -> str:
        """What one variable stands for; those of run time stay."""
        inner = match.group(1).strip()
        if inner in self.variables:
            self.used.add(inner)
            return self.fit(self.variables[inner], f"--var {inner}", mistakes)
        if inner != "env" and not inner.startswith("env."):
            return match.group()
        parsed = _ENV.fullmatch(inner)
        if parsed is None:
            words = f"`{match.group()}` is not a variable of the environment (${{env.NAME}})"
            mistakes.append(("bad-variable", words))
            return ""
        name: str = parsed.group(1)
        default: str | None = parsed.group(2)
        if name in self.secrets:
            words = f"'{name}' is a secret; write `${{secret.{name}}}`, which is masked"
            mistakes.append(("secret", words))
            return ""
        value = self.environ.get(name, default)
        if value is None:
            words = f"the environment has no {name}; set it, or write `${{env.{name}:-default}}`"
            mistakes.append(("unset-variable", words))
            return ""
        return self.fit(value, name, mistakes)

    def fit(self, value: str, source: str, mistakes: list[tuple[str, str]]) -> str:
        """The value, unless it would be read as something else again."""
        if "${" in value or not is_printable(value):
            words = f"the value of {source} has `${{` or an unprintable character in it"
            mistakes.append(("bad-variable", words))
        return value


def listed_secrets(root: Node) -> frozenset[str]:
    """The names under `secrets`, right or wrong, so that none is read from the environment."""
    secrets = root.get("secrets") if isinstance(root, MapNode) else None
    items = secrets.items if isinstance(secrets, ListNode) else ()
    return frozenset(item.text for item in items if isinstance(item, Scalar))
