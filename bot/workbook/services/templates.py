"""A company's own workbook in place of ours, and the one to begin with."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.tabular.names import kept_as
from bot.workbook import excel
from bot.workbook.domain import starter
from bot.workbook.template import packing
from bot.workbook.template.packing import Given

_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")


def opened(path: Path, now: datetime) -> Given:
    """Raises BadInput for a file that cannot be filled."""
    return packing.usable(path, starter.tables(now))


def demand_fit(given: Given, out: Path) -> None:
    """Raises BadInput where the template makes a file of another kind than `out`, or is that file."""
    name, suffix = given.path.name, given.template.suffix
    if out.suffix.lower() != suffix:
        raise BadInput(
            _("{name} makes a workbook that ends in {suffix}; call the file to write so.").format(
                name=name, suffix=suffix
            )
        )
    if out.exists() and out.samefile(given.path):
        raise BadInput(
            _("{name} is the template itself; call the file to write something else.").format(name=name)
        )


@contextmanager
def kept(name: str, body: bytes) -> Iterator[Path]:
    """A file that came by message, as long as it is worked on."""
    with tempfile.TemporaryDirectory(prefix="cornerman-") as folder:
        path = Path(folder) / kept_as(name)
        path.write_bytes(body)
        yield path


def is_one(name: str, body: bytes, now: datetime) -> bool:
    """Whether the file is a workbook with a table of ours."""
    if not name.lower().endswith(_ENDINGS):
        return False
    with kept(name, body) as path:
        try:
            opened(path, now)
        except BadInput:
            return False
        return True


def write_starter(path: Path, now: datetime) -> None:
    try:
        excel.write(starter.book(now), path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error
