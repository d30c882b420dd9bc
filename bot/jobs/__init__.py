"""What the bot does unasked, and when: a table. A tick asks the database who is due; a claim commits with its words."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.calendar import periods
from bot.calls.jobs import subscriptions
from bot.calls.jobs.assign_strays import find_stray_calls
from bot.calls.jobs.backfill import poll_logs
from bot.calls.jobs.end_workflow_steps import end_workflow_steps
from bot.calls.jobs.fetch_calls import fetch_calls
from bot.calls.jobs.watch_sources import listen_for_silence, show_life
from bot.calls.services import notices
from bot.coaching.jobs.find_help import find_help
from bot.coaching.jobs.open_week import give_on_declined, lapse_proposals, match_anew, open_weeks
from bot.coaching.jobs.run_week import ask_about_commitments, run_week
from bot.coaching.jobs.tell_new_roles import begin_managers_weeks, tell_new_coaches
from bot.coaching.jobs.tell_results import tell_of_pay, tell_results
from bot.core.enums import SELLING_ROLES
from bot.crm.jobs import pull_from_crms
from bot.debriefs.jobs import ask_for_debriefs, remind_of_steps
from bot.digest.jobs import mend_posts, post_digests, watch_feeds
from bot.handoffs.jobs import put_questions_back, remind_of_handoffs, tell_of_checklist, tell_of_refusals
from bot.people.services import members
from bot.people.services import workspace as workspaces
from bot.pipeline.jobs import tell_of_leads
from bot.privacy.jobs import erase_who_is_to_be_forgotten, let_go_of_old_words
from bot.scorecards.services import estimates as role_estimates
from bot.setup.jobs import welcome_newcomers
from bot.slack.tools import Job, Tools
from bot.workbook.jobs import send_monthly_workbooks

__all__ = ["JOBS", "Job", "Tools"]

log = structlog.get_logger()


def run_pairs(tools: Tools) -> None:
    """Begin the week of each agreed pair, ask whether they met, and find a coach for those whose coach left."""
    for pairing_id in run_week(tools.db, tools.workspace_id, tools.slack, now=tools.clock()):
        match_anew(tools.db, tools.workspace_id, pairing_id, now=tools.clock())


def keep_priors_at_hand(tools: Tools) -> None:
    """Read each role's year before the day's first card asks for it: a million calls take longer than Slack waits."""
    now = tools.clock()
    with tools.db.reading(tools.workspace_id, now) as books:
        zone = ZoneInfo(workspaces.settings(books).time_zone)
        quarter = periods.parse(periods.DEFAULT, now=now, zone=zone)
        for role in SELLING_ROLES:
            role_estimates.keep_at_hand(books, role, quarter, as_of=now)


def link_people(tools: Tools) -> None:
    """Match people on the roster to Slack users by email, page by page."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        if not members.anyone_unlinked(books):
            return
    cursor: str | None = ""
    while cursor is not None:
        page = tools.slack.users_list(cursor=cursor, limit=200, include_locale=True)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            linked = members.link(books, page["members"])
        log.info("people linked to Slack", linked=linked)
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None


def keep_subscriptions(tools: Tools) -> None:
    """See that RingCentral, Teams and Meet go on sending, where their credentials are known."""
    subscriptions.keep_meet(tools)
    public = tools.settings.public_url
    if not public:
        return
    sources = tools.settings.call_sources(tools.team_id)
    ending = f"/{tools.team_id}" if tools.settings.serves_many else ""
    for source, (keep, wanted) in SUBSCRIPTIONS.items():
        said = sources.get(source, {})
        if said.get(wanted):
            keep(said, f"{public.rstrip('/')}/calls/{source}{ending}", now=tools.clock())


SUBSCRIPTIONS = {
    "ringcentral": (subscriptions.keep_ringcentral, "jwt"),
    "teams": (subscriptions.keep_teams, "client_secret"),
}
"""How each is kept, and the credential without which it is looked after by hand."""


def forget_old_notices(tools: Tools) -> None:
    """What was told of sessions long over."""
    with tools.db.writing(tools.workspace_id, tools.clock()) as books:
        notices.forget_old(books)


JOBS = (
    Job(fetch_calls, every=timedelta(seconds=30), due="call_to_fetch.next_at"),
    Job(keep_subscriptions, every=timedelta(hours=1)),
    Job(poll_logs, every=timedelta(minutes=5)),
    Job(forget_old_notices, every=timedelta(hours=6)),
    Job(
        find_stray_calls,
        every=timedelta(seconds=30),
        woken_by=frozenset({"stray_call", "call_agent", "person"}),
    ),
    Job(end_workflow_steps, every=timedelta(seconds=30), due="workflow_step.next_at"),
    Job(pull_from_crms, every=timedelta(minutes=5)),
    Job(welcome_newcomers, every=timedelta(minutes=1), woken_by=frozenset({"person"})),
    Job(show_life, every=timedelta(minutes=1), while_paused=True),
    Job(listen_for_silence, every=timedelta(minutes=30)),
    Job(ask_for_debriefs, every=timedelta(seconds=30), due="prompt.next_at"),
    Job(remind_of_steps, every=timedelta(minutes=5)),
    Job(find_help, every=timedelta(seconds=30), due="help_request.next_at"),
    Job(remind_of_handoffs, every=timedelta(minutes=1), due="handoff_question.next_at"),
    Job(put_questions_back, every=timedelta(minutes=5)),
    Job(tell_of_checklist, every=timedelta(minutes=5)),
    Job(tell_of_leads, every=timedelta(minutes=5)),
    Job(tell_of_refusals, every=timedelta(minutes=10)),
    Job(tell_new_coaches, every=timedelta(minutes=10)),
    Job(begin_managers_weeks, every=timedelta(minutes=10)),
    Job(ask_about_commitments, every=timedelta(minutes=1), due="commitment_question.next_at"),
    Job(give_on_declined, every=timedelta(minutes=1), due="pairing.no_stands_at"),
    Job(lapse_proposals, every=timedelta(minutes=1)),
    Job(open_weeks, every=timedelta(seconds=30)),
    Job(post_digests, every=timedelta(seconds=30), due="team.digest_next_at"),
    Job(mend_posts, every=timedelta(seconds=30), woken_by=frozenset({"pairing"})),
    Job(run_pairs, every=timedelta(minutes=1), woken_by=frozenset({"pairing"}), due="meeting.ask_at"),
    Job(tell_results, every=timedelta(minutes=10)),
    Job(tell_of_pay, every=timedelta(minutes=10)),
    Job(send_monthly_workbooks, every=timedelta(minutes=15)),
    Job(watch_feeds, every=timedelta(hours=1)),
    Job(keep_priors_at_hand, every=timedelta(hours=1)),
    Job(link_people, every=timedelta(minutes=10)),
    Job(
        erase_who_is_to_be_forgotten,
        every=timedelta(minutes=1),
        while_paused=True,
        woken_by=frozenset({"erasure"}),
    ),
    Job(let_go_of_old_words, every=timedelta(days=1), while_paused=True),
)
"""Each is done `every` so often at least; at once where a table that it waits for changes, or a moment has come."""
