"""What of a digest is sent: within a phone, inert, as JSON, once, and to whom."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.blocks.reader import reader
from bot.core.enums import OutboxKind, Outcome, Role, StoryKind
from bot.digest import jobs
from bot.digest.domain.digest import Skip
from bot.digest.services import compose as digests
from bot.digest.views import as_json as digest_answers
from bot.digest.views import channel as views
from storage.books import Books
from storage.tables import CoachTopic, OutboxMessage, Pairing, Person, Story
from storage.tables import Digest as Row
from tests.digest.composed import DUE, NOON, Office, a_full_team, office

__all__ = ["office"]
PHONE_LINES, PHONE_WIDTH = 32, 42


def test_the_whole_fits_a_phone_whatever_the_team(office: Office) -> None:
    long = "with a name that goes on and on and on and on"
    office.sdr(f"Ana {long}", 58, 60, lately=(5, 6), willing=True, coach_capacity=30)
    for n in range(12):
        office.sdr(f"Ben {n} {long}", 4, 40, lately=(1, 6))
        office.sdr(f"Middle {n} {long}", 20, 40, lately=(3, 6))
    office.build.story(office.ids[f"Ana {long}"], "word " * 200, NOON)

    digest = office.compose()
    words = views.channel(digest, reader(None, digest.week.zone), digest_id=1)

    lines = sum(max(1, -(-len(line) // PHONE_WIDTH)) for line in words.text.splitlines() if line)
    assert lines <= PHONE_LINES
    assert len(words.blocks) <= 10


def test_markup_in_names_stays_inert_everywhere(office: Office) -> None:
    a_full_team(office)
    office.session.get_one(Person, office.ids["Ana"]).name = "<@U1> *Ana*"

    digest = office.compose()
    jobs.post(Books(office.session, digest.workspace_id, DUE), digest)

    for message in office.session.exec(select(OutboxMessage)):
        assert "<@U1>" not in message.text + str(message.blocks)


def test_the_answer_in_json_keeps_its_promised_keys(office: Office) -> None:
    a_full_team(office)

    digest = office.compose()
    answer = digest_answers.digest(digest, reader(None, digest.week.zone))

    assert list(answer) == [
        "team", "week", "channel", "top", "most_improved", "pairs", "unpaired", "pipeline", "forecast", "story",
        "training_topic", "team_goal", "blocks", "text",
    ]  # fmt: skip
    assert (answer["team"], answer["week"], answer["channel"]) == ("East", "2026-W46", "C0SALES")
    [named] = answer["top"]["SDR"]["named"]
    assert set(named) == {"name", "email", "probability_top"}
    pair = digest_answers.pair(digest.plan)
    assert pair["week"] == "2026-W47"
    assert set(pair["pairs"][0]) == {"coach", "learner", "metric", "value", "reason"}
    assert pair["total_value"] == pytest.approx(sum(one["value"] for one in pair["pairs"]))


def test_a_topic_comes_with_what_others_did_about_it_and_who_coaches_on_it(office: Office) -> None:
    a_full_team(office)
    ana, ben = office.ids["Ana"], office.ids["Ben"]
    for rep in (ana, ben):
        office.build.debrief(rep, NOON, tags=["pricing"], outcome=Outcome.CONTINUED)
    earlier = NOON - timedelta(weeks=5)
    debrief = office.build.debrief(ana, earlier, tags=["pricing"], outcome=Outcome.ADVANCED)
    office.build.story(ana, "I asked what waiting costs", earlier)
    office.session.flush()
    told = office.session.exec(select(Story)).one()
    told.debrief_id, told.kind = debrief, StoryKind.WIN
    coach = office.session.get_one(Person, ana)
    coach.willing = True
    office.session.add(CoachTopic(workspace_id=office.build.workspace_id, person_id=ana, topic="pricing"))

    digest = office.compose()

    text = office.text(digest)
    assert "Worth training: *Pricing*" in text
    assert "↳ How one of you won with it: I asked what waiting costs – Ana" in text
    assert "↳ Ask Ana: they coach on it" in text
    topic = digest_answers.digest(digest, reader(None, digest.week.zone))["training_topic"]
    assert (topic["story"]["told"], topic["coaches"]) == ("I asked what waiting costs", ["Ana"])
    coach.named_publicly = False
    told.shared = False
    assert "↳" not in office.text(), "nobody is named against their will, and nothing is told that is private"


@pytest.mark.parametrize(("aes", "why"), [(0, "no_deals"), (1, "few_closed")])
def test_a_script_hears_why_there_is_no_forecast(office: Office, aes: int, why: str) -> None:
    """Below three goals too: who may ask for the digest leads the team."""
    a_full_team(office)
    for n in range(aes):
        ben = office.build.rep(f"Seller {n}", Role.AE, office.team)
        office.build.deal(ben, NOON - timedelta(days=9), amount=Decimal(70))

    digest = office.compose()
    books = Books(office.session, digest.workspace_id, DUE)
    told = digest_answers.digest(
        digests.with_forecast(books, digest, as_of=DUE), reader(None, digest.week.zone)
    )

    assert (told["forecast"]["why"], told["forecast"]["open"]) == (why, aes)


def test_a_digest_is_told_once_with_all_that_goes_with_it(office: Office) -> None:
    a_full_team(office)
    office.build.rep("Mia", Role.MANAGER, office.team)

    assert jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())
    assert not jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    [posted] = office.messages(OutboxKind.DIGEST)
    assert posted.channel == "C0SALES"
    [row] = office.session.exec(select(Row)).all()
    assert row.message_id == posted.id
    assert office.session.exec(select(Pairing)).all() == [], "the coaching week is its own"
    notices = {message.person_id: message.text for message in office.messages(OutboxKind.NOTICE)}
    assert not notices.keys() & office.ids.values(), "no rep is told a place unasked"
    manager = next(text for id, text in notices.items() if id not in office.ids.values())
    assert "coaching places taken" in manager


def test_with_nothing_to_tell_nothing_is_posted_and_the_manager_hears_why_once(office: Office) -> None:
    office.build.rep("New", Role.SDR, office.team)
    manager = office.build.rep("Mia", Role.MANAGER, office.team)

    for _try in range(2):
        jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    [told] = office.session.exec(select(OutboxMessage)).all()
    assert (told.person_id, told.channel) == (manager, None)
    assert "I know of nothing to tell yet" in told.text
    assert office.session.exec(select(Row)).one().skipped == Skip.NOTHING_TO_TELL


def test_nobody_outside_slack_is_written_to(office: Office) -> None:
    a_full_team(office, in_slack=False)

    jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    assert office.ids["Ana"] not in {row.person_id for row in office.session.exec(select(OutboxMessage))}


def test_where_the_manager_has_left_the_admins_hear_of_the_team(office: Office) -> None:
    a_full_team(office)
    office.build.rep("Mia", Role.MANAGER, office.team, in_slack=False)
    admin = office.build.rep("Ada", Role.MANAGER, office.build.team("Head office"), is_admin=True)

    jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    [told] = [row.text for row in office.messages(OutboxKind.NOTICE) if row.person_id == admin]
    assert "coaching places taken" in told
