"""A CSV or a workbook for the import, dropped into the direct message: shown first, stored after a person's yes."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.core.enums import DealStatus, ImportKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Event, Inbox
from bot.imports import views
from bot.imports.services import drafts
from bot.people.domain import access
from bot.people.services import people
from bot.people.services.members import Member
from bot.slack.files import fetch
from bot.tabular.heads import Written, first_of
from bot.tabular.mapping import EVERY_OTHER, LEFT_OUT
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.imports.desk import Desk, desk_of, show, take_in

LARGEST = 50_000_000
"""Bytes: a million calls take 120."""


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.IMPORT_TAKE)(clicked(take))
    app.action(Action.IMPORT_CHANGE)(clicked(open_form))
    app.view(View.IMPORT)(submitted(submit))


def may_import(event: Event, sender: Member) -> bool:
    with event.db.reading(event.workspace_id, event.worked_at) as books:
        viewer = people.viewer(books, sender.id)
    return access.may(viewer, access.Right.IMPORT)


def received(event: Event, sender: Member, name: str, url: str, body: bytes, given: bytes | None) -> None:
    """With a map beside it the file goes in at once; else it is shown as it would be stored, with what is unclear."""
    with event.db.reading(event.workspace_id, event.worked_at) as books:
        viewer = people.viewer(books, sender.id)
    desk = Desk(event.db, event.slack, event.workspace_id, sender, viewer, event.worked_at)
    if given is None:
        show(desk, name, url, body, None, None)
    else:
        take_in(desk, name, body, None, given.decode("utf-8-sig", "replace"))


def take(click: Click) -> None:
    """The draft goes first, so that a second click finds nothing; the file is read after the ack."""
    desk = desk_of(click.db, click.client, click.workspace_id, click.body, click.now)
    with click.writing() as books:
        name, url = drafts.source_of(books, desk.viewer, click.id)
        kind, document = drafts.drop(books, desk.viewer, click.id)
    click.ack()
    click.respond(text=views.taking(name), replace_original=True)
    content = fetch(click.client, url, largest=LARGEST)
    if content is None:
        desk.tell(
            desk.says(
                views.not_imported(name, _("Slack does not hand the file out any more; send it again."))
            )
        )
        return
    take_in(desk, name, content, kind, document)


def open_form(click: Click) -> None:
    desk = desk_of(click.db, click.client, click.workspace_id, click.body, click.now)
    with click.reading() as books:
        view = views.form(drafts.form(books, desk.viewer, click.id))
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def submit(sent: Submission) -> None:
    """The file is shown anew, read as the form says; another kind asks for its own columns first."""
    desk = desk_of(sent.db, sent.client, sent.workspace_id, sent.body, sent.now)
    draft_id, kind = sent.id, ImportKind(forms.choice(sent.view, Input.IMPORT_KIND))
    with sent.writing() as books:
        asked = drafts.form(books, desk.viewer, draft_id)
        if kind is not asked.kind:
            other = drafts.form(books, desk.viewer, draft_id, kind)
            sent.ack(response_action="update", view=views.form(other))
            return
        answered = _answered(sent.view, asked.document)
        name, url = drafts.source_of(books, desk.viewer, draft_id)
        drafts.drop(books, desk.viewer, draft_id)
    sent.ack()
    content = fetch(sent.client, url, largest=LARGEST)
    if content is None:
        desk.tell(
            desk.says(
                views.not_imported(name, _("Slack does not hand the file out any more; send it again."))
            )
        )
        return
    show(desk, name, url, content, kind, answered)


def _answered(view: dict[str, Any], standing: dict[str, Any]) -> dict[str, Any]:
    """The map of before with what the form says; what it leaves open is told from the cells."""
    chosen = forms.each_choice(view, Input.IMPORT_COLUMN)
    columns = {
        ours: _kept(standing, ours, theirs) for ours, theirs in chosen.items() if theirs != views.NOTHING
    }
    words = {ours: said for ours, said in standing.get("values", {}).items() if ours in columns}
    if "status" in columns and Input.IMPORT_WON in view["state"]["values"]:
        words["status"] = _stages(view, words.get("status", {}))
    constants = {
        "currency": forms.text(view, Input.IMPORT_CURRENCY),
        "source": forms.text(view, Input.IMPORT_SOURCE),
    }
    given = {ours: said for ours, said in constants.items() if said}
    kept = {
        name: standing[name] for name in ("file", "dates", "units", "names", "leave_out") if name in standing
    }
    return (
        kept
        | {"columns": {ours: theirs for ours, theirs in columns.items() if ours not in given}}
        | {"values": words, "constants": standing.get("constants", {}) | given}
        | _said(view)
    )


def _stages(view: dict[str, Any], before: dict[str, str]) -> dict[str, str]:
    """What is neither won nor lost is open, but for what was left out already."""
    left_out = {stage: ours for stage, ours in before.items() if ours == LEFT_OUT}
    won = dict.fromkeys(forms.choices(view, Input.IMPORT_WON), DealStatus.WON.value)
    lost = dict.fromkeys(forms.choices(view, Input.IMPORT_LOST), DealStatus.LOST.value)
    if both := sorted(won.keys() & lost.keys()):
        raise BadInput(_("{stage} cannot be won and lost.").format(stage=both[0]), field=Input.IMPORT_LOST)
    return left_out | won | lost | {EVERY_OTHER: DealStatus.OPEN.value}


def _kept(standing: dict[str, Any], ours: str, theirs: str) -> Written:
    """Several columns that were tried in turn stay so, where the form shows the first of them."""
    before: Written | None = standing.get("columns", {}).get(ours)
    return before if before is not None and first_of(before) == theirs else theirs


def _said(view: dict[str, Any]) -> dict[str, Any]:
    tables: dict[Input, Callable[[str], dict[str, Any]]] = {
        Input.IMPORT_DATES: lambda said: {"dates": {"format": said}},
        Input.IMPORT_DECIMAL: lambda said: {"numbers": {"decimal": said}},
        Input.IMPORT_UNIT: lambda said: {"units": {"duration_s": said}},
        Input.IMPORT_NEWCOMERS: lambda said: {"create": {"reps": {"role": said, "team": views.IMPORTED}}},
    }
    answers: dict[str, Any] = {}
    for name, table in tables.items():
        if (said := forms.choice(view, name)) not in ("", views.NOTHING):
            answers |= table(said)
    return answers
