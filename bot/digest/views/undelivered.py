"""What is read about a message that Slack will not take, or of which nobody knows whether it arrived."""

from collections.abc import Mapping

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.words import Words
from bot.core.enums import OutboxKind
from bot.core.i18n import gettext as _

COMMANDS: Mapping[str, str] = {
    "scorecards.xlsx": "cornerman export -o scorecards.xlsx",
    "debriefs.xlsx": "cornerman offline-sheet --rep WHO -o debriefs.xlsx",
    "refused.csv": "cornerman import FILE",
}
"""By the name of a file, what writes the same file where the program runs."""

WHAT: Mapping[OutboxKind, str] = {
    OutboxKind.PROMPT: _("the question after a call, which waits in the Home tab"),
    OutboxKind.REMINDER: _("a reminder"),
    OutboxKind.PAIR: _("the word about a coaching pair"),
    OutboxKind.FEEDBACK: _("feedback on a call"),
}


def refused(team: str, why: str, team_id: int, message_id: int) -> Words:
    text = _(
        "The digest of *{team}* could not be posted: {why} Nothing is lost: mend it, then post it."
    ).format(team=said(team), why=_reason(why))
    buttons = kit.buttons(
        kit.button(_("Post again"), Action.DIGEST_AGAIN, message_id, style="primary"),
        kit.button(_("Change day or channel"), Action.CHANGE_DIGEST, team_id),
    )
    return Words(text, [kit.section(text), buttons])


def refused_file(name: str, why: str) -> str:
    command = COMMANDS.get(name, "cornerman --help")
    return _(
        "I cannot send you {name}: {why} Whoever runs Cornerman can write the same file with `{command}`."
    ).format(name=said(name, limit=80), why=_reason(why), command=command)


def refused_to(name: str, kind: OutboxKind, why: str) -> str:
    return _(
        "{name} did not get {what}: {why} Further ones today are not told of. Your admin sees them all with "
        "`cornerman outbox list`."
    ).format(name=said(name), what=WHAT.get(kind, _("a message")), why=_reason(why))


def _reason(code: str) -> str:
    match code:
        case "channel_not_found":
            return _("its channel was deleted, or is private and I am not in it.")
        case "is_archived":
            return _("its channel is archived.")
        case "not_in_channel":
            return _("I am not in its channel. `/invite` me there, or choose another.")
        case "missing_scope":
            return _(
                "Slack has not granted me the scope for it. Your admin adds it on the app's page OAuth & Permissions "
                "and installs the app again."
            )
        case "cannot_dm_bot" | "user_disabled" | "user_not_found" | "users_not_found":
            return _("the account is closed, or Slack does not let me write to it.")
        case _:
            return _("Slack would not take it ({code}).").format(code=said(code, limit=60))


def did_it_arrive(team: str, channel: str, message_id: int) -> Words:
    text = _(
        "Slack did not tell whether the digest of *{team}* arrived in <#{channel}>. Please have a look: did it?"
    ).format(team=said(team), channel=channel)
    buttons = kit.buttons(
        kit.button(_("It arrived"), Action.DIGEST_ARRIVED, message_id),
        kit.button(_("Post it again"), Action.DIGEST_AGAIN, message_id),
    )
    return Words(text, [kit.section(text), buttons])


def settled(team: str, *, arrived: bool) -> str:
    if arrived:
        return _("Thank you: the digest of *{team}* arrived.").format(team=said(team))
    return _(
        "I try again to post the digest of *{team}*. If Slack will not take it, you hear of it here."
    ).format(team=said(team))


def file() -> str:
    return _(
        "Slack did not tell whether the file you asked for arrived. If it did not, please ask for it again."
    )
