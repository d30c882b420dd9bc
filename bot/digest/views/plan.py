"""When and where a team's digest comes: the form that changes it, and what it was changed to."""

import re
from datetime import date, datetime, timedelta

from slack_sdk.models.blocks import (
    ConversationFilter,
    ConversationSelectElement,
    InputBlock,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import TimePickerElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit, menus
from bot.blocks.ids import Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.i18n import gettext as _
from bot.digest.domain.plan import Plan
from bot.people.domain.audit import Edition

ENGLISH = "en-US"
_A_MONDAY = date(2026, 11, 16)
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{8,}")


def form(plan: Plan, version: int, reads: Reader) -> Modal:
    """With what the choices come to, which follows each change of day or clock before anything is saved."""
    where = ConversationSelectElement(
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        initial_conversation=plan.channel if _CHANNEL_ID.fullmatch(plan.channel or "") else None,
    )
    invite = _("Invite me there first: I can only write where I am a member.")
    return kit.modal(
        View.DIGEST_PLAN,
        _("The weekly digest"),
        [
            kit.section(_("When and where should the digest of *{team}* come?").format(team=said(plan.team))),
            *kit.told_at_once(_asked_when(plan, reads)),
            kit.section(_comes_to(plan, reads)),
            kit.ask(
                _("Dates and numbers as in"),
                Input.LOCALE,
                menus.languages(plan.locale or ENGLISH),
                optional=False,
            ),
            kit.ask(_("Channel"), Input.CHANNEL, where, hint=invite, optional=False),
        ],
        submit=_("Save"),
        about=str(Edition(plan.team_id, version)),
    )


def _asked_when(plan: Plan, reads: Reader) -> list[InputBlock]:
    days = [kit.option(reads.day_name(_A_MONDAY + timedelta(days=n)), str(n)) for n in range(7)]
    day = StaticSelectElement(options=days, initial_option=days[plan.weekday])
    at = TimePickerElement(initial_time=f"{plan.at:%H:%M}")
    hint = _("The team's days and weeks follow these clocks in all its numbers.")
    return [
        kit.ask(_("Day"), Input.DAY, day, optional=False),
        kit.ask(_("Time"), Input.TIME, at, optional=False),
        kit.ask(_("Time zone"), Input.ZONE, menus.zones(plan.zone.key), hint=hint, optional=False),
    ]


def changed(plan: Plan, reads: Reader) -> Modal:
    return kit.sentence(_("The weekly digest"), "✓ " + comes(plan, reads))


def comes(plan: Plan, reads: Reader) -> str:
    """When and where."""
    text = _("The digest of *{team}* comes every {day} at {time} to <#{channel}>.").format(
        team=said(plan.team),
        day=reads.day_name(_A_MONDAY + timedelta(days=plan.weekday)),
        time=f"{plan.at:%H:%M}",
        channel=plan.channel,
    )
    return f"{text} {next_ones(plan, reads)}".rstrip()


def when(at: datetime, reads: Reader) -> str:
    """`Fri, Nov 20 at 4:30 PM`, on the reader's clock."""
    return _("{day} at {time}").format(
        day=reads.weekday(at.astimezone(reads.zone).date()), time=reads.time(at)
    )


def next_ones(plan: Plan, reads: Reader) -> str:
    """The next two digests, each with the week that it tells of."""
    clock = Reader(reads.locale, plan.zone)
    told = [
        (_("{moment}, on that week so far") if one.so_far else _("{moment}, on the week of {day}")).format(
            moment=when(one.at, clock), day=clock.day(one.week)
        )
        for one in plan.coming
    ]
    if len(told) < 2:
        return ""
    return _("The next one: {first}. Then: {second}.").format(first=told[0], second=told[1])


def _comes_to(plan: Plan, reads: Reader) -> str:
    coaching = _("Pairs keep their own week: they are made as it begins, whatever day this is.")
    return f"{next_ones(plan, reads)} {coaching}".lstrip()
