"""A manager looks at the pairs of the week to come and at who was drawn for scarce places, and changes them."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ConfirmObject,
    PlainTextObject,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.pairs import Origin, Why
from bot.coaching.domain.plans import CONTENT, PairingPlan, PlannedLot, PlannedPair, Waiting
from bot.coaching.views.pairing import CYCLE_WEEKS
from bot.coaching.views.reasons import reason
from bot.coaching.views.wishes import worth
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.domain.someone import Someone
from bot.people.views.names import short_name
from bot.pipeline.views.feeds import missing
from bot.scorecards.views.figures import title
from bot.tabular.cells import name

MOST_PAIRS, MOST_WAITING, MOST_WISHES = 24, 10, 8
"""What fits a message, whose blocks Slack counts; the rest is counted."""
MOST_OPTIONS = 100
CONTENT_LIMIT = 600

PIN, PIN_NOW, BLOCK, SWAP, SWAP_ANYWAY = "pin", "pin_now", "block", "swap", "swap_anyway"

WishTold = tuple[int, str]
"""A wish's id and its sentence."""


def preview(
    plan: PairingPlan, team: str, wishes: Sequence[WishTold], reads: Reader, *, draws_lots: bool
) -> Words:
    """The plan as it would be told, with the numbers behind it; `wishes` are those that stand."""
    headline = _("{team}: pairs for the week of {day}").format(
        team=kit.shortened(team, 60), day=reads.day(plan.week)
    )
    blocks: list[Block] = [kit.header(headline), kit.context(_how_to_read())]
    blocks += _missing(plan, reads)
    blocks += [_pair(pair, reads) for pair in plan.pairs[:MOST_PAIRS]] or [kit.section(_no_pairs())]
    if more := len(plan.pairs) - MOST_PAIRS:
        blocks += [kit.context(_and_more(more))] if more > 0 else []
    waiting = [one for one in plan.unpaired if one.why not in CONTENT]
    blocks += [_waiting(one, reads) for one in waiting[:MOST_WAITING]]
    if len(waiting) > MOST_WAITING:
        blocks.append(kit.context(_and_more(len(waiting) - MOST_WAITING)))
    blocks += _content(plan) + _lots(plan) + _wishes(wishes)
    change = kit.button(_("Pin, block or swap"), Action.PAIR_WISH, plan.team_id)
    lots = (
        kit.button(_("Draw no lots"), Action.PAIR_NO_LOTS, plan.team_id, confirm=_sure_of_no_lots())
        if draws_lots
        else kit.button(_("Draw lots among equals"), Action.PAIR_LOTS, plan.team_id)
    )
    blocks.append(kit.buttons(change, lots))
    pairs = ngettext("{n} pair", "{n} pairs", len(plan.pairs)).format(n=len(plan.pairs))
    return Words(f"{headline}: {pairs}", blocks)


def form(
    team_id: int, coaches: Sequence[Someone], learners: Sequence[Someone], chosen: Someone | None
) -> Modal:
    """`chosen` is the learner whose button was pressed."""
    ways = [
        kit.option(_("Pin: this learner with this coach, as the next week begins"), PIN),
        kit.option(_("Pin now: the learner is asked at once, and the coach told"), PIN_NOW),
        kit.option(_("Block: never this learner with this coach"), BLOCK),
        kit.option(_("Swap: two learners exchange their coaches"), SWAP),
        kit.option(_("Swap all the same, though the figures see no use in it"), SWAP_ANYWAY),
    ]
    here = [chosen, *(one for one in learners if one != chosen)] if chosen else list(learners)
    return kit.modal(
        View.PAIR_WISH,
        _("Change the pairs"),
        [
            kit.ask(
                _("What should change?"),
                Input.WISH,
                RadioButtonsElement(options=ways, initial_option=ways[0]),
                optional=False,
            ),
            kit.ask(_("Learner"), Input.LEARNER, _select(here, first=bool(chosen)), optional=False),
            kit.ask(
                _("Coach (to pin or block)"),
                Input.COACH,
                _select(coaches),
                hint=_("Those who have said that they coach; yours first."),
            ),
            kit.ask(_("Other learner (to swap)"), Input.OTHER, _select(learners)),
        ],
        submit=_("Save"),
        about=team_id,
    )


def _pair(pair: PlannedPair, reads: Reader) -> Block:
    headline = _("*{learner}* with *{coach}* on {metric} · {value} · {how}").format(
        learner=short_name(pair.learner.name),
        coach=short_name(pair.coach.name),
        metric=title(pair.metric),
        value=worth(pair.value),
        how=_how(pair),
    )
    change = kit.button(_("Change"), Action.PAIR_CHANGE, pair.learner.id)
    return kit.section(f"{headline}\n{reason(pair, reads)}", accessory=change)


def _how(pair: PlannedPair) -> str:
    match pair.origin:
        case Origin.RUNNING if pair.id is not None and not pair.agreed:
            return _("asked, not answered yet")
        case Origin.RUNNING:
            return _("week {n} of {weeks}").format(n=pair.week_of, weeks=CYCLE_WEEKS)
        case Origin.PINNED:
            return _("pinned")
        case Origin.MATCHED:
            return _("new")


def _waiting(one: Waiting, reads: Reader) -> Block:
    told = _("*{learner}* has no coach: {why}").format(
        learner=short_name(one.learner.name), why=why(one, reads)
    )
    return kit.section(told, accessory=kit.button(_("Change"), Action.PAIR_CHANGE, one.learner.id))


def _content(plan: PairingPlan) -> list[Block]:
    """Those who are without a coach for reasons that nobody needs to mend, in a line for each reason."""
    told = {
        Why.NO_FOCUS: _("Need no coach by their numbers: {people}"),
        Why.AWAY: _("Away: {people}"),
        Why.OPTED_OUT: _("Want no coaching now: {people}"),
        Why.SILENT: _("No new coach until the records come again that their numbers rest on: {people}"),
    }
    lines = []
    for kind, text in told.items():
        names = [short_name(one.learner.name) for one in plan.unpaired if one.why is kind]
        if names:
            lines.append(text.format(people=kit.shortened(", ".join(names), CONTENT_LIMIT)))
    return [kit.context(*lines)] if lines else []


def _missing(plan: PairingPlan, reads: Reader) -> list[Block]:
    """Why there are no new pairs, first of all: nobody is paired by old numbers."""
    if not any(one.why is Why.SILENT for one in plan.unpaired):
        return []
    told = _(
        "🔇 {missing}, so I propose no new pairs by those numbers. Pairs that run go on, and so does what you pin."
    )
    return [kit.section(told.format(missing=missing(plan.silences, reads)))]


def _lots(plan: PairingPlan) -> list[Block]:
    return [kit.context(lot_drawn(lot)) for lot in plan.lots[:MOST_WAITING]]


def why(one: Waiting, reads: Reader) -> str:
    """As a manager reads it: a confidential wish sounds like no coach."""
    if one.why is Why.RESTING and one.until is not None:
        return _("the coach who fits best rests with them until {day}").format(day=reads.day(one.until))
    if one.why is Why.LOT and one.until is not None:
        return _("another was drawn; their turn is in the week of {day}").format(day=reads.day(one.until))
    told = {
        Why.COACH_AWAY: _("their coach is away; they go on afterwards"),
        Why.NO_COACH: _("nobody who coaches is strong in what would help most"),
        Why.NO_SHARED_HOURS: _("the coaches who fit share no working hours with them"),
        Why.ALL_TAKEN: _("the coaches who fit have their hands full"),
        Why.PASSED: _("the last proposal came to nothing; I ask again later"),
    }
    return told.get(one.why, _("the coach who fits best rests with them"))


def _wishes(wishes: Sequence[WishTold]) -> list[Block]:
    if not wishes:
        return []
    shown = [
        kit.section(told, accessory=kit.button(_("Remove"), Action.REMOVE_WISH, wish_id))
        for wish_id, told in wishes[:MOST_WISHES]
    ]
    more = len(wishes) - MOST_WISHES
    return [kit.divider(), *shown, *([kit.context(_and_more(more))] if more > 0 else [])]


def _and_more(n: int) -> str:
    return ngettext("…and {n} more", "…and {n} more", n).format(n=n)


def _no_pairs() -> str:
    return _("No pairs yet.")


def _how_to_read() -> str:
    return _(
        "The plan as the next week begins; who is new in it has not been asked yet. Strong, fair or weak: how far the "
        "learner is below the role's middle, times how strong the coach is there, times record and shared hours."
    )


def _select(people: Sequence[Someone], *, first: bool = False) -> StaticSelectElement:
    options = [kit.option(one.name, str(one.id)) for one in people[:MOST_OPTIONS]]
    return StaticSelectElement(options=options, initial_option=options[0] if first else None)


PEOPLE_LIMIT = 600


def lot_drawn(lot: PlannedLot) -> str:
    """Who has a place, and whose turn is next, in the order drawn."""
    return _(
        "🎲 Drawn by lot, for like need in {metric}: {drawn}. Next: {waiting}. Pins take no part in a draw."
    ).format(metric=title(lot.metric), drawn=_people(lot.placed), waiting=_people(lot.waiting))


def _sure_of_no_lots() -> ConfirmObject:
    what_it_costs = _(
        "Then the larger shortfall goes first, however small the difference, and nobody is left by chance to compare "
        "with: what coaching does is told with a caveat."
    )
    return ConfirmObject(
        title=_("Draw no lots in this team?"),
        text=PlainTextObject(text=what_it_costs),
        confirm=_("Draw none"),
        deny=_("Go on drawing"),
    )


def lots_set(*, wanted: bool) -> str:
    if wanted:
        return _("✓ From the next pairs on, places that learners of like need want are drawn by lot.")
    return _("✓ No lots are drawn any more: the largest shortfall goes first, however small the difference.")


def _people(some: Sequence[Someone]) -> str:
    return kit.shortened(", ".join(name(one.name) for one in some), PEOPLE_LIMIT)
