"""The bundler: what is built is right, whole, and in every package."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = {"rumtest.js", "loader.js", "licenses.txt", "stamp"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the bundle is made from, with the installed packages beside it."""
    place = tmp_path / "checkout"
    ignored = shutil.ignore_patterns("node_modules", "_built", "__pycache__")
    for folder in ("snippet", "src"):
        shutil.copytree(ROOT / folder, place / folder, ignore=ignored)
    for name in ("pyproject.toml", ".gitignore", "README.md", "LICENSE"):
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, place)
    # Hard links where they can be: the bundler replaces files and never writes into one.
    modules = Path("snippet", "node_modules")
    shutil.copytree(ROOT / modules, place / modules, copy_function=link_or_copy, symlinks=True)
    return place


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def start(place: Path, arguments: Sequence[str], **environ: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=place,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(place: Path, *arguments: str, **environ: str) -> str:
    process = start(place, arguments, **environ)
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return said


def bundle(place: Path, **environ: str) -> str:
    return run(place, "snippet/hatch_build.py", **environ)


def built(place: Path) -> dict[str, bytes]:
    folder = place / "src" / "rumtest" / "_built"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_a_bundle_is_made_once_and_again_when_a_source_changes(checkout: Path) -> None:
    assert "rumtest.js" in bundle(checkout)
    first = built(checkout)
    assert bundle(checkout) == ""

    source = checkout / "snippet" / "src" / "send.ts"
    source.write_text(source.read_text().replace("keepalive: true", "keepalive: false"))

    assert "rumtest.js" in bundle(checkout)
    assert first.keys() >= BUILT
    assert built(checkout)["rumtest.js"] != first["rumtest.js"]
    assert built(checkout)["stamp"] != first["stamp"]


@pytest.mark.slow
def test_the_same_sources_give_the_same_bytes(checkout: Path) -> None:
    bundle(checkout)
    first = built(checkout)
    shutil.rmtree(checkout / "src" / "rumtest" / "_built")

    bundle(checkout)

    assert built(checkout) == first


@pytest.mark.slow
def test_bundlers_at_the_same_time_leave_whole_files(checkout: Path) -> None:
    processes = [start(checkout, ["snippet/hatch_build.py"]) for _ in range(4)]
    said = [process.communicate()[0] for process in processes]

    assert [process.returncode for process in processes] == [0] * 4, said
    assert bundle(checkout) == ""
    assert not [name for name in built(checkout) if name.startswith(".")]


@pytest.mark.slow
def test_a_mistake_in_a_source_is_told_and_leaves_what_was_built(checkout: Path) -> None:
    bundle(checkout)
    first = built(checkout)
    (checkout / "snippet" / "src" / "main.ts").write_text("const = 1;")

    process = start(checkout, ["snippet/hatch_build.py"])
    said, _ = process.communicate()

    assert process.returncode == 7
    assert "main.ts" in said
    assert built(checkout) == first


@pytest.mark.slow
def test_without_node_on_the_path_another_is_found(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert "rumtest.js" in bundle(checkout, PATH=str(tmp_path / "empty"))


@pytest.mark.slow
def test_sdist_and_wheel_carry_the_bundle_and_the_wheel_needs_no_node(
    checkout: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    run(checkout, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path))
    sdist = next(tmp_path.glob("*.tar.gz"))
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    unpacked = next((tmp_path / "unpacked").iterdir())
    assert built(unpacked) == built(checkout)
    assert not (unpacked / "snippet" / "node_modules").exists()

    # With neither Node nor packages a build would fail: it must not try.
    run(
        unpacked,
        *("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)),
        PATH=str(tmp_path / "empty"),
    )

    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        inside = {name: wheel.read(name) for name in wheel.namelist() if "_built/" in name}
    assert {name.rpartition("/")[2]: data for name, data in inside.items()} == built(checkout)


def test_no_file_names_a_registry() -> None:
    lock = (ROOT / "snippet" / "package-lock.json").read_text()

    assert '"resolved"' not in lock
    assert "registry" not in lock
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "snippet" / ".npmrc").read_text()


def test_the_licences_of_what_is_bundled_travel_with_it() -> None:
    texts = (ROOT / "src" / "rumtest" / "_built" / "licenses.txt").read_text()

    assert "web-vitals" in texts
    assert "Apache License" in texts
