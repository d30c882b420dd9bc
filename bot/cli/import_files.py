"""`cornerman import`: a file of the contract's kinds, or anybody's with a map."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.cli_context import AsJson, Desk, opened, show_json
from bot.core.enums import AuditAct, ImportKind
from bot.imports.domain import counted
from bot.imports.services import recognise as recognising
from bot.imports.services import run as imports
from bot.imports.services import suggest as suggesting
from bot.imports.services.recognise import Recognised
from bot.imports.services.run import ImportReport
from bot.people.services import audit_log

NOT_DONE = 1
DONE_IN_PART = 3


def register(app: typer.Typer) -> None:
    app.command("import")(import_file)


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV (comma, semicolon or tab) or XLSX, with a header row.")],
    kind: Annotated[
        ImportKind | None,
        typer.Option("--kind", help="What the rows are; told from the columns if left out."),
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", help="A TOML file that turns somebody else's columns into ours.")
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Write the map it would use to stdout; store nothing.")
    ] = False,
    sheet: Annotated[str | None, typer.Option("--sheet", help="The sheet of a workbook.")] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Take the file in in spite of the doubts it raises.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add or update rows by their key: twice is once. Refused rows go to FILE.rejected.csv, each with its reason."""
    console = Console(stderr=True)
    given = imports.load(map_file) if map_file else None
    if suggest:
        sys.stdout.write(suggesting.suggested(file, kind=kind, mapping=given, sheet=sheet or ""))
        return
    found = recognising.recognised(file, kind=kind, mapping=given, sheet=sheet or "")
    with opened() as desk:
        report = _imported(desk, file, found, console, dry_run=dry_run, yes=yes)
        if report.is_stored and not dry_run:
            with desk.db.writing(desk.workspace_id, desk.now) as books:
                audit_log.note(books, None, AuditAct.IMPORTED, what=report.outcome)
    _tell(report, console, yes=yes)
    _show(report, as_json=as_json, dry_run=dry_run)
    if not report.is_stored:
        raise typer.Exit(NOT_DONE)
    if report.rejected:
        raise typer.Exit(DONE_IN_PART)


def _imported(
    desk: Desk, file: Path, found: Recognised, console: Console, *, dry_run: bool, yes: bool
) -> ImportReport:
    with _progress(console) as progress:
        task = progress.add_task(file.name, total=None)
        return imports.run_import(
            desk.db,
            desk.workspace_id,
            file,
            found.kind,
            mapping=found.mapping,
            now=desk.now,
            rejected_to=Path.cwd(),
            dry_run=dry_run,
            yes=yes,
            recognised=found.told,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )


def _tell(report: ImportReport, console: Console, *, yes: bool) -> None:
    """What a person should know beside the counts; nothing of it is meant for scripts."""
    for line in _lines(report, yes=yes):
        console.print(line, style="yellow", highlight=False, markup=False, soft_wrap=True)


def _lines(report: ImportReport, *, yes: bool) -> Iterator[str]:
    if report.recognised:
        yield f"Read as {report.recognised}."
    yield from report.notes
    yield from (f"Left out: {counted(reason)}" for reason in report.left_out_reasons)
    for reason in report.reasons:
        yield f"Refused: {counted(reason)}"
        yield from (f"    {line}" for line in reason.mend.splitlines() if line)
    for row in report.sample:
        yield "    " + ", ".join(f"{name} {value}" for name, value in row.items() if value)
    yield from (f"{'Accepted' if yes else 'Doubt'}: {doubt}" for doubt in report.doubts)
    if report.doubts and not yes:
        yield "Nothing was stored. If that is right as it is, say so with --yes."


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
        for inner in ("notes", "accepted", "sample"):
            del document[inner]
        show_json(document)
        return
    if not report.is_stored and not dry_run:
        return
    done = "would be " if dry_run else ""
    line = (
        f"{report.read:,} {report.kind} read: {report.added:,} {done}added, {report.updated:,} {done}updated, "
        f"{report.unchanged:,} unchanged, {report.rejected:,} refused"
    )
    if report.left_out:
        line += f", {report.left_out:,} cells or lines left out"
    if report.waiting:
        line += f", {report.waiting:,} waiting for somebody to say whose they are"
    typer.echo(f"{line}.")
    if report.rejected_file:
        typer.echo(f"Refused rows, each with its reason: {report.rejected_file}")
