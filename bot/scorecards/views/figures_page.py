"""The page of the docs that lists every figure, made from the registry of metrics."""

from collections.abc import Iterator

from bot.core.enums import Role
from bot.scorecards.domain.definitions import DEFINITIONS, Good, Kind, MetricDefinition, Unit

_PREFACE = (
    "Made from the metrics in `bot/scorecards/domain/definitions/` by `python -m handlers`. The workbook's sheet\n"
    "*Definitions* has the same words; what they leave open stands in [numbers.md](numbers.md)."
)
_UNITS = {
    Unit.SHARE: "share",
    Unit.COUNT: "count",
    Unit.PER_MONTH: "a month",
    Unit.PER_DAY: "a day",
    Unit.MINUTES: "minutes",
    Unit.DAYS: "days",
    Unit.MONEY: "money",
}
_BETTER = {Good.UP: "more", Good.DOWN: "less", Good.NONE: "neither"}
_KINDS = {
    Kind.EFFECTIVENESS: "how well it goes",
    Kind.EFFICIENCY: "for how much work",
    Kind.COACHING: "coaching",
    Kind.RESULT: "money: told, never compared",
    Kind.COST: "what it costs",
}
_REPS = {Role.SDR, Role.AE, Role.AM}
_HEAD = ("figure", "whose", "how it is made", "in plain words", "better, and what it tells of")


def page() -> str:
    """Markdown: every figure, in the order in which a scorecard lists them."""
    head = [f"| {' | '.join(_HEAD)} |", f"|{' --- |' * len(_HEAD)}"]
    return (
        "\n\n".join(["# Every figure", _PREFACE, "\n".join([*head, *map(_row, DEFINITIONS.values())])]) + "\n"
    )


def _row(one: MetricDefinition) -> str:
    whose = "everybody" if not one.roles or set(one.roles) >= _REPS else ", ".join(one.roles)
    cells = (f"**{one.title}** `{one.key}`", whose, one.formula, one.plainly, ", ".join(_about(one)))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _about(one: MetricDefinition) -> Iterator[str]:
    yield f"{_BETTER[one.direction]} ({_UNITS[one.unit]})"
    yield _KINDS[one.kind]
    if one.is_private:
        yield "for the rep alone"
    if one.is_told_by_the_rep:
        yield "told by the rep: in no score"
