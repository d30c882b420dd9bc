"""Help during a call, as the asker and the teammates read it."""

from collections.abc import Sequence

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.words import Words
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import label as tag_label
from bot.debriefs.domain.stories import StoryTold
from bot.debriefs.views.stories import line


def begun(topic: str, stories: Sequence[StoryTold], *, is_new: bool) -> str:
    """At once, for the one on the phone: what has helped others, while a teammate is asked."""
    asking = (
        _("I am asking a teammate who is strong on *{topic}*; whoever is on it writes to you.")
        if is_new
        else _("I am asking already; whoever is on *{topic}* writes to you.")
    ).format(topic=_label(topic))
    if not stories:
        return asking
    return "\n".join([asking, _("Meanwhile, what worked for others:"), *(line(one) for one in stories)])


def question(request_id: int, asker: str, topic: str) -> Words:
    text = _("*{asker}* is on a call and needs help with *{topic}*, right now.").format(
        asker=said(asker, limit=80), topic=_label(topic)
    )
    small = _("No time? Leave it: in a minute I ask somebody else. You are not asked again for an hour.")
    on_it = kit.button(_("I'm on it"), Action.HELP_NOW, request_id, style="primary")
    return Words(text, [kit.section(text), kit.buttons(on_it), kit.context(small)])


def on_it(asker: str, slack_user: str | None, topic: str) -> Words:
    """What the helper's question turns into; the mention opens the way to them."""
    told = _("✓ You are on it. Write to {person}: they need help with *{topic}*.")
    return _with_mention(told, asker, slack_user, topic)


def taken(helper: str) -> Words:
    """What everybody else's question turns into."""
    text = _("{helper} is on it already. Thank you for being there.").format(helper=said(helper, limit=80))
    return Words(text, [kit.section(text)])


def help_comes(helper: str, slack_user: str | None, topic: str) -> Words:
    told = _("{person} is on it and writes to you about *{topic}*.")
    return _with_mention(told, helper, slack_user, topic)


def nobody_left(topic: str, *, asked: int) -> str:
    if asked:
        return _("Nobody else who is strong on *{topic}* is free. Those I asked may still answer.").format(
            topic=_label(topic)
        )
    return _(
        "Nobody who is strong on *{topic}* is free right now. `/coach stories {word}` has what helped others."
    ).format(topic=_label(topic), word=topic.replace("_", " "))


def _with_mention(told: str, name: str, slack_user: str | None, topic: str) -> Words:
    """What a notification reads aloud has the name; the message the way to them."""
    name, about = said(name, limit=80), _label(topic)
    way = f"<@{slack_user}>" if slack_user else name
    return Words(told.format(person=name, topic=about), [kit.section(told.format(person=way, topic=about))])


def _label(topic: str) -> str:
    return said(_(tag_label(topic)), limit=40)
