"""What is ordered arrives at the child as it was said, and its errors come back as they were."""

import msgspec
import pytest

from rumtest.errors import (
    BrowserFailed,
    BrowserMissing,
    MachineError,
    PortTaken,
    RumtestError,
    RunFolderError,
    TargetUnreachable,
    UsageError,
)
from rumtest.metric import Milliseconds
from rumtest.scenario.model import (
    DataSource,
    PageGroup,
    Profile,
    Regression,
    Sampling,
    Think,
    Threshold,
    Tolerance,
)
from rumtest.synthetic.order import ORDER, Side, broken, error_of
from tests.support.synthetic import HERE, click, fill, goto, order, scenario, step, text


def test_an_order_with_everything_in_it_survives_the_pipe() -> None:
    asked = scenario(
        step("Open", goto("/p/${product}"), expect=(text("Shop"),)),
        step(
            "Buy",
            fill("Name", "${secret.NAME}"),
            click("#buy"),
            until=text("ok"),
            think=Think(Milliseconds(10), Milliseconds(20)),
            thresholds=(Threshold("lcp", "quantile", "<", 2500.0, "p75 < 2500ms", HERE, 0.75),),
        ),
        profiles=(Profile("phone", device="Pixel 7", viewport=(400, 800), cpu=4, rtt=100),),
        sampling=Sampling(cache=("warm",)),
        data=(DataSource("product", ({"": "teapot"},), "random"),),
        secrets=("NAME",),
        groups=(PageGroup("Product", "/p/*"),),
        regression=Regression(
            tolerances={"lcp": Tolerance(0.05, 20.0)}, places={"lcp": HERE}, metrics=("lcp",)
        ),
    )
    whole = order(asked, Side("base", serve="shop {port}"), Side("head", url="http://a"))

    assert ORDER.decode(msgspec.json.encode(whole)) == whole


@pytest.mark.parametrize(
    "problem",
    [
        TargetUnreachable("what", "now"),
        BrowserMissing("what", "now"),
        BrowserFailed("what"),
        PortTaken("what", "now"),
        UsageError("what", "now"),
        MachineError("what"),
    ],
)
def test_an_error_of_the_child_is_the_same_error_in_the_parent(problem: RumtestError) -> None:
    raised = error_of(broken(problem, hide=str))

    assert type(raised) is type(problem)
    assert str(raised) == str(problem)


def test_an_error_that_the_pipe_has_no_name_for_is_told_as_its_nearest_kin() -> None:
    assert broken(RunFolderError("what"), hide=str).error == "UsageError"
