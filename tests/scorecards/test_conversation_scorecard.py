"""People ask for their own numbers: three lines, a sentence, what to do next, and every figure behind *More*."""

import re
from datetime import date, timedelta

import pytest

from bot.core.enums import Role
from bot.sandbox import Member
from bot.scorecards.domain.league import Place
from bot.scorecards.views.place import standing
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office


@pytest.mark.usefixtures("numbers")
def test_a_rep_reads_three_lines_and_a_sentence(ana: Member) -> None:
    card = ana.commands("/scorecard").says

    assert "Ana, SDR" in card
    assert "East · Aug 17, 2026 – Nov 15, 2026" in card
    assert "You: *6 of 10 (60%), 2 awaiting*" in card
    assert "The middle of the SDRs: fewer than three of them, so there is none" in card
    assert "Your 13 weeks before: no data" in card
    assert "Calls per day:" not in card, "the rest is behind More"
    assert "likely" not in card


def test_nobody_is_told_of_others_where_chance_could_have_put_them_anywhere() -> None:
    told = standing(Role.SDR, Place(3, 3, low=1, high=3, probability_top=0.1), ramping=False)

    assert "too close to tell whether you are in the upper half of the 3 SDRs" in told
    assert "who is ahead" not in told and "number 3" not in told


@pytest.mark.usefixtures("numbers")
def test_more_shows_every_figure_and_less_puts_them_away(ana: Member) -> None:
    ana.clicks("More", ana.commands("/scorecard").message)

    ana.waits_for("Qualified leads per call*: 6 of 30 (20%)")
    whole = ana.sees()
    assert "No data yet: Effective calls, Timeline agreed" in whole
    assert " 0%" not in whole
    assert "· middle" not in whole, "with one SDR there is no middle to stand beside"
    ana.clicks("Less")
    ana.waits_for("More")


def test_the_sentence_and_the_next_step_follow_from_the_lines(seven: dict[str, Member]) -> None:
    best, last = (seven[name].commands("/scorecard").says for name in ("Ana", "Fay"))

    assert "You: *36 of 40 (90%)*" in best and "That is better than the middle of the SDRs." in best
    assert "Would you coach one of them?" in best
    assert "You: *4 of 40 (10%)*" in last and "this is the one to work on" in last
    assert "Qualified leads: look at what speaks for and against it" in last
    assert not any(word in last for word in ("number 7", "#", "ahead of you", "likely"))


def test_what_chance_alone_could_have_moved_is_not_told_to_have_moved(
    office: Office, bo: Member, seven: dict[str, Member]
) -> None:
    ae, ana, abe = ids(office, bo, seven["Ana"], seven["Abe"])
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for rep, accepted in ((ana, 14), (abe, 29)):
            for n in range(40):
                build.handoff(rep, ae, office.clock() - timedelta(days=110 + n), accepted=n < accepted)

    best, steady = (seven[name].commands("/scorecard").says for name in ("Ana", "Abe"))

    assert "You: *36 of 40 (90%)*" in best and "Your 13 weeks before: 35%" in best
    assert "It went up from the 13 weeks before." in best
    assert "You: *26 of 40 (65%)*" in steady and "Your 13 weeks before: 72.5%" in steady
    assert "The change since the 13 weeks before could be chance alone." in steady
    assert not any(word in steady for word in ("went down", "went up"))
    seven["Abe"].clicks("More", seven["Abe"].commands("/scorecard").message)
    seven["Abe"].waits_for("Qualified leads*: 26 of 40 (65%)")
    whole = seven["Abe"].sees()
    assert "· was 72.5%" in whole and "is better than it" in whole
    [qualified] = [line for line in whole.splitlines() if line.startswith("🔵 *Qualified leads*:")]
    assert not any(sign in qualified for sign in "↗↘")


def test_the_next_step_opens_the_records_of_what_is_worse(seven: dict[str, Member]) -> None:
    fay = seven["Fay"]
    fay.clicks("Look", fay.commands("/scorecard").message)

    fay.waits_for("“No budget this year”")


def test_whoever_is_strong_may_offer_to_coach_from_the_card(office: Office, seven: dict[str, Member]) -> None:
    ana = seven["Ana"]
    ana.clicks("I would coach", ana.commands("/scorecard").message)
    ana.waits_for("You coach up to")

    assert "Would you coach" not in ana.commands("/scorecard").says, "who coaches is not asked again"


def test_the_way_to_the_middle_is_told_in_what_one_would_do(seven: dict[str, Member]) -> None:
    stands = seven["Gus"].commands("/scorecard where").says

    assert re.search(r"\d+ more qualified leads? (among the same 40 decided|from the same 60 calls)", stands)


def test_the_way_to_the_middle_is_told_in_the_currency_of_the_accounts(office: Office, east: int) -> None:
    people = [office.hires(name, Role.AM, east) for name in ("Cy", "Dee", "Eve")]
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for am, end in zip(ids(office, *people), (90, 120, 130), strict=True):
            for key in range(8):
                build.account(am, f"{am}-{key}", date(2026, 6, 1), 100, "EUR")
                build.account(am, f"{am}-{key}", date(2026, 10, 1), end + key, "EUR")

    stands = people[0].commands("/scorecard where").says

    assert re.search(r"€\d.* more in the accounts you hold", stands) and "$" not in stands


def test_who_is_new_reads_their_numbers_beside_nobody_elses(
    office: Office, bo: Member, east: int, seven: dict[str, Member]
) -> None:
    assert seven
    nia = office.hires("Nia", Role.SDR, east, started_on=date(2026, 11, 2))
    sdr, ae = ids(office, nia, bo)
    with office.db.begin() as session:
        for n in range(3):
            build = Builder(session, office.workspace_id)
            build.handoff(sdr, ae, office.clock() - timedelta(days=3 + n), accepted=n == 0)

    card = nia.commands("/scorecard")
    assert "You are in your first four weeks, so you are not compared with the others yet." in card.says
    nia.clicks("More", card.message)
    nia.waits_for("Qualified leads*: 1 of 3")

    whole = nia.sees()
    assert "· middle" not in whole and "is better than it" not in whole and "↗" not in whole


def test_calls_are_no_data_where_nobody_ever_told_of_one(office: Office, ana: Member, bo: Member) -> None:
    sdr, ae = ids(office, ana, bo)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        build.handoff(sdr, ae, office.clock() - timedelta(days=9), accepted=True)
    ana.clicks("More", ana.commands("/scorecard").message)
    ana.waits_for("No data yet: Qualified leads per call, Calls per day, Talk time")

    with office.db.begin() as session:
        Builder(session, office.workspace_id).call(ae, office.clock() - timedelta(days=9))
    ana.clicks("More", ana.commands("/scorecard").message)
    ana.waits_for("Calls per day: 0 a day")


@pytest.mark.usefixtures("numbers")
def test_another_period_replaces_the_card_in_its_place(office: Office, ana: Member) -> None:
    card = ana.commands("/scorecard").message

    ana.clicks("This week", card)

    ana.waits_for("Nov 16, 2026 – Nov 22, 2026, up to now")
    assert "You: *no data yet*" in ana.commands("/scorecard week").says


@pytest.mark.usefixtures("numbers")
def test_an_ae_sees_what_clogs_the_pipeline(bo: Member) -> None:
    bo.clicks("More", bo.commands("/scorecard 2026-11").message)

    bo.waits_for("1 of 1 open deal is stuck: past the expected close (1).")
    assert "Win rate*: 1 of 1 (100%)" in bo.sees()
    [missing] = re.findall("No data yet: .*", bo.sees())
    assert "Goal reached" not in missing, "no goal is for just this month, and none is missing"


def test_where_nothing_is_known_of_deals_nobody_says_that_none_is_stuck(
    office: Office, bo: Member, mia: Member
) -> None:
    [ae] = ids(office, bo)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for _ in range(3):
            build.deal(ae, office.clock() - timedelta(days=30))
    bo.clicks("More", bo.commands("/scorecard").message)

    bo.waits_for("3 open deals. How many are stuck one cannot tell")
    assert "0 of 3 open" not in bo.sees() + mia.commands("/scorecard team").says


def test_accounts_in_two_currencies_stand_side_by_side_until_a_rate_is_given(
    office: Office, east: int
) -> None:
    cy = office.hires("Cy", Role.AM, east)
    (am,) = ids(office, cy)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for key, currency, end in (("Globex", "EUR", 150), ("Initech", "USD", 120)):
            build.account(am, key, date(2026, 6, 1), 100, currency)
            build.account(am, key, date(2026, 10, 1), end, currency)

    card = cy.commands("/scorecard")
    assert "You: *EUR 150%, USD 120%*" in card.says
    assert "nobody has told me what EUR was worth in USD on Nov 15, 2026" in card.says
    cy.clicks("More", card.message)
    cy.waits_for("Upsell*: EUR 50%, USD 20%")

    with office.db.begin() as session:
        Builder(session, office.workspace_id).rate("EUR", "USD", date(2026, 1, 1), "2")
    card = cy.commands("/scorecard")
    assert "Accounts in EUR are counted in USD, all at the rates of Nov 15, 2026" in card.says
    cy.clicks("More", card.message)
    cy.waits_for("Upsell*: 40%")


def test_a_manager_without_calls_gets_a_card_too(mia: Member) -> None:
    assert "Mia, manager" in mia.commands("/scorecard").says


def test_a_name_cannot_bring_a_mention_to_life(office: Office, mia: Member, east: int) -> None:
    with office.db.begin() as session:
        Builder(session, office.workspace_id).rep("<!channel> *Eve*", Role.SDR, east)

    assert "<!channel>" not in str(mia.commands("/scorecard team").blocks)
