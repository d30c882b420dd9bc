"""The demo one plays with: the bot and its Slack run until Ctrl-C, at the machine's pace."""

import signal
import socket
import sys
from datetime import timedelta
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
A stand-in Slack with {people} invented people and the whole bot in it: [bold]{url}[/bold]
It is {now:%A, %d %B %Y, %H:%M} there, in Berlin. Things to try:
 • You are Ana Ferreira. A call has just ended: one tap says how, Debrief says more.
 • Type /scorecard, /scorecard top or /handoff; open Home.
 • Look into #sales-east: last week's digest has come, and each pair was told.
 • Press “A call just ended” for anybody, also late in the evening.
 • Be Katharina Vogel, who leads East: /scorecard team, /scorecard export.
 • Move the clock to next Monday, 9:00: the digest tells of your own week.
Files are in {folder}, the log is {log}. Ctrl-C stops it all."""


def serve(folder: Path, port: int | None) -> None:
    """Until somebody stops it. Raises Misconfigured where a demo runs in the folder already."""
    console = Console(highlight=False, soft_wrap=True)
    with claimed(folder), logged_to(folder / "demo.log") as log:
        wanted = PORT if port is None else port
        free = free_port(wanted)
        if free != wanted and wanted:
            console.print(f"Port {wanted} is taken, so this demo takes {free}.")
        console.print("Half a year of a sales team comes in; this takes a few seconds.")
        with open_stage(folder, system_clock, port=free, with_jobs=True) as stage:
            offer(stage)
            _first_minute(stage)
            console.print(_welcome(stage, folder, log))
            _wait(stage)
            console.print("Stopping.")


def _first_minute(stage: Stage) -> None:
    """A call has ended and the digest is posted, so that the page is not empty."""
    ana = stage.people["ana"]
    stage.call_ended(ana, minutes=12, contact="Dana Whitfield", company="Kestrel Foods")
    stage.move_to(stage.clock() + timedelta(minutes=1))


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
