"""`cornerman db`: the schema, copies, and what is counted beforehand."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.cli_context import AsJson, database, show_json
from bot.core.clock import system_clock
from bot.core.errors import BadInput
from bot.delivery.services import restored
from bot.settings import load
from storage import schema, upgrade_plan
from storage.backup import back_up, damage
from storage.database import Database
from storage.rollup_upkeep import rebuild
from storage.upgrade_plan import Plan

db_app = typer.Typer(help="The database's schema.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(db_app, name="db")


@db_app.command("upgrade")
def upgrade_database(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
) -> None:
    """Bring the database to this program's schema; says what that takes, and how long it took."""
    with closing(Database(load().database_url)) as db:
        schema.require_known(schema.status(db))
        if (plan := upgrade_plan.plan(db)).steps:
            typer.echo("\n".join(_told(plan)))
        if dry_run:
            return
        began = time.monotonic()
        schema.upgrade(db)
        typer.echo(f"The schema is {schema.status(db).current}. That took {time.monotonic() - began:.1f} s.")


def _told(plan: Plan) -> Iterator[str]:
    count = f"{len(plan.steps)} {'step' if len(plan.steps) == 1 else 'steps'}"
    yield "\n  ".join([f"{count}, over {plan.rows:,} rows:", *plan.steps])
    if not plan.rows:
        return
    if plan.through:
        tables = ", ".join(f"{rows:,} of {name}" for name, rows in plan.through.items())
        yield f"Rows to copy, index or change: {tables}."
    yield "The bots must be stopped: until it is done, nothing else can write, and on PostgreSQL hardly read."
    yield f"An estimate: {_about(plan.seconds)} on two busy cores; more on a slower disk."


def _about(seconds: float) -> str:
    return f"about {seconds:.0f} s" if seconds < 2 * 60 else f"about {seconds / 60:.0f} minutes"


@db_app.command("status")
def database_status(as_json: AsJson = False) -> None:
    """Which schema the database has, and which this program needs."""
    with closing(Database(load().database_url)) as db:
        wrong = damage(Path(str(db.url.database))) if db.is_sqlite and _is_there(db) else ""
        if wrong:
            raise BadInput(
                f"The database is damaged: {wrong}. Keep the file, and restore your last good backup."
            )
        found = schema.status(db)
        if as_json:
            show_json({"current": found.current, "needed": found.needed, "is_current": found.is_current})
        else:
            typer.echo(
                f"The database has schema {found.current or 'none'}; this program needs {found.needed}."
            )
        schema.require_known(found)


def _is_there(db: Database) -> bool:
    return bool(db.url.database) and Path(str(db.url.database)).exists()


@db_app.command("backup")
def back_up_database(file: Path) -> None:
    """Copy a SQLite database into FILE while the bot runs (PostgreSQL: pg_dump, see docs/operations.md)."""
    back_up(Database(load().database_url), file)
    typer.echo(f"The database is in {file}.")


@db_app.command("restored")
def settle_restored() -> None:
    """Tell that the database was put back from a backup, before the bot starts: nothing is said twice unasked."""
    with database() as (_settings, db), db.begin() as session:
        found = restored.settle(session, now=system_clock())
    typer.echo(f"{found.asked_about} messages: Slack is asked for each before it is said.")
    typer.echo(f"{found.given_up} files: not sent again; cornerman outbox list has them.")
    typer.echo(
        f"{found.set_aside} deliveries: set aside; cornerman inbox list, then cornerman inbox retry ID."
    )
    typer.echo(f"{found.at_rest} questions and digests whose time came meanwhile: not put again.")


@db_app.command("rebuild")
def rebuild_rollup() -> None:
    """Count everybody's weeks anew, after rows were changed with triggers off; else they keep up by themselves."""
    with database() as (_settings, db), db.begin() as session:
        rebuild(session)
    typer.echo("Everybody's weeks are counted anew.")
