"""`cornerman run`: the bot itself."""

import os
import signal
from typing import Annotated

import structlog
import typer

from bot.app import build_app
from bot.core.clock import system_clock
from bot.doctor.spelling import misspelt
from bot.runtime import Runtime
from bot.settings import load, require_slack
from storage import schema
from storage.database import Database

log = structlog.get_logger()


def register(app: typer.Typer) -> None:
    app.command()(run)


def run(
    upgrade: Annotated[bool, typer.Option("--upgrade", help="Migrate a PostgreSQL database first.")] = False,
) -> None:
    """The bot: Socket Mode if SLACK_APP_TOKEN is set, else HTTP; until it is told to stop."""
    settings = load()
    require_slack(settings)
    for sentence in misspelt():
        log.warning(sentence)
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
