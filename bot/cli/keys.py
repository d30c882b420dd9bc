"""The keys that seal the workspaces' tokens: a new one, and everything sealed anew with it."""

import typer
from cryptography.fernet import Fernet

from bot.cli.cli_context import database
from bot.core.errors import Misconfigured
from bot.slack import tenancy

keys_app = typer.Typer(help="The keys that seal tokens.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(keys_app, name="keys")


@keys_app.command("new")
def new() -> None:
    """Print a new key; put it before the others in CORNERMAN_SECRET_KEY, with a blank between."""
    typer.echo(Fernet.generate_key().decode())


@keys_app.command("rotate")
def rotate() -> None:
    """Seal every token anew with the first key; after that the others may go."""
    with database() as (settings, db):
        if not settings.secret_keys():
            raise Misconfigured("CORNERMAN_SECRET_KEY is not set; `cornerman keys new` prints a key.")
        resealed, unopened = tenancy.installations(settings, db).reseal()
    typer.echo(f"{resealed} installations are sealed with the first key; the other keys may go.")
    if unopened:
        raise Misconfigured(
            f"{unopened} more are sealed with a key that is not in CORNERMAN_SECRET_KEY: put it behind the first one "
            "and run this again, or have the app installed anew there."
        )
