"""What most commands need first: the settings, the database at this program's schema, the workspace."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.calendar.wallclock import end_of_day
from bot.cli import NAMED
from bot.core.clock import system_clock
from bot.core.errors import BadInput
from bot.people.services import workspace as workspaces
from bot.settings import Settings, load
from storage import schema
from storage.books import Books
from storage.database import Database

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, and nothing else.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="A date (its end) or an instant: as if nothing later were known."),
]
ViewedBy = Annotated[
    str | None, typer.Option("--viewer", help="Email, Slack user id or name: what that person may see.")
]


@dataclass(frozen=True, slots=True)
class Desk:
    settings: Settings
    db: Database
    workspace_id: int
    zone: ZoneInfo
    now: datetime


@contextmanager
def opened() -> Iterator[Desk]:
    """The database, and in it the workspace that `--workspace` names, or the only one."""
    with database() as (settings, db):
        with db.begin() as session:
            workspace_id = workspaces.chosen(session, NAMED.get(), time_zone=settings.time_zone)
            zone = ZoneInfo(workspaces.settings(Books(session, workspace_id, system_clock())).time_zone)
        yield Desk(settings, db, workspace_id, zone, system_clock())


@contextmanager
def database() -> Iterator[tuple[Settings, Database]]:
    """Migrated if it is SQLite; raises Misconfigured for a schema that does not fit."""
    settings = load()
    db = Database(settings.database_url)
    try:
        if db.is_sqlite:
            schema.upgrade(db)
        schema.require_current(schema.status(db))
        yield settings, db
    finally:
        db.close()


def moment(text: str | None, desk: Desk) -> datetime:
    """What `--as-of` says, in UTC; now where it says nothing."""
    if text is None:
        return desk.now
    try:
        if len(text) <= len("2026-11-21"):
            return end_of_day(date.fromisoformat(text), desk.zone)
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("--as-of takes a date (2026-11-21) or an instant (2026-11-21T18:00+01:00).") from error
    return (instant if instant.tzinfo else instant.replace(tzinfo=desk.zone)).astimezone(UTC)


def show_json(document: Any) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")
