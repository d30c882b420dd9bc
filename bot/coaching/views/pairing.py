"""A pair as its two people read it: why, what to do, that they met, and what came of it."""

from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.pairs import Why
from bot.coaching.domain.plans import PlannedPair, Waiting
from bot.coaching.views.reasons import reason_to_learner
from bot.core.enums import Metric
from bot.core.i18n import gettext as _
from bot.people.views.names import short_name
from bot.scorecards.views.figures import title

CYCLE_WEEKS = 4


def to_learner(pair: PlannedPair, reads: Reader) -> Words:
    """The question whether they want this coach, spoken to the learner."""
    coach = short_name(pair.coach.name)
    headline = _would_you_like(pair.coach.name, pair.metric)
    asked = kit.buttons(
        kit.button(_("Accept"), Action.PAIR_ACCEPT, pair.id or "", style="primary"),
        kit.button(_("Not this time"), Action.PAIR_DECLINE, pair.id or ""),
    )
    small = _("Accepting lets {coach} read your debriefs that are about {metric}, and nothing else.").format(
        coach=coach, metric=title(pair.metric)
    )
    if pair.answer_by:
        small += " " + _("Please answer by {day}; after that the place is offered to somebody else.").format(
            day=reads.weekday(pair.answer_by)
        )
    return message(headline, reason_to_learner(pair, reads), small, asked)


def _would_you_like(coach: str, metric: Metric) -> str:
    return _("Would you like *{coach}* as your coach for four weeks, on *{metric}*?").format(
        coach=short_name(coach), metric=title(metric)
    )


def to_coach(pair: PlannedPair, reads: Reader) -> Words:
    """Before the learner has said yes, without their figures."""
    headline = _("I asked *{learner}* whether you coach them for four weeks, on *{metric}*.").format(
        learner=short_name(pair.learner.name), metric=title(pair.metric)
    )
    small = _("Until they answer your place is kept.")
    if pair.answer_by:
        small = _("Until they answer, by {day} at the latest, your place is kept.").format(
            day=reads.weekday(pair.answer_by)
        )
    actions = kit.buttons(kit.button(_("Not this time"), Action.PAIR_DECLINE, pair.id or ""))
    return message(headline, "", small, actions)


def accepted(other: str, metric: Metric, pairing_id: int, begins: date | None, reads: Reader) -> Words:
    """What the learner's question turns into; `begins` is the Monday of the first week, None for the running one."""
    told = _("✓ You and *{other}* meet this week, on *{metric}*.")
    if begins:
        told = _("✓ You and *{other}* meet from the week of {day} on, on *{metric}*.")
    headline = told.format(
        other=short_name(other), metric=title(metric), day=reads.day(begins) if begins else ""
    )
    return message(headline, _worksheet(), "", kit.buttons(_met_button(pairing_id)))


def heard_yes(learner: str, metric: Metric, begins: date | None, reads: Reader) -> str:
    told = _("{learner} said yes to working with you on {metric}.").format(
        learner=short_name(learner), metric=title(metric)
    )
    when = (
        _("Your first week is that of {day}; then I bring you together with a time.").format(
            day=reads.day(begins)
        )
        if begins
        else _("I bring you two together with a time.")
    )
    return f"{told} {when}"


def called_off(other: str, *, again: bool) -> str:
    """What the one who declined reads; `again`: they are a learner for whom another coach is looked for."""
    told = _("Your pair with {other} ends here. No reason needed.").format(other=short_name(other))
    return f"{told} {_another()}" if again else told


def said_no(other: str, pairing_id: int, *, again: bool) -> Words:
    """The same, as long as it can be undone."""
    text = called_off(other, again=again)
    small = _("It can be undone for five minutes; until then nobody hears of it.")
    return message(text, "", small, kit.buttons(kit.button(_("Undo"), Action.PAIR_NO_UNDO, pairing_id)))


def asked_again(other: str, metric: Metric, pairing_id: int, *, is_asked: bool) -> Words:
    """After a no was taken back; `is_asked`: a learner who has not answered before."""
    no = kit.button(_("Not this time"), Action.PAIR_DECLINE, pairing_id)
    if not is_asked:
        told = _("✓ Taken back: your pair with *{other}* stays as it was, on *{metric}*.")
        return message(told.format(other=short_name(other), metric=title(metric)), "", "", kit.buttons(no))
    yes = kit.button(_("Accept"), Action.PAIR_ACCEPT, pairing_id, style="primary")
    return message(_would_you_like(other, metric), "", "", kit.buttons(yes, no))


def heard_no(other: str, *, i_coach: bool, again: bool) -> str:
    """What the one on the other side reads, who coaches (`i_coach`) or learns."""
    told = _("Your pair with {other} ends here.").format(other=short_name(other))
    if i_coach:
        return told + " " + _("Your place is free for somebody who waits.")
    return f"{told} {_another() if again else _next_week()}"


def left(other: str, *, i_coach: bool, again: bool = True) -> str:
    """The other side is no longer on the roster, or coaches no more; `again`: another coach is looked for at once."""
    told = _("{name} cannot go on with you, so your pair ends here.").format(name=short_name(other))
    if i_coach:
        return told + " " + _("Your place is free for somebody who waits.")
    return f"{told} {_another() if again else _next_week()}"


def waits(waiting: Waiting, reads: Reader) -> str:
    """Why a learner has no coach this week, and when that may change; blank for who asked for none."""
    if waiting.why is Why.RESTING and waiting.until is not None:
        return _("No new pair yet: the coach who fits you best rests with you until {day}.").format(
            day=reads.day(waiting.until)
        )
    if waiting.why is Why.LOT and waiting.until is not None:
        return _(
            "No pair this week: your numbers and a colleague's ask for a coach alike, and the other place was drawn by "
            "lot. It is your turn when it is free again, in the week of {day}."
        ).format(day=reads.day(waiting.until))
    return _reasons().get(waiting.why, "")


def _another() -> str:
    return _(
        "If another coach is free, you hear of it at once; else with the next pairs, as the week begins."
    )


def _next_week() -> str:
    return _("The next pairs are made as the next week begins.")


def _worksheet() -> str:
    return _("I bring you two together in a message of your own, with a time and the worksheet.")


def _met_button(pairing_id: int | str) -> ButtonElement:
    return kit.button(_("We met"), Action.PAIR_MET, pairing_id, style="primary")


def message(headline: str, why: str, small: str, actions: Block) -> Words:
    lines = "\n".join(line for line in (headline, why) if line)
    grey = [kit.context(small)] if small else []
    text = "\n".join(line for line in (headline, why, small) if line)
    return Words(text, [kit.section(lines), *grey, actions])


def _reasons() -> dict[Why, str]:
    return {
        Why.AWAY: _("No pair this week: you are away. The next ones are made as next week begins."),
        Why.COACH_AWAY: _("Your coach is away this week; you go on together when they are back."),
        Why.SILENT: _("No new pair now: records that your numbers rest on have stopped coming."),
        Why.NO_FOCUS: _("No pair now: no gap in your numbers is worth four weeks of a coach."),
        Why.NO_COACH: _(
            "No pair this week: nobody who coaches is strong in what would help you most. I look again next week."
        ),
        Why.NO_SHARED_HOURS: _(
            "No pair this week: the coaches who fit you work while you sleep. I look again next week."
        ),
        Why.ALL_TAKEN: _(
            "No pair yet: the coaches who fit you have their hands full. I look again as soon as a place comes free, "
            "next week at the latest."
        ),
    }


def met_form(pairing_id: int, other: str, meeting: tuple[int, str, int | None], *, i_coach: bool) -> Modal:
    """Minutes, one commitment, and the learner's rating; `meeting` is what is written down already."""
    minutes, commitment, rating = meeting
    asked: list[Block] = [
        kit.context(_("You and {other}").format(other=short_name(other))),
        kit.ask(
            _("How many minutes?"),
            Input.MINUTES,
            PlainTextInputElement(initial_value=str(minutes), max_length=3),
            optional=False,
        ),
        kit.ask(
            _("The one commitment"),
            Input.COMMITMENT,
            PlainTextInputElement(initial_value=commitment or None, max_length=500),
            hint=_(
                "One thing to do on the next calls. It falls due in a week; without one the time earns no credit."
            ),
        ),
    ]
    if not i_coach:
        asked.append(kit.ask(_("How helpful was it?"), Input.RATING, _ratings(rating)))
    return kit.modal(View.PAIR_MET, _("We met"), asked, submit=_("Save"), about=pairing_id)


def met(other: str, minutes: int, commitment: str) -> str:
    told = _("✓ You met {other} for {minutes} minutes.").format(other=short_name(other), minutes=minutes)
    if not commitment:
        return told
    return told + " " + _("The commitment: {words}").format(words=said(commitment, limit=300))


def heard_met(other: str, minutes: int, commitment: str, pairing_id: int) -> Words:
    """What the other side reads once one has written the meeting down."""
    text = _("{other} wrote down your meeting: {minutes} minutes.").format(
        other=short_name(other), minutes=minutes
    )
    promised = _("The commitment: {words}").format(words=said(commitment, limit=300)) if commitment else ""
    return message(text, promised, "", kit.buttons(kit.button(_("Look or add"), Action.PAIR_MET, pairing_id)))


def _ratings(given: int | None) -> StaticSelectElement:
    labels = {
        5: _("5 – very"),
        4: _("4 – a good deal"),
        3: _("3 – somewhat"),
        2: _("2 – a little"),
        1: _("1 – not"),
    }
    options = {number: kit.option(label, str(number)) for number, label in labels.items()}
    return StaticSelectElement(
        options=list(options.values()), initial_option=options[given] if given else None
    )
