"""The digest as its manager sees it before the team does, and what came of the manager's choice."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.i18n import gettext as _
from bot.digest.domain.digest import Digest
from bot.digest.domain.plan import Standing
from bot.digest.views.channel import channel
from bot.digest.views.plan import when


def preview(digest: Digest, reads: Reader, standing: Standing) -> Words:
    """The digest to come as it stands, for the manager's eyes, with what can be done about it."""
    change = kit.button(_("Change day or channel"), Action.CHANGE_DIGEST, digest.team.id)
    note = kit.context(_("Only you see this.") + " " + _stands(standing, reads))
    buttons = kit.buttons(*_choices(digest, standing), change)
    if digest.skip:
        return Words(_nothing(), [*nothing(), note, buttons])
    words = channel(digest, reads)
    return Words(words.text, [*words.blocks, note, buttons])


def as_posted(text: str) -> str:
    return _("As it stands in the channel:") + "\n\n" + text


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
        return _("✓ Skipped. If you change your mind, `/scorecard digest` posts it once its week is over.")
    return _("It was posted or skipped already, so nothing changed.")


def _stands(standing: Standing, reads: Reader) -> str:
    if standing.lost_id is not None:
        return _("Slack would not take it: mend the channel, then post it again.")
    if standing.comes_at is None:
        return _("The team has no channel yet, so it cannot be posted.")
    if standing.comes_late:
        return _("It was not posted; the next one comes {moment}.").format(
            moment=when(standing.comes_at, reads)
        )
    told = _("It comes {moment}; until then its numbers, its story and its pairs may still change.").format(
        moment=when(standing.comes_at, reads)
    )
    if standing.skipped:
        day = reads.day(standing.skipped)
        return _("The digest on the week of {day} was skipped.").format(day=day) + " " + told
    if standing.posted is not None and standing.postable is None:
        return _("The last one was posted already.") + " " + told
    return told


def _choices(digest: Digest, standing: Standing) -> list[ButtonElement]:
    if standing.lost_id is not None:
        return [kit.button(_("Post again"), Action.DIGEST_AGAIN, standing.lost_id, style="primary")]
    if standing.comes_at is None:
        return []
    chosen = []
    is_skipped = standing.postable is not None and standing.skipped == standing.postable
    if is_skipped or (standing.postable == standing.week and not digest.skip):
        label = _("Post it after all") if is_skipped else _("Post now")
        chosen.append(kit.button(label, Action.POST_DIGEST, digest.team.id, style="primary"))
    if standing.posted is not None:
        chosen.append(kit.button(_("What was posted"), Action.SHOW_POSTED, standing.posted))
    chosen.append(kit.button(_("Skip this one"), Action.SKIP_DIGEST, digest.team.id))
    return chosen
