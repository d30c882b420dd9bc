"""`cornerman doctor`: what is wrong with an installation."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli.cli_context import AsJson, show_json
from bot.core.clock import system_clock
from bot.doctor import call_source, installation
from bot.settings import load


def register(app: typer.Typer) -> None:
    app.command("doctor")(check)


def check(
    as_json: AsJson = False,
    source: Annotated[
        str | None, typer.Option("--source", help="Look at one call source, and say how to test it.")
    ] = None,
) -> None:
    """Look at settings, database, tokens, scopes, clock, and what waits undelivered; each line says how to mend it."""
    settings = load()
    findings = (
        call_source.examine(settings, source) if source else installation.examine(settings, system_clock())
    )
    if as_json:
        show_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            typer.echo(f"{'ok ' if finding.ok else 'NO '} {finding.check}: {finding.says}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
