"""The `cornerman` command. Exit codes: 0 done, 1 it could not be done (one sentence on stderr), 2 wrong usage,
3 done in part."""

import sys
from typing import Annotated

import typer

from bot import logs, settings
from bot.cli import backfill, importing, keys, outbox, privacy, pull, reading, running, weekly
from bot.cli.desk import NAMED
from bot.errors import CoachError
from storage.database import DatabaseError

app = typer.Typer(
    name="cornerman",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
running.register(app)
importing.register(app)
backfill.register(app)
pull.register(app)
reading.register(app)
weekly.register(app)
outbox.register(app)
privacy.register(app)
keys.register(app)


@app.callback()
def cornerman(
    workspace: Annotated[
        str | None, typer.Option("--workspace", help="Slack team id or name, where there are several.")
    ] = None,
) -> None:
    """The coach in a sales team's corner."""
    NAMED.set(workspace)


def main() -> None:
    """Every command's failure ends here, as one sentence for the person who can mend it."""
    try:
        given = settings.load()
        logs.configure(given.log)
        logs.hide(given.secrets())
        app()
    except CoachError as error:
        _fail(str(error))
    except DatabaseError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        _fail(f"The database cannot be used: {reason}. Check DATABASE_URL, then `cornerman doctor`.")
    except KeyboardInterrupt:
        sys.exit(130)


def _fail(sentence: str) -> None:
    sys.stderr.write(logs.blotted(sentence) + "\n")
    sys.exit(1)
