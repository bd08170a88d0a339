"""No value of a secret leaves the measuring process."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rumtest.synthetic.masking import make_mask, mask_strings

SECRET = "hunter2/&"
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just(f"x{SECRET}y"),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
)


@given(value=plain)
def test_a_secret_is_in_no_string_of_a_masked_value(value: Any) -> None:
    hide = make_mask(["PASSWORD"], {"PASSWORD": SECRET})

    masked = mask_strings({"kept": value}, hide, leave=frozenset())

    assert SECRET not in json.dumps(masked, ensure_ascii=False)


def test_a_secret_is_hidden_as_a_url_writes_it_too() -> None:
    hide = make_mask(["PASSWORD"], {"PASSWORD": SECRET})

    assert hide("/login?p=hunter2%2F%26") == "/login?p=***"


def test_keys_that_are_left_are_as_they_were() -> None:
    hide = make_mask(["PASSWORD"], {"PASSWORD": "main"})

    masked = mask_strings(
        {"lab": {"journey": "main"}, "url": "/main"}, hide, leave=frozenset({"lab"})
    )

    assert masked == {"lab": {"journey": "main"}, "url": "/***"}


def test_a_secret_that_is_not_set_hides_nothing() -> None:
    hide = make_mask(["PASSWORD"], {})

    assert hide("everything") == "everything"
