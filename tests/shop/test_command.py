"""The shop as a process of its own, as `ab` starts it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from urllib.request import urlopen

import pytest

from rumtest.shop import Knobs, serve
from rumtest.shop.command import main


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "rumtest.shop", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_it_is_told_to(number: signal.Signals) -> None:
    with started() as shop:
        first_line(shop)

        shop.send_signal(number)
        rest, errors = shop.communicate(timeout=10)

    assert (shop.returncode, rest, errors) == (0, "", "")


def test_it_prints_one_line_with_the_address_where_it_answers() -> None:
    with started("--port", "0") as shop:
        address = re.fullmatch(
            r"The shop is open at (http://127\.0\.0\.1:\d+/)\n", first_line(shop)
        )

        assert address
        with urlopen(address[1], timeout=10) as answer:
            assert answer.status == 200


def test_a_taken_port_ends_it_with_status_7_and_the_number() -> None:
    with serve() as other, started("--port", str(other.port)) as shop:
        said, errors = shop.communicate(timeout=10)

    assert (shop.returncode, said) == (7, "")
    assert f"Port {other.port} is taken." in errors


@pytest.mark.parametrize(
    "arguments",
    [["--hero-delay", "-5"], ["--hero-delay", "soon"], ["--port", "70000"], ["--no-such-knob"]],
)
def test_an_option_that_cannot_mean_anything_ends_it_with_status_4(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 4
    assert arguments[-1] in capsys.readouterr().err


def test_every_knob_is_an_option_with_a_word_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    told = " ".join(capsys.readouterr().out.split())
    for knob in fields(Knobs):
        assert f"--{knob.name.replace('_', '-')}" in told
        assert knob.metadata["help"] in told


def test_it_needs_nothing_but_the_standard_library() -> None:
    names = "{name.partition('.')[0] for name in sys.modules}"
    code = f"import sys, rumtest.shop.command; print(*{names} - sys.stdlib_module_names)"

    loaded = subprocess.run(
        # -S: site packages may load modules of their own at every start
        [sys.executable, "-S", "-c", f"import sys; sys.path += {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert set(loaded.stdout.split()) <= {"rumtest", "__main__"}
