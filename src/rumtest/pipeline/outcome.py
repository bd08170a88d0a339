"""What a command makes of a comparison: its exit status."""

from rumtest.compare.model import Comparison, GateResult, Outcome, Verdict
from rumtest.errors import ExitStatus

__all__ = ["status_of"]


def status_of(comparison: Comparison, *, interrupted: bool, fail_inconclusive: bool) -> int:
    """The exit status of docs/scenarios.md: interrupted, failed, inconclusive when asked, or fine.

    A gate that failed counts unless it is advisory. An inconclusive gate fails only when it could
    not rule a regression out.
    """
    if interrupted:
        return int(ExitStatus.INTERRUPTED)
    binding = [gate for gate in comparison.gates if not gate.advisory]
    if any(gate.outcome is Outcome.FAILED for gate in binding):
        return int(ExitStatus.FAILED)
    is_open = any(map(_is_open, binding))
    return int(ExitStatus.INCONCLUSIVE if is_open and fail_inconclusive else ExitStatus.FINE)


def _is_open(result: GateResult) -> bool:
    """Whether a limit is undecided, or a regression beyond the tolerance still fits the data."""
    if result.verdict is None:
        return result.outcome is Outcome.UNDECIDED
    return result.verdict is Verdict.INCONCLUSIVE and not result.regression_excluded
