"""What a manager reads as the week begins."""

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.new_roles.monday import Because, Pick
from bot.core.enums import Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views import unasked
from bot.people.views.names import short_name
from bot.pipeline.views.plunger import clog_line
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.views.amounts import title


def told(picks: list[Pick], reader: Reader) -> Words:
    head = ngettext(
        "*Fifteen minutes for one of your people this week*",
        "*Fifteen minutes each for {n} of your people this week*",
        len(picks),
    ).format(n=len(picks))
    lines = [f"*{short_name(one.person.name)}*: {_why(one, reader)}\n→ {_what(one)}" for one in picks]
    note = _("Only you read this, as the week begins. `/scorecard team` shows all of them.")
    return Words(
        "\n\n".join([head, *lines]),
        [*kit.listed([head]), *map(kit.section, lines), unasked.stop_row(Unasked.MONDAY), kit.context(note)],
    )


def _why(pick: Pick, reader: Reader) -> str:
    if pick.clog:
        return clog_line(pick.clog, reader)
    if pick.metric:
        return _(
            "*{metric}* is below the role's middle, by the evidence of 13 weeks, and nobody coaches them."
        ).format(metric=title(pick.metric))
    if pick.because is Because.NEW:
        return _("in their first four weeks.")
    if pick.days is None:
        return _("has never been coached.")
    return ngettext("no coaching for {n} day.", "no coaching for {n} days.", pick.days).format(n=pick.days)


def _what(pick: Pick) -> str:
    if pick.metric:
        asked = _(DEFINITIONS[pick.metric].coach_asks[0])
        return _("listen to one call together, and ask: “{question}”").format(question=said(asked))
    return {
        Because.NEW: _(
            "sit in on one call, ask what surprised them, and leave the numbers alone; `/coach stories start` is "
            "theirs to read first."
        ),
        Because.STUCK: _("that one deal: who signs, by when, and which date do you two write down today?"),
        Because.BEHIND: "",
        Because.UNCOACHED: _(
            "ask what they would like help with, and from whom; `/scorecard pairs` makes it a pair."
        ),
    }[pick.because]
