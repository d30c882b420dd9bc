"""The digest as its manager sees it before the team does, and what came of the manager's choice."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.digest import Digest
from bot.domain.digest_plan import Standing
from bot.language import gettext as _
from bot.views import kit
from bot.views.digest import Words, channel
from bot.views.ids import Action
from bot.views.kit import said
from bot.views.reader import Reader


def preview(digest: Digest, reads: Reader, standing: Standing) -> Words:
    """What would be posted, for the manager's eyes, with what can be done about it."""
    change = kit.button(_("Change day or channel"), Action.CHANGE_DIGEST, digest.team.id)
    if digest.skip:
        return Words(_nothing(), [*nothing(), kit.buttons(change)])
    words = channel(digest, reads)
    note = kit.context(_("Only you see this.") + " " + _stands(digest, standing))
    return Words(words.text, [*words.blocks, note, kit.buttons(*_choices(digest, standing), change)])


def nothing() -> list[Block]:
    """In place of a digest with nothing to tell."""
    return [kit.section(_nothing())]


def _nothing() -> str:
    return _("There is nothing to post for this week yet: no digest is better than an empty one.")


def posted(digest: Digest, *, is_new: bool) -> str:
    if digest.skip:
        return _("There was nothing to post, so nothing was.")
    team = said(digest.team.name, limit=60)
    if is_new:
        return _("✓ The digest of {team} is on its way to its channel.").format(team=team)
    return _("The digest of {team} was posted already, so it was not posted again.").format(team=team)


def skipped_by_hand(*, is_new: bool) -> str:
    if is_new:
        return _("✓ Skipped. `/scorecard digest` posts it after all, if you change your mind.")
    return _("It was posted or skipped already, so nothing changed.")


def _stands(digest: Digest, standing: Standing) -> str:
    if standing.lost_id is not None:
        return _("Slack would not take it: mend the channel, then post it again.")
    if standing.is_told:
        return _("It was posted already.")
    if not digest.team.channel:
        return _("The team has no channel yet, so it cannot be posted.")
    return _("Posting it also tells each pair and each rep by message.")


def _choices(digest: Digest, standing: Standing) -> list[ButtonElement]:
    if standing.lost_id is not None:
        return [kit.button(_("Post again"), Action.DIGEST_AGAIN, standing.lost_id, style="primary")]
    if standing.is_told or not digest.team.channel:
        return []
    return [
        kit.button(_("Post now"), Action.POST_DIGEST, digest.team.id, style="primary"),
        kit.button(_("Skip this week"), Action.SKIP_DIGEST, digest.team.id),
    ]
