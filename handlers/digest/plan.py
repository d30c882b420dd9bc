"""The manager changes when and where the team's digest comes."""

import re

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import Reader, reader
from bot.core.enums import AuditAct
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.digest.services import plan as digest_plans
from bot.digest.views import plan as views
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.domain.form_version import edition
from bot.people.services import audit_log, members, people
from bot.people.services.members import Member
from bot.slack import directory
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted
from storage.books import Books

DIGEST = ("digest", "channel")
"""What the audit log calls what the form holds."""
INPUTS = (Input.DAY, Input.TIME, Input.ZONE)
"""Those whose every change shows what it does."""


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.CHANGE_DIGEST)(clicked(open_form))
    app.view(View.DIGEST_PLAN)(submitted(submit))
    for name in INPUTS:
        app.action(name)(clicked(show_what_it_does))


def open_form(click: Click) -> None:
    team_id = click.id
    with click.reading() as books:
        manager = _manager(books, click.slack_user, team_id)
        plan = digest_plans.of_team(books, team_id)
        version = audit_log.version(books, *DIGEST, team_id=team_id)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=views.form(plan, version, _reads(manager)))


def show_what_it_does(click: Click) -> None:
    """Each change of day, time or zone shows the next two digests, before anything is saved."""
    view = click.body["view"]
    opened_on = edition(view["private_metadata"])
    with click.reading() as books:
        manager = _manager(books, click.slack_user, opened_on.of)
        plan = digest_plans.would_be(
            books,
            opened_on.of,
            weekday=int(forms.choice(view, Input.DAY)),
            at=forms.time_of_day(view, Input.TIME),
            channel=forms.conversation(view, Input.CHANNEL),
            zone=forms.choice(view, Input.ZONE),
            locale=forms.choice(view, Input.LOCALE),
        )
    shown = views.form(plan, opened_on.version, _reads(manager))
    click.client.views_update(view_id=view["id"], view=shown)
    click.ack()  # after it, so that the next change finds the form as this one left it


def submit(sent: Submission) -> None:
    opened_on = edition(sent.metadata)
    team_id = opened_on.of
    channel = forms.conversation(sent.view, Input.CHANNEL)
    if not re.match(r"[CG]", channel):
        raise BadInput(_("Please choose a channel that I am a member of."), field=Input.CHANNEL)
    directory.require_membership(sent.client, channel)
    with sent.writing() as books:
        manager = _manager(books, sent.slack_user, team_id)
        old = digest_plans.of_team(books, team_id)
        before = views.comes(old, _reads(manager))
        audit_log.require_unchanged(books, *DIGEST, since=opened_on.version, team_id=team_id, now_is=before)
        plan = digest_plans.change(
            books,
            team_id,
            weekday=int(forms.choice(sent.view, Input.DAY)),
            at=forms.time_of_day(sent.view, Input.TIME),
            channel=channel,
            zone=forms.choice(sent.view, Input.ZONE),
            locale=forms.choice(sent.view, Input.LOCALE),
        )
        if plan.settings == old.settings:
            audit_log.note(books, manager.id, AuditAct.SET, team_id=team_id, what="digest: kept as it is")
    sent.ack(response_action="update", view=views.changed(plan, reader(manager.locale, plan.zone)))


def _manager(books: Books, slack_user: str, team_id: int) -> Member:
    """Raises NotAllowed for anybody who may not post the team's digest."""
    me = members.me(books, slack_user)
    viewer = people.viewer(books, me.id)
    access.require(viewer, Right.POST_DIGEST, Subject(team_ids=frozenset({team_id})))
    return me


def _reads(manager: Member) -> Reader:
    return reader(manager.locale, manager.zone)
