"""A file that somebody else made is worked on in a child process without secrets, with limits of memory and time.

The parent looks at the sizes that a zipped file declares and starts the child, which sets its own limits first.
Whatever becomes of the child is a sentence here.
"""

import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import IO

import structlog

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _

log = structlog.get_logger()

MEMORY = 1 << 30
"""Bytes of address space: a sheet of a million cells takes a tenth of it."""
CPU_SECONDS = 20
WALL_SECONDS = 180.0
"""Only for a reader that hangs: computing is bounded by the line above, and a busy machine is slow."""
MOST_WRITTEN = 1 << 30
"""Bytes that the child may write into one file."""
MOST_UNPACKED = 1 << 30
"""Bytes that a zipped workbook may declare to hold."""


def refuse_by_declared_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            declared = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return  # an old workbook, or a damaged one: the reader has the sentence for it
    if declared > MOST_UNPACKED:
        raise BadInput(_too_much(path))


def run(module: str, path: Path, said: bytes, out: IO[bytes], *, longer: float = 0) -> None:
    """Let a module of ours work on the file; it hears `said` and answers into `out`. Raises BadInput if it ends badly.

    `longer`: seconds that it may take beyond what any reader may.
    """
    wall_seconds = WALL_SECONDS + longer
    known = os.pathsep.join(folder for folder in sys.path if folder)
    try:
        done = subprocess.run(  # noqa: S603  our own module, and a path of ours
            [sys.executable, "-m", module, str(path)],
            input=said,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": known, "PYTHONIOENCODING": "utf-8"},  # none of our secrets
            timeout=wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        log.warning("a workbook took longer than its reader may", seconds=wall_seconds)
        raise BadInput(_too_much(path)) from error
    if done.returncode != 0:
        log.warning("a workbook was more than its reader may take", ended=done.returncode)
        raise BadInput(_too_much(path))


def limit(*, cpu_seconds: int = CPU_SECONDS) -> None:
    """In the child, before it looks at anything."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))


def _too_much(path: Path) -> str:
    return _(
        "{name} asks for more memory or time than I give to one file. Delete the empty rows and columns beyond "
        "your data, or save it as CSV, and send it again."
    ).format(name=path.name)
