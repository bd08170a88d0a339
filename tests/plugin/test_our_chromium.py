"""pytest-playwright's `page` in other people's projects: in the Chromium rumtest measures with."""

import sys

import pytest

from rumtest.synthetic.browser import find_browser

pytestmark = pytest.mark.slow

TELLS_ITS_ARGUMENTS = """
def test_arguments(browser_type_launch_args):
    print("arguments:", browser_type_launch_args)
"""


@pytest.mark.browser
def test_page_opens_in_the_browser_that_rumtest_found(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_page(page, browser_type_launch_args):
            page.set_content("<h1>Hello</h1>")
            assert page.inner_text("h1") == "Hello"
            print("path:", browser_type_launch_args.get("executable_path"))
        """
    )

    result = project.runpytest_subprocess("-s")

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*path: " + str(find_browser().path)])


def test_the_named_browser_is_the_one_that_is_used(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUMTEST_CHROMIUM", sys.executable)
    project.makepyfile(TELLS_ITS_ARGUMENTS)

    result = project.runpytest_subprocess("-s")

    result.stdout.fnmatch_lines([f"*arguments: *'executable_path': '{sys.executable}'*"])


def test_a_browser_that_cannot_be_found_is_told_with_its_cure_and_no_traceback(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUMTEST_CHROMIUM", "/no/such/browser")
    project.makepyfile(TELLS_ITS_ARGUMENTS)

    result = project.runpytest_subprocess()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*/no/such/browser*Give the path of a Chrome or Chromium*"])
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


@pytest.mark.parametrize("options", [["--browser=firefox"], ["--browser-channel=msedge"]])
def test_a_browser_that_the_user_chose_is_left_alone(
    project: pytest.Pytester, options: list[str]
) -> None:
    project.makepyfile(TELLS_ITS_ARGUMENTS)

    result = project.runpytest_subprocess("-s", *options)

    result.stdout.fnmatch_lines(["*arguments: *"])
    result.stdout.no_fnmatch_line("*executable_path*")


def test_a_project_that_sets_its_own_path_keeps_it(project: pytest.Pytester) -> None:
    project.makeconftest(
        """
        import pytest

        @pytest.fixture(scope="session")
        def browser_type_launch_args(browser_type_launch_args):
            return {**browser_type_launch_args, "executable_path": "mine", "slow_mo": 3}
        """
    )
    project.makepyfile(TELLS_ITS_ARGUMENTS)

    result = project.runpytest_subprocess("-s")

    result.stdout.fnmatch_lines(["*arguments: *'executable_path': 'mine', 'slow_mo': 3*"])


def test_the_plugin_warns_of_nothing_under_the_newest_pytest(project: pytest.Pytester) -> None:
    project.makepyfile(TELLS_ITS_ARGUMENTS)

    result = project.runpytest_subprocess("-W", "error::pytest.PytestDeprecationWarning")

    result.assert_outcomes(passed=1)


def test_a_project_without_pytest_playwright_is_not_touched(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import sys

        def test_nothing_of_the_browser_is_loaded(request):
            plugins = request.config.pluginmanager
            assert plugins.hasplugin("rumtest")
            assert not plugins.hasplugin("rumtest-chromium")
            assert "playwright" not in sys.modules
        """
    )

    result = project.runpytest_subprocess("-p", "no:playwright")

    result.assert_outcomes(passed=1)


def test_the_plugin_can_be_switched_off(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_off(request):
            assert not request.config.pluginmanager.hasplugin("rumtest-chromium")
        """
    )

    result = project.runpytest_subprocess("-p", "no:rumtest")

    result.assert_outcomes(passed=1)
