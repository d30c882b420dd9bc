"""Stories: the question whether to share one, and those that are shared."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ContextBlock

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.words import Words
from bot.core.enums import StoryKind, Unasked
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import TAGS
from bot.debriefs.domain.debrief import label as tag_label
from bot.debriefs.domain.stories import OurAnswer, StoryTold
from bot.people.views import unasked
from bot.people.views.names import short_name

ASKED_LIMIT = 300


def question(story_id: int, story: StoryTold, *, named: bool) -> Words:
    """A loss told well is thanked for as such."""
    how = _("with your name") if named else _("without your name, as you wished")
    asked = {
        StoryKind.WIN: _(
            "A good story: “{told}”\nShare it with the team? It is told {how}, and may be the week's."
        ),
        StoryKind.LOSS: _(
            "Thank you for telling how this one was lost: “{told}”\nWhat it taught you can spare a teammate the same. "
            "Share it with the team? It is told {how}."
        ),
    }[story.kind]
    text = asked.format(told=said(story.told, limit=ASKED_LIMIT), how=how)
    buttons = kit.buttons(
        kit.button(_("Share it"), Action.SHARE_STORY, story_id, style="primary"),
        kit.button(_("Keep it private"), Action.KEEP_STORY, story_id),
    )
    return Words(text, [kit.section(text), buttons, kit.context(_("Nobody sees it unless you say so."))])


def our_answer(found: OurAnswer) -> Words:
    """In the thread of the question, to the rep who has just picked the tag."""
    text = _our_answer(found)
    acts = kit.buttons(
        kit.button(_("Helped"), Action.STORY_HELPED, found.id),
        kit.button(_("Not for me"), Action.STORY_NOT_FOR_ME, found.id),
        unasked.stop(Unasked.OUR_ANSWER),
    )
    note = kit.context(_("Only you see this; one a day at most. Stories that help rise, the others sink."))
    return Words(text, [kit.section(text), acts, note])


def heard(found: OurAnswer, *, helped: bool) -> Words:
    said_so = _("✓ It helped you.") if helped else _("✓ Not for you; you are not shown it again.")
    text = f"{_our_answer(found)}\n{said_so}" if found.story else f"{said_so} {_taken_back()}"
    return Words(text, [kit.section(text)])


def _our_answer(found: OurAnswer) -> str:
    about = said(_(tag_label(found.tag)), limit=40)
    head = _("How a teammate won with *{tag}*:").format(tag=about)
    return f"{head}\n{line(found.story)}" if found.story else _taken_back()


def _taken_back() -> str:
    return _("Its author keeps the story private now.")


def answered(story_id: int, told: str, *, shared: bool) -> Words:
    """The answer, and the way back."""
    text = _("✓ Shared with the team: “{told}”") if shared else _("✓ Kept private: “{told}”")
    text = text.format(told=said(told, limit=ASKED_LIMIT))
    back = (
        kit.button(_("Keep it private"), Action.KEEP_STORY, story_id)
        if shared
        else kit.button(_("Share it"), Action.SHARE_STORY, story_id)
    )
    return Words(text, [kit.section(text), kit.buttons(back)])


def listed(stories: Sequence[StoryTold], asked: str) -> str:
    """Those that were looked for, or the latest of any."""
    about = said(asked, limit=60)
    if not stories:
        none = (
            _("Nobody has shared a story about {tag} yet.").format(tag=about)
            if asked
            else _("No stories yet.")
        )
        tags = ", ".join(f"`{one}`" for one in TAGS)
        return none + " " + _("Stories come from debriefs; the tags are {tags}.").format(tags=tags)
    head = _("*Stories about {tag}*").format(tag=about) if asked else _("*The latest stories*")
    return "\n".join([head, *(line(one) for one in stories), how_to_look()])


def shelf(stories: Sequence[StoryTold]) -> str:
    """For who is new."""
    if not stories:
        return _("No stories yet.") + " " + _("They come from debriefs, once somebody shares one.")
    head = _("*Read these first*: what helped your team most, each on another topic")
    return "\n".join([head, *(line(one) for one in stories), how_to_look()])


def welcome() -> ContextBlock:
    """In the Home tab of who is new."""
    return kit.context(_("📚 New here? `/coach stories start` has what helped your team most, a topic each."))


def how_to_look() -> str:
    return _(
        "Look for words, a topic, a product, `won` or `lost`: `/coach stories pricing lost`. "
        "New here? `/coach stories start`."
    )


def line(story: StoryTold) -> str:
    """With its author's name, where they are named."""
    sign = "🏆" if story.kind is StoryKind.WIN else "🧭"
    about = f" ({said(story.product, limit=40)})" if story.product else ""
    by = f" – {short_name(story.author.name)}" if story.author else ""
    return f"{sign} {said(story.told, limit=ASKED_LIMIT)}{about}{by}"
