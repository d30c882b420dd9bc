"""Setting it up in Slack: the Home tab's steps, each a form that can be left and taken up again."""

import re
from decimal import Decimal

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.core.coaching_enums import PaidBy
from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.people.domain.audit import edition
from bot.people.services import audit_log
from bot.setup.domain import Costs
from bot.setup.services import setup
from bot.setup.views import setup as views
from bot.slack import directory
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.handoffs import criteria as checklist
from handlers.home import tab
from handlers.scorecards import targets
from handlers.scorecards.scorecard import Request
from handlers.setup.configuring import admin, note


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.SETUP_BEGIN)(clicked(begin))
    for action, form in FORMS.items():
        app.action(action)(clicked(form))
    app.view(View.SETUP_TEAM)(submitted(save_team))
    app.view(View.SETUP_COSTS)(submitted(save_costs))


def show(request: Request) -> None:
    """`/scorecard setup`: the same steps as in the Home tab."""
    with request.reading() as books:
        admin(books, request.slack_user)
        progress = setup.progress(books)
    request.ack(blocks=views.steps(progress), text=_("Set up Cornerman"))


def begin(click: Click) -> None:
    """Slack is asked who that is, since a click could say anything."""
    slack_user = click.slack_user
    user = click.client.users_info(user=slack_user, include_locale=True)["user"]
    with click.writing() as books:
        setup.begin(books, user)
        view = tab.drawn(books, slack_user)
    click.ack()
    tab.publish(click.client, slack_user, view)


def open_team(click: Click) -> None:
    with click.reading() as books:
        here = admin(books, click.slack_user)
        view = views.team_form(setup.progress(books.at(here.now)))
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def save_team(sent: Submission) -> None:
    channel = forms.conversation(sent.view, Input.CHANNEL)
    if not re.match(r"[CG]", channel):
        raise BadInput(_("Please choose a channel that I am a member of."), field=Input.CHANNEL)
    directory.require_membership(sent.client, channel)
    with sent.writing() as books:
        here = admin(books, sent.slack_user)
        team = setup.found_team(
            books.at(here.now), forms.text(sent.view, Input.NAME), channel, zone=here.member.zone
        )
        told = views.team_saved(team.name, channel)
    sent.ack(response_action="update", view=told)


def open_checklist(click: Click) -> None:
    with click.reading() as books:
        view = checklist.shown(admin(books, click.slack_user))
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def open_targets(click: Click) -> None:
    role = Role(click.action["selected_option"]["value"])
    with click.reading() as books:
        view = targets.role_form(admin(books, click.slack_user), role)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def open_costs(click: Click) -> None:
    with click.reading() as books:
        admin(books, click.slack_user)
        version = audit_log.version(books, setup.COSTS)
        view = views.costs_form(setup.costs(books), version)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def save_costs(sent: Submission) -> None:
    opened_on = edition(sent.metadata)
    wanted = Costs(
        tool_cost=Decimal(forms.text(sent.view, Input.TOOL_COST)),
        credit_rate=Decimal(forms.text(sent.view, Input.CREDIT_RATE)),
        paid_by=PaidBy(forms.choice(sent.view, Input.PAID_BY)),
        currency=forms.text(sent.view, Input.CURRENCY),
        keep_raw_days=int(forms.text(sent.view, Input.KEEP_RAW_DAYS)),
        keep_messages_days=int(forms.text(sent.view, Input.KEEP_MESSAGES_DAYS)),
        keep_words_months=int(forms.text(sent.view, Input.KEEP_WORDS_MONTHS)),
    )
    with sent.writing() as books:
        here = admin(books, sent.slack_user)
        now_is = views.costs_are(setup.costs(books))
        audit_log.require_unchanged(books, setup.COSTS, since=opened_on.version, now_is=now_is)
        before = setup.costs(books)
        setup.set_costs(books, wanted)
        if setup.costs(books) == before:
            note(here, f"{setup.COSTS}: kept as they are")
        told = views.costs_saved(setup.costs(books))
    sent.ack(response_action="update", view=told)


FORMS = {
    Action.SETUP_TEAM: open_team,
    Action.SETUP_CHECKLIST: open_checklist,
    Action.SETUP_TARGETS: open_targets,
    Action.SETUP_COSTS: open_costs,
}
