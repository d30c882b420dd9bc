"""A team of 200, some with names that would rather be markup, is told of within what Slack shows."""

from datetime import date, timedelta

import pytest

from bot.core.enums import DealStatus, Role
from bot.sandbox import Channel, Member
from storage.tables import Team
from tests.support.builders import Builder
from tests.support.office import Office

MANY = 200
ODD = (
    "<!channel> *Eve* & Co",
    "<@U1>",
    "`$x^2$` ~Ned~",
    "_" * 80,
    "พงศกร 😀 O'Brien-Łukasz",
    "&" * 75,
)


@pytest.fixture
def sales(office: Office, mia: Member, east: int) -> Channel:
    """90 SDRs, 60 AEs and 50 AMs in East, each with a little of everything."""
    channel = office.sandbox.add_channel("sales", members=[mia])
    office.sandbox.invite_bot(channel)
    now = office.clock()
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        session.get_one(Team, east).channel = channel.id
        roles = [Role.SDR] * 90 + [Role.AE] * 60 + [Role.AM] * 50
        reps = [
            build.rep(f"{ODD[n % len(ODD)]} {n}", role, east, in_slack=False, willing=n % 3 == 0)
            for n, role in enumerate(roles)
        ]
        for n, rep in enumerate(reps):
            day = now - timedelta(days=4 + n % 60)
            build.debrief(rep, day, tags=("timeline",), outcome="advanced" if n % 3 else "lost")
            if roles[n] is Role.SDR:
                for lead in range(4):
                    build.handoff(rep, reps[90 + n % 60], day, accepted=lead <= n % 4, reason="Too small")
            elif roles[n] is Role.AE:
                build.deal(rep, day - timedelta(days=20), expected_close=date(2026, 11, 10))
                build.deal(rep, day - timedelta(days=30), status=DealStatus.WON, closed_at=day)
            else:
                build.account(rep, f"Account {n}", date(2026, 6, 1), 100)
                build.account(rep, f"Account {n}", date(2026, 11, 10), 90 + n)
    return channel


@pytest.mark.usefixtures("sales")
def test_a_manager_sees_the_best_of_each_role_and_where_the_rest_is(mia: Member) -> None:
    team = mia.commands("/scorecard team")

    assert not team.error
    assert "… and 50 more" in team.says
    assert "🪠 60 of 60 open deals stuck" in team.says
    lines = [line for line in team.says.splitlines() if line.startswith("•")]
    assert len(lines) == 3 * 40
    assert not any(line.endswith("…") for line in lines), "no line is cut in the middle"


@pytest.mark.usefixtures("sales")
def test_the_top_and_the_map_are_shown(office: Office, mia: Member) -> None:
    assert not mia.commands("/scorecard top").error
    assert "I am drawing it" in mia.commands("/scorecard map").says
    office.tick()

    [picture] = [message for message in mia.dm if any(block["type"] == "image" for block in message.blocks)]
    assert "Effort and effect: East" in picture.text


def test_the_digest_is_seen_posted_and_told(office: Office, mia: Member, sales: Channel) -> None:
    mia.commands("/scorecard digest")
    mia.waits_for("Only you see this")
    mia.clicks("Post now")
    mia.waits_for("is on its way")
    office.tick()

    [posted] = sales.messages
    assert len(posted.blocks) <= 12
    assert "<!channel>" not in posted.text + str(posted.blocks)
    page = next(message.text for message in mia.dm if "for you alone" in message.text)
    assert len(page.splitlines()) < 12
    assert "<@U1>" not in page
