"""Where somebody stands, told to them alone and only when they ask: what is nearest to move, and nobody is last."""

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import Role
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views.names import roles_label
from bot.scorecards.domain.advice import Step, nearest
from bot.scorecards.domain.definitions import DEFINITIONS, Unit
from bot.scorecards.domain.drilldown import figure_of
from bot.scorecards.domain.league import Place
from bot.scorecards.domain.naming import FEWEST_RANKED
from bot.scorecards.domain.scorecard import Scorecard
from bot.scorecards.views.figures import amount, title
from bot.scorecards.views.glance import length


def where_i_stand(card: Scorecard, place: Place | None, reads: Reader) -> Words:
    """`place` is None for who is not ranked."""
    step = nearest(card)
    told = [standing(card.rep.role, place, ramping=card.ramping), _nearest(card, step, place, reads)]
    text = "\n".join(part for part in told if part)
    blocks = [kit.section(text), kit.context(_("Only you see this."))]
    if step is None:
        return Words(text, blocks)
    key = step.figure.measure.key
    about = str(figure_of(card.rep.id, key, card.period))
    look = kit.button(_("Why: {metric}").format(metric=title(key)), Action.WHY_THIS, about)
    return Words(text, [*blocks, kit.buttons(look)])


def standing(role: Role, place: Place | None, *, ramping: bool) -> str:
    """The place in words; a number is told where most of the others are not ahead."""
    roles = roles_label(role)
    if ramping:
        return _("You are still ramping up, so you are not ranked among the {role} yet.").format(role=roles)
    if place is None:
        return _("There are no numbers of yours to rank you by yet.")
    if place.of < FEWEST_RANKED:
        return _("With fewer than three {role} there are no places: each would tell the other's.").format(
            role=roles
        )
    is_open = place.low <= 1 and place.high >= place.of
    if place.place <= place.half and not is_open:
        return _number(place, roles)
    if place.low <= place.half:
        return _(
            "On the last 13 weeks it is too close to tell whether you are in the upper half of the {of} {role}: "
            "chance alone could decide it."
        ).format(of=place.of, role=roles)
    return _(
        "On the last 13 weeks more of the {of} {role} are ahead of you than behind you; that moves."
    ).format(of=place.of, role=roles)


def _number(place: Place, roles: str) -> str:
    told = _("On the last 13 weeks you are number {n} of {of} {role}").format(
        n=place.place, of=place.of, role=roles
    )
    if place.low == place.high:
        return f"{told}."
    return told + _("; chance alone could make it anything from {low} to {high}.").format(
        low=place.low, high=place.high
    )


def _nearest(card: Scorecard, step: Step | None, place: Place | None, reads: Reader) -> str:
    if place is None or not card.has_company:
        return ""
    roles = roles_label(card.rep.role)
    if step is None:
        return _("In what the {role} are there for, no number of yours is below their middle.").format(
            role=roles
        )
    return _("*Nearest to move*: {what}, and you are at the middle of the {role} (it is {middle}).").format(
        what=_what(card, step, reads),
        role=roles,
        middle=amount(step.figure.measure.key, step.figure.role_middle or 0.0, reads, currency=card.currency),
    )


def _what(card: Scorecard, step: Step, reads: Reader) -> str:
    """`3 more qualified leads out of the same 40 decided`."""
    key, nearer = step.figure.measure.key, step.figure.definition.nearer
    if nearer and step.out_of:
        told = ngettext(*nearer, int(step.more))
        return told.format(n=reads.number(step.more), of=reads.number(step.out_of), time=length(card.days))
    if DEFINITIONS[key].unit is Unit.DAYS:
        days = max(1, round(step.more))
        told = ngettext("{n} day less from opening to winning", "{n} days less from opening to winning", days)
        return told.format(n=reads.number(days))
    if DEFINITIONS[key].is_of_value:
        money = reads.money(step.more, step.figure.measure.currency or card.currency)
        return _("{money} more in the accounts you hold ({metric})").format(money=money, metric=title(key))
    more = amount(key, step.more, reads, currency=card.currency)
    return _("{amount} more of: {metric}").format(amount=more, metric=title(key))
