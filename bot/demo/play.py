"""`--once`: the week plays itself, and what came of it lies in a folder."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot.demo.logbook import logged_to
from bot.demo.scenes import calls, coaching, leads, numbers, weekly
from bot.demo.screenplay import Scene, Teller, perform
from bot.demo.season.season import begins
from bot.demo.stage import MONDAY, open_stage

ALL = (
    *calls.SCENES,
    *coaching.SCENES,
    *leads.SCENES,
    *numbers.SCENES,
    *weekly.SCENES,
)
WEEK = tuple(sorted(ALL, key=lambda scene: scene.moment))
"""The week that plays itself, in the order of time."""

UNHURRIED = 60.0
"""Seconds: nobody waits before a screen, and a crowded machine is to play it too."""


def play(out: Path, scenes: Sequence[Scene] = WEEK) -> None:
    """Plays the scenes in their order, on a database that is gone afterwards.

    Raises CoachError, with the scene's title, at the first step that did not happen.
    """
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="cornerman-") as folder,
        logged_to(out / "demo.log"),
        open_stage(Path(folder), lambda: begins(MONDAY), with_jobs=False) as stage,
    ):
        stage.sandbox.wait(UNHURRIED)
        teller = Teller(Console(), out, stage.people.values())
        for scene in scenes:
            perform(scene, stage, teller)
