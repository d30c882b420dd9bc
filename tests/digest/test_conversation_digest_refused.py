"""A digest that Slack refuses, or whose manager left, is not lost."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.digest import jobs
from bot.sandbox import text_of
from bot.sandbox.state import ChannelKind
from storage.tables import Membership, Team
from tests.support.digest_floor import Floor, post, told
from tests.support.tools import tools


def archive(floor: Floor) -> None:
    floor.channel.archived = True


def remove_the_bot(floor: Floor) -> None:
    floor.channel.members[:] = [floor.mia.id, floor.ana.id, floor.ben.id]


def make_private(floor: Floor) -> None:
    """Without the bot in it, which then cannot even see it."""
    floor.channel.kind = ChannelKind.PRIVATE
    remove_the_bot(floor)


def delete(floor: Floor) -> None:
    del floor.office.sandbox.workspace.channels[floor.channel.id]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (archive, "its channel is archived"),
        (remove_the_bot, "I am not in its channel."),
        (delete, "its channel was deleted, or is private"),
        (make_private, "its channel was deleted, or is private"),
    ],
)
def test_a_digest_that_slack_refuses_is_not_lost(
    floor: Floor, trouble: Callable[[Floor], None], words: str
) -> None:
    trouble(floor)
    post(floor)
    refused = told(floor.mia, words)
    elsewhere = floor.office.sandbox.add_channel("elsewhere", members=[floor.mia])
    floor.office.sandbox.invite_bot(elsewhere)

    floor.mia.clicks("Change day or channel", refused)
    floor.mia.submits(day="4", time="15:30", channel=elsewhere.id)
    floor.mia.clicks("Post again", refused)
    floor.office.tick()
    floor.mia.closes()
    floor.mia.commands("/scorecard digest")

    assert "Top SDR" in text_of(elsewhere.messages[0])
    floor.mia.waits_for("The last one was posted already")
    with floor.office.db.read() as session:
        team = session.get_one(Team, floor.id)
        assert (team.digest_weekday, team.digest_time, team.channel) == (4, time(15, 30), elsewhere.id)
        assert team.digest_next_at == datetime(2026, 11, 20, 14, 30, tzinfo=UTC), "Friday in Berlin"


def test_a_digest_is_not_lost_with_its_manager(floor: Floor) -> None:
    """Slack refuses it, and the only manager has left: an admin hears of it, and can post it again."""
    ada = floor.office.hires("Ada", Role.MANAGER, floor.office.team("Office"), is_admin=True)
    with floor.office.db.begin() as session:
        [led] = session.exec(
            select(Membership).where(Membership.role == Role.MANAGER, Membership.team_id == floor.id)
        )
        led.ended_on = floor.office.clock().date() - timedelta(days=1)
        session.get_one(Team, floor.id).digest_next_at = floor.office.clock()
    archive(floor)
    jobs.post_digests(tools(floor.office.db, floor.office.workspace_id, now=floor.office.clock()))
    floor.office.tick()

    refused = told(ada, "its channel is archived")
    floor.channel.archived = False
    ada.clicks("Post again", refused)
    floor.office.tick()

    assert "Top SDR" in text_of(floor.channel.messages[0])


def test_the_preview_of_a_refused_digest_offers_to_post_it_again(floor: Floor) -> None:
    archive(floor)
    post(floor)
    floor.channel.archived = False

    floor.mia.commands("/scorecard digest")
    floor.mia.clicks("Post again", told(floor.mia, "Slack would not take it"))
    floor.mia.waits_for("I try again to post")
    floor.office.tick()

    assert len(floor.channel.messages) == 1


def test_only_a_channel_can_be_chosen(floor: Floor) -> None:
    floor.mia.commands("/scorecard digest")
    floor.mia.clicks("Change day or channel", told(floor.mia, "Only you see this"))

    answer = floor.mia.submits(
        channel=floor.office.sandbox.workspace.conversation_of("U00000001", floor.ben.id).id
    )

    assert "member of" in answer.errors["channel"]
