"""What the bot does unasked, and when: a table. A tick asks the database who is due; a claim commits with its words."""

from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot import announcements, erasing, fetching, helping, listening, pulling, step_endings, strays
from bot.coaching import run_week
from bot.crm import configured
from bot.domain import periods
from bot.jobs.questions import ask_about_commitments, ask_for_debriefs, remind_of_handoffs
from bot.jobs.tools import Job, Tools, do_not_disturb
from bot.jobs.workbooks import send_monthly_workbooks
from bot.services import legs, members, rankings, workspaces
from bot.words import SELLING_ROLES

__all__ = ["JOBS", "Job", "Tools"]

log = structlog.get_logger()


def find_stray_calls(tools: Tools) -> None:
    """Give calls to their rep, once somebody has said whose they are."""
    strays.find(tools.db, tools.workspace_id, now=tools.clock())


def end_workflow_steps(tools: Tools) -> None:
    """Tell Slack how the steps of its workflows ended; telling it twice does no harm."""
    step_endings.tell_all(tools.db, tools.workspace_id, tools.slack, now=tools.clock())


def find_help(tools: Tools) -> None:
    """Ask the next teammate of each rep who needs help on a call."""
    helping.go_on(tools.db, tools.workspace_id, partial(do_not_disturb, tools), tools.clock)


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
