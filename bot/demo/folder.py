"""The folder a demo lives in: one demo at a time, and each begins anew."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import Misconfigured

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
