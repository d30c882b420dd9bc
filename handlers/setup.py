"""Setting a workspace up, each step a form for admins: people put on the roster from Slack, and when and how much
people are asked, also by `/scorecard settings`.
"""

import re
from decimal import Decimal

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.core.coaching_enums import PaidBy
from bot.core.enums import AuditAct, OutboxKind, Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.delivery.services import notices
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.domain.audit import edition
from bot.people.services import audit_log, members
from bot.setup.domain import AskingRules, Costs
from bot.setup.services import asking, enrolment, setup
from bot.setup.views import asking as asking_views
from bot.setup.views import enrolment as enrolment_views
from bot.setup.views import setup as views
from bot.slack import directory
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Heard, Submission, clicked, submitted
from handlers.common.opening import form
from handlers.handoffs import criteria as checklist
from handlers.home import tab
from handlers.scorecards import targets
from handlers.scorecards.scorecard import Request
from storage.books import Books
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.SETUP_BEGIN)(clicked(begin))
    for action, opens in FORMS.items():
        app.action(action)(clicked(opens))
    app.view(View.SETUP_TEAM)(submitted(save_team))
    app.view(View.SETUP_COSTS)(submitted(save_costs))
    app.action(Action.SETUP_PEOPLE)(clicked(open_people))
    app.action(Action.SETUP_ROLES)(clicked(open_roles))
    app.view(View.SETUP_PEOPLE)(submitted(add_people))
    app.view(View.SETUP_ROLES)(submitted(save_roles))
    app.action(Action.ASKING_RULES)(clicked(open_asking))
    app.view(View.ASKING_RULES)(submitted(save_asking))


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
    with form(click) as opening, click.reading() as books:
        opening.show(targets.role_form(admin(books, click.slack_user), role))


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


def admin(books: Books, slack_user: str) -> Scene:
    """Raises NotAllowed for anybody else."""
    here = scene(books, slack_user)
    access.require(here.viewer, Right.CONFIGURE)
    return here


def note(here: Scene, what: str, *, team_id: int | None = None, whom_id: int | None = None) -> None:
    """Somebody changed a setting, or what a person is."""
    audit_log.note(here.books, here.member.id, AuditAct.SET, team_id=team_id, whom_id=whom_id, what=what)


def open_people(click: Click) -> None:
    with click.reading() as books:
        admin(books, click.slack_user)
        team = enrolment.team(books, click.id)
    click.ack()
    view = enrolment_views.people_form(team.id, team.name, directory.user_groups(click.client))
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
    sent.ack(response_action="update", view=enrolment_views.adding())
    users = directory.users(sent.client, picked, channel=channel, group=group)
    with sent.writing() as books:
        again = admin(books, sent.slack_user)
        enrolled = enrolment.enrol(books, users, team_id, role, today=again.today)
        for person_id in enrolled.new_ids:
            if person_id != here.member.id:
                text = enrolment_views.welcome(team.name, here.member.name, leads=role is Role.MANAGER)
                message = Message(OutboxKind.NOTICE, text, person_id=person_id)
                notices.tell(books, members.member(books, person_id), message)
    _tell(sent.db, here, enrolment_views.added(team.name, enrolled))


def open_roles(click: Click) -> None:
    with click.reading() as books:
        here = admin(books, click.slack_user)
        team = enrolment.team(books, click.id)
        teammates = enrolment.teammates(books, team.id, here.today)
    click.ack()
    click.client.views_open(
        trigger_id=click.trigger_id, view=enrolment_views.roles_form(team.id, team.name, teammates)
    )


def save_roles(sent: Submission) -> None:
    team_id = sent.id
    wanted = {int(block): Role(role) for block, role in forms.each_choice(sent.view, Input.ROLE).items()}
    with sent.writing() as books:
        here = admin(books, sent.slack_user)
        changed = sum(
            enrolment.put_right(books, team_id, person_id, role, today=here.today)
            for person_id, role in wanted.items()
        )
    sent.ack(response_action="update", view=enrolment_views.roles_saved(changed))


def _tell(db: Database, here: Scene, text: str) -> None:
    with db.writing(here.workspace_id, here.now) as books:
        message = Message(OutboxKind.NOTICE, text, person_id=here.member.id)
        outbox.put(books, message)


def open_asking(asked: Heard) -> None:
    with asked.reading() as books:
        admin(books, asked.slack_user)
        view = asking_views.form(asking.rules(books), audit_log.version(books, asking.ASKING))
    asked.ack()
    asked.client.views_open(trigger_id=asked.trigger_id, view=view)


def save_asking(sent: Submission) -> None:
    opened_on = edition(sent.metadata)
    wanted = AskingRules(
        prompts_per_day=int(forms.text(sent.view, Input.PROMPTS_PER_DAY)),
        min_talk_seconds=int(forms.text(sent.view, Input.MIN_TALK_SECONDS)),
        stale_days=int(forms.text(sent.view, Input.STALE_DAYS)),
        work_starts=forms.time_of_day(sent.view, Input.OPENS),
        work_ends=forms.time_of_day(sent.view, Input.CLOSES),
        time_zone=forms.choice(sent.view, Input.ZONE),
    )
    with sent.writing() as books:
        here = admin(books, sent.slack_user)
        before = asking.rules(books)
        now_is = asking_views.they_are(before)
        audit_log.require_unchanged(books, asking.ASKING, since=opened_on.version, now_is=now_is)
        asking.change(books, wanted)
        if wanted == before:
            note(here, f"{asking.ASKING}: kept as it is")
        told = asking_views.saved(wanted)
    sent.ack(response_action="update", view=told)
