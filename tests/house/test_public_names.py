"""The names that `rumtest` promises to its users."""

import ast
import re

import pytest

import rumtest
from rumtest.compare.model import Verdict
from tests.support.house import ROOT


def test_every_public_name_is_documented_and_nothing_else_is() -> None:
    documented = re.findall(r"^- `(\w+)", rumtest.__doc__ or "", flags=re.MULTILINE)

    assert sorted(documented) == sorted(rumtest.__all__)


@pytest.mark.parametrize("name", rumtest.__all__)
def test_every_public_name_can_be_had_and_is_listed(name: str) -> None:
    assert getattr(rumtest, name)
    assert name in dir(rumtest)


def test_a_public_name_is_the_one_of_its_home() -> None:
    assert rumtest.Verdict is Verdict


def test_the_room_of_comparisons_is_not_hidden_by_a_name() -> None:
    import rumtest.compare

    assert rumtest.compare.__name__ == "rumtest.compare"


def test_an_unknown_name_is_an_attribute_error() -> None:
    name = "no_such_name"

    with pytest.raises(AttributeError, match=name):
        getattr(rumtest, name)


def test_type_checkers_are_told_the_same_names() -> None:
    stub = ast.parse((ROOT / "src/rumtest/__init__.pyi").read_text())

    listed = next(
        ast.literal_eval(node.value)
        for node in stub.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )

    assert listed == rumtest.__all__
