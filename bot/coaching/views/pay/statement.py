"""What a coach's sessions of a time earn, session by session, for the coach and who approves it."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.pay import CoachPay, State
from bot.coaching.domain.sessions import Credit, Shortfall, Statement
from bot.core.enums import Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views import unasked
from bot.people.views.names import short_name
from bot.scorecards.domain.coached import MINUTES_PER_PAIR_AND_WEEK

MOST_LINES = 40


def no_rate() -> str:
    """Wherever money would stand."""
    return _(
        "No rate is set for an hour of coaching, so no money is told; an admin sets it in `/scorecard setup`."
    )


def told(
    statement: Statement,
    whose: str | None,
    learners: Mapping[int, str],
    currency: str,
    reads: Reader,
    *,
    pay: CoachPay | None = None,
    in_relief: bool = False,
    also: Sequence[Block] = (),
) -> Words:
    """`whose` is None for one's own; `learners` names them by id. `pay`: of a whole month, what was said of it."""
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
    if len(statement.credits) > MOST_LINES:
        lines.append(_("… and {n} more.").format(n=len(statement.credits) - MOST_LINES))
    summed = sum_of(statement, currency, reads, relief=pay.relief if pay else None, in_relief=in_relief)
    blocks: list[Block] = [
        kit.header(head),
        kit.section(summed),
        *kit.listed(lines),
        *([kit.section(stands(pay, reads))] if pay else []),
        *also,
        kit.context(_("The sessions are for the coach and the manager; payroll reads the sums alone.")),
    ]
    return Words(f"{head}\n{summed}", blocks)


def monthly(
    pay: CoachPay, learners: Mapping[int, str], effect: Sequence[str], reads: Reader, *, asked: Sequence[str]
) -> Words:
    """To the coach, once the month is over; `effect` is what coaching moves, `asked` who is to approve it."""
    also: list[Block] = [
        kit.section(_who_approves(asked)),
        *([kit.section("\n".join(effect))] if effect else []),
        unasked.stop_row(Unasked.COACHING_PAY),
    ]
    return told(
        pay.statement,
        None,
        learners,
        pay.currency,
        reads,
        pay=pay,
        also=also,
    )


def _who_approves(asked: Sequence[str]) -> str:
    if not asked:
        return _(
            "Nobody is here who could approve it: you have no manager but yourself, and there is no other admin."
        )
    who = _(" or ").join(short_name(name) for name in asked[:3])
    return _("{who} is asked to approve it; you hear what comes of it.").format(who=who)


def sum_of(
    statement: Statement,
    currency: str,
    reads: Reader,
    *,
    relief: float | None = None,
    in_relief: bool = False,
    unpriced: str = "",
) -> str:
    """Sessions, minutes, what is credited, and in money or in relief what that comes to.

    `unpriced` stands where money would, where no rate is set.
    """
    n, taken = len(statement.credits), sum(one.session.minutes for one in statement.credits)
    sessions = ngettext("{n} session", "{n} sessions", n).format(n=n)
    told = _("{sessions}, {minutes} min, of which {credited} min are credited").format(
        sessions=sessions, minutes=reads.number(taken), credited=reads.number(statement.minutes)
    )
    if relief is not None:
        return _("{told}: *{share} less* is asked of the month's targets.").format(
            told=told, share=reads.percent(relief, digits=1)
        )
    if in_relief:
        return _("{told}. Coaching is paid by asking less of your targets.").format(told=told)
    if not statement.rate:
        return f"{told}.\n{unpriced or no_rate()}"
    return _("{told}: *{money}* at {rate} an hour.").format(
        told=told, money=reads.money(statement.amount, currency), rate=reads.money(statement.rate, currency)
    )


def stands(pay: CoachPay, reads: Reader) -> str:
    """What was said of the month, and by whom."""
    decision = pay.decision
    if decision is None:
        return _("○ Waits to be approved.")
    by, day = short_name(decision.by) or _("Somebody"), reads.day(decision.at.astimezone(reads.zone).date())
    match pay.state:
        case State.REFUSED:
            return _("✗ Not approved by {by}, {day}: “{why}”").format(
                by=by, day=day, why=said(decision.reason, limit=300)
            )
        case State.CHANGED:
            return _(
                "○ {by} approved {minutes} min on {day}; the sessions have changed since, so it waits anew."
            ).format(by=by, day=day, minutes=reads.number(decision.minutes))
        case _:
            return _("✓ Approved by {by}, {day}.").format(by=by, day=day)


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
