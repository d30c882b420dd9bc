"""A new manager's first ninety days, as they read it."""

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.new_roles.ninety_days import NinetyDays, Talk
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views.names import short_name
from bot.scorecards.domain.aims.team_goal import Together
from bot.scorecards.views.amounts import amount, title

MOST_TALKS = 12


def page(found: NinetyDays, reader: Reader) -> Words:
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
