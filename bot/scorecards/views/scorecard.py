"""One rep's scorecard: three lines, a sentence and what to do next; the rest is behind *More*."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, StaticSelectElement

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import Role
from bot.core.i18n import gettext as _
from bot.people.views.names import role_label
from bot.pipeline.domain.stuck import Pipeline
from bot.scorecards.domain.advice import Next, next_step
from bot.scorecards.domain.drilldown import figure_of
from bot.scorecards.domain.money import Outlook
from bot.scorecards.domain.ranking import CHIEF
from bot.scorecards.domain.scorecard import Scorecard
from bot.scorecards.views import all_figures, glance
from bot.scorecards.views import figures as figures_views
from bot.scorecards.views.figures import period, title
from bot.scorecards.views.outlook import goal, to_come

PERIODS = {
    Action.CARD_WEEK: "week",
    Action.CARD_MONTH: "month",
    Action.CARD_QUARTER: "quarter",
    Action.CARD_13W: "13w",
}


def card(
    value: Scorecard,
    reads: Reader,
    *,
    own: bool,
    pipeline: Pipeline | None = None,
    whole: bool = False,
    coaches: bool = False,
    for_rep: Sequence[str] = (),
    outlook: Outlook | None = None,
) -> Words:
    """`own`: the reader is the rep; `pipeline` is an AE's; `whole`: with all that is behind *More*.

    `coaches`: the reader coaches already; `for_rep` are sentences for the rep's eyes alone; `outlook`
    is the rep's in the period that runs.
    The text is the whole card without its form.
    """
    header, subtitle = _header(value), _subtitle(value, reads)
    blocks: list[Block] = [kit.header(header), kit.context(subtitle)]
    told = [said(header), subtitle]
    step = None if whole else next_step(value, own=own, coaches=coaches)
    towards = goal(outlook, reads) if outlook else ""
    for part in [*_glance(value, reads, own=own), *([towards] if towards else [])]:
        blocks.append(kit.section(part))
        told.append(part)
    if whole:
        figures = all_figures.figures(value, reads)
        coming = to_come(outlook, reads) if outlook else ""
        remarks = [
            *all_figures.remarks(value, reads, pipeline, own=own),
            *([coming] if coming else []),
            *for_rep,
        ]
        blocks += [*kit.listed(figures), *map(kit.section, remarks)]
        blocks.append(kit.context(all_figures.how_to_read(value)))
        told += [*figures, *remarks]
    elif step:
        blocks.append(glance.step(value, step))
    place = own and not (step and step.what is Next.ASK)
    return Words("\n".join(told), [*blocks, *_controls(value, place=place, whole=whole)])


def _glance(value: Scorecard, reads: Reader, *, own: bool) -> list[str]:
    main = value.chief
    if main is None:
        return []
    parts = [
        "\n".join(glance.lines(value, main, reads, own=own)),
        glance.sentence(value, main, reads, own=own),
    ]
    if value.rep.role is not Role.AE:  # an AE's amounts are behind *More*
        parts.append(figures_views.currencies_told(value, reads))
    return [part for part in parts if part]


def _header(value: Scorecard) -> str:
    return _("{name}, {role}").format(name=kit.shortened(value.rep.name, 80), role=role_label(value.rep.role))


def _subtitle(value: Scorecard, reads: Reader) -> str:
    days = period(value.period, reads)
    told = _("{days}, up to now").format(days=days) if value.runs else days
    return f"{said(value.rep.team, limit=80)} · {told}"


def _controls(value: Scorecard, *, place: bool, whole: bool) -> list[Block]:
    about = str(figure_of(value.rep.id, CHIEF[value.rep.role], value.period))
    more = (
        kit.button(_("Less"), Action.CARD_LESS, about)
        if whole
        else kit.button(_("More"), Action.CARD_MORE, about)
    )
    options = [
        kit.option(title(shown.measure.key), str(figure_of(value.rep.id, shown.measure.key, value.period)))
        for shown in value.figures
    ]
    return [
        kit.buttons(
            more,
            StaticSelectElement(action_id=Action.WHY, placeholder=_("Why this number?"), options=options),
            *([kit.button(_("Where do I stand?"), Action.MY_PLACE, value.rep.id)] if place else []),
            *([kit.button(_("Show the trend"), Action.SHOW_TREND, value.rep.id)] if whole else []),
        ),
        _periods(value.rep.id),
    ]


def _periods(rep: int) -> Block:
    labels = {
        Action.CARD_WEEK: _("This week"),
        Action.CARD_MONTH: _("This month"),
        Action.CARD_QUARTER: _("This quarter"),
        Action.CARD_13W: _("Last 13 weeks"),
    }
    return kit.buttons(*(kit.button(label, action, rep) for action, label in labels.items()))
