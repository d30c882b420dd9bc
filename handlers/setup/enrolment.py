"""People put on the roster from Slack, and what they are there."""

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.core.enums import OutboxKind, Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.delivery.services import notices
from bot.people.services import members
from bot.setup.services import enrolment
from bot.setup.views import enrolment as views
from bot.slack import directory
from handlers.common import forms
from handlers.common.asker import Scene
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.setup.configuring import admin
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.SETUP_PEOPLE)(clicked(open_people))
    app.action(Action.SETUP_ROLES)(clicked(open_roles))
    app.view(View.SETUP_PEOPLE)(submitted(add_people))
    app.view(View.SETUP_ROLES)(submitted(save_roles))


def open_people(click: Click) -> None:
    with click.reading() as books:
        admin(books, click.slack_user)
        team = enrolment.team(books, click.id)
    click.ack()
    view = views.people_form(team.id, team.name, directory.user_groups(click.client))
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def add_people(sent: Submission) -> None:
    """Slack is asked for the people after the answer: that may take longer than it waits."""
    team_id, role = sent.id, Role(forms.choice(sent.view, Input.ROLE))
    picked, channel = forms.people(sent.view, Input.PEOPLE), forms.conversation(sent.view, Input.CHANNEL)
    group = forms.choice(sent.view, Input.GROUP)
    if not (picked or channel or group):
        raise BadInput(_("Please pick somebody."), field=Input.PEOPLE)
    with sent.reading() as books:
        here = admin(books, sent.slack_user)
        team = enrolment.team(books, team_id)
    sent.ack(response_action="update", view=views.adding())
    users = directory.users(sent.client, picked, channel=channel, group=group)
    with sent.writing() as books:
        again = admin(books, sent.slack_user)
        enrolled = enrolment.enrol(books, users, team_id, role, today=again.today)
        for person_id in enrolled.new_ids:
            if person_id != here.member.id:
                text = views.welcome(team.name, here.member.name, leads=role is Role.MANAGER)
                message = Message(OutboxKind.NOTICE, text, person_id=person_id)
                notices.tell(books, members.member(books, person_id), message)
    _tell(sent.db, here, views.added(team.name, enrolled))


def open_roles(click: Click) -> None:
    with click.reading() as books:
        here = admin(books, click.slack_user)
        team = enrolment.team(books, click.id)
        teammates = enrolment.teammates(books, team.id, here.today)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=views.roles_form(team.id, team.name, teammates))


def save_roles(sent: Submission) -> None:
    team_id = sent.id
    wanted = {int(block): Role(role) for block, role in forms.each_choice(sent.view, Input.ROLE).items()}
    with sent.writing() as books:
        here = admin(books, sent.slack_user)
        changed = sum(
            enrolment.put_right(books, team_id, person_id, role, today=here.today)
            for person_id, role in wanted.items()
        )
    sent.ack(response_action="update", view=views.roles_saved(changed))


def _tell(db: Database, here: Scene, text: str) -> None:
    with db.writing(here.workspace_id, here.now) as books:
        message = Message(OutboxKind.NOTICE, text, person_id=here.member.id)
        outbox.put(books, message)
