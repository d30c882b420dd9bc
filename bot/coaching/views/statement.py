"""What a coach's sessions of a time earn, session by session, for the coach and the manager alone."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.sessions import Credit, Shortfall, Statement
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views.names import short_name
from bot.scorecards.domain.coached import MINUTES_PER_PAIR_AND_WEEK

MOST_LINES = 60


def no_rate() -> str:
    """Wherever money would stand."""
    return _(
        "No rate is set for an hour of coaching, so no money is told; an admin sets it in `/scorecard setup`."
    )


def told(
    statement: Statement, whose: str | None, learners: Mapping[int, str], currency: str, reads: Reader
) -> Words:
    """`whose` is None for one's own; `learners` names them by id."""
    period = statement.period.label
    head = (
        _("Your coaching, {period}").format(period=period)
        if whose is None
        else _("{name}'s coaching, {period}").format(name=short_name(whose), period=period)
    )
    if not statement.credits:
        text = _("No coaching session in this time: {period}.").format(period=period)
        return Words(text, [kit.section(text)])
    lines = [_line(one, learners, reads) for one in statement.credits[:MOST_LINES]]
    blocks: list[Block] = [
        kit.header(head),
        kit.section(_sum(statement, currency, reads)),
        *kit.listed(lines),
        kit.context(_("Only the coach and the manager see this.")),
    ]
    return Words(head, blocks)


def _sum(statement: Statement, currency: str, reads: Reader) -> str:
    n, taken = len(statement.credits), sum(one.session.minutes for one in statement.credits)
    sessions = ngettext("{n} session", "{n} sessions", n).format(n=n)
    told = _("{sessions}, {minutes} min, of which {credited} min are credited").format(
        sessions=sessions, minutes=reads.number(taken), credited=reads.number(statement.minutes)
    )
    if not statement.rate:
        return f"{told}.\n{no_rate()}"
    return _("{told}: *{money}* at {rate} an hour.").format(
        told=told, money=reads.money(statement.amount, currency), rate=reads.money(statement.rate, currency)
    )


def _line(one: Credit, learners: Mapping[int, str], reads: Reader) -> str:
    session = one.session
    line = _("• {day} with {learner}: {minutes} min, {credited} credited").format(
        day=reads.weekday(session.held_on),
        learner=said(learners.get(session.learner_id, ""), limit=80),
        minutes=reads.number(session.minutes),
        credited=reads.number(one.minutes),
    )
    why = {
        None: "",
        Shortfall.NO_COMMITMENT: _("it ended without a commitment"),
        Shortfall.WEEK_IS_FULL: _("{n} min a pair and week are credited").format(n=MINUTES_PER_PAIR_AND_WEEK),
    }[one.shortfall]
    return f"{line} – {why}" if why else line
