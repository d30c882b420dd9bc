"""The demo one plays with: the bot and its Slack run until Ctrl-C, at the machine's pace."""

import signal
import socket
import sys
from pathlib import Path

from rich.console import Console

from bot.clock import system_clock
from bot.demo.cast import CAST, EAST
from bot.demo.controls import offer
from bot.demo.folder import claimed
from bot.demo.logbook import logged_to
from bot.demo.stage import Stage, open_stage
from bot.errors import Misconfigured

PORT = 8765
PORTS_TRIED = 50

WELCOME = """\
Cornerman runs in a stand-in Slack with {people} invented people: [bold]{url}[/bold]
There it is {now:%A, %d %B %Y, %H:%M} in Berlin. Things to try:
 • Be Ana Ferreira: a call of hers has just ended, and at nine the bot asks how it went. One tap is enough.
 • Type /scorecard, /scorecard top or /scorecard help; open the Home tab of the app.
 • Press “A call just ended” for anybody, in office hours or in the evening.
 • Look into #sales-east: at nine it gets last week's digest, and each pair hears of it in a direct message.
 • Be Katharina Vogel, the manager of East: /scorecard team, /scorecard export.
 • Move the clock on to next Monday 9:00, and see what your own week did to the digest.
Its files are in {folder}, its log in {log}. Ctrl-C stops it."""


def serve(folder: Path, port: int | None) -> None:
    """Until somebody stops it. Raises Misconfigured where a demo runs in the folder already."""
    console = Console(highlight=False)
    with claimed(folder), logged_to(folder / "demo.log") as log:
        wanted = PORT if port is None else port
        free = free_port(wanted)
        if free != wanted and wanted:
            console.print(f"Port {wanted} is taken, so this demo takes {free}.")
        console.print("Half a year of a sales team comes in; this takes a few seconds.")
        with open_stage(folder, system_clock, port=free, with_jobs=True) as stage:
            offer(stage)
            stage.call_ended(
                stage.people["ana"], minutes=12, contact="Dana Whitfield", company="Kestrel Foods"
            )
            console.print(_welcome(stage, folder, log))
            _wait(stage)
            console.print("Stopping.")


def free_port(wanted: int) -> int:
    """The port, else the next free one; 0 stands for any. Raises Misconfigured where all are taken."""
    for port in range(wanted, wanted + PORTS_TRIED):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except (OSError, OverflowError):
            continue
        return port
    raise Misconfigured(
        f"No port from {wanted} to {wanted + PORTS_TRIED - 1} is free; choose another with --port."
    )


def _welcome(stage: Stage, folder: Path, log: Path) -> str:
    here = stage.clock().astimezone(EAST.zone)
    return WELCOME.format(people=len(CAST), url=stage.sandbox.url, now=here, folder=folder, log=log)


def _wait(stage: Stage) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stage.runtime.ask_to_stop)
    sys.stdout.flush()
    stage.runtime.wait()
