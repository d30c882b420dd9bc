"""What the bot does unasked, and when: a table. A tick asks the database who is due; a claim commits with its words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import announcements, erasing, fetching, helping, listening, outbox, pulling, step_endings, strays
from bot.clock import Clock
from bot.coaching import run_week
from bot.crm import configured
from bot.domain import periods
from bot.domain.hours import Quiet
from bot.domain.prompts import Do
from bot.errors import NotFound
from bot.outbox import File, Message
from bot.services import (
    commitments,
    credits,
    exports,
    handoff_questions,
    legs,
    members,
    monthly,
    prompts,
    rankings,
    workspaces,
)
from bot.services.commitments import Commitment
from bot.services.handoff_questions import Reminder
from bot.services.monthly import Due
from bot.services.prompts import Speak
from bot.settings import Settings
from bot.views import commitments as commitment_views
from bot.views import debrief as debrief_views
from bot.views import export as export_views
from bot.views import handoff as handoff_views
from bot.views.reader import reader
from bot.words import SELLING_ROLES, OutboxKind
from storage.database import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Tools:
    """What a job may use; `slack` says nothing, it reads and opens conversations."""

    db: Database
    clock: Clock
    workspace_id: int
    slack: WebClient
    settings: Settings
    team_id: str = ""
    """Slack's id of the workspace."""


@dataclass(frozen=True, slots=True)
class Job:
    """One that is no matter of Slack's is also done `while_paused`: in a workspace whose token is of no use."""

    run: Callable[[Tools], None]
    every: timedelta
    while_paused: bool = False


def ask_for_debriefs(tools: Tools) -> None:
    """Ask, remind or let rest, each question in a transaction of its own."""
    with tools.db.read() as session:
        due = prompts.due(session, tools.workspace_id, now=tools.clock())
    for one in due:
        try:
            _ask(tools, one)
        except Exception:
            log.exception("a question failed; those behind it go on", prompt=one.prompt_id)


def _ask(tools: Tools, due: prompts.Due) -> None:
    quiet = _do_not_disturb(tools, due.slack_user_id)
    now = tools.clock()
    with tools.db.begin() as session:
        speak = prompts.step(session, tools.workspace_id, due.prompt_id, quiet=quiet, now=now)
        if speak is not None:
            message_id = outbox.put(session, tools.workspace_id, _words(speak), now=now)
            if speak.do is Do.ASK:
                prompts.said(session, tools.workspace_id, speak.prompt_id, message_id)


def remind_of_handoffs(tools: Tools) -> None:
    """Remind AEs, once, of leads they have left undecided, each in a transaction of its own."""
    with tools.db.read() as session:
        due = handoff_questions.due(session, tools.workspace_id, now=tools.clock())
    for one in due:
        quiet = _do_not_disturb(tools, one.slack_user_id)
        now = tools.clock()
        with tools.db.begin() as session:
            reminder = handoff_questions.remind(
                session, tools.workspace_id, one.handoff_id, quiet=quiet, now=now
            )
            if reminder is not None:
                message_id = outbox.put(session, tools.workspace_id, _reminded(reminder), now=now)
                handoff_questions.reminded(session, tools.workspace_id, one.handoff_id, message_id)


def ask_about_commitments(tools: Tools) -> None:
    """Ask learners whether they kept what they set out to do, once, each in a transaction of its own."""
    with tools.db.read() as session:
        due = commitments.due(session, tools.workspace_id, now=tools.clock())
    for one in due:
        quiet = _do_not_disturb(tools, one.slack_user_id)
        now = tools.clock()
        with tools.db.begin() as session:
            asked = commitments.step(session, tools.workspace_id, one, quiet=quiet, now=now)
            if asked is not None:
                message_id = outbox.put(session, tools.workspace_id, _promised(asked), now=now)
                commitments.asked(session, tools.workspace_id, asked, message_id)


def find_stray_calls(tools: Tools) -> None:
    """Give calls to their rep, once somebody has said whose they are."""
    strays.find(tools.db, tools.workspace_id, now=tools.clock())


def end_workflow_steps(tools: Tools) -> None:
    """Tell Slack how the steps of its workflows ended; telling it twice does no harm."""
    step_endings.tell_all(tools.db, tools.workspace_id, tools.slack, now=tools.clock())


def find_help(tools: Tools) -> None:
    """Ask the next teammate of each rep who needs help on a call."""
    helping.go_on(tools.db, tools.workspace_id, partial(_do_not_disturb, tools), tools.clock)


def show_life(tools: Tools) -> None:
    """And see whether the bot was away."""
    listening.beat(tools.db, tools.workspace_id, now=tools.clock())


def listen_for_silence(tools: Tools) -> None:
    """See whether every source still speaks."""
    listening.measure(tools.db, tools.workspace_id, now=tools.clock())


def pull_from_crms(tools: Tools) -> None:
    """Read what changed in the CRMs, each once an hour."""
    pulling.pull_due(tools.db, tools.workspace_id, configured(tools.settings.crm), now=tools.clock())


def post_digests(tools: Tools) -> None:
    """Tell the teams whose digest is due."""
    announcements.post_due(tools.db, tools.workspace_id, now=tools.clock())


def run_pairs(tools: Tools) -> None:
    """Begin the week of each agreed pair, ask whether they met, and find a coach for those whose coach left."""
    for pairing_id in run_week(tools.db, tools.workspace_id, tools.slack, now=tools.clock()):
        announcements.match_anew(tools.db, tools.workspace_id, pairing_id, now=tools.clock())


def send_monthly_workbooks(tools: Tools) -> None:
    """Each manager's workbook of the month that ended; written with no transaction open, then claimed and put."""
    now = tools.clock()
    with tools.db.read() as session:
        due = monthly.due(session, tools.workspace_id, now=now)
    for one in due:
        message = _workbook(tools, one, now)
        with tools.db.begin() as session:
            if monthly.claim(session, tools.workspace_id, one, now=now) and message is not None:
                outbox.put(session, tools.workspace_id, message, now=now)


def erase_who_is_to_be_forgotten(tools: Tools) -> None:
    """Go on with erasures that are due."""
    erasing.work_due(tools.db, tools.workspace_id, now=tools.clock())


def let_go_of_old_words(tools: Tools) -> None:
    """Take out what has been kept as long as the workspace wants it."""
    erasing.sweep(tools.db, tools.workspace_id, now=tools.clock())


def keep_priors_at_hand(tools: Tools) -> None:
    """Read each role's year before the day's first card asks for it: a million calls take longer than Slack waits."""
    now = tools.clock()
    with tools.db.read() as session:
        zone = ZoneInfo(workspaces.settings(session, tools.workspace_id).time_zone)
        quarter = periods.parse(periods.DEFAULT, now=now, zone=zone)
        for role in SELLING_ROLES:
            rankings.estimates(session, tools.workspace_id, role, quarter, as_of=now)


def link_people(tools: Tools) -> None:
    """Match people on the roster to Slack users by email, page by page."""
    with tools.db.read() as session:
        if not members.anyone_unlinked(session, tools.workspace_id):
            return
    cursor: str | None = ""
    while cursor is not None:
        page = tools.slack.users_list(cursor=cursor, limit=200, include_locale=True)
        with tools.db.begin() as session:
            linked = members.link(session, tools.workspace_id, page["members"])
        log.info("people linked to Slack", linked=linked)
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None


def _words(speak: Speak) -> Message:
    reads = reader(speak.rep.locale, speak.rep.zone)
    if speak.do is Do.REMIND:
        text = debrief_views.reminder_text(speak.call, reads)
        return Message(OutboxKind.REMINDER, text, person_id=speak.rep.id, thread=speak.message_id)
    text, blocks = debrief_views.prompt_text(speak.call, reads), debrief_views.prompt(speak.call, reads)
    return Message(OutboxKind.PROMPT, text, blocks, person_id=speak.rep.id)


def _workbook(tools: Tools, due: Due, now: datetime) -> Message | None:
    """None where there was nobody to show."""
    try:
        body, report = exports.written(
            tools.db,
            tools.workspace_id,
            due.viewer,
            period=due.period,
            team_id=None,
            as_of=now,
            now=now,
        )
    except NotFound:
        return None
    with tools.db.read() as session:
        earned = credits.of_teams(session, tools.workspace_id, due.viewer.managed_team_ids, due.period)
    text = export_views.monthly(due.month, report.reps, earned, reader(due.manager.locale, due.manager.zone))
    return Message(OutboxKind.FILE, text, person_id=due.manager.id, file=File(exports.NAME, body))


def _reminded(reminder: Reminder) -> Message:
    reads = reader(reminder.ae.locale, reminder.ae.zone)
    text = handoff_views.reminder_text(reminder.lead, reads)
    blocks = handoff_views.reminder(reminder.lead, reads)
    return Message(OutboxKind.REMINDER, text, blocks, person_id=reminder.ae.id)


def _promised(asked: Commitment) -> Message:
    text = commitment_views.question_text(asked.words, asked.coach.name)
    blocks = commitment_views.question(asked.question_id, asked.words, asked.coach.name)
    return Message(OutboxKind.NOTICE, text, blocks, person_id=asked.learner.id)


def _do_not_disturb(tools: Tools, slack_user_id: str | None) -> tuple[Quiet, ...]:
    """Slack's do-not-disturb of the person, as far as Slack tells (the scope is optional)."""
    if slack_user_id is None:
        return ()
    try:
        told = tools.slack.dnd_info(user=slack_user_id)
    except (SlackApiError, OSError):
        return ()
    spans = [(told.get("next_dnd_start_ts"), told.get("next_dnd_end_ts"))] if told.get("dnd_enabled") else []
    if told.get("snooze_enabled"):
        spans.append((tools.clock().timestamp(), told.get("snooze_endtime")))
    return tuple((_instant(start), _instant(end)) for start, end in spans if start and end)


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def fetch_calls(tools: Tools) -> None:
    """Ask HubSpot for the calls it has only pointed at."""
    fetching.fetch(tools.db, tools.clock, tools.workspace_id, tools.settings.call_sources(tools.team_id))


def forget_old_legs(tools: Tools) -> None:
    """What was told of sessions long over."""
    with tools.db.begin() as session:
        legs.forget_old(session, tools.workspace_id, now=tools.clock())


JOBS = (
    Job(fetch_calls, every=timedelta(seconds=5)),
    Job(forget_old_legs, every=timedelta(hours=6)),
    Job(find_stray_calls, every=timedelta(seconds=5)),
    Job(end_workflow_steps, every=timedelta(seconds=5)),
    Job(pull_from_crms, every=timedelta(minutes=5)),
    Job(show_life, every=timedelta(minutes=1), while_paused=True),
    Job(listen_for_silence, every=timedelta(minutes=30)),
    Job(ask_for_debriefs, every=timedelta(seconds=5)),
    Job(find_help, every=timedelta(seconds=5)),
    Job(remind_of_handoffs, every=timedelta(minutes=1)),
    Job(ask_about_commitments, every=timedelta(minutes=1)),
    Job(post_digests, every=timedelta(seconds=30)),
    Job(run_pairs, every=timedelta(minutes=1)),
    Job(send_monthly_workbooks, every=timedelta(minutes=15)),
    Job(keep_priors_at_hand, every=timedelta(hours=1)),
    Job(link_people, every=timedelta(minutes=10)),
    Job(erase_who_is_to_be_forgotten, every=timedelta(minutes=1), while_paused=True),
    Job(let_go_of_old_words, every=timedelta(days=1), while_paused=True),
)
