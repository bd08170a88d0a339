"""rumtest.toml: where it is found, what it may say, and where its mistakes are."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rumtest.errors import ConfigError
from rumtest.scenario.config import Config, load_config
from rumtest.scenario.model import PageGroup, Profile
from rumtest.scenario.profiles import BUNDLED

WHOLE = """\
app = "shop"
base_url = "http://127.0.0.1:8911"
runs = "out/runs"

[profiles.office]
device = "Desktop Chrome"
viewport = [1440, 900]
cpu = 1.5
rtt = 20
down = 50
up = 20
locale = "de-DE"
timezone = "Europe/Berlin"
reduced_motion = true

[apps.shop]
origins = ["https://shop.example"]
groups = [
  {name = "product", match = "/p/*"},  # the first wins
  {name = "rest", match = "/**"},
]
session.inactivity = "30m"
session.longest = "4h"
sample = 0.5
consent = "required"
gpc = "honour"

[receiver]
host = "127.0.0.1"
port = 8910
workers = 1
trusted_proxies = []
country_header = "cf-ipcountry"
geoip = "geo.mmdb"

[private]
host = "127.0.0.1"
port = 8912

[store]
data = "rumtest-data"
url = "chdb"
max_disk = "20GB"
[store.keep]
page_views = "30d"
rollups = "13 months"
"""


def written(folder: Path, text: str, name: str = "rumtest.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    return path


def mistakes(folder: Path, text: str) -> list[tuple[int, int, str, str]]:
    with pytest.raises(ConfigError) as raised:
        load_config(folder, explicit=written(folder, text), environ={})
    return [(p.place.line, p.place.column, p.code, p.message) for p in raised.value.problems]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, so that no file of this repository is found."""
    folder = tmp_path / "working"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_without_a_file_everything_has_its_default(elsewhere: Path) -> None:
    assert load_config(elsewhere, explicit=None, environ={}) == Config()


def test_a_file_written_for_the_whole_product_loads(tmp_path: Path) -> None:
    config = load_config(tmp_path, explicit=written(tmp_path, WHOLE), environ={})

    assert config.app == "shop"
    assert config.groups == {
        "shop": (PageGroup("product", "/p/*"), PageGroup("rest", "/**")),
    }
    assert config.profiles["office"] == Profile(
        name="office",
        device="Desktop Chrome",
        viewport=(1440, 900),
        cpu=1.5,
        rtt=20.0,
        down=50.0,
        up=20.0,
        locale="de-DE",
        timezone="Europe/Berlin",
        reduced_motion=True,
    )
    assert config.profiles.keys() == BUNDLED.keys() | {"office"}


def test_folders_of_the_file_are_relative_to_it(tmp_path: Path) -> None:
    config = load_config(tmp_path, explicit=written(tmp_path, 'runs = "../r"\n'), environ={})

    assert config.runs == tmp_path.parent / "r"
    assert config.reports == Path("reports")


def test_the_nearest_file_upwards_of_the_scenario_is_taken(elsewhere: Path) -> None:
    deep = elsewhere / "a" / "b"
    deep.mkdir(parents=True)
    written(elsewhere, 'app = "far"\n')
    written(elsewhere / "a", 'app = "near"\n')

    config = load_config(deep / "x.yaml", explicit=None, environ={})

    assert (config.app, config.file) == ("near", Path("a/rumtest.toml"))


def test_the_working_folder_is_looked_in_last(elsewhere: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    written(elsewhere, 'app = "here"\n')

    assert load_config(other, explicit=None, environ={}).app == "here"


def test_a_table_of_pyproject_does_as_well(elsewhere: Path) -> None:
    written(elsewhere, '[tool.rumtest]\napp = "py"\n[tool.other]\nx = 1\n', "pyproject.toml")

    assert load_config(elsewhere, explicit=None, environ={}).app == "py"


def test_a_pyproject_without_our_table_is_passed_over(elsewhere: Path) -> None:
    written(elsewhere, "[tool.other]\nx = 1\n", "pyproject.toml")

    assert load_config(elsewhere, explicit=None, environ={}).file is None


def test_a_pyproject_that_is_named_must_have_our_table(tmp_path: Path) -> None:
    path = written(tmp_path, "[tool.other]\nx = 1\n", "pyproject.toml")

    with pytest.raises(ConfigError, match=r"no table \[tool\.rumtest\]"):
        load_config(tmp_path, explicit=path, environ={})


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load_config(tmp_path, explicit=tmp_path / "none.toml", environ={})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    environ = {"RUMTEST_APP": "env", "RUMTEST_RUNS": "r", "RUMTEST_BASE_URL": "http://u:p@h"}

    config = load_config(tmp_path, explicit=written(tmp_path, WHOLE), environ=environ)

    assert (config.app, config.runs, config.base_url) == ("env", Path("r"), "http://u:p@h")


def test_a_mistake_of_the_environment_names_its_variable(elsewhere: Path) -> None:
    with pytest.raises(ConfigError, match="RUMTEST_BASE_URL:1:1: bad-value"):
        load_config(elsewhere, explicit=None, environ={"RUMTEST_BASE_URL": "nowhere"})


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "words"),
    [
        ('ap = "x"\n', 1, 1, "unknown-key", "did you mean 'app'"),
        ("\n[goals]\nx = 1\n", 2, 2, "not-yet", "`goals` is known"),
        ('base_url = "http://u:p@h"\n', 1, 12, "bad-value", "a password must not stand"),
        ("[profiles.x]\ncpu = 0\n", 2, 7, "bad-value", "a number from 1 to 100"),
        ("[profiles.x]\nrtt = inf\n", 2, 7, "bad-value", "a number of ms from 0"),
        ("[profiles.x]\nviewport = [1]\n", 2, 12, "bad-value", "a width and a height"),
        ("[profiles.x]\nviewport = [1, 'a']\n", 2, 16, "bad-value", "a whole number"),
        ('[profiles.x]\nlocale = "de DE"\n', 2, 10, "bad-value", "is not a language"),
        ("[profiles]\nx.cpus = 2\n", 2, 3, "unknown-key", "did you mean 'cpu'"),
        ("profiles = {x = {cpus = 2}}\n", 1, 18, "unknown-key", "profiles.x"),
        ('[[apps.a.groups]]\nname = "x"\nmatch = "p"\n', 3, 9, "bad-value", "does not match from"),
        (
            "[[apps.a.groups]]\nmatch='/'\nname='x'\n[[apps.a.groups]]\nmach = '/'\n",
            5,
            1,
            "unknown-key",
            "'mach' is not a key of apps.a.groups[1]",
        ),
        (
            "[apps.a]\ngroups = [\n  # c\n  {name='x', mtch='/'}]\n",
            4,
            14,
            "unknown-key",
            "did you mean 'match'",
        ),
        ('[apps.a]\nconsent = "maybe"\n', 2, 11, "bad-value", "`not-required` or `required`"),
        ("[receiver]\nport = 99999\n", 2, 8, "bad-value", "from 0 to 65535"),
        ('[store.keep]\nrollups = "soon"\n', 2, 11, "bad-value", "is not a time to keep"),
        ('[store]\nmax_disk = "much"\n', 2, 12, "bad-value", "is not a size"),
        ("app = 1979-05-27\n", 1, 7, "bad-value", "write it in quotes"),
        ("app = \n", 1, 7, "toml", "invalid value"),
        ('app = "a"\napp = "b"\n', 2, 10, "toml", "cannot overwrite a value"),
        ("[private]\n[private]\n", 2, 9, "toml", "cannot declare"),
        ("x = [" + "[" * 3000, 1, 1, "toml", "too many levels"),
    ],
)
def test_a_mistake_has_its_line_and_column(
    tmp_path: Path, text: str, line: int, column: int, code: str, words: str
) -> None:
    found = [one for one in mistakes(tmp_path, text) if words in one[3]]

    assert [one[:3] for one in found] == [(line, column, code)], mistakes(tmp_path, text)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = 'ap = 1\nbase_url = 2\n[profiles.x]\ncpu = "fast"\n[receivr]\n'

    assert [one[0] for one in mistakes(tmp_path, text)] == [1, 2, 4, 5]


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rumtest.toml"
    path.write_bytes(b'app = "\xff"\n')

    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config(tmp_path, explicit=path, environ={})


PIECES = st.sampled_from(
    [*"[]{}=.,#'\"\n \\", '"""', "'''", "app", "apps", "profiles", "1", "true", "\r\n", "inf"]
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_raises_nothing_but_a_config_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rumtest.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    lines: list[int] = []
    try:
        load_config(tmp_path, explicit=path, environ={})
    except ConfigError as error:
        lines = [problem.place.line for problem in error.problems] or [0]

    assert all(line >= 1 for line in lines)
