"""Commands about people's data: forget, audit."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli.cli_context import AsJson, Desk, opened, show_json
from bot.core.enums import AuditAct, ErasureCause
from bot.core.errors import BadInput
from bot.people.services import audit_log, erasure_requests, people
from bot.privacy import jobs as erase
from bot.privacy.services.erasure import Receipt


def register(app: typer.Typer) -> None:
    app.command()(forget)
    app.command("audit")(show_audit)


def forget(
    who: Annotated[str | None, typer.Argument(help="Email, Slack user id or exact name.")] = None,
    workspace: Annotated[bool, typer.Option("--workspace", help="Everybody and everything.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person, or the whole workspace, after asking; prints the receipt."""
    if (who is None) is not workspace:
        raise BadInput("Say whom to forget, or --workspace for everything.")
    with opened() as desk:
        person_id, name = _whom(desk, who)
        if not yes:
            typer.confirm(f"Erase {name} for good? It cannot be undone.", abort=True, err=True)
        receipt = _erased(desk, person_id)
    if as_json:
        show_json({"who": name, "done_at": receipt.done_at, "erased": receipt.counts})
        return
    at = f", at {receipt.done_at:%Y-%m-%d %H:%M} UTC" if receipt.done_at else ""
    typer.echo(f"Erased: {name}{at}. Receipt {receipt.id}:")
    for table, count in receipt.counts.items():
        typer.echo(f"{count:>9,}  {table.replace('_', ' ')}")


def show_audit(
    most: Annotated[int, typer.Option("--last", help="So many entries at most.", min=1)] = 100,
    as_json: AsJson = False,
) -> None:
    """Who looked at or changed what, newest first."""
    with opened() as desk, desk.db.reading(desk.workspace_id, desk.now) as books:
        found = audit_log.entries(books, most=most)
    if as_json:
        show_json([asdict(entry) for entry in found])
        return
    for entry in found:
        line = f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.who}  {entry.act.replace('_', ' ')}  {entry.whom} {entry.what}"
        typer.echo(line.rstrip())
    if not found:
        typer.echo("Nothing yet.")


def _whom(desk: Desk, who: str | None) -> tuple[int | None, str]:
    if who is None:
        return None, "everybody and everything of this workspace"
    with desk.db.reading(desk.workspace_id, desk.now) as books:
        person = people.find(books, who)
    return person.id, person.name


def _erased(desk: Desk, person_id: int | None) -> Receipt:
    with desk.db.writing(desk.workspace_id, desk.now) as books:
        request = erasure_requests.ask(books, person_id, ErasureCause.OPERATOR)
        audit_log.note(books, None, AuditAct.ASKED_TO_ERASE, whom_id=person_id)
    return erase.work_to_the_end(desk.db, desk.workspace_id, request.id, now=desk.now)
