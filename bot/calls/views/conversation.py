"""A conversation in numbers, as its rep reads it: what was counted, never a judgement."""

from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.calls.domain.call import CallSummary
from bot.calls.domain.conversation import Conversation, Named
from bot.calls.domain.talk_trend import TalkTrend
from bot.core.enums import Role
from bot.core.i18n import gettext as _


def text(
    call: CallSummary,
    told: Conversation,
    reader: Reader,
    *,
    role: Role | None,
    middle: float | None,
    ticked: Named,
) -> str:
    """`ticked`: what the form has now for the rep to confirm."""
    return "\n".join(
        line
        for line in (
            _share(told, reader, role, middle),
            _("Longest stretch: yours {mine}, theirs {theirs}.").format(
                mine=_clock(told.longest_rep), theirs=_clock(told.longest_other)
            ),
            _questions(told, reader),
            _("The word changed hands {turns} times a minute.").format(
                turns=reader.number(told.turns_a_minute, digits=1)
            ),
            _ticked(ticked),
            _(
                "Counted from the transcript of your call with {who}; its words are forgotten, and no score uses this. "
                "A line worth telling you keep yourself: write it into the form's story."
            ).format(who=said(call.contact or call.company or _("somebody"), limit=80)),
        )
        if line
    )


def trend(told: TalkTrend, role: Role, reader: Reader) -> str:
    """On the rep's own card, for their eyes alone."""
    now, before, band = told.now, told.before, told.band
    lines = [
        _(
            "💬 *Conversation* (no part of the score): in your last {n} calls read you spoke {share} of the time"
        ).format(n=now.calls, share=reader.percent(now.share))
        + (_(", {share} before").format(share=reader.percent(before.share)) if before else "")
        + "."
    ]
    if now.questions_an_hour is not None:
        asked = _("You asked {n} questions an hour").format(n=reader.number(now.questions_an_hour))
        was = before.questions_an_hour if before else None
        lines.append(
            asked + (_(", {n} before").format(n=reader.number(was)) if was is not None else "") + "."
        )
    if band:
        lines.append(
            _("Most calls of {role}s that moved on lie between {low} and {high}.").format(
                role=role.value, low=reader.percent(band.low), high=reader.percent(band.high)
            )
        )
    return " ".join(lines)


def _ticked(ticked: Named) -> str:
    match ticked.timeline, ticked.authority:
        case True, True:
            return _("It sounds as if a date and somebody who decides were named: confirm both in the form.")
        case True, False:
            return _("It sounds as if a date was named: confirm it in the form, where it is ticked.")
        case False, True:
            return _(
                "It sounds as if somebody who decides was named: confirm it in the form, where it is ticked."
            )
    return ""


def off() -> str:
    return _(
        "Transcripts are not read here, so I have left yours alone. "
        "An admin can agree to it with `/scorecard transcripts on`."
    )


def switched(*, on: bool) -> str:
    if on:
        return _(
            "From now on a rep may drop a transcript into the thread of a question. I count who spoke how long and "
            "what was asked, tell that rep alone, and forget the words. See docs/privacy.md."
        )
    return _(
        "Transcripts are not read any more. What was counted until now stays until its rep is forgotten."
    )


def stands(*, on: bool) -> str:
    state = _("on") if on else _("off")
    return _("Reading transcripts is *{state}*. Say `/scorecard transcripts on` or `off`.").format(
        state=state
    )


def _share(told: Conversation, reader: Reader, role: Role | None, middle: float | None) -> str:
    mine = reader.percent(told.share)
    if role is None or middle is None:
        return _("You spoke *{share}* of the time.").format(share=mine)
    return _("You spoke *{share}* of the time; the middle of {role}s here is {middle}.").format(
        share=mine, role=role.value, middle=reader.percent(middle)
    )


def _questions(told: Conversation, reader: Reader) -> str:
    """Nothing where the language writes no sign for them."""
    an_hour = told.questions_an_hour
    if an_hour is None:
        return ""
    asked = _("You asked {an_hour} questions an hour").format(an_hour=reader.number(an_hour))
    if told.first_question is None:
        return f"{asked}."
    return _("{asked}, the first after {first}.").format(asked=asked, first=_clock(told.first_question))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
