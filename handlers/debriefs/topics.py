"""`/debrief topics`: what debriefs offer to work on, changed by a team's manager or, for every team, an admin."""

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.core.enums import OutboxKind
from bot.debriefs.services import topics
from bot.debriefs.views import topics as views
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.delivery.services import notices
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Submission, Typed, clicked, submitted


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.CHANGE_TOPICS)(clicked(open_form))
    app.view(View.TOPICS)(submitted(submit))


def open_list(asked: Typed) -> None:
    with asked.reading() as books:
        here = scene(books, asked.slack_user)
        view = views.listed(topics.changeable(books, here.viewer))
    asked.ack()
    asked.client.views_open(trigger_id=asked.trigger_id, view=view)


def open_form(click: Click) -> None:
    """In place of the list, which comes back with the change in it."""
    with click.reading() as books:
        here = scene(books, click.slack_user)
        team_id = click.id or None
        whose = Subject(team_ids=frozenset({team_id} if team_id else ()))
        access.require(here.viewer, Right.SET_TOPICS, whose)
        view = views.form(topics.of_team(books, team_id))
    click.ack()
    click.client.views_update(view_id=click.body["view"]["id"], view=view)


def submit(sent: Submission) -> None:
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        team_id = sent.id or None
        change = topics.change(books, here.viewer, team_id, forms.text(sent.view, Input.TOPICS))
        _tell(here, team_id, views.told(here.member.name, topics.of_team(books, team_id), change))
        view = views.listed(topics.changeable(books, here.viewer))
    sent.ack(response_action="update", view=view)


def _tell(here: Scene, team_id: int | None, text: str) -> None:
    for person in topics.concerned(here.books, team_id) if text else ():
        if person.id != here.member.id:
            notices.tell(here.books, person, Message(OutboxKind.NOTICE, text, person_id=person.id))
