"""What came of the weeks of a coach and a learner, as the two and who leads the learner read it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, StaticSelectElement

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.effect import FEWEST_REPS
from bot.coaching.domain.pair_result import PairTold, Result, Side
from bot.core.coaching_enums import Helped
from bot.core.enums import Metric, Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views import unasked
from bot.people.views.names import roles_label, short_name
from bot.scorecards.domain.verdict import Verdict
from bot.scorecards.views.figures import amount, title

MOST_LINES = 40


def told(reader_id: int, results: Sequence[PairTold], reads: Reader) -> Words:
    """One message to one of the two, whatever it is that they have not heard yet."""
    lines = [line(one, reader_id, reads) for one in results]
    note = _(
        "Only the two of you and who leads the learner's team read this. `/coach results` shows it again."
    )
    return Words(
        "\n\n".join(lines),
        [*map(kit.section, lines), unasked.stop_row(Unasked.PAIR_RESULTS), kit.context(note)],
    )


def page(own: Sequence[PairTold], led: Sequence[PairTold], me: int, reads: Reader) -> Words:
    """On request: of one's own pairs, and of one's teams'."""
    if not own and not led:
        text = _(
            "No result of a pair yet. It is told four weeks after a coach and a learner began, and again after "
            "thirteen."
        )
        return Words(text, [kit.section(text)])
    blocks: list[Block] = []
    for head, results in ((_("Your pairs"), own), (_("Your teams' pairs"), led)):
        if results:
            shown = [line(one, me, reads) for one in results[:MOST_LINES]]
            blocks += [kit.header(head), *([] if results is own else [_sum(results)]), *kit.listed(shown)]
    return Words(_("What came of coaching, pair by pair"), blocks)


def line(one: PairTold, reader_id: int, reads: Reader) -> str:
    """In a few sentences: before and since, beside those without a coach, what that says, and what helped."""
    parts = [
        _figures(one, reader_id, reads),
        _beside(one, reads),
        _verdict(one, reads),
        _helped(one, reader_id),
    ]
    return " ".join(part for part in parts if part)


def what_helped(choice_id: int) -> list[Block]:
    """Put to the learner with the last question of the four weeks."""
    picked = StaticSelectElement(
        action_id=Action.PAIR_HELPED,
        placeholder=_("What helped you most?"),
        options=[kit.option(helped_label(one), one) for one in Helped],
    )
    acts = kit.buttons(picked)
    acts.block_id = f"helped {choice_id}"
    who = _("What helped you most is told to your coach and your manager, with the result of your weeks.")
    return [acts, kit.context(who)]


def noted(helped: Helped) -> str:
    return _("✓ Noted: {what}. You can pick anew.").format(what=helped_label(helped))


def helped_label(helped: Helped) -> str:
    return {
        Helped.CALL: _("going through a call together"),
        Helped.QUESTION: _("a question to ask"),
        Helped.PRACTICE: _("practising it"),
        Helped.PROMISE: _("one thing to do each week"),
        Helped.EXAMPLE: _("hearing how the coach does it"),
        Helped.NOTHING: _("nothing so far"),
    }[helped]


def _figures(one: PairTold, reader_id: int, reads: Reader) -> str:
    found, metric = one.result, one.metric
    text = {
        one.learner.id: _(
            "*{metric}*, your {n} weeks since you began with {coach}: *{after}*, {before} before."
        ),
        one.coach.id: _("*{metric}*, {learner}'s {n} weeks since you two began: *{after}*, {before} before."),
    }.get(
        reader_id,
        _("*{metric}*, {learner}'s {n} weeks since they began with {coach}: *{after}*, {before} before."),
    )
    return text.format(
        metric=title(metric),
        n=one.weeks,
        coach=short_name(one.coach.name),
        learner=short_name(one.learner.name),
        after=_side(metric, found.after, reads),
        before=_side(metric, found.before, reads),
    )


def _side(metric: Metric, side: Side, reads: Reader) -> str:
    if side.value is None:
        return _("no data")
    value = amount(metric, side.value, reads)
    return _("{value} of {n}").format(value=value, n=reads.number(side.of)) if side.of else value


def _beside(one: PairTold, reads: Reader) -> str:
    found = one.result
    if found.without is None:
        return ""
    text = ngettext(
        "From the same start {n} {roles} without a coach came to {value}.",
        "From the same start {n} {roles} without a coach came to {value}.",
        found.others,
    )
    others = roles_label(one.role) if one.role else _("colleagues")
    return text.format(n=found.others, roles=others, value=amount(one.metric, found.without, reads, digits=1))


def _verdict(one: PairTold, reads: Reader) -> str:
    judged = one.result.judged
    sure = _sure(judged.certainty, reads) if judged.certainty is not None else ""
    match judged.verdict:
        case Verdict.BETTER:
            return _("🔵 Better than without, {sure} sure.").format(sure=sure)
        case Verdict.WORSE:
            return _("🟠 Worse than without, {sure} sure.").format(sure=sure)
        case Verdict.NO_DATA:
            return _("⚪ No result: without a figure on both sides there is nothing to compare.")
        case _:
            return _cannot_tell(one.result, sure)


def _sure(certainty: float, reads: Reader) -> str:
    """Rounded down, and never all: nobody is promised more than was found."""
    return reads.percent(min(int(100 * certainty), 99) / 100)


def _cannot_tell(found: Result, sure: str) -> str:
    if sure:
        return _(
            "⚪ Whether coaching made a difference cannot be told from this ({sure} sure at most)."
        ).format(sure=sure)
    if found.others < FEWEST_REPS:
        return _(
            "⚪ Nobody can tell what that would have been without a coach: {n} of {need} to compare with."
        ).format(n=found.others, need=FEWEST_REPS)
    return _("⚪ Nobody can tell what that would have been without a coach: all showed the very same.")


def _helped(one: PairTold, reader_id: int) -> str:
    if one.helped is None:
        return ""
    if reader_id == one.learner.id:
        return _("What helped, you said: {what}.").format(what=helped_label(one.helped))
    return _("What helped, {learner} said: {what}.").format(
        learner=short_name(one.learner.name), what=helped_label(one.helped)
    )


def _sum(results: Sequence[PairTold]) -> Block:
    """How many of each verdict, and how many chance alone would have called so."""
    verdicts = [one.result.judged.verdict for one in results]
    better, worse = verdicts.count(Verdict.BETTER), verdicts.count(Verdict.WORSE)
    text = _(
        "{n} told: {better} better than without a coach, {worse} worse, {rest} that cannot be told. Where coaching "
        "does nothing, chance alone calls up to one in five better and one in five worse; `/scorecard effect` takes "
        "all together."
    ).format(n=len(results), better=better, worse=worse, rest=len(results) - better - worse)
    return kit.section(text)
