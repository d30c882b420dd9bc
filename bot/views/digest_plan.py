"""When and where a team's digest comes: the form that changes it, and what it was changed to."""

import re
from datetime import date, timedelta

from slack_sdk.models.blocks import ConversationFilter, ConversationSelectElement, StaticSelectElement
from slack_sdk.models.blocks.block_elements import TimePickerElement
from slack_sdk.models.views import View as Modal

from bot.domain.digest_plan import Plan
from bot.domain.edition import Edition
from bot.language import gettext as _
from bot.views import kit, places
from bot.views.ids import Input, View
from bot.views.kit import said
from bot.views.reader import Reader

ENGLISH = "en-US"
_A_MONDAY = date(2026, 11, 16)
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{8,}")


def form(plan: Plan, version: int, reads: Reader) -> Modal:
    days = [kit.option(reads.day_name(_A_MONDAY + timedelta(days=n)), str(n)) for n in range(7)]
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
            kit.ask(
                _("Day"),
                Input.DAY,
                StaticSelectElement(options=days, initial_option=days[plan.weekday]),
                optional=False,
            ),
            kit.ask(
                _("Time"),
                Input.TIME,
                TimePickerElement(initial_time=f"{plan.at:%H:%M}"),
                optional=False,
            ),
            kit.ask(
                _("Time zone"),
                Input.ZONE,
                places.zones(plan.zone.key),
                hint=_("The team's days and weeks follow these clocks in all its numbers."),
                optional=False,
            ),
            kit.ask(
                _("Dates and numbers as in"),
                Input.LOCALE,
                places.languages(plan.locale or ENGLISH),
                optional=False,
            ),
            kit.ask(_("Channel"), Input.CHANNEL, where, hint=invite, optional=False),
        ],
        submit=_("Save"),
        about=str(Edition(plan.team_id, version)),
    )


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
    if plan.next_at:
        text += " " + _("The next one: {moment}.").format(moment=reads.moment(plan.next_at))
    return text
