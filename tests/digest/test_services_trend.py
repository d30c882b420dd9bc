"""The trend that the channel is shown: of whom, and when none is drawn."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.blocks.reader import reader
from bot.core.enums import Metric, Role
from bot.digest.domain.digest import Digest
from bot.digest.views import channel
from bot.scorecards import draw
from bot.scorecards.views.figures import title
from storage.tables import Membership, Team
from tests.digest.composed import NOON, WEEK, Office, a_full_team, office

__all__ = ["office"]


def debriefed_weeks(office: Office, reps: int, weeks: int = 4, *, role: Role = Role.SDR) -> None:
    for n in range(reps):
        rep = office.ids[f"Rep {n}"] = office.build.rep(f"Rep {n}", role, office.team)
        for back in range(weeks):
            office.build.debrief(
                rep, NOON - timedelta(weeks=back), outcome="advanced" if n == 0 else "continued"
            )


def test_without_prompts_the_trend_is_how_calls_end(office: Office) -> None:
    debriefed_weeks(office, reps=4)

    digest = office.compose()

    assert digest.trend is not None
    assert digest.trend.metric is Metric.EFFECTIVE_RATE
    assert [week.share for week in digest.trend.weeks] == [None] * 9 + [0.25] * 4
    assert "25% last week, 25% over 13 weeks" in office.text(digest)


def test_a_week_that_still_runs_is_not_called_last_week(office: Office) -> None:
    debriefed_weeks(office, reps=4)

    running = office.compose(as_of=NOON + timedelta(hours=1))

    assert running.so_far
    assert "25% this week so far, 25% over 13 weeks" in office.text(running)
    assert "last week" not in office.text(running)


@pytest.mark.parametrize("role", [Role.SDR, Role.AE, Role.AM])
@pytest.mark.parametrize(("locale", "newest"), [("en-US", "Nov 9"), ("de-DE", "9 Nov"), ("fr-FR", "9 Nov")])
def test_the_picture_says_what_the_words_beside_it_say_whatever_the_role(
    office: Office, role: Role, locale: str, newest: str
) -> None:
    office.session.get_one(Team, office.team).locale = locale
    debriefed_weeks(office, reps=4, role=role)
    digest = office.compose()
    reads = reader(digest.team.locale, digest.week.zone)

    words = channel.channel(digest, reads, digest_id=1)

    assert words.chart is not None and digest.trend is not None
    [picture] = [block for block in words.blocks if block.type == "image"]
    alt = picture.to_dict()["alt_text"]
    assert alt in words.text
    assert alt.startswith(f"📊 {words.chart['title']}: {reads.percent(words.chart['values'][-1])} last week")
    assert words.chart["title"] == title(digest.trend.metric), "one name of a figure, whatever the role"
    assert (words.chart["weeks"][-1], words.chart["counts"][-4:]) == (newest, [4] * 4)
    assert draw.draw(words.chart).startswith(b"\x89PNG")
    other = {one: _only(one) for one in (Role.SDR, Role.AE, Role.AM) if one is not role}
    assert [one for one, theirs in other.items() if theirs in words.text] == []


def _only(role: Role) -> str:
    """Words that nobody but this role reads."""
    return {Role.SDR: "lead", Role.AE: "deal", Role.AM: "account"}[role]


@pytest.mark.parametrize(("reps", "weeks"), [(2, 4), (4, 2)])
def test_a_trend_of_two_people_or_of_two_weeks_is_not_drawn(office: Office, reps: int, weeks: int) -> None:
    debriefed_weeks(office, reps, weeks)

    assert office.compose().trend is None


def test_a_past_week_is_drawn_by_who_was_in_the_team_then(office: Office) -> None:
    debriefed_weeks(office, reps=4)
    elsewhere = office.build.team("North")
    membership = office.session.get_one(Membership, _membership(office, office.ids["Rep 0"]))
    membership.ended_on = WEEK - timedelta(days=1)
    office.session.add(
        Membership(
            workspace_id=office.build.workspace_id,
            person_id=office.ids["Rep 0"],
            team_id=elsewhere,
            role=Role.SDR,
            started_on=WEEK,
        )
    )

    trend = office.compose().trend

    assert trend is not None
    assert [week.share for week in trend.weeks[-2:]] == [0.25, 0.0]


def _membership(office: Office, person: int) -> int:
    return office.session.exec(select(Membership.id).where(Membership.person_id == person)).one()


def public(digest: Digest) -> list[list[object]]:
    """Everything of people that the channel is told."""
    return [
        [
            [one.person.name for one in top.named],
            [one.person.name for one in top.contenders],
            top.too_close,
            top.facts,
        ]
        for top in digest.tops
    ]


def test_who_opted_out_is_as_if_they_had_never_been_in_the_team(office: Office) -> None:
    """Neither an empty place at the top, nor a count, nor a fact too few tells that somebody is not named."""
    a_full_team(office, named_publicly=False)
    office.sdr("Second", 52, 60, lately=(4, 6))
    opted_out = public(office.compose())

    membership = office.session.get_one(Membership, _membership(office, office.ids["Ana"]))
    membership.ended_on = WEEK - timedelta(weeks=20)

    assert public(office.compose()) == opted_out
    assert opted_out[0][0] == ["Second"]
