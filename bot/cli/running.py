"""Commands that run the bot or look after it: run, demo, doctor, db."""

import os
import signal
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot import demo, doctor, source_doctor
from bot.app import build_app
from bot.cli.desk import AsJson, database, show_json
from bot.clock import system_clock
from bot.runtime import Runtime
from bot.settings import load, require_slack
from storage import schema
from storage.backup import back_up
from storage.database import Database
from storage.upkeep import rebuild

DEMO_FOLDER = Path(".demo")

db_app = typer.Typer(help="The database's schema.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.command()(run)
    app.command("demo")(try_it)
    app.command("doctor")(check)
    app.add_typer(db_app, name="db")


def run(
    upgrade: Annotated[bool, typer.Option("--upgrade", help="Migrate a PostgreSQL database first.")] = False,
) -> None:
    """The bot: Socket Mode if SLACK_APP_TOKEN is set, else HTTP; until it is told to stop."""
    settings = load()
    require_slack(settings)
    db = Database(settings.database_url)
    if db.is_sqlite or upgrade:
        schema.upgrade(db)
    schema.require_current(schema.status(db))
    runtime = Runtime(build_app(settings, db, system_clock))
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, runtime.ask_to_stop)
    runtime.start()
    try:
        runtime.wait()
    finally:
        in_time = runtime.stop()
    db.close()
    if not in_time:
        os._exit(0)  # a thread that hangs would keep the process alive; what it held is released with it


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


def check(
    as_json: AsJson = False,
    source: Annotated[
        str | None, typer.Option("--source", help="Look at one call source, and say how to test it.")
    ] = None,
) -> None:
    """Look at settings, database, tokens, scopes, clock, and what waits undelivered; each line says how to mend it."""
    settings = load()
    findings = source_doctor.examine(settings, source) if source else doctor.examine(settings, system_clock())
    if as_json:
        show_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            typer.echo(f"{'ok ' if finding.ok else 'NO '} {finding.check}: {finding.says}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@db_app.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to this program's schema."""
    db = Database(load().database_url)
    schema.upgrade(db)
    typer.echo(f"The schema is {schema.status(db).current}.")


@db_app.command("status")
def database_status(as_json: AsJson = False) -> None:
    """Which schema the database has, and which this program needs."""
    found = schema.status(Database(load().database_url))
    if as_json:
        show_json({"current": found.current, "needed": found.needed, "is_current": found.is_current})
    else:
        typer.echo(f"The database has schema {found.current or 'none'}; this program needs {found.needed}.")
    schema.require_known(found)


@db_app.command("backup")
def back_up_database(file: Path) -> None:
    """Copy a SQLite database into FILE while the bot runs (PostgreSQL: pg_dump, see docs/operations.md)."""
    back_up(Database(load().database_url), file)
    typer.echo(f"The database is in {file}.")


@db_app.command("rebuild")
def rebuild_rollup() -> None:
    """Count everybody's weeks anew, after rows were changed with triggers off; else they keep up by themselves."""
    with database() as (_settings, db), db.begin() as session:
        rebuild(session)
    typer.echo("Everybody's weeks are counted anew.")
