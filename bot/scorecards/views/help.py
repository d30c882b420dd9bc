"""What one can ask: the handful that is one's own, and all of it."""

from collections.abc import Set
from typing import Any

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.slash import SlashWords, Whom
from bot.blocks.words import Words
from bot.core.enums import Role
from bot.core.i18n import gettext as _
from bot.scorecards.domain.command import near_period


def usage(roles: Set[Role], *, is_admin: bool) -> Words:
    """For this person, in eight lines."""
    lines = [*_first(roles, is_admin=is_admin), _("`/scorecard help all` everything there is")]
    text = "\n".join([_("*What you can ask*"), *(f"• {line}" for line in lines)])
    return Words(text, [kit.section(text)])


def whole(words: SlashWords[Any]) -> Words:
    parts = [
        _listed(_("For everybody"), words, Whom.EVERYBODY),
        _listed(_("For those who lead a team"), words, Whom.LEADS),
        _listed(_("For admins"), words, Whom.ADMINS),
        _("`/debrief`, `/handoff help` and `/coach help` tell the rest."),
    ]
    return Words("\n".join(parts), [kit.section(part) for part in parts])


def not_understood(words: SlashWords[Any], unknown: str, elsewhere: str) -> str | None:
    """What was probably meant by what was typed, in a line; `elsewhere` is another command's word. None: no idea."""
    meant = elsewhere or near_period(unknown) or words.nearest(unknown)
    if not meant:
        return None
    told = _("I do not understand “{words}”. Did you mean `{command}`?")
    return told.format(words=said(unknown, limit=60), command=meant)


def unknown(words: str, usage: Words) -> Words:
    """Nothing of ours is near it."""
    first = _("I do not understand “{words}”.").format(words=said(words, limit=60))
    return Words(f"{first}\n{usage.text}", [kit.section(first), *usage.blocks])


def _first(roles: Set[Role], *, is_admin: bool) -> list[str]:
    """The seven that matter most: of whoever sells, else leads, else looks after the program."""
    if Role.MANAGER in roles:
        return [
            _("`/scorecard team` your reps at a glance, `/scorecard @name` one of them"),
            _("`/scorecard map` who is effective, who is efficient, as a picture"),
            _(
                "`/scorecard digest` what the channel would read; `/scorecard pairs` who would coach whom, and why"
            ),
            _("`/scorecard targets SDR` what a role should reach; `/scorecard roster` who is in your team"),
            _("`/scorecard disputes` what reps say is wrong with a number"),
            _("`/scorecard export` the workbook; a time goes after any of them: `last month`, `2026-Q4`"),
            _("`/handoff criteria` the checklist for leads; `/coach propose @name` asks somebody to coach"),
        ]
    if is_admin and not roles:
        return [
            _("`/scorecard setup` channels, teams and call sources, step by step"),
            _("`/scorecard team East` a team at a glance, `/scorecard @name` a rep"),
            _("`/scorecard roster` who is in which team; `/scorecard export` the workbook"),
            _("`/scorecard agents` whose calls these are, where a source names somebody I do not know"),
            _("`/scorecard transcripts on` lets reps drop transcripts, to be counted and forgotten"),
            _("`/scorecard audit` who looked at or changed what"),
            _("`/handoff criteria` the checklist for leads; `/coach help` how coaching works"),
        ]
    return [
        _("`/scorecard` your own numbers; a time goes after it: `last week`, `October`, `2026-Q4`"),
        _(
            "`/scorecard where` where you stand, for your eyes alone; `/scorecard top` who is top in your team"
        ),
        _("`/debrief` log a call and write its debrief"),
        _work_of(roles),
        _(
            "`/coach now pricing` stuck on a call? A teammate is asked; `/coach stories` what your team shares"
        ),
        _("`/coach on` coach others; `/coach help` the rest of coaching"),
        _("`/scorecard away 3-14 Aug` your days off; `/scorecard export` your numbers as a workbook"),
    ]


def _work_of(roles: Set[Role]) -> str:
    if Role.AE in roles:
        return _("`/scorecard deal` add a deal, or say how one goes")
    if Role.AM in roles:
        return _("`/scorecard account` say what an account is worth")
    return _("`/handoff` pass a lead to an AE")


def _listed(title: str, words: SlashWords[Any], whom: Whom) -> str:
    return "\n".join([f"*{title}*", *(f"{how} – {_(says)}" for how, says in words.lines(whom))])
