"""What is kept of a person, and how to be forgotten."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from slack_sdk.models.blocks import Block, CheckboxesElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import FormerCount, Role
from bot.core.i18n import gettext as _

UNDERSTOOD = "understood"
_COUNTED = {
    "call": _("calls"),
    "debrief": _("debriefs"),
    "handoff": _("leads"),
    "deal": _("deals"),
    "account_value": _("account values"),
    "coaching_session": _("coaching sessions"),
    "feedback": _("notes of feedback"),
    "story": _("stories"),
    "pairing": _("pairs"),
}
_SUMMED = {
    FormerCount.CALLS: _("calls"),
    FormerCount.LEADS_PASSED: _("leads passed"),
    FormerCount.LEADS_QUALIFIED: _("qualified"),
    FormerCount.LEADS_DECIDED: _("leads decided"),
    FormerCount.DEALS_WON: _("deals won"),
    FormerCount.DEALS_LOST: _("deals lost"),
    FormerCount.COACHING_MINUTES: _("minutes coached"),
}


def mine() -> list[Block]:
    """The Home tab's section."""
    return [
        kit.header(_("My data")),
        kit.section(
            _(
                "What you write is for you, for your manager, and for a coach you accept. Its words go after "
                "some months; your numbers stay while you are here."
            ),
            accessory=kit.button(_("Forget me"), Action.FORGET_ME, "me"),
        ),
    ]


def form() -> Modal:
    sure = kit.option(_("I understand: this cannot be undone"), UNDERSTOOD)
    return kit.modal(
        View.FORGET_ME,
        _("Forget me"),
        [
            kit.section(
                _(
                    "*What goes:* your name, email and Slack id, your debriefs, stories, feedback, wishes, targets, "
                    "calls and deals, and your places in any ranking."
                )
            ),
            kit.section(
                _(
                    "*What stays, without you:* leads and coaching sessions that a colleague counts too, and monthly "
                    "sums of a team where at least three people shared the role."
                )
            ),
            kit.section(
                _(
                    "Messages that already stand in Slack stay there. You will no longer be able to use Cornerman, "
                    "unless somebody adds you again. It takes some minutes, and you get a receipt."
                )
            ),
            kit.ask(_("Are you sure?"), Input.SURE, CheckboxesElement(options=[sure]), optional=False),
        ],
        submit=_("Forget me"),
    )


def begun() -> Modal:
    return kit.sentence(
        _("Forget me"),
        _("It has begun. In some minutes you get a receipt by direct message, the last from me."),
    )


def receipt(counts: Mapping[str, int]) -> str:
    """What went, in a sentence or two."""
    told = [f"{_COUNTED[table]} {count:,}" for table, count in counts.items() if table in _COUNTED]
    others = sum(count for table, count in counts.items() if table not in _COUNTED)
    if others:
        told.append(_("other records {n:,}").format(n=others))
    went = ", ".join(told) or _("nothing but your name")
    return _(
        "You have been forgotten. Erased: {went}. Your name, email and Slack id go with this message; "
        "no number leads back to you."
    ).format(went=went)


def left(name: str, begins_at: datetime, erasure_id: int, reads: Reader) -> Words:
    """To the admins, when somebody's Slack account was closed."""
    text = _("The Slack account of {name} was closed. Their data is erased from {moment} on.").format(
        name=said(name), moment=reads.moment(begins_at)
    )
    small = _("If the account comes back until then, nothing is erased.")
    keep = kit.button(_("Keep their data"), Action.KEEP_DATA, erasure_id)
    return Words(text, [kit.section(text), kit.context(small), kit.buttons(keep)])


def former(sums: Mapping[tuple[Role, FormerCount], int]) -> list[Block]:
    """What is still counted of people who have been forgotten, over the months that began in the period."""
    lines = [
        f"{role}: " + ", ".join(f"{_SUMMED[counted]} {n:,}" for counted, n in _of_role(sums, role) if n)
        for role in Role
        if any(n for _counted, n in _of_role(sums, role))
    ]
    told = _("Forgotten colleagues did more in the months that began then. {sums}.").format(
        sums="; ".join(lines)
    )
    return [kit.context(told)] if lines else []


def _of_role(sums: Mapping[tuple[Role, FormerCount], int], role: Role) -> Iterator[tuple[FormerCount, int]]:
    return ((counted, n) for (of, counted), n in sums.items() if of is role and counted in _SUMMED)


def kept(name: str) -> str:
    return _("✓ The data of {name} is kept. You can erase it with `cornerman forget`.").format(
        name=said(name)
    )
