"""The whole story on the bundled shop: one planted regression, found by real browsers and told."""

import shlex
import sys
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from rumtest.compare.model import Comparison, Verdict
from rumtest.errors import ExitStatus
from rumtest.metric import Milliseconds
from rumtest.pipeline.options import AbOptions, Answer, Outputs, Selection, Style
from rumtest.pipeline.progress import Progress
from rumtest.pipeline.run_ab import measure_ab
from rumtest.pipeline.write_reports import Job, write_reports

__all__ = ["PLANTED_GATE", "demo"]

# On an LCP of about 0.9 s this is +50 %, which 12 pairs find in 99.5 of 100 demos (simulated).
PLANTED_DELAY: Final = Milliseconds(450)
PLANTED_GATE: Final = ("Product page", "lcp")


def demo(
    *, html: Path, seed: int | None, unchanged: bool, progress: Progress, style: Style
) -> Answer:
    """Compare the shop with a build of it whose hero image is late (or, `unchanged`, with itself).

    Status 0 when the planted regression is found and nothing else is called regressed.
    """
    progress.say(
        "The shop against " + ("itself." if unchanged else "a build with a late hero image.")
    )
    progress.say(
        "12 pairs of page loads in a real browser, then a fresh re-run of what looks slower."
    )
    with as_file(files("rumtest.shop") / "demo.yaml") as scenario:
        options = AbOptions(
            selection=Selection(paths=(scenario,)),
            outputs=Outputs(html=html),
            base_serve=_shop(),
            head_serve=_shop() if unchanged else _shop("--hero-delay", f"{PLANTED_DELAY:g}"),
            base_label="the shop",
            head_label="the shop again" if unchanged else "late hero image",
            seed=seed,
            command=_command(seed, unchanged=unchanged),
        )
        measured = measure_ab(options, progress=progress)
    job = Job(measured.comparison, measured.run, html, measured.run.header.command)
    answer = write_reports(job, options.outputs, style)
    if measured.run.header.interrupted:
        return answer
    found = _as_planted(measured.comparison, unchanged=unchanged)
    status = ExitStatus.FINE if found else ExitStatus.FAILED
    text = f"{answer.text}\n{_closing(found=found, unchanged=unchanged)}"
    return Answer(int(status), text, answer.report, answer.run)


def _command(seed: int | None, *, unchanged: bool) -> str:
    words = ("rumtest demo", "--unchanged" if unchanged else "", f"--seed {seed}")
    return " ".join(word for word in words[: 2 if seed is None else 3] if word)


def _shop(*knobs: str) -> str:
    return shlex.join([sys.executable, "-m", "rumtest.shop", "--port", "{port}", *knobs])


def _as_planted(comparison: Comparison, *, unchanged: bool) -> bool:
    """Whether the planted gate alone regressed; without a plant, whether nothing moved at all."""
    moved = {
        verdict: tuple(
            (result.gate.step, result.gate.metric)
            for result in comparison.gates
            if result.verdict is verdict
        )
        for verdict in (Verdict.REGRESSED, Verdict.IMPROVED)
    }
    if unchanged:
        return not any(moved.values())
    return moved[Verdict.REGRESSED] == (PLANTED_GATE,)


def _closing(*, found: bool, unchanged: bool) -> str:
    if unchanged:
        what = "nothing" if found else "yet something"
        return f"Nothing was planted and {what} was called regressed or improved."
    if found:
        return "The planted regression was found, and nothing else was called regressed."
    return "This is not what was planted: the machine was too noisy, or rumtest is wrong."
