"""Questions about messages of which nobody knows whether they arrived."""

from slack_sdk.models.blocks import Block

from bot.language import gettext as _
from bot.views import kit
from bot.views.ids import Action
from bot.views.kit import said


def digest_text(team: str, channel: str) -> str:
    return _(
        "Slack did not tell whether the digest of *{team}* arrived in <#{channel}>. Please have a look: did it?"
    ).format(team=said(team), channel=channel)


def digest(team: str, channel: str, message_id: int) -> list[Block]:
    return [
        kit.section(digest_text(team, channel)),
        kit.buttons(
            kit.button(_("It arrived"), Action.DIGEST_ARRIVED, message_id),
            kit.button(_("Post it again"), Action.DIGEST_AGAIN, message_id),
        ),
    ]


def settled(team: str, *, arrived: bool) -> str:
    if arrived:
        return _("Thank you: the digest of *{team}* arrived.").format(team=said(team))
    return _("Thank you: the digest of *{team}* is posted again.").format(team=said(team))


def file_text() -> str:
    return _(
        "Slack did not tell whether the file you asked for arrived. If it did not, please ask for it again."
    )
