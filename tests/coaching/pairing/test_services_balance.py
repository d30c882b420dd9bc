"""How much a rep speaks may be what they are coached on, and the figure stays theirs."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.blocks.reader import reader
from bot.coaching.views import pairing as views
from bot.coaching.views import reasons
from bot.core.enums import Metric, Outcome
from storage.tables import CallConversation, Debrief, Workspace
from tests.coaching.pairing.floor import NOW, Office, office

__all__ = ["office"]
READS = reader("en-US", ZoneInfo("UTC"))
CALLS = 24
IN_BAND, BEYOND = 0.5, 0.8
MOST_IN_BAND = {"Ana": 24, "Ben": 0} | {f"Middle {n}": 12 for n in range(4)}


def speaks(office: Office, name: str, in_band: int) -> None:
    """Half of so many calls, and most of the others. Of those debriefed every other one moved on, whoever spoke."""
    rep, debriefed = office.ids[name], 2 if name == "Ben" else 12
    for n in range(CALLS):
        began = NOW - timedelta(days=3 + n)
        its = IN_BAND if n < in_band else BEYOND
        if n < debriefed:
            outcome = Outcome.ADVANCED if n % 2 else Outcome.CONTINUED
            debrief = office.build.debrief(rep, began, outcome=outcome)
            call = office.session.get_one(Debrief, debrief).call_id
        else:
            call = office.build.call(rep, began)
        office.session.add(
            CallConversation(
                workspace_id=office.build.workspace_id,
                call_id=call,
                person_id=rep,
                spoken=600,
                rep_spoken=600 * its,
                length=620,
                longest_rep=60,
                longest_other=60,
                turns=40,
                read_at=began,
            )
        )


@pytest.fixture
def talkers(office: Office) -> Office:
    """Everybody wins alike; Ben speaks most of the time, and his calls do not move on."""
    office.ae("Ana", 20, 20, willing=True)
    office.ae("Ben", 20, 20)
    for name, in_band in MOST_IN_BAND.items():
        speaks(office, name, in_band)
    office.session.get_one(Workspace, office.build.workspace_id).reads_transcripts = True
    return office


def test_who_speaks_outside_the_band_meets_a_coach_who_speaks_within_it(talkers: Office) -> None:
    plan = talkers.propose()

    assert talkers.couples(plan) == {"Ben": "Ana"}
    [pair] = plan.pairs
    assert pair.metric is Metric.TALK_BALANCE
    assert pair.reason.learner is not None and pair.reason.learner.value == 0
    assert pair.reason.coach[Metric.TALK_BALANCE].value > 0.5


def test_the_figure_is_told_to_its_rep_alone(talkers: Office) -> None:
    [pair] = talkers.keep(talkers.propose()).pairs

    to_learner = reasons.reason_to_learner(pair, READS)
    assert "You have most to gain in Balance of talking: yours is 0%" in to_learner
    assert "Ana is strong there. This figure is told to you alone." in to_learner
    for others in (reasons.reason(pair, READS), reasons.english(pair), views.to_coach(pair, READS).text):
        assert "%" not in others


def test_less_talking_is_not_better(talkers: Office) -> None:
    rows = talkers.session.exec(
        select(CallConversation).where(CallConversation.person_id == talkers.ids["Ben"])
    ).all()
    for row in rows:
        row.rep_spoken = row.spoken * 0.1
    [pair] = talkers.propose().pairs

    assert (pair.learner.name, pair.metric) == ("Ben", Metric.TALK_BALANCE)


@pytest.mark.parametrize("why", ["off", "too few calls to make a band"])
def test_nobody_is_coached_on_it_without(talkers: Office, why: str) -> None:
    if why == "off":
        talkers.session.get_one(Workspace, talkers.build.workspace_id).reads_transcripts = False
    else:
        for row in talkers.session.exec(select(Debrief)).all():
            row.outcome = Outcome.CONTINUED

    assert talkers.couples(talkers.propose()) == {}
