"""What in a team needs its manager's eye: what is owed to its people this week, and records that stopped coming."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.calendar.periods import Period
from bot.coaching.services import coaching_debt
from bot.debriefs.domain.followed import PATIENCE, Advanced, Trace, without_sequel
from bot.digest.domain.digest import Clogged, ManagersPage
from bot.people.domain.someone import Someone
from bot.pipeline.domain.feeds import Silence
from bot.pipeline.domain.stuck import Pipeline
from bot.pipeline.services import feeds
from bot.scorecards.domain.evidence import RepTally
from storage.books import Books, insert_once
from storage.queries.digest import digests
from storage.queries.digest import risks as queries
from storage.tables import SilentFeed, Team

LOOK_BACK = timedelta(weeks=13)
"""How much of the past, once 30 days have gone by, the page looks at for what came of it."""
MOST_CLOGGED = 3
"""Reps with stuck deals that a manager's page names."""


def page(
    books: Books,
    team_id: int,
    week: Period,
    pipeline: Pipeline,
    told: Mapping[int, RepTally],
    reps: Mapping[int, Someone],
    *,
    as_of: datetime,
) -> ManagersPage:
    """`told` is what each of the team's `reps` did in the week."""
    days = week.dates()
    end = week.until(as_of).end
    ripe = end - PATIENCE
    ids, since = list(reps), ripe - LOOK_BACK
    nothing_followed, advanced = without_sequel(
        [Advanced(*row) for row in queries.advanced(books, ids, since, ripe)],
        [Trace(*row) for row in queries.traces(books, ids, since, end)],
    )
    owed = queries.owed(
        books,
        team_id,
        ids,
        week=days[0],
        last=days[-1],
        is_over=as_of >= week.end,
        since=since,
        until=ripe,
        end=end,
        as_of=as_of,
    )
    return ManagersPage(
        _clogged(pipeline, reps),
        debriefed=sum(row.tally.prompted_debriefed for row in told.values()),
        prompted=sum(row.tally.prompted for row in told.values()),
        pairs_not_met=owed.pairs_not_met,
        commitments_unanswered=owed.commitments_unanswered,
        disputes=owed.disputes,
        owed=coaching_debt.newly_owed(books, reps, days[-1]),
        debt_days=coaching_debt.limit(books),
        leads_without_deal=owed.leads_without_deal,
        advanced=advanced,
        nothing_followed=nothing_followed,
    )


def _clogged(pipeline: Pipeline, reps: Mapping[int, Someone]) -> tuple[Clogged, ...]:
    stuck: dict[int, int] = {}
    for one in pipeline.stuck_deals:
        stuck[one.deal.ae_id] = stuck.get(one.deal.ae_id, 0) + 1
    worst = sorted((id for id in stuck if id in reps), key=lambda id: (-stuck[id], id))
    return tuple(Clogged(reps[id], stuck[id]) for id in worst[:MOST_CLOGGED])


def news(books: Books) -> list[tuple[Team, Silence]]:
    """Of every team with a channel, what nobody was told yet; telling it is claimed here."""
    return [
        (team, silence)
        for team in digests.teams(books)
        if team.channel
        for silence in feeds.silences(books, team)
        if insert_once(books.session, _claim(books, team, silence))
    ]


def _claim(books: Books, team: Team, silence: Silence) -> SilentFeed:
    return SilentFeed(
        workspace_id=books.workspace_id,
        team_id=team.id,
        feed=silence.feed,
        last_on=silence.last_on,
        told_at=books.now,
    )
