"""The `cornerman` command. Exit codes: 0 done, 1 it could not be done (one sentence on stderr), 2 wrong usage,
3 done in part."""

import sys

import typer

from bot import logs, settings
from bot.cli import importing, outbox, privacy, reading, running, weekly
from bot.errors import CoachError
from storage.database import DatabaseError

app = typer.Typer(
    name="cornerman",
    help="The coach in a sales team's corner.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
running.register(app)
importing.register(app)
reading.register(app)
weekly.register(app)
outbox.register(app)
privacy.register(app)


def main() -> None:
    """Every command's failure ends here, as one sentence for the person who can mend it."""
    try:
        logs.configure(settings.load().log)
        app()
    except CoachError as error:
        _fail(str(error))
    except DatabaseError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        _fail(f"The database cannot be used: {reason}. Check DATABASE_URL, then `cornerman doctor`.")
    except KeyboardInterrupt:
        sys.exit(130)


def _fail(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.exit(1)
