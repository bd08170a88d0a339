"""How big the snippet is on the wire, against web-vitals with attribution alone.

Run with `python benchmarks/snippet_size.py`. Sizes are those of the minified file, gzip at its
best and Brotli at its best where the `brotli` package is installed (a server's static files).
"""

import gzip
import subprocess
import sys
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from rumtest.snippet import loader_source, snippet_source

SNIPPET = Path(__file__).resolve().parents[1] / "snippet"

# The five metrics the snippet asks for, with every change reported: no less does the same job.
RIVAL = """
import {onCLS, onFCP, onINP, onLCP, onTTFB} from "web-vitals/attribution";
const take = (metric) => navigator.sendBeacon("/", JSON.stringify(metric));
for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on(take, {reportAllChanges: true});
"""


def bundler() -> ModuleType:
    """The bundler as a module, for its way of finding Node."""
    spec = spec_from_file_location("hatch_build", SNIPPET / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def web_vitals_alone() -> bytes:
    """web-vitals bundled as the snippet is, with the least code that sends its metrics."""
    with tempfile.TemporaryDirectory(dir=SNIPPET / "node_modules") as folder:
        entry = Path(folder, "rival.js")
        entry.write_text(RIVAL)
        esbuild = SNIPPET / "node_modules" / "esbuild" / "bin" / "esbuild"
        options = ["--bundle", "--minify", "--format=iife", "--target=es2020"]
        done = subprocess.run(
            [bundler().find_node(), esbuild, entry, *options], check=True, capture_output=True
        )
        return done.stdout


def sizes(content: bytes) -> list[int]:
    """Bytes as they are, gzipped, and with Brotli (0 where that is not installed)."""
    try:
        import brotli  # type: ignore[import-untyped]
    except ImportError:
        return [len(content), len(gzip.compress(content, 9)), 0]
    return [len(content), len(gzip.compress(content, 9)), len(brotli.compress(content))]


def main() -> None:
    """Prints the table, and the ratio to the rival."""
    rows = {
        "snippet": sizes(snippet_source().encode()),
        "web-vitals with attribution": sizes(web_vitals_alone()),
        "loader": sizes(loader_source().encode()),
    }
    print(f"{'bytes':<30}{'minified':>10}{'gzip':>10}{'brotli':>10}")
    for name, row in rows.items():
        print(f"{name:<30}" + "".join(f"{size or '–':>10}" for size in row))
    ratios = zip(rows["snippet"], rows["web-vitals with attribution"], strict=True)
    print(f"{'ratio':<30}" + "".join(f"{a / b if b else 0:>10.2f}" for a, b in ratios))


if __name__ == "__main__":
    main()
