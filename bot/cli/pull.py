"""`cornerman pull crm`: what the hourly job does, now."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.cli_context import AsJson, opened, show_json
from bot.core.errors import Misconfigured
from bot.crm import CrmConfig, configured
from bot.crm import jobs as pulling
from bot.crm.jobs import Pulled

DONE_IN_PART = 3

pull_app = typer.Typer(help="What is read from other systems.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(pull_app, name="pull")


@pull_app.callback()
def pull() -> None:
    """Reads from other systems; nothing is written there."""


@pull_app.command("crm")
def pull_crm(
    only: Annotated[
        str | None, typer.Option("--crm", help="hubspot or salesforce; all unless given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Deals and account values that changed since the last pull. Rows refused are told, and tried again each time."""
    console = Console(stderr=True)
    with opened() as desk:
        pulled = []
        for config in _wanted(configured(desk.settings.crm), only):
            for kind in config.maps:
                with console.status(f"{config.name}: {kind}"):
                    done = pulling.pull(desk.db, desk.workspace_id, config, kind, now=desk.now, by_hand=True)
                pulled += [done] if done else []
    _show(pulled, as_json=as_json)
    if any(one.rejected or one.trouble for one in pulled):
        raise typer.Exit(DONE_IN_PART)


def _wanted(configs: list[CrmConfig], only: str | None) -> list[CrmConfig]:
    found = [config for config in configs if only in (None, config.name)]
    if not found:
        which = f" names no [{only}]" if only else " is not set"
        raise Misconfigured(f"CORNERMAN_CRM{which}; docs/crm.md says how to set it.")
    return found


def _show(pulled: list[Pulled], *, as_json: bool) -> None:
    if as_json:
        show_json([asdict(one) for one in pulled])
        return
    for one in pulled:
        typer.echo(
            f"{one.read:,} {one.kind} of {one.crm} read: {one.added:,} added, {one.updated:,} updated, "
            f"{one.unchanged:,} unchanged; {one.rejected:,} refused rows wait."
        )
        if one.gone:
            typer.echo(f"{one.gone:,} {one.kind} that {one.crm} has no longer are gone here too.")
        if one.trouble:
            typer.echo(f"It broke off: {one.trouble}", err=True)
