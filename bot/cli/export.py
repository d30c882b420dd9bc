"""`cornerman export`: the workbook, also in a template; or a rep's offline sheet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.calendar import periods
from bot.cli.cli_context import AsJson, AsOf, ViewedBy, opened, show_json
from bot.cli.confirm import OfPeriod, OfTeam, asked
from bot.core.clock import now_and_then, system_clock
from bot.core.errors import BadInput
from bot.core.i18n import ngettext
from bot.debriefs.services import offline
from bot.people.services import members, people
from bot.workbook.services import export as exports
from bot.workbook.services import templates
from bot.workbook.services.export import ExportReport, Form

Output = Annotated[Path, typer.Option("--output", "-o", help="The .xlsx file to write.")]
Summary = Annotated[bool, typer.Option("--summary", help="Without the records behind the figures.")]
DebriefSheet = Annotated[
    bool, typer.Option("--debrief-sheet", help="Instead: a rep's open calls, to debrief offline.")
]
OfRep = Annotated[str, typer.Option("--rep", help="Whose offline sheet: email, Slack id or name.")]
Template = Annotated[
    Path | None, typer.Option("--template", help="Your own workbook: its tables are filled, all else stays.")
]
StarterTemplate = Annotated[
    bool, typer.Option("--starter-template", help="Instead: a template to begin with.")
]
InForm = Annotated[
    Form, typer.Option("--format", help="csv and parquet give a new folder with a file for each table.")
]


def register(app: typer.Typer) -> None:
    app.command()(export)


def export(
    output: Output,
    team: OfTeam = None,
    period: OfPeriod = periods.DEFAULT,
    summary: Summary = False,
    debrief_sheet: DebriefSheet = False,
    rep: OfRep = "",
    template: Template = None,
    starter_template: StarterTemplate = False,
    form: InForm = Form.XLSX,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """The workbook, of a team or of all that may be seen; or a rep's offline sheet."""
    if starter_template:
        templates.write_starter(output, system_clock())
        _tell({"path": str(output)}, f"{output}: a template to begin with.", as_json=as_json)
        return
    if template:
        _demand_a_whole_workbook(form, summary=summary)
    if debrief_sheet or rep:
        if not (debrief_sheet and rep):
            raise typer.BadParameter("--debrief-sheet and --rep go together", param_hint="--debrief-sheet")
        _debrief_sheet(rep, output, as_json=as_json)
        return
    report = _write(output, team, period, as_of, viewer, raw=not summary, template=template, form=form)
    _show(report, in_template=template is not None, as_json=as_json)


def _demand_a_whole_workbook(form: Form, *, summary: bool) -> None:
    """What a template cannot be filled as."""
    if summary:
        raise typer.BadParameter("a template takes the tables that it has", param_hint="--summary")
    if form is not Form.XLSX:
        raise typer.BadParameter("a template is an Excel workbook", param_hint="--format")


def _write(
    path: Path,
    team: str | None,
    period: str,
    as_of: str | None,
    viewer: str | None,
    *,
    raw: bool,
    template: Path | None,
    form: Form,
) -> ExportReport:
    given = templates.opened(template, system_clock()) if template else None
    with opened() as desk:
        with desk.db.read() as session:
            question = asked(session, desk, as_of, viewer)
            floor = question.floor(team)
            chosen = question.period(period, floor)
        return exports.write(
            desk.db,
            desk.workspace_id,
            question.viewer,
            period=chosen,
            team_id=floor.id,
            as_of=question.as_of,
            now=desk.now,
            path=path,
            raw=raw,
            template=given,
            form=form,
            on_progress=now_and_then(_tell_progress),
        )


def _tell_progress(sheet: str, rows: int) -> None:
    typer.echo(f"{rows:,} rows of {sheet} …", err=True)


def _show(report: ExportReport, *, in_template: bool, as_json: bool) -> None:
    for sentence in _on_the_template(report):
        typer.echo(sentence, err=True)
    told = {"path": str(report.path), "reps": report.reps, "rows": report.rows}
    told |= {"missing_tables": report.missing, "notes": report.notes} if in_template else {}
    counted = ngettext("{n} rep", "{n} reps", report.reps).format(n=report.reps)
    _tell(told, f"{report.path}: {counted}.", as_json=as_json)


def _on_the_template(report: ExportReport) -> Iterator[str]:
    if report.missing:
        yield f"The template has no table {', '.join(report.missing)}; these were left out."
    yield from report.notes


def _tell(document: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    if as_json:
        show_json(document)
    else:
        typer.echo(sentence)


def _debrief_sheet(who: str, output: Path, *, as_json: bool) -> None:
    with opened() as desk, desk.db.reading(desk.workspace_id, desk.now) as books:
        someone = people.find(books, who)
        rep = members.member(books, someone.id)
        body, calls = offline.sheet(books, rep)
    try:
        output.write_bytes(body)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}.") from error
    told = {"path": str(output), "calls": calls}
    _tell(told, f"{output}: {calls} open calls of {rep.name}.", as_json=as_json)
