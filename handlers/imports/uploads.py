"""A CSV or a workbook for the import, dropped into the direct message: shown first, stored after a person's yes."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.core.enums import DealStatus, ImportKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.debriefs.views import offline as offline_views
from bot.delivery import errands
from bot.delivery.errands import Errand, Errands
from bot.delivery.inbox import Inbox
from bot.imports import views
from bot.imports.services import drafts
from bot.people.domain import access
from bot.people.domain.access import Viewer
from bot.people.services import members, people
from bot.people.services.members import Member
from bot.slack.files import fetch
from bot.tabular.heads import Written, first_of
from bot.tabular.mapping import EVERY_OTHER, LEFT_OUT
from handlers.common import forms
from handlers.common.heard import Click, Heard, Submission, clicked, submitted
from handlers.imports.desk import desk_of, show, take_in
from storage.books import Books

LARGEST = 50_000_000
"""Bytes: a million calls take 120."""


ERRAND = "import"


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that Slack has, how it is to be read, and whether it is stored then or shown."""

    name: str
    url: str
    kind: str
    document: dict[str, Any] | None
    stores: bool


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.IMPORT_TAKE)(clicked(take))
    app.action(Action.IMPORT_CHANGE)(clicked(open_form))
    app.view(View.IMPORT)(submitted(submit))


def take_on(errands: Errands) -> None:
    errands.on(ERRAND, run, lambda errand: offline_views.broke(errand.body["name"], errand.request_id))


def may_import(errand: Errand, sender: Member) -> bool:
    with errand.db.reading(errand.workspace_id, errand.worked_at) as books:
        viewer = people.viewer(books, sender.id)
    return access.may(viewer, access.Right.IMPORT)


def received(errand: Errand, sender: Member, name: str, url: str, body: bytes, given: bytes | None) -> None:
    """With a map beside it the file goes in at once; else it is shown as it would be stored, with what is unclear."""
    desk = desk_of(errand)
    if given is None:
        show(desk, name, url, body, None, None)
    else:
        take_in(desk, name, body, None, given.decode("utf-8-sig", "replace"))


def take(click: Click) -> None:
    """The draft goes with the errand, so that a second click finds nothing; the file is read after the ack."""
    with click.writing() as books:
        sender, viewer = _sender(books, click)
        name, url = drafts.source_of(books, viewer, click.id)
        kind, document = drafts.drop(books, viewer, click.id)
        _send_off(books, sender, _Read(name, url, kind, document, stores=True))
    click.ack()
    click.respond(text=views.taking(name), replace_original=True)


def open_form(click: Click) -> None:
    with click.reading() as books:
        _me, viewer = _sender(books, click)
        view = views.form(drafts.form(books, viewer, click.id))
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def submit(sent: Submission) -> None:
    """The file is shown anew, read as the form says; another kind asks for its own columns first."""
    draft_id, kind = sent.id, ImportKind(forms.choice(sent.view, Input.IMPORT_KIND))
    with sent.writing() as books:
        sender, viewer = _sender(books, sent)
        asked = drafts.form(books, viewer, draft_id)
        if kind is not asked.kind:
            other = drafts.form(books, viewer, draft_id, kind)
            sent.ack(response_action="update", view=views.form(other))
            return
        answered = _answered(sent.view, asked.document)
        name, url = drafts.source_of(books, viewer, draft_id)
        drafts.drop(books, viewer, draft_id)
        _send_off(books, sender, _Read(name, url, kind, answered, stores=False))
    sent.ack()


def run(errand: Errand) -> None:
    """Read it as somebody said, to store it or to show it anew."""
    desk, asked = desk_of(errand), _Read(**{name: errand.body[name] for name in _Read.__slots__})
    kind = ImportKind(asked.kind)
    content = fetch(errand.slack, asked.url, largest=LARGEST)
    if content is None:
        why = _("Slack does not hand the file out any more; send it again.")
        errand.say(views.not_imported(asked.name, why))
    elif asked.stores:
        take_in(desk, asked.name, content, kind, asked.document)
    else:
        show(desk, asked.name, asked.url, content, kind, asked.document)


def _sender(books: Books, heard: Heard) -> tuple[Member, Viewer]:
    sender = members.me(books, heard.slack_user)
    return sender, people.viewer(books, sender.id)


def _send_off(books: Books, sender: Member, asked: _Read) -> None:
    errands.put(books, ERRAND, sender.id, asdict(asked))


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
