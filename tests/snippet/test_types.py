"""The snippet's types are the model's: where the two drift apart, something fails."""

import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SNIPPET = ROOT / "snippet"


def load(name: str) -> ModuleType:
    spec = spec_from_file_location(name, SNIPPET / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_the_types_are_those_the_model_gives() -> None:
    written = (SNIPPET / "src" / "beacon.ts").read_text()

    assert written == load("beacon_types").typescript(), (
        "Run `python snippet/beacon_types.py`, then see whether the snippet still compiles."
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  lcp?: number | undefined;", "  lcp?: string | undefined;"),
        ("  load_delay?:", "  loading_delay?:"),
        ("  navigation: ", "  kind: "),
        ("  n: number;", "  n: number;\n  needed: number;"),
        ("", ""),
        ('"rejection" | ', ""),
    ],
    ids=["narrowed", "renamed", "required renamed", "required added", "unchanged", "word removed"],
)
@pytest.mark.slow
def test_the_snippet_does_not_compile_against_another_model(
    tmp_path: Path, before: str, after: str
) -> None:
    copy = tmp_path / "snippet"
    shutil.copytree(SNIPPET / "src", copy / "src")
    shutil.copy(SNIPPET / "tsconfig.json", copy)
    (copy / "node_modules").symlink_to(SNIPPET / "node_modules")
    types = copy / "src" / "beacon.ts"
    drifted = types.read_text().replace(before, after)
    changed = drifted != types.read_text()
    types.write_text(drifted)

    bundler = load("hatch_build")
    tsc = [bundler.find_node(), SNIPPET / "node_modules" / "typescript" / "bin" / "tsc"]
    done = subprocess.run([*tsc, "--project", copy], check=False, capture_output=True, text=True)

    assert (done.returncode != 0) == changed, done.stdout
