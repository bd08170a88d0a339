"""One browser for each file of tests, one site for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support import snippet
from tests.support.pages import Site


# Not for the session: Playwright's synchronous API keeps an event loop running in this thread,
# and tests of other rooms start their own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with snippet.chromium() as browser:
        yield browser


@pytest.fixture
def site() -> Iterator[Site]:
    with snippet.site().open() as opened:
        yield opened
