"""What the keepers of a team read when Slack will not take its digest."""

from slack_sdk.models.blocks import Block

from bot.language import gettext as _
from bot.views import kit
from bot.views.ids import Action
from bot.views.kit import said


def digest_text(team: str, why: str) -> str:
    return _(
        "The digest of *{team}* could not be posted: {why} Nothing is lost: mend it, then post it."
    ).format(team=said(team), why=_reason(why))


def digest(team: str, why: str, team_id: int, message_id: int) -> list[Block]:
    return [
        kit.section(digest_text(team, why)),
        kit.buttons(
            kit.button(_("Post again"), Action.DIGEST_AGAIN, message_id, style="primary"),
            kit.button(_("Change day or channel"), Action.CHANGE_DIGEST, team_id),
        ),
    ]


def _reason(code: str) -> str:
    match code:
        case "channel_not_found":
            return _("its channel was deleted, or is private and I am not in it.")
        case "is_archived":
            return _("its channel is archived.")
        case "not_in_channel":
            return _("I am not in its channel any more. `/invite` me there, or choose another.")
        case _:
            return _("Slack would not take it ({code}).").format(code=said(code, limit=60))
