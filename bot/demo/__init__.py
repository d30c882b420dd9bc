"""`make demo`: the whole bot in a stand-in Slack, with an invented sales team and a clock that can be moved."""

import sys
from pathlib import Path

from bot.core.errors import CoachError
from bot.demo.play import play
from bot.demo.serve import serve

OUT = "demo-out"


def run(*, once: bool, port: int | None, folder: Path) -> int:
    """Runs in `folder` until it is stopped, or plays the week `once` into `demo-out` beside it; gives the exit code."""
    try:
        if once:
            play(folder.with_name(OUT))
        else:
            serve(folder, port)
    except CoachError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0
