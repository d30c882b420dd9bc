"""What a pair is given for its meeting: the coach's kit, and the worksheet that both read."""

from datetime import timedelta

from sqlmodel import select

from bot.core.enums import Resolved
from bot.sandbox import text_of
from storage.tables import Person
from tests.coaching.weeks.cycles import agreed, said
from tests.support.builders import Builder
from tests.support.closers import Team


def test_before_the_first_meeting_the_coach_alone_is_given_a_kit(team: Team) -> None:
    coach = agreed(team)

    [kit] = [text_of(one) for one in coach.dm if "Your first half hour with Ben" in text_of(one)]
    assert "5 minutes the worksheet, 15 minutes one call" in kit
    assert kit.count("?") >= 3 and "Who signs, and when did you last speak to them?" in kit
    assert "*Your first time?*" in kit
    assert not [one for one in team.ben.dm if "first half hour" in text_of(one)]
    assert "first half hour" not in "".join(text_of(one) for one in said(team))


def test_the_kit_has_the_calls_that_matter_each_with_its_own_way_to_answer(team: Team) -> None:
    now = team.office.clock()
    with team.office.db.begin() as session:
        ben = session.exec(select(Person.id).where(Person.name == "Ben")).one()
        builder = Builder(session, team.office.workspace_id)
        for days in range(1, 6):
            builder.debrief(ben, now - timedelta(days=days), tags=("closing",), outcome="lost")

    coach = agreed(team)

    [kit] = [one for one in coach.dm if "Your first half hour with Ben" in text_of(one)]
    assert [line[:2] for line in text_of(kit).splitlines() if "[Give feedback]" in line] == ["1.", "2.", "3."]
    coach.clicks("Give feedback", kit, beside="3.")
    coach.waits_for("What worked")


def test_the_kit_says_how_many_resolutions_the_learner_kept(team: Team) -> None:
    now = team.office.clock()
    with team.office.db.begin() as session:
        ben = session.exec(select(Person.id).where(Person.name == "Ben")).one()
        builder = Builder(session, team.office.workspace_id)
        for days, resolved in (
            (3, Resolved.YES),
            (2, Resolved.NO),
            (1, Resolved.NOT_NOW),
            (80, Resolved.YES),
        ):
            before = now - timedelta(days=days)
            builder.debrief(ben, before, measure="Asked who signs", resolved=resolved, resolved_at=before)

    coach = agreed(team)

    [kit] = [text_of(one) for one in coach.dm if "Your first half hour with Ben" in text_of(one)]
    assert "of what Ben set out to show at a next call, 1 of 2 were done" in kit


def test_the_first_worksheet_looks_back_to_no_meeting(team: Team) -> None:
    agreed(team)

    team.ben.clicks("Worksheet", said(team)[0])

    team.ben.waits_for("What worked in your last calls?")


def test_the_learner_writes_the_worksheet_and_both_read_it(team: Team) -> None:
    coach = agreed(team)
    [opening] = said(team)
    coach.clicks("Worksheet", opening)
    coach.waits_for("Ben has not written it yet")

    team.ben.clicks("Worksheet", opening)
    team.ben.submits(what_worked="Openings", did_not="Asking who *signs*", will_try="Ask in the first call")
    team.office.tick()

    told = text_of(said(team)[-1])
    assert "Ben’s worksheet" in told and "*Worked:* Openings" in told
    assert "Asking who ∗signs∗" in told
    team.ben.clicks("Worksheet", opening)
    assert team.ben.submits(did_not="Nothing").closed
    team.office.tick()
    assert "*Did not work:* Nothing" in text_of(said(team)[-1])


def test_an_empty_worksheet_is_not_posted_nor_the_same_one_twice(team: Team) -> None:
    agreed(team)
    [opening] = said(team)
    team.ben.clicks("Worksheet", opening)
    assert "empty page" in team.ben.submits().errors["what_worked"]
    team.ben.submits(what_worked="Openings")
    team.office.tick()
    posted = len(said(team))

    team.ben.clicks("Worksheet", opening)
    team.ben.submits()
    team.office.tick()

    assert len(said(team)) == posted
