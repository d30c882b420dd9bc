"""What is said beside a name: what it is for, in the counts people know, and how sure that is."""

from collections.abc import Collection

from bot.blocks.reader import Reader
from bot.core.enums import Metric, Role
from bot.core.i18n import gettext as _
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.views.amounts import title
from bot.scorecards.views.figures import figure, is_counted


def named_for(measure: Measure | None, reads: Reader) -> str:
    """`, in winning deals (24 of 47)`; blank where nothing stands out."""
    if measure is None:
        return ""
    shown = figure(measure, reads)
    if is_counted(measure) and measure.numerator is not None and measure.denominator is not None:
        shown = _("{part} of {whole}").format(
            part=reads.number(measure.numerator), whole=reads.number(measure.denominator)
        )
    return _(", in {what} ({figure})").format(what=_doing(measure.key), figure=shown)


def sure(probability: float) -> str:
    """`9 in 10 sure`; rounded down, so that nobody is promised more than was found."""
    for least, told in ((0.99, _("99 in 100 sure")), (0.95, _("19 in 20 sure"))):
        if probability >= least:
            return told
    return _("{n} in 10 sure").format(n=int(probability * 10))


def silent(role: Role, metrics: Collection[Metric]) -> str:
    """Why a metric ranks nobody: nobody ever showed its other outcome; blank where all do."""
    if not metrics:
        return ""
    if role is Role.AE and Metric.WIN_RATE in metrics:
        return _("No deal was ever marked lost: winning judges nobody.")
    if role is Role.SDR and Metric.QUALIFIED_RATE in metrics:
        return _("No lead was ever rejected: qualifying judges nobody.")
    told = _("Nobody ever shows the other outcome in {metrics}: that judges nobody.")
    return told.format(metrics=", ".join(title(one) for one in metrics))


def _doing(metric: Metric) -> str:
    doing = DEFINITIONS[metric].doing
    return _(doing) if doing else title(metric).lower()
