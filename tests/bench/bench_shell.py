"""What a command costs before it does anything, beside importing what it is typed and printed with."""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.table import Row, compared, demand, in_turn

ROUNDS = 3
FLOOR = [sys.executable, "-c", "import typer, rich"]
COMMANDS = {
    ("--help",): "Usage:",
    ("--version",): "cornerman ",
    ("db", "status"): "The database has schema",
    ("audit",): "imported   reps",
    ("inbox", "list"): "Nothing waits.",
    ("ranking", "--role", "SDR"): "Ana",
}
"""Each with what it has to print."""


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "reps.csv"
        roster.write_text("name,email,role,team\nAna,ana@example.com,SDR,East\n", encoding="utf-8")
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{Path(folder) / 'shell.db'}"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        _ran([sys.executable, "-m", "bot", "import", str(roster)], environment, "1 added")
        return [_row(words, said, environment) for words, said in COMMANDS.items()]


def _row(words: tuple[str, ...], said: str, environment: dict[str, str]) -> Row:
    command = [sys.executable, "-m", "bot", *words]
    ours, floor = in_turn(
        ROUNDS, lambda: _ran(command, environment, said), lambda: _ran(FLOOR, environment, "")
    )
    return compared(f"cornerman {' '.join(words)}, processor time", ours, floor, "import typer, rich")


def _ran(command: list[str], environment: dict[str, str], said: str) -> float:
    """Seconds of processor time."""
    before = _of_children()
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    took = _of_children() - before
    demand(
        ended.returncode == 0 and said in ended.stdout,
        f"{' '.join(command[3:])} was to print {said!r} and printed {(ended.stdout + ended.stderr)[:200]!r}",
    )
    return took


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
