"""The first page, for a reader who knows nothing of the program: how much, against what, how sure, what next."""

from collections.abc import Collection, Iterator

from bot.core.enums import Role
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Headline
from bot.workbook.domain.sheets import Sheet
from bot.workbook.domain.summary import best, money, next_steps
from bot.workbook.domain.summary.verdict import verdict

_IN_FULL = {
    Role.SDR: "SDR: sales development representative, who finds leads.",
    Role.AE: "AE: account executive, who wins deals.",
    Role.AM: "AM: account manager, who grows accounts.",
}


def sheet(colophon: Colophon, headline: Headline, live: Collection[str]) -> Sheet:
    """`live` are the tables of records that formulas may count."""
    return Sheet(
        "Summary",
        f"{colophon.workspace}: {colophon.scope}, {colophon.days}",
        (
            money.table(colophon, headline, live),
            *next_steps.tables(headline, live),
            *best.tables(headline),
        ),
        verdict=verdict(colophon, headline),
        notes=(" ".join(_basis(colophon, headline)),),
        below=tuple(_below(headline)),
        on_one_page=True,
    )


def _basis(colophon: Colophon, headline: Headline) -> Iterator[str]:
    """By when it was known, by which rates, by whom and for whom, once for the page."""
    yield f"Figures as of {colophon.known_at}."
    if headline.days and not colophon.is_over:
        yield "{} of {} working days are gone.".format(*headline.days)
    for rate in headline.rates:
        since = f"{rate.since.day} {rate.since:%B %Y}"
        yield f"1 {rate.currency} = {rate.worth.normalize():f} {headline.currency} since {since}."
    shown = {goal.role for goal in headline.goals} | {one.role for one in headline.best or ()}
    yield from (words for role, words in _IN_FULL.items() if role in shown)
    made = colophon.exported_at
    yield f"Made by Cornerman on {made.day} {made:%B %Y} for {colophon.exported_by}."


def _below(headline: Headline) -> Iterator[str]:
    if best.named(headline):
        yield "Best: named only where luck would hardly have done it; Sure is the probability."
    elif headline.best:
        yield best.NOBODY
    yield (
        "Behind this page: Pictures; Reps, with one line each; a sheet per role, with every figure; the records that "
        "they are counted from; Definitions."
    )
