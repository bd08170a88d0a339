"""Places in TOML are found whatever way it is written."""

import re

from hypothesis import given
from hypothesis import strategies as st

from rumtest.scenario.sheet import Sheet
from rumtest.scenario.toml_tree import toml_tree
from rumtest.scenario.tree import ListNode, MapNode, Node, Scalar

# Every key and every value says where it stands: `k3x7` is the key at line 3, column 7.
EVERY_WAY = '''\
k1x1 = "v1x8"
"k2x1" = 'v2x10' # comment = "no"
k3x1.k3x6 . "k3x13" = "v3x23"
k4x1 = """v4x8 = [
k = "not a key"
""""
k7x1 = \'\'\'v7x8
]\'\'\'
k9x1 = [ # ]
  "v10x3", "v10x12", # "x"
  [ "v11x5", {k11x15 = "v11x24", k11x34 = {k11x44.k11x51 = "v11x60"} } ],
]
[k13x2.'k13x8']
k14x1 = "v14x9"
[[ k15x4 . k15x12 ]]
k16x1 = "v16x9"
[k15x4.k15x12.k17x15]
k18x1 = "v18x9"
[[k15x4.k15x12]]
k20x1 = "v20x9"
'''


def wanted(text: str) -> str | None:
    found = re.search(r"[kv](\d+x\d+)", text)
    return found.group(1) if found else None


def places(node: Node) -> list[tuple[str | None, str]]:
    """What each key and value says of its place, and what was found."""
    match node:
        case Scalar(spot=spot, text=text):
            return [(wanted(text), f"{spot.line}x{spot.column}")]
        case ListNode(items=items):
            return [place for item in items for place in places(item)]
        case MapNode(entries=entries):
            return [place for pair in entries for one in pair for place in places(one)]


def test_every_key_and_value_is_found_where_it_says_it_is() -> None:
    sheet = Sheet("all", tuple(EVERY_WAY.split("\n")))
    tree = toml_tree(EVERY_WAY, sheet)

    assert tree is not None, sheet.problems
    found = places(tree)
    assert len(found) == 35
    assert [pair for pair in found if pair[0] != pair[1]] == []


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=6),
            st.sampled_from(['"a"', "1", "[1, 2]", "{x = 1}", "'''\n'''", "true"]),
        ),
        max_size=6,
        unique_by=lambda pair: pair[0],
    ),
    st.integers(0, 3),
)
def test_keys_of_any_document_stand_on_their_lines(
    pairs: list[tuple[str, str]], blanks: int
) -> None:
    text = ""
    lines = {}
    for key, value in pairs:
        text += "\n" * blanks + "# x = 1\n"
        lines[key] = text.count("\n") + 1
        text += f"{key} = {value}\n"

    tree = toml_tree(text, Sheet("any", tuple(text.split("\n"))))

    assert tree is not None
    assert {key.text: key.spot.line for key, _ in tree.entries} == lines
