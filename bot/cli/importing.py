"""`cornerman import`: a file of the contract's kinds, or anybody's with a map."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.desk import AsJson, opened, show_json
from bot.services import audit, imports
from bot.services.imports import ImportReport
from bot.words import AuditAct, ImportKind

DONE_IN_PART = 3


def register(app: typer.Typer) -> None:
    app.command("import")(import_file)


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV (comma, semicolon or tab) or XLSX, with a header row.")],
    kind: Annotated[ImportKind, typer.Option("--kind", help="What the rows are.")],
    map_file: Annotated[
        Path | None, typer.Option("--map", help="A TOML file that turns somebody else's columns into ours.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add or update rows by their key: twice is once. Refused rows go to FILE.rejected.csv, each with its reason."""
    console = Console(stderr=True)
    with opened() as desk, _progress(console) as progress:
        task = progress.add_task(file.name, total=None)
        report = imports.run_import(
            desk.db,
            desk.workspace_id,
            file,
            kind,
            mapping=imports.load(map_file) if map_file else imports.Mapping(),
            now=desk.now,
            rejected_to=Path.cwd(),
            dry_run=dry_run,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
        if not dry_run:
            with desk.db.begin() as session:
                audit.note(session, desk.workspace_id, None, AuditAct.IMPORTED, now=desk.now, what=kind)
    for note in report.notes:
        console.print(note, style="yellow", highlight=False, markup=False)
    _show(report, as_json=as_json, dry_run=dry_run)
    if report.rejected:
        raise typer.Exit(DONE_IN_PART)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


def _show(report: ImportReport, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        document = asdict(report)
        del document["notes"]
        show_json(document)
        return
    done = "would be " if dry_run else ""
    line = (
        f"{report.read:,} {report.kind} read: {report.added:,} {done}added, {report.updated:,} {done}updated, "
        f"{report.unchanged:,} unchanged, {report.rejected:,} refused."
    )
    typer.echo(line)
    if report.rejected_file:
        typer.echo(f"Refused rows, each with its reason: {report.rejected_file}")
