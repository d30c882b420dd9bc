"""A pair as its two people read it: why, what to do, and what came of it."""

from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View as Modal

from bot.domain.pairing import Reason, Why
from bot.domain.plans import PlannedPair, Waiting
from bot.language import gettext as _
from bot.views import kit
from bot.views.amounts import amount, title
from bot.views.ids import Action, Input, View
from bot.views.kit import said
from bot.views.reader import Reader, reader
from bot.words import Metric

ENGLISH = reader("en-US", ZoneInfo("UTC"))
CYCLE_WEEKS = 4
NAME_LIMIT = 40


def name(words: str) -> str:
    return said(words, limit=NAME_LIMIT)


def reason(pair: PlannedPair, reads: Reader) -> str:
    """One sentence with its numbers, for the two of them."""
    coach, learner, metric = name(pair.coach.name), name(pair.learner.name), pair.reason.metric
    if pair.reason.learner is None:
        return _("Your manager asked for this pair, on {metric}.").format(metric=title(metric))
    figures = {
        "coach": coach,
        "learner": learner,
        "metric": title(metric),
        "gap": amount(metric, pair.reason.learner.value, reads),
        "middle": amount(metric, pair.reason.learner.middle, reads),
        "strength": strengths(pair.reason, reads),
    }
    if not pair.reason.coach:
        return _(
            "{learner} has most to gain in {metric}: {gap}, where the role's middle is {middle}."
        ).format(**figures)
    return _(
        "{learner} has most to gain in {metric}: {gap}, where the role's middle is {middle}. {coach} is strong "
        "there: {strength}."
    ).format(**figures)


def english(pair: PlannedPair) -> str:
    """The reason as it is kept."""
    return reason(pair, ENGLISH)


def strengths(why: Reason, reads: Reader, *, named: Metric | None = None) -> str:
    """`Discernment 61%, Handoff feedback 80%`; of the metric that was just `named`, `61%` alone."""
    return ", ".join(
        f"{'' if metric is named else title(metric)} {amount(metric, skill.value, reads)}".lstrip()
        for metric, skill in why.coach.items()
    )


def to_learner(pair: PlannedPair, reads: Reader) -> tuple[str, list[Block]]:
    """Text and blocks of the learner's message; a pair that goes on asks nothing anew."""
    headline = _("*{coach}* is your coach {when}, on *{metric}*.").format(
        coach=name(pair.coach.name), when=_when(pair), metric=title(pair.metric)
    )
    if pair.agreed:
        return _message(headline, reason(pair, reads), _worksheet(), _going_on(pair))
    asked = kit.buttons(
        kit.button(_("Accept"), Action.PAIR_ACCEPT, pair.id or "", style="primary"),
        kit.button(_("Not this time"), Action.PAIR_DECLINE, pair.id or ""),
    )
    shares = _("Accepting shares the week's debriefs with {coach}.").format(coach=name(pair.coach.name))
    return _message(headline, reason(pair, reads), shares, asked)


def to_coach(pair: PlannedPair, reads: Reader) -> tuple[str, list[Block]]:
    headline = _("You coach *{learner}* {when}, on *{metric}*.").format(
        learner=name(pair.learner.name), when=_when(pair), metric=title(pair.metric)
    )
    return _message(headline, reason(pair, reads), _worksheet(), _going_on(pair))


def accepted(other: str, metric: Metric, pairing_id: int) -> tuple[str, list[Block]]:
    """What the learner's question turns into."""
    headline = _("✓ You and *{other}* meet this week, on *{metric}*.").format(
        other=name(other), metric=title(metric)
    )
    return _message(headline, _worksheet(), "", kit.buttons(_met_button(pairing_id)))


def heard_yes(learner: str, metric: Metric) -> str:
    return _(
        "{learner} said yes to working with you on {metric}. Pick half an hour that suits you both."
    ).format(learner=name(learner), metric=title(metric))


def called_off(other: str, *, again: bool) -> str:
    """What the one who declined reads; `again`: they are a learner for whom another coach is looked for."""
    told = _("Your pair with {other} is off this week. No reason needed.").format(other=name(other))
    return f"{told} {_another()}" if again else told


def heard_no(other: str, *, i_coach: bool, again: bool) -> str:
    """What the one on the other side reads, who coaches (`i_coach`) or learns."""
    if i_coach:
        return _("Your pair with {other} is off this week; the place is free again.").format(
            other=name(other)
        )
    told = _("Your pair with {other} is off this week.").format(other=name(other))
    return f"{told} {_another()}" if again else told


def left(other: str, *, i_coach: bool) -> str:
    """The other side is no longer on the roster."""
    told = _("{name} is not on the roster any more, so your pair ends here.").format(name=name(other))
    return told if i_coach else f"{told} {_another()}"


def waits(waiting: Waiting, reads: Reader) -> str:
    """Why a learner has no coach this week, and when that may change; blank for who asked for none."""
    if waiting.why is Why.RESTING and waiting.until is not None:
        return _("No new pair yet: the coach who fits you best rests with you until {day}.").format(
            day=reads.day(waiting.until)
        )
    return _reasons().get(waiting.why, "")


def met_form(pairing_id: int, other: str, meeting: tuple[int, str, int | None], *, i_coach: bool) -> Modal:
    """Minutes, one commitment, and the learner's rating; `meeting` is what is written down already."""
    minutes, commitment, rating = meeting
    asked: list[Block] = [
        kit.context(_("You and {other}").format(other=name(other))),
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
    told = _("✓ You met {other} for {minutes} minutes.").format(other=name(other), minutes=minutes)
    if not commitment:
        return told
    return told + " " + _("The commitment: {words}").format(words=said(commitment, limit=300))


def heard_met(other: str, minutes: int, commitment: str, pairing_id: int) -> tuple[str, list[Block]]:
    """What the other side reads once one has written the meeting down."""
    text = _("{other} wrote down your meeting: {minutes} minutes.").format(other=name(other), minutes=minutes)
    promised = _("The commitment: {words}").format(words=said(commitment, limit=300)) if commitment else ""
    return _message(
        text, promised, "", kit.buttons(kit.button(_("Look or add"), Action.PAIR_MET, pairing_id))
    )


def _another() -> str:
    return _("If another coach is free, you hear of it at once.")


def _when(pair: PlannedPair) -> str:
    if pair.week_of == 1:
        return _("for the next four weeks")
    return _("in week {n} of {weeks}").format(n=pair.week_of, weeks=CYCLE_WEEKS)


def _worksheet() -> str:
    return _("I bring you two together in a message of your own, with a time and the worksheet.")


def _going_on(pair: PlannedPair) -> Block:
    return kit.buttons(
        _met_button(pair.id or ""), kit.button(_("Not this time"), Action.PAIR_DECLINE, pair.id or "")
    )


def _met_button(pairing_id: int | str) -> ButtonElement:
    return kit.button(_("We met"), Action.PAIR_MET, pairing_id, style="primary")


def _message(headline: str, why: str, small: str, actions: Block) -> tuple[str, list[Block]]:
    lines = "\n".join(line for line in (headline, why) if line)
    grey = [kit.context(small)] if small else []
    return "\n".join(line for line in (headline, why, small) if line), [kit.section(lines), *grey, actions]


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


def _reasons() -> dict[Why, str]:
    return {
        Why.AWAY: _("No pair this week: you are away. The next ones come with the next digest."),
        Why.COACH_AWAY: _("Your coach is away this week; you go on together when they are back."),
        Why.NO_FOCUS: _("No pair this week: your numbers point at nothing you need a coach for."),
        Why.NO_COACH: _(
            "No pair this week: nobody who coaches is strong in what would help you most. I look again next week."
        ),
        Why.NO_SHARED_HOURS: _(
            "No pair this week: the coaches who fit you work while you sleep. I look again next week."
        ),
        Why.ALL_TAKEN: _(
            "No pair this week: the coaches who fit you have their hands full. I look again next week."
        ),
    }
