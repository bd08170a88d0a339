"""The pytest face: gives pytest-playwright's `page` the Chromium that rumtest measures with.

Every pytest of an environment imports this file, so what it needs is imported inside functions.
"""

from typing import Any

import pytest

__all__ = ["pytest_configure"]

# pytest-playwright's fixture with the arguments of a launch, and the one that names a browser.
LAUNCH_ARGUMENTS = "browser_type_launch_args"
PATH_ARGUMENT = "executable_path"


class OurChromium:
    """The fixture that names the browser.

    Of two plugins that define one fixture the later registered wins, and entry points come in no
    fixed order; so this is registered when all of them are there. Its fixture is a class method,
    since pytest warns of session fixtures that are instance methods.
    """

    @pytest.fixture(scope="session")
    @classmethod
    def browser_type_launch_args(
        cls,
        browser_type_launch_args: dict[str, Any],
        browser_name: str,
    ) -> dict[str, Any]:
        """The launch arguments of pytest-playwright, with our Chromium where none was named."""
        named = PATH_ARGUMENT in browser_type_launch_args or "channel" in browser_type_launch_args
        if named or browser_name != "chromium":
            return browser_type_launch_args
        return {**browser_type_launch_args, **_path_argument()}


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Join in where pytest-playwright is loaded, under whatever name; else leave no trace."""
    plugins = config.pluginmanager.get_plugins()
    if any(hasattr(plugin, LAUNCH_ARGUMENTS) for plugin in plugins):
        config.pluginmanager.register(OurChromium(), "rumtest-chromium")


def _path_argument() -> dict[str, str]:
    """Where our Chromium lies; nothing where it is Playwright's own, which finds itself."""
    from rumtest.errors import BrowserMissing
    from rumtest.synthetic.browser import find_browser

    try:
        browser = find_browser()
    except BrowserMissing as error:
        pytest.fail(str(error), pytrace=False)
    return {PATH_ARGUMENT: browser.path} if browser.path else {}
