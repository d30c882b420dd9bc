"""The `cornerman` command. Exit codes: 0 done, 1 it could not be done (one sentence on stderr), 2 wrong usage,
3 done in part.

A command's module is imported when the command is asked for: most need only a part of the program, the help nothing.
"""

import sys
from contextvars import ContextVar
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_group

from bot.core.errors import CoachError

NAMED: ContextVar[str | None] = ContextVar("NAMED", default=None)
"""What `--workspace` says, before any command."""

COMMANDS = {
    "run": ("run", "The bot: Socket Mode if SLACK_APP_TOKEN is set, else HTTP; until it is told to stop."),
    "demo": ("demo", "The whole bot against a stand-in Slack with a seeded sales team: no Slack, no tokens."),
    "doctor": (
        "doctor",
        "Look at settings, database, tokens, scopes, clock, and what waits undelivered; each line says how to mend it.",
    ),
    "import": ("import_files", "Add or update rows by their key: twice is once."),
    "backfill": ("backfill", "Read the source's call log and add what is missing; twice is once."),
    "scorecard": ("figures", "One rep's numbers."),
    "ranking": ("figures", "The role, with certainty."),
    "effect": ("effect", "Did the coaching work, per metric, with its 95% interval."),
    "paid": ("paid", "What coaching earned in a month, coach by coach, and what was approved: for payroll."),
    "export": ("export", "The workbook, of a team or of all that may be seen; or a rep's offline sheet."),
    "pair": (
        "weekly",
        "The pairs of the week they meet in (the next one unless named) and why; nothing is written or posted.",
    ),
    "digest": (
        "weekly",
        "The digest on the week it reports (the last finished one unless named), as it would be posted.",
    ),
    "forget": ("privacy", "Erase a person, or the whole workspace, after asking; prints the receipt."),
    "audit": ("privacy", "Who looked at or changed what, newest first."),
    "db": ("database", "The database's schema."),
    "pull": ("pull", "What is read from other systems."),
    "outbox": ("outbox", "Messages that did not reach Slack, or may not have."),
    "inbox": ("outbox", "Deliveries that could not be worked."),
    "keys": ("keys", "The keys that seal tokens."),
}
"""Each with its module in this room, and what the list of commands says of it."""


class Commands(TyperGroup):
    """Lists every command by its sentence; the one that is asked for is taken from its module."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] in COMMANDS:
            self.commands[args[0]] = loaded(args[0])
        return super().resolve_command(ctx, args)


def loaded(name: str) -> Any:
    """The command itself."""
    part = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    import_module(f"bot.cli.{COMMANDS[name][0]}").register(part)
    return get_group(part).commands[name]


app = typer.Typer(
    name="cornerman",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _name, (_module, _sentence) in COMMANDS.items():
    app.command(_name, help=_sentence)(lambda: None)


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"cornerman {version('cornerman')}")
        raise typer.Exit


@app.callback()
def cornerman(
    workspace: Annotated[
        str | None, typer.Option("--workspace", help="Slack team id or name, where there are several.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", help="Which version this is.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """The coach in a sales team's corner."""
    NAMED.set(workspace)


def main() -> None:
    """Every command's failure ends here, as one sentence for the person who can mend it."""
    try:
        if not {"--help", "--version"}.issuperset(sys.argv[1:]):
            _prepare()
        app()
    except CoachError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        sentence = _of_the_database(error)
        if sentence is None:
            raise
        _fail(sentence)


def _prepare() -> None:
    from bot import settings  # noqa: PLC0415  0.2 s, for commands that do something
    from bot.core import logs  # noqa: PLC0415  as above

    given = settings.load()
    logs.configure(given.log)
    logs.hide(given.secrets())


def _of_the_database(error: Exception) -> str | None:
    from storage.database import DatabaseError  # noqa: PLC0415  0.4 s, for what failed

    if not isinstance(error, DatabaseError):
        return None
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return f"The database cannot be used: {reason}. Check DATABASE_URL, then `cornerman doctor`."


def _fail(sentence: str) -> NoReturn:
    from bot.core import logs  # noqa: PLC0415  as above

    sys.stderr.write(logs.blotted(sentence) + "\n")
    sys.exit(1)
