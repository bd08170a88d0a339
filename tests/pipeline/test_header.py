"""The header of a run repeats the work and keeps no secret."""

from pathlib import Path

import msgspec
import pytest

from rumtest.pipeline.gates import gates_of, notes_of
from rumtest.pipeline.header import new_header
from rumtest.run.model import RunHeader, Schedule, SideLabel
from tests.support.scenario import load_text

TEXT = "rumtest: 1\nname: home\nsecrets: [HOME_KEY]\npages: [/]\n"


def header(folder: Path, *, seed: int | None, command: str = "rumtest run") -> RunHeader:
    scenarios = (load_text(folder, TEXT),)
    side = SideLabel("http://s3cret@host", "http://s3cret@host", serve="./serve --key s3cret")
    return new_header(
        "run", scenarios, (), sides={"head": side}, schedule=Schedule(), seed=seed, command=command
    )


def test_a_fresh_seed_stands_in_the_command_that_repeats_the_work(tmp_path: Path) -> None:
    made = header(tmp_path, seed=None)

    assert made.command == f"rumtest run --seed {made.seed}"


def test_a_seed_that_was_given_is_not_told_twice(tmp_path: Path) -> None:
    assert header(tmp_path, seed=7, command="rumtest run --seed 7").command.count("--seed") == 1


def test_no_part_of_the_header_holds_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME_KEY", "s3cret")

    made = header(tmp_path, seed=1, command="rumtest run --base-url http://s3cret@host")

    assert b"s3cret" not in msgspec.json.encode(made)
    assert b"***" in msgspec.json.encode(made.sides)


def test_what_is_not_judged_or_not_measured_is_told_beforehand(tmp_path: Path) -> None:
    plain = load_text(tmp_path, TEXT)
    off = load_text(tmp_path, TEXT.replace("home", "off") + "regression: none\n")
    gates = gates_of((plain, off), against_base=True)

    notes = list(notes_of((plain, off), gates, against_base=False))

    assert [note.split()[0] for note in notes] == ["home", "off"]
    assert "not judged" in notes[0]
    assert "not measured" in notes[1]
    assert not list(notes_of((plain,), gates, against_base=True))
