"""What is read in the channel, in Home, of a pair and on the map agrees with the rep's own card."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from bot.blocks.plain import plain
from bot.coaching.domain.focus import focuses, skills
from bot.coaching.domain.pairs import Origin, Reason
from bot.coaching.domain.plans import PairingPlan, PlannedPair
from bot.coaching.views import reasons
from bot.core.enums import Metric
from bot.digest.domain.digest import Digest, DigestTeam, ManagersPage
from bot.digest.services.ranks import Ranks, own_lines, tops
from bot.digest.views.channel import channel
from bot.digest.views.private import why_not
from bot.home.views.own import numbers as home_numbers
from bot.people.domain.someone import Someone
from bot.scorecards.domain.definitions import measures
from bot.scorecards.domain.improvement import gains
from bot.scorecards.domain.league import RankedRep
from bot.scorecards.domain.over_time import Map
from bot.scorecards.domain.quadrant import Corner, standings
from bot.scorecards.domain.ranking import CHIEF, SCORE_WEIGHTS
from bot.scorecards.views import ranking
from bot.scorecards.views.charts import team_map
from bot.scorecards.views.figures import of_card, title
from bot.scorecards.views.ranking import named_for
from tests.scorecards.coherence.reads import BETTER, READS, WORSE, Read, numbers, reads
from tests.scorecards.coherence.small_worlds import TOOLS, World, world
from tests.support.properties import often

WORLDS, PER_CASE = often(60), 10
CORNERS = {
    Corner.MODEL: "Effective and efficient",
    Corner.CAREFUL: "Careful",
    Corner.BUSY: "Busy",
    Corner.SUPPORT: "Growing",
}


@pytest.mark.parametrize("first", range(0, WORLDS, PER_CASE))
def test_every_place_agrees_with_the_card(first: int) -> None:
    for seed in range(first, first + PER_CASE):
        one = world(seed)
        told = {read.card.rep.id: read for read in reads(one)}
        for rule in RULES:
            try:
                rule(one, told)
            except AssertionError as broken:
                pytest.fail(f"world {seed}: {rule.__name__.replace('_', ' ')}\n{broken}")


def the_digest_names_for_what_the_card_calls_better(one: World, told: dict[int, Read]) -> None:
    text = plain(channel(_digest(one), READS).blocks)
    for row in (*one.ranking.named, *one.ranking.contenders):
        [line] = [line for line in _judged(text) if f"Rep {row.rep}*" in line or f"Rep {row.rep}," in line]
        said = re.split(" · |;", line.split(f"Rep {row.rep}")[1])[0]
        assert said and said == _named_for(one, row), "named for nothing"
        metric = row.named_for[0]
        shown = told[row.rep].card.figure(metric)
        assert shown is not None
        assert told[row.rep].line(metric).startswith(BETTER)
        assert not any(told[row.rep].line(core).startswith(WORSE) for core in SCORE_WEIGHTS[one.role])
        assert numbers(said)[0] in numbers(of_card(told[row.rep].card, shown, READS))
    named = {row.rep for row in one.ranking.named}
    assert all(f"Rep {rep}" not in _top_lines(text) for rep in told.keys() - named)


def what_is_too_close_to_call_is_not_called_sure(one: World, told: dict[int, Read]) -> None:
    for text in (plain(channel(_digest(one), READS).blocks), ranking.top([one.board], READS).text):
        for line in _judged(text):
            assert ("sure" in line) == ("🏆" in line)


def no_fact_of_the_digest_is_another_number_than_the_cards(one: World, told: dict[int, Read]) -> None:
    for line in plain(channel(_digest(one), READS).blocks).splitlines():
        if found := re.fullmatch(r"• Rep (\d+): (\d+) of (\d+) .*", line):
            shown = told[int(found[1])].card.figure(CHIEF[one.role])
            assert shown is not None
            assert (shown.measure.numerator, shown.measure.denominator) == (int(found[2]), int(found[3]))


def nobody_is_told_to_be_last_by_the_digest(one: World, told: dict[int, Read]) -> None:
    digest = _digest(one)
    assert "#" not in plain(channel(digest, READS).blocks)
    for line in digest.own_lines:
        said = why_not(line, is_named=False, in_public=False).replace("last 13 weeks", "")
        if line.place and line.place.of > 1 and line.place.place == line.place.of:
            assert f"number {line.place.of}" not in said and "last" not in said


def home_says_the_cards_numbers_and_its_verdicts(_one: World, told: dict[int, Read]) -> None:
    for read in told.values():
        lines = [line for block in home_numbers(read.card, READS) for line in plain([block]).splitlines()[1:]]
        for shown in (figure for figure in read.card.figures if figure.is_own):
            found = [line for line in lines if re.match(rf"\W*{title(shown.measure.key)}: ", line)]
            for line in found:
                assert of_card(read.card, shown, READS) in line
                card = read.line(shown.measure.key)
                assert line.startswith(BETTER) == card.startswith(BETTER) == ("better than" in line)
                assert line.startswith(WORSE) == card.startswith(WORSE) == ("behind the middle" in line)
                assert "too close to tell" not in line or shown.role_middle is not None


def a_pairs_reason_is_what_both_cards_say(one: World, told: dict[int, Read]) -> None:
    for learner, metric, pair in _pairs(one):
        read = told[learner]
        shown = read.card.figure(metric)
        assert shown is not None
        assert read.line(metric).startswith(WORSE)
        for said in (reasons.reason_to_learner(pair, READS), reasons.reason(pair, READS)):
            gap = re.split(r", where|, the middle", said.split(": ")[1].removeprefix("yours is "))[0]
            assert gap in of_card(read.card, shown, READS), f"{said} / {of_card(read.card, shown, READS)}"
            if shown.role_middle is not None and "%" in gap:
                middle = numbers(re.split(r"middle is |middle of your role ", said)[1])[0]
                assert middle == pytest.approx(100 * shown.role_middle, abs=0.51)
            strong = re.search(r"strong there: [^-\d]*(-?[\d.,]+)", said)
            coach = told[pair.coach.id].card.figure(metric)
            if strong and coach and coach.measure.value is not None:
                assert numbers(strong[1])[0] in numbers(of_card(told[pair.coach.id].card, coach, READS))


def the_map_shows_the_cards_corner(one: World, told: dict[int, Read]) -> None:
    stand = standings(one.estimates, SCORE_WEIGHTS[one.role])
    shown = [(f"Rep {rep}", found) for rep, found in stand.items() if found.is_placed]
    text = team_map(Map("East", shown), READS).text
    for rep, read in told.items():
        lines = [line for line in text.splitlines() if re.search(rf"\bRep {rep}\b", line)]
        corner = read.card.corner
        if corner is None:
            assert not lines or lines[0].startswith("In no corner")
        else:
            assert lines and lines[0].startswith(CORNERS[corner])


RULES = (
    the_digest_names_for_what_the_card_calls_better,
    what_is_too_close_to_call_is_not_called_sure,
    no_fact_of_the_digest_is_another_number_than_the_cards,
    nobody_is_told_to_be_last_by_the_digest,
    home_says_the_cards_numbers_and_its_verdicts,
    a_pairs_reason_is_what_both_cards_say,
    the_map_shows_the_cards_corner,
)


def _judged(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("🏆", "⚖️"))]


def _top_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "🏆" in line)


def _named_for(one: World, row: RankedRep) -> str:
    if not row.named_for:
        return ""
    [tally] = [own for own in one.rows if own.rep == row.rep]
    told = measures(one.role, tally.tally, tally.presence, monthly_tool_cost=TOOLS)
    return named_for(next(measure for measure in told if measure.key is row.named_for[0]), READS)


def _people(one: World) -> dict[int, Someone]:
    return {rep: Someone(rep, f"Rep {rep}", None) for rep in one.reps}


def _digest(one: World) -> Digest:
    """Of the world's role alone, its week as long as its period."""
    people, empty = _people(one), PairingPlan(1, 1, date(2026, 11, 16), (), (), slots=None)  # type: ignore[arg-type]
    standing = {
        one.role: Ranks(
            one.role,
            list(people),
            public=one.ranking,
            private=one.ranking,
            gained=gains(one.estimates.evidence, []),
            weights=SCORE_WEIGHTS[one.role],
        )
    }
    return Digest(
        workspace_id=1,
        team=DigestTeam(1, "East", None, len(people)),
        week=one.period,
        tops=tops(standing, {row.rep: row for row in one.rows}, people),
        most_improved=None,
        commitments=None,
        story=None,
        topic=None,
        trend=None,
        pipeline=None,
        plan=empty,
        own_lines=own_lines(standing, people),
        page=ManagersPage((), 0, 0),
    )


def _pairs(one: World) -> Iterator[tuple[int, Metric, PlannedPair]]:
    """Each learner with the rep who is best at what the learner is to work on, if that is another."""
    people, able = _people(one), skills(one.estimates)
    for learner, focus in focuses(one.estimates).items():
        coach = max(able, key=lambda rep: able[rep][focus.metric].z if focus.metric in able[rep] else -9.0)
        if coach != learner and able[coach][focus.metric].z > 0:
            reason = Reason(
                focus.metric, able[learner][focus.metric], {focus.metric: able[coach][focus.metric]}
            )
            yield (
                learner,
                focus.metric,
                PlannedPair(people[coach], people[learner], focus.metric, Origin.MATCHED, 1.0, reason),
            )
