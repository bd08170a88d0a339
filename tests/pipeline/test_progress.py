"""Progress redraws one line for a person and writes one a minute for a log."""

import io

from rumtest.pipeline.progress import Lines, RedrawnLine, Silent, progress_for


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_at_most_one_line_a_minute() -> None:
    seconds = iter([0.0, 0.0, 30.0, 59.0, 60.0, 90.0, 121.0])
    log = io.StringIO()
    progress = Lines(log, lambda: next(seconds))

    for number in range(6):
        progress.at(f"pair {number}")

    assert log.getvalue().splitlines() == ["pair 0", "pair 3", "pair 5"]


def test_a_terminal_line_is_redrawn_and_never_wraps() -> None:
    terminal = Terminal()
    progress = RedrawnLine(terminal, lambda: 40)

    progress.at("x" * 100)
    progress.end()

    drawn = terminal.getvalue().replace("\r", "").replace("\x1b[2K", "")
    assert len(drawn) < 40
    assert "\n" not in terminal.getvalue()


def test_quiet_says_nothing_and_each_stream_gets_the_progress_that_suits_it() -> None:
    def chosen(stream: io.StringIO, *, quiet: bool) -> type:
        return type(
            progress_for(stream, quiet=quiet, verbose=False, clock=lambda: 0.0, width=lambda: 80)
        )

    assert chosen(Terminal(), quiet=True) is Silent
    assert chosen(Terminal(), quiet=False) is RedrawnLine
    assert chosen(io.StringIO(), quiet=False) is Lines


def test_verbose_keeps_every_line_on_a_terminal_too() -> None:
    terminal = Terminal()
    progress = progress_for(
        terminal, quiet=False, verbose=True, clock=lambda: 0.0, width=lambda: 80
    )

    for number in range(3):
        progress.at(f"pair {number}")

    assert terminal.getvalue().splitlines() == ["pair 0", "pair 1", "pair 2"]
