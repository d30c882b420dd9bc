"""What did not arrive or could not be worked: seen and tried again by whoever runs the program."""

from dataclasses import asdict

import typer

from bot.cli.cli_context import AsJson, opened, show_json
from bot.delivery.services import undelivered
from bot.delivery.services.undelivered import Road, Undelivered

out_app = typer.Typer(help="Messages that did not reach Slack, or may not have.", no_args_is_help=True)
in_app = typer.Typer(help="Deliveries that could not be worked.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(out_app, name="outbox")
    app.add_typer(in_app, name="inbox")


@out_app.command("list")
def list_messages(as_json: AsJson = False) -> None:
    """Messages that wait for a person's decision, oldest first."""
    _show(Road.OUT, as_json=as_json)


@out_app.command("retry")
def send_again(message_id: int) -> None:
    """Send one of them again; it may then stand in Slack twice if it is `unknown`."""
    with opened() as desk, desk.db.writing(desk.workspace_id, desk.now) as books:
        undelivered.send_again(books, message_id, None)
    typer.echo(f"Message {message_id} is sent again as soon as the bot runs.")


@in_app.command("list")
def list_events(as_json: AsJson = False) -> None:
    """Deliveries that wait for a person's decision, oldest first, with what is wrong."""
    _show(Road.IN, as_json=as_json)


@in_app.command("retry")
def work_again(event_id: int) -> None:
    """Work one of them again, once what was wrong is mended."""
    with opened() as desk, desk.db.writing(desk.workspace_id, desk.now) as books:
        undelivered.work_again(books, event_id, None)
    typer.echo(f"Event {event_id} is worked again as soon as the bot runs.")


def _show(road: Road, *, as_json: bool) -> None:
    with opened() as desk, desk.db.reading(desk.workspace_id, desk.now) as books:
        found = [one for one in undelivered.listed(books) if one.road is road]
    if as_json:
        show_json([asdict(one) for one in found])
        return
    for one in found:
        typer.echo(_line(one))
    if not found:
        typer.echo("Nothing waits.")


def _line(one: Undelivered) -> str:
    whither = f" to {one.where_to}" if one.where_to else ""
    return f"{one.id}  {one.since:%Y-%m-%d %H:%M} UTC  {one.what}{whither}  {one.state}: {one.why}"
