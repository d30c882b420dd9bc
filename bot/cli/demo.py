"""`cornerman demo`: all of it without Slack."""

from pathlib import Path
from typing import Annotated

import typer

from bot import demo

DEMO_FOLDER = Path(".demo")


def register(app: typer.Typer) -> None:
    app.command("demo")(try_it)


def try_it(
    once: Annotated[
        bool, typer.Option("--once", help="Play a week without waiting; write demo-out/.")
    ] = False,
    port: Annotated[
        int | None, typer.Option("--port", help="Of the page; the next free one if it is taken.")
    ] = None,
) -> None:
    """The whole bot against a stand-in Slack with a seeded sales team: no Slack, no tokens."""
    raise typer.Exit(demo.run(once=once, port=port, folder=DEMO_FOLDER))
