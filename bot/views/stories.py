"""Stories: the question whether to share one, and those that are shared."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.debriefs import TAGS
from bot.domain.digest import StoryTold
from bot.language import gettext as _
from bot.views import kit
from bot.views.ids import Action
from bot.views.kit import said
from bot.views.pairing import name
from bot.words import StoryKind

ASKED_LIMIT = 300


def question_text(told: str, *, named: bool) -> str:
    how = _("with your name") if named else _("without your name, as you wished")
    return _(
        "A good story: “{told}”\nShare it with the team? It is told {how}, and may be the week's."
    ).format(told=said(told, limit=ASKED_LIMIT), how=how)


def question(story_id: int, told: str, *, named: bool) -> list[Block]:
    return [
        kit.section(question_text(told, named=named)),
        kit.buttons(
            kit.button(_("Share it"), Action.SHARE_STORY, story_id, style="primary"),
            kit.button(_("Keep it private"), Action.KEEP_STORY, story_id),
        ),
        kit.context(_("Nobody sees it unless you say so.")),
    ]


def answered_text(told: str, *, shared: bool) -> str:
    words = said(told, limit=ASKED_LIMIT)
    if shared:
        return _("✓ Shared with the team: “{told}”").format(told=words)
    return _("✓ Kept private: “{told}”").format(told=words)


def answered(story_id: int, told: str, *, shared: bool) -> list[Block]:
    """The answer, and the way back."""
    back = (
        kit.button(_("Keep it private"), Action.KEEP_STORY, story_id)
        if shared
        else kit.button(_("Share it"), Action.SHARE_STORY, story_id)
    )
    return [kit.section(answered_text(told, shared=shared)), kit.buttons(back)]


def listed(stories: Sequence[StoryTold], tag: str | None) -> str:
    """Those of a tag, or the latest of any."""
    about = said(_(TAGS.get(tag, tag)), limit=40) if tag else ""
    if not stories:
        none = (
            _("Nobody has shared a story about {tag} yet.").format(tag=about) if tag else _("No stories yet.")
        )
        tags = ", ".join(f"`{one}`" for one in TAGS)
        return none + " " + _("Stories come from debriefs; the tags are {tags}.").format(tags=tags)
    head = _("*Stories about {tag}*").format(tag=about) if tag else _("*The latest stories*")
    return "\n".join([head, *(line(one) for one in stories)])


def line(story: StoryTold) -> str:
    """With its author's name, where they are named."""
    sign = "🏆" if story.kind is StoryKind.WIN else "🧭"
    by = f" – {name(story.author.name)}" if story.author else ""
    return f"{sign} {said(story.told, limit=ASKED_LIMIT)}{by}"
