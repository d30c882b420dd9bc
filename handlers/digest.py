"""The digest by hand: `/scorecard digest` and Home show it, its buttons post or skip it; "Why am I not here?"; when and
where it comes; and whether one arrived of which Slack did not tell.
"""

import re

from slack_bolt import App, Respond

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import Reader, reader
from bot.core.enums import AuditAct, OutboxKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.delivery.services import undelivered
from bot.digest import jobs
from bot.digest.services import compose as digests
from bot.digest.services import plan as plans
from bot.digest.services import schedule
from bot.digest.views import plan as plan_views
from bot.digest.views import preview as views
from bot.digest.views import private
from bot.digest.views import undelivered as undelivered_views
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.domain.audit import edition
from bot.people.services import audit_log, members, people, teams
from bot.people.services.members import Member
from bot.pipeline.views import feeds as feed_views
from bot.slack import directory
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.scorecards.scorecard import Request
from storage.books import Books
from storage.database import Session


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.POST_DIGEST)(clicked(post))
    app.action(Action.SKIP_DIGEST)(clicked(skip))
    app.action(Action.SHOW_POSTED)(clicked(show_posted))
    app.action(Action.WHY_NOT_ME)(clicked(why_not_me))
    app.action(Action.CHANGE_DIGEST)(clicked(open_form))
    app.view(View.DIGEST_PLAN)(submitted(submit))
    for name in INPUTS:
        app.action(name)(clicked(show_what_it_does))
    app.action(Action.DIGEST_ARRIVED)(clicked(settle))
    app.action(Action.DIGEST_AGAIN)(clicked(settle))
    app.action(Action.PREVIEW_DIGEST)(clicked(preview_from_home))


def preview(request: Request) -> None:
    """The digest to come as it stands, for the manager's eyes; composing may take longer than Slack waits."""
    workspace_id, now = request.workspace_id, request.now
    with request.db.read() as session:
        team_id = _asked_team(session, request)
    request.ack()
    with request.db.reading(workspace_id, now) as books:
        standing = plans.standing(books, team_id)
        digest = digests.compose(books, team_id, standing.week, as_of=now)
    words = views.preview(digest, reader(digest.team.locale, digest.week.zone), standing)
    respond = Respond(
        response_url=str(request.body["response_url"]), proxy=request.client.proxy, ssl=request.client.ssl
    )
    respond(text=words.text, blocks=words.blocks, response_type="ephemeral")


def post(click: Click) -> None:
    team_id = click.id
    with click.reading() as books:
        _require(books, click.slack_user, team_id)
    click.ack()
    with click.reading() as books:
        digest = digests.latest(books, team_id)
    if not digest.team.channel:
        raise BadInput(_("This team has no channel yet. Set one, then try again."))
    with click.writing() as books:
        is_told = jobs.post(books, digest, by_hand=True)
        schedule.move_on(books, team_id)
    click.respond(text=views.posted(digest, is_new=is_told), blocks=[], replace_original=True)


def skip(click: Click) -> None:
    """The digest to come is not posted by itself; once its week is over it can still be posted by hand."""
    team_id = click.id
    with click.writing() as books:
        _require(books, click.slack_user, team_id)
        week = plans.standing(books, team_id).week
        is_new = schedule.skip(books, team_id, week, "A manager chose to skip it.")
        schedule.move_on(books, team_id)
    click.ack()
    click.respond(text=views.skipped_by_hand(is_new=is_new), blocks=[], replace_original=True)


def show_posted(click: Click) -> None:
    """What the channel has, as it was posted and mended."""
    with click.reading() as books:
        posted = schedule.posted(books, click.id)
        _require(books, click.slack_user, posted.team_id)
        text = plans.posted_text(books, click.id)
    click.ack()
    click.respond(text=views.as_posted(text), response_type="ephemeral", replace_original=False)


def why_not_me(click: Click) -> None:
    """Answered to the one who asks, from what was known when it was posted."""
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        posted = schedule.posted(books, click.id)
    click.ack()
    with click.reading() as books:
        seen = digests.seen_by(books, posted.team_id, posted.week, me.id, as_of=posted.told_at)
    missing = feed_views.missing(seen.silences, reader(me.locale, me.zone))
    text = private.why_not(seen.line, is_named=seen.is_named, in_public=seen.is_told_of, missing=missing)
    click.respond(text=text, response_type="ephemeral", replace_original=False)


def _asked_team(session: Session, request: Request) -> int:
    """The team named, else the one that the asker leads; raises unless they may post its digest."""
    workspace_id, now = request.workspace_id, request.now
    me = members.me(Books(session, workspace_id, now), request.slack_user)
    floor = (
        teams.named(Books(session, workspace_id, now), request.asked.rest)
        if request.asked.rest
        else teams.led(Books(session, workspace_id, now), me)
    )
    access.require(people.viewer(Books(session, workspace_id, now), me.id), Right.POST_DIGEST, floor.subject)
    if floor.id is None:
        raise BadInput(_("Which team? Write `/scorecard digest` and the team's name."))
    return floor.id


def _require(books: Books, slack_user: str, team_id: int) -> None:
    me = members.me(books, slack_user)
    viewer = people.viewer(books, me.id)
    access.require(viewer, Right.POST_DIGEST, Subject(team_ids=frozenset({team_id})))


DIGEST = ("digest", "channel")
"""What the audit log calls what the form holds."""
INPUTS = (Input.DAY, Input.TIME, Input.ZONE)
"""Those whose every change shows what it does."""


def open_form(click: Click) -> None:
    team_id = click.id
    with click.reading() as books:
        manager = _manager(books, click.slack_user, team_id)
        plan = plans.of_team(books, team_id)
        version = audit_log.version(books, *DIGEST, team_id=team_id)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=plan_views.form(plan, version, _reads(manager)))


def show_what_it_does(click: Click) -> None:
    """Each change of day, time or zone shows the next two digests, before anything is saved."""
    view = click.body["view"]
    opened_on = edition(view["private_metadata"])
    with click.reading() as books:
        manager = _manager(books, click.slack_user, opened_on.of)
        plan = plans.would_be(
            books,
            opened_on.of,
            weekday=int(forms.choice(view, Input.DAY)),
            at=forms.time_of_day(view, Input.TIME),
            channel=forms.conversation(view, Input.CHANNEL),
            zone=forms.choice(view, Input.ZONE),
            locale=forms.choice(view, Input.LOCALE),
        )
    shown = plan_views.form(plan, opened_on.version, _reads(manager))
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
        old = plans.of_team(books, team_id)
        before = plan_views.comes(old, _reads(manager))
        audit_log.require_unchanged(books, *DIGEST, since=opened_on.version, team_id=team_id, now_is=before)
        plan = plans.change(
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
    sent.ack(response_action="update", view=plan_views.changed(plan, reader(manager.locale, plan.zone)))


def _manager(books: Books, slack_user: str, team_id: int) -> Member:
    """Raises NotAllowed for anybody who may not post the team's digest."""
    me = members.me(books, slack_user)
    viewer = people.viewer(books, me.id)
    access.require(viewer, Right.POST_DIGEST, Subject(team_ids=frozenset({team_id})))
    return me


def _reads(manager: Member) -> Reader:
    return reader(manager.locale, manager.zone)


def settle(click: Click) -> None:
    arrived = click.action["action_id"] == Action.DIGEST_ARRIVED
    with click.writing() as books:
        manager = members.me(books, click.slack_user)
        viewer = people.viewer(books, manager.id)
        doubt = undelivered.settle(books, click.id, viewer, arrived=arrived)
    click.ack()
    click.respond(text=undelivered_views.settled(doubt.team, arrived=arrived), replace_original=True)


def preview_from_home(click: Click) -> None:
    """By message; composing it may take longer than Slack waits."""
    team_id = click.id
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        viewer = people.viewer(books, me.id)
        access.require(viewer, Right.POST_DIGEST, Subject(team_ids=frozenset({team_id})))
    click.ack()
    with click.reading() as books:
        standing = plans.standing(books, team_id)
        digest = digests.compose(books, team_id, standing.week, as_of=click.now)
    words = views.preview(digest, reader(digest.team.locale, digest.week.zone), standing)
    message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=me.id)
    with click.writing() as books:
        outbox.put(books, message)
