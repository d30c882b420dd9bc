"""The demo one plays with: the bot and its Slack run until Ctrl-C, at the machine's pace."""

import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from rich.console import Console

from bot.core.clock import system_clock
from bot.core.errors import Misconfigured
from bot.demo.controls import offer
from bot.demo.logbook import logged_to
from bot.demo.season.cast import CAST, EAST
from bot.demo.stage import Stage, open_stage

PORT = 8765
PORTS_TRIED = 50

WELCOME = """\
A stand-in Slack with {people} invented people and the whole bot in it: [bold]{url}[/bold]
It is {now:%A, %d %B %Y, %H:%M} there, in Berlin. The page has a tour: seven things to try, a minute each.
Files are in {folder}, the log is {log}. Ctrl-C stops it all."""


def serve(folder: Path, port: int | None) -> None:
    """Until somebody stops it. Raises Misconfigured where a demo runs in the folder already."""
    console = Console(highlight=False, soft_wrap=True)
    with claimed(folder), logged_to(folder / "demo.log") as log:
        wanted = PORT if port is None else port
        free = free_port(wanted)
        if free != wanted and wanted:
            console.print(f"Port {wanted} is taken, so this demo takes {free}.")
        console.print(
            "A stand-in Slack starts on this machine, with the bot in it. Nothing leaves the machine."
        )
        opened = partial(_tell_of_page, console)
        with open_stage(folder, system_clock, port=free, with_jobs=True, on_page=opened) as stage:
            _first_minute(stage)
            offer(stage)
            stage.sandbox.tell_progress(None)
            console.print(_welcome(stage, folder, log))
            _wait(stage)
            console.print("Stopping.")


def _first_minute(stage: Stage) -> None:
    """A call has ended and the digest is posted, so that the page is not empty."""
    ana = stage.people["ana"]
    stage.call_ended(ana, minutes=12, contact="Dana Whitfield", company="Kestrel Foods")
    stage.move_to(stage.clock() + timedelta(minutes=1))


def _tell_of_page(console: Console, url: str) -> None:
    console.print(f"Open [bold]{url}[/bold] now: it shows how far it is.")


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


LEFT_BEHIND = ("*.csv", "*.toml", "*.log", "demo.db*")


@contextmanager
def claimed(folder: Path) -> Iterator[Path]:
    """The folder, emptied of what an earlier demo left; raises Misconfigured while another demo is in it."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "in-use.db", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")  # ends with the process, however that ends
        except sqlite3.OperationalError as error:
            raise Misconfigured(
                f"A demo is running in {folder} already. Stop it there with Ctrl-C, or open its page."
            ) from error
        for pattern in LEFT_BEHIND:
            for path in folder.glob(pattern):
                path.unlink()
        yield folder
