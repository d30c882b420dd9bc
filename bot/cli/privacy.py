"""Commands about people's data: forget, audit."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot import erasing
from bot.cli.desk import AsJson, Desk, opened, show_json
from bot.errors import BadInput
from bot.services import audit, erasure, people
from bot.services.erasure import Receipt
from bot.words import AuditAct, ErasureCause


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
    typer.echo(f"Erased: {name}, at {receipt.done_at:%Y-%m-%d %H:%M} UTC. Receipt {receipt.id}:")
    for table, count in receipt.counts.items():
        typer.echo(f"{count:>9,}  {table.replace('_', ' ')}")


def show_audit(
    most: Annotated[int, typer.Option("--last", help="So many entries at most.", min=1)] = 100,
    as_json: AsJson = False,
) -> None:
    """Who looked at or changed what, newest first."""
    with opened() as desk, desk.db.read() as session:
        found = audit.entries(session, desk.workspace_id, most=most)
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
    with desk.db.read() as session:
        person = people.find(session, desk.workspace_id, who)
    return person.id, person.name


def _erased(desk: Desk, person_id: int | None) -> Receipt:
    with desk.db.begin() as session:
        request = erasure.ask(session, desk.workspace_id, person_id, ErasureCause.OPERATOR, now=desk.now)
        audit.note(session, desk.workspace_id, None, AuditAct.ASKED_TO_ERASE, now=desk.now, whom_id=person_id)
    return erasing.work(desk.db, desk.workspace_id, request.id, now=desk.now, tell=False)
