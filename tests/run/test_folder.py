"""A run folder gives back what was put in, whatever cut it short."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.errors import MachineError, RunFolderError
from rumtest.iteration import Failure, StepRecord
from rumtest.run.reader import read_run
from rumtest.run.writer import RunWriter, new_run_id
from tests.support.runs import header, iteration, kept


def write(root: Path, iterations: int = 2) -> Path:
    """A run of some iterations with one page view each; its folder."""
    with RunWriter.create(root, header()) as writer:
        for number in range(iterations):
            view = f"view-{number:07d}"
            writer.add(iteration(number, pair=number, views=(view,)), [kept(view)])
    return writer.folder


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    failed = Failure("dialog", "The page opened a dialog (alert)", "Open")
    told = iteration(
        0, views=("aaaaaaaaaaaa",), steps=(StepRecord("Open", duration=1.5),), failed=failed
    )

    with RunWriter.create(tmp_path, header()) as writer:
        writer.add(told, [kept("aaaaaaaaaaaa", metrics={"lcp": 812.5})])
        writer.finish(ended="2026-01-02T03:05:00Z", outcome=1)
    run = read_run(writer.header.id, runs=tmp_path)

    assert run.header == header(ended="2026-01-02T03:05:00Z", outcome=1)
    assert run.iterations == (told,)
    assert run.beacons["aaaaaaaaaaaa"].metric("lcp") == 812.5


@given(cut=st.integers(min_value=0, max_value=5000))
def test_a_run_cut_off_at_any_byte_gives_the_iterations_before_the_cut(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    root = tmp_path_factory.mktemp("runs")
    folder = write(root, iterations=4)
    whole = (folder / "iterations.jsonl").read_bytes()
    (folder / "iterations.jsonl").write_bytes(whole[:cut])

    run = read_run(folder, runs=root)

    assert len(run.iterations) == whole[:cut].count(b"\n")
    half = whole[:cut] and not whole[:cut].endswith(b"\n")
    assert bool(run.header.notes) == bool(half)


def test_a_run_that_was_never_finished_can_be_read(tmp_path: Path) -> None:
    folder = write(tmp_path)

    run = read_run(folder, runs=tmp_path)

    assert run.header.ended is None
    assert len(run.iterations) == 2


def test_every_iteration_is_on_disk_before_the_next_one_begins(tmp_path: Path) -> None:
    with RunWriter.create(tmp_path, header()) as writer:
        writer.add(iteration(0, views=("aaaaaaaaaaaa",)), [kept("aaaaaaaaaaaa")])

        run = read_run(writer.folder, runs=tmp_path)

    assert [told.iteration for told in run.iterations] == [0]
    assert list(run.beacons) == ["aaaaaaaaaaaa"]


def test_latest_names_the_newest_run(tmp_path: Path) -> None:
    write(tmp_path)
    newest = write(tmp_path)

    run = read_run("latest", runs=tmp_path)

    assert run.folder == str(newest)


def test_latest_may_be_a_file_that_holds_the_name(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (tmp_path / "latest").unlink()
    (tmp_path / "latest").write_text(folder.name + "\n")

    run = read_run("latest", runs=tmp_path)

    assert run.folder == str(folder)


def test_runs_that_start_in_the_same_second_get_folders_of_their_own(tmp_path: Path) -> None:
    first, second = write(tmp_path), write(tmp_path)

    assert first != second
    assert first.name[:16] == second.name[:16]


def test_an_id_is_the_start_in_utc_and_four_hex_digits() -> None:
    made = new_run_id(datetime(2026, 11, 24, 15, 30, tzinfo=UTC))

    start, digits = made.split("-")
    assert start == "20261124T153000Z"
    assert len(digits) == 4
    assert int(digits, 16) >= 0


def test_a_run_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="no run 'yesterday'"):
        read_run("yesterday", runs=tmp_path)


def test_a_newer_format_is_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = write(tmp_path)
    text = (folder / "run.json").read_text()
    (folder / "run.json").write_text(text.replace('"format": 1', '"format": 2'))

    with pytest.raises(RunFolderError, match=r"format 2, written by a newer rumtest.*Update"):
        read_run(folder, runs=tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "1"}', '{"format": 1}', "\xff"])
def test_a_damaged_header_is_refused_by_file(tmp_path: Path, text: str) -> None:
    folder = write(tmp_path)
    (folder / "run.json").write_bytes(text.encode("latin-1"))

    with pytest.raises(RunFolderError, match=r"run\.json"):
        read_run(folder, runs=tmp_path)


@pytest.mark.parametrize("name", ["iterations.jsonl", "beacons.jsonl"])
def test_a_damaged_line_is_refused_with_file_and_line(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path)
    lines = (folder / name).read_bytes().splitlines(keepends=True)
    (folder / name).write_bytes(lines[0] + b'{"half\n')

    with pytest.raises(RunFolderError, match=rf"{name}:2: this line is damaged"):
        read_run(folder, runs=tmp_path)


def test_a_folder_that_cannot_be_written_is_told_with_what_to_do(tmp_path: Path) -> None:
    taken = tmp_path / "runs"
    taken.write_text("a file, not a folder")

    with pytest.raises(MachineError, match=r"cannot be written: .*--runs"):
        RunWriter.create(taken, header())


def test_evidence_has_a_folder_of_its_own(tmp_path: Path) -> None:
    with RunWriter.create(tmp_path, header()) as writer:
        assert writer.evidence.is_dir()
        assert writer.evidence.parent == writer.folder


def test_a_folder_in_the_place_of_latest_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()

    with pytest.raises(MachineError, match="latest is a folder"):
        write(tmp_path)

    assert (tmp_path / "latest").is_dir()
    assert not list(tmp_path.glob(".latest-*"))
