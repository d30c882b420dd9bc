"""What a coach reads in their first month, a manager as the week begins, and a new manager in ninety days."""

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.lifts import FEWEST_RATINGS
from bot.coaching.domain.new_roles import Because, FirstMonth, NinetyDays, Pick, Talk
from bot.core.enums import Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views import unasked
from bot.people.views.names import short_name
from bot.pipeline.views.plunger import clog_line
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.targets import Together
from bot.scorecards.views.figures import amount, title


def first_month(month: FirstMonth) -> Words:
    parts = [
        _("*Your first month as a coach: week {n}*").format(n=month.week),
        _ratings(month),
        *_peer(month),
        _("*This week's practice:*") + " " + _practices()[month.week - 1],
    ]
    note = _("Only you read this, once a week after a meeting, for four weeks.")
    return Words(
        "\n".join(parts),
        [kit.section("\n".join(parts)), unasked.stop_row(Unasked.FIRST_MONTH), kit.context(note)],
    )


def _ratings(month: FirstMonth) -> str:
    if not month.can_be_summed:
        return _(
            "What your learners found helpful is told in sum, from {need} ratings on; {n} so far."
        ).format(need=FEWEST_RATINGS, n=month.rated)
    return ngettext(
        "Of {of} meetings that were rated, your learners called {n} a good deal or very helpful.",
        "Of {of} meetings that were rated, your learners called {n} a good deal or very helpful.",
        month.rated,
    ).format(of=month.rated, n=month.helpful)


def _peer(month: FirstMonth) -> list[str]:
    if month.peer is None:
        return []
    told = ngettext(
        "*A coach to ask:* {name}, who held {n} session in a year. How do they begin?",
        "*A coach to ask:* {name}, who held {n} sessions in a year. How do they begin?",
        month.peer.sessions,
    )
    return [told.format(name=short_name(month.peer.name), n=month.peer.sessions)]


def _practices() -> tuple[str, str, str, str]:
    """One a week, from the field experiment that docs/coaching.md tells of."""
    return (
        _(
            "let the worksheet lead. With 653 sales agents, four weeks of paired meetings around what the learner had "
            "written raised sales by some 24%. Ask about their words before you tell your own."
        ),
        _(
            "meet every week, if only for ten minutes. It was the weekly meeting that taught, and about 18% was still "
            "there months later."
        ),
        _(
            "talk about how, not about the number. Prizes alone gave some 13%, and nothing of it lasted; what one does "
            "differently on a call does."
        ),
        _(
            "begin with last week's commitment, kept or not, and end with one for the next. Four weeks are over soon: "
            "say together what stays."
        ),
    )


def monday(picks: list[Pick], reader: Reader) -> Words:
    head = ngettext(
        "*Fifteen minutes for one of your people this week*",
        "*Fifteen minutes each for {n} of your people this week*",
        len(picks),
    ).format(n=len(picks))
    lines = [f"*{short_name(one.person.name)}*: {_why(one, reader)}\n→ {_what(one)}" for one in picks]
    note = _("Only you read this, as the week begins. `/scorecard team` shows all of them.")
    return Words(
        "\n\n".join([head, *lines]),
        [*kit.listed([head]), *map(kit.section, lines), unasked.stop_row(Unasked.MONDAY), kit.context(note)],
    )


def _why(pick: Pick, reader: Reader) -> str:
    if pick.clog:
        return clog_line(pick.clog, reader)
    if pick.metric:
        return _(
            "*{metric}* is below the role's middle, by the evidence of 13 weeks, and nobody coaches them."
        ).format(metric=title(pick.metric))
    if pick.because is Because.NEW:
        return _("in their first four weeks.")
    if pick.days is None:
        return _("has never been coached.")
    return ngettext("no coaching for {n} day.", "no coaching for {n} days.", pick.days).format(n=pick.days)


def _what(pick: Pick) -> str:
    if pick.metric:
        asked = _(DEFINITIONS[pick.metric].coach_asks[0])
        return _("listen to one call together, and ask: “{question}”").format(question=said(asked))
    return {
        Because.NEW: _(
            "sit in on one call, ask what surprised them, and leave the numbers alone; `/coach stories start` is "
            "theirs to read first."
        ),
        Because.STUCK: _("that one deal: who signs, by when, and which date do you two write down today?"),
        Because.BEHIND: "",
        Because.UNCOACHED: _(
            "ask what they would like help with, and from whom; `/scorecard pairs` makes it a pair."
        ),
    }[pick.because]


MOST_TALKS = 12


def ninety_days(found: NinetyDays, reader: Reader) -> Words:
    head = _("{team}: your first ninety days").format(team=kit.shortened(found.team, 60))
    day = [_("Today is day {n}.").format(n=found.day)] if found.day else []
    parts = [
        "\n".join(
            [_("*Numbers to read*, once a week and of the team, not of a day"), *_numbers(found, reader)]
        ),
        "\n".join([_("*Talks to hold*"), *_talks(found)]),
        "\n".join([_("*What to leave alone*"), *_alone(found)]),
    ]
    blocks: list[Block] = [kit.header(head), *(kit.context(one) for one in day), *map(kit.section, parts)]
    note = _("Who was the best rep is not yet the best coach: the first weeks are for listening.")
    return Words("\n\n".join([said(head), *day, *parts]), [*blocks, kit.context(note)])


def _numbers(found: NinetyDays, reader: Reader) -> list[str]:
    lines = [_number(one, reader) for one in found.numbers]
    if found.open:
        told = ngettext(
            "• *Stuck deals*: {stuck} of {n} open. `/scorecard stuck` names them.",
            "• *Stuck deals*: {stuck} of {n} open. `/scorecard stuck` names them.",
            found.open,
        )
        lines.append(told.format(stuck=found.stuck, n=found.open))
    return lines or [_("• There is nothing to read yet: it is made of debriefs, leads and deals.")]


def _number(one: Together, reader: Reader) -> str:
    metric = one.goal.metric
    figure = amount(metric, one.count / one.of, reader)
    return _("• *{metric}*: {figure} ({n} of {of}) over 13 weeks").format(
        metric=title(metric), figure=figure, n=reader.number(one.count), of=reader.number(one.of)
    )


def _talks(found: NinetyDays) -> list[str]:
    first = ", ".join(_with(one) for one in found.talks[:MOST_TALKS])
    lines = [
        _("• Weeks 1 and 2, half an hour with each, who went without the longest first: {people}").format(
            people=first
        )
        if first
        else _("• Nobody on the roster sells in this team yet: `/scorecard roster`.")
    ]
    if found.coaches:
        names = ", ".join(short_name(name) for name in found.coaches)
        lines.append(_("• Weeks 3 and 4, with your coaches: {names}. What do they see?").format(names=names))
    else:
        lines.append(
            _("• Weeks 3 and 4: nobody coaches yet. Ask your strongest with `/coach propose @name`.")
        )
    lines.append(
        _("• Every week from then on: the three people of your Monday message, fifteen minutes each.")
    )
    lines.append(_("• By day 60, with the whole team: one goal for the quarter, `/scorecard goal`."))
    return lines


def _with(one: Talk) -> str:
    name = short_name(one.person.name)
    if one.days is None:
        return _("{name} (never coached)").format(name=name)
    return ngettext("{name} ({n} day)", "{name} ({n} days)", one.days).format(name=name, n=one.days)


def _alone(found: NinetyDays) -> list[str]:
    lines = []
    if found.new:
        names = ", ".join(short_name(name) for name in found.new)
        lines.append(_("• The numbers of who is in the first four weeks: {names}.").format(names=names))
    if found.pairs:
        told = ngettext(
            "• The {n} pair that runs: it ends by itself after four weeks.",
            "• The {n} pairs that run: they end by themselves after four weeks.",
            found.pairs,
        )
        lines.append(told.format(n=found.pairs))
    lines.append(
        _("• Targets and the checklist, for the first month: what you change then, you change unseen.")
    )
    lines.append(_("• A single week's ups and downs, and every figure that says “cannot tell”."))
    lines.append(_("• Your reps' deals: help with the next step, and let them take it."))
    return lines
