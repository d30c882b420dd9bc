"""`cornerman backfill`: a source's own call log, for what was not heard when it happened."""

from dataclasses import asdict
from datetime import datetime, time
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.calendar.wallclock import first_valid
from bot.calls.jobs import backfill as backfilling
from bot.calls.jobs.backfill import Backfilled
from bot.calls.logs import LOGS
from bot.cli.cli_context import AsJson, Desk, opened, show_json
from bot.core.errors import BadInput
from bot.people.services import workspace as workspaces

DONE_IN_PART = 3


def register(app: typer.Typer) -> None:
    app.command()(backfill)


def backfill(
    source: Annotated[str, typer.Argument(help=f"One of {', '.join(LOGS)}.")],
    since: Annotated[str, typer.Option("--since", help="A date (its beginning) or an instant.")],
    until: Annotated[str | None, typer.Option("--until", help="The same; now unless given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read the source's call log and add what is missing; twice is once. Calls over a day old are history: nobody is
    asked about them."""
    console = Console(stderr=True)
    with opened() as desk, _progress(console) as progress:
        task = progress.add_task(source, total=None, said="")
        first, last = _moment(since, desk), _moment(until, desk) if until else desk.now
        with desk.db.reading(desk.workspace_id, desk.now) as books:
            team = workspaces.slack_team(books)
        if first >= last:
            raise BadInput("--since must come before --until.")
        report = backfilling.run(
            desk.db,
            desk.workspace_id,
            desk.settings.call_sources(team),
            source,
            since=first,
            until=last,
            now=desk.now,
            on_page=lambda so_far: progress.update(task, said=f"{so_far.read:,} calls read"),
        )
    _show(report, as_json=as_json)
    if report.unreadable:
        raise typer.Exit(DONE_IN_PART)


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description} {task.fields[said]}", markup=False),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )


def _moment(text: str, desk: Desk) -> datetime:
    """In UTC; a date means its beginning on the workspace's clock."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("--since takes a date (2026-11-21) or an instant (2026-11-21T18:00+01:00).") from error
    if len(text) <= len("2026-11-21"):
        return first_valid(instant.date(), time.min, desk.zone)
    return (instant if instant.tzinfo else instant.replace(tzinfo=desk.zone)).astimezone(desk.now.tzinfo)


def _show(report: Backfilled, *, as_json: bool) -> None:
    if as_json:
        show_json(asdict(report))
        return
    typer.echo(
        f"{report.read:,} calls of {report.source} read: {report.added:,} added, {report.known:,} known, "
        f"{report.waiting:,} of people nobody has named, {report.unreadable:,} not understood."
    )
    if report.waiting:
        typer.echo(
            "Say whose they are with /scorecard agents or `cornerman import --kind agents`; they follow then."
        )
