"""What the page needs the bot for: a call that ends, the clock, and what it proposes to try."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from bot.calendar.wallclock import next_weekly
from bot.calendar.working_hours import next_open
from bot.demo.season.cast import CAST, EAST
from bot.demo.season.phrases import COMPANIES, CONTACTS
from bot.demo.stage import Stage
from bot.people.services import calendars, members
from bot.sandbox import Control, Member, TourStep

NINE = time(9)


def offer(stage: Stage) -> None:
    """Gives the page its buttons and its tour."""
    stage.sandbox.controls.extend(controls(stage))
    stage.sandbox.tour.extend(tour(stage))


def controls(stage: Stage) -> list[Control]:
    asks = {
        "Rep": tuple(rep.name for rep in CAST if rep.talk.calls_per_day),
        "Contact": CONTACTS,
        "Company": COMPANIES,
        "Minutes": ("12",),
    }
    return [
        Control("A call just ended", lambda asked: _call_ended(stage, asked), asks),
        Control("An hour later", lambda _: _move(stage, stage.clock() + timedelta(hours=1))),
        Control("Next morning, 9:00", lambda _: _move(stage, _next_morning(stage.clock()))),
        Control("Next Monday, 9:00", lambda _: _move(stage, _next_monday(stage.clock()))),
    ]


def _call_ended(stage: Stage, asked: Mapping[str, str]) -> str:
    rep = next(one for one in CAST if one.name == asked["Rep"])
    if not asked["Minutes"].isdecimal():
        return "Please give whole minutes."
    member = stage.people[rep.handle]
    before = len(member.dm)
    stage.call_ended(
        member, minutes=int(asked["Minutes"]), contact=asked["Contact"], company=asked["Company"]
    )
    told = f"{rep.name}'s call with {asked['Contact']} has ended."
    return (
        told
        if len(member.dm) > before
        else f"{told} {why_nothing_came(stage, member, int(asked['Minutes']))}"
    )


def why_nothing_came(stage: Stage, member: Member, minutes: int) -> str:
    """What keeps the bot from asking about a call that has just ended."""
    now = stage.clock()
    with stage.corner.db.reading(stage.corner.tools.workspace_id, now) as books:
        rep = members.me(books, member.id)
        free = next_open(calendars.hours_of(books, rep), now)
    if minutes < 1:
        return "Calls of under a minute are not asked about."
    if free is None:
        return f"{rep.name} is away, so nobody asks."
    if free > now:
        here, then = now.astimezone(rep.zone), free.astimezone(rep.zone)
        return f"It is {here:%A, %H:%M} there: the question comes {then:%A, %H:%M}."
    return "No question came: it joined one about the same contact, or today's are used up. Home has it."


def _move(stage: Stage, moment: datetime) -> str:
    stage.move_to(moment)
    return f"It is {stage.clock().astimezone(EAST.zone):%A, %d %B, %H:%M} in Berlin."


def _next_morning(now: datetime) -> datetime:
    here = now.astimezone(EAST.zone)
    today = datetime.combine(here.date(), NINE, EAST.zone)
    return today if here < today else datetime.combine(here.date() + timedelta(days=1), NINE, EAST.zone)


def _next_monday(now: datetime) -> datetime:
    return next_weekly(now, weekday=0, at=NINE, zone=EAST.zone)


HOME = "home"


def tour(stage: Stage) -> list[TourStep]:
    ana, katharina = stage.people["ana"].id, stage.people["katharina"].id
    east = stage.channels["East"].id
    return [
        TourStep(
            "Answer a question", "You are Ana, who sells. Her call has ended: one tap says how it went.", ana
        ),
        TourStep(
            "Ask for your numbers",
            "Each with what it rests on and where your role's middle is.",
            ana,
            types="/scorecard",
        ),
        TourStep(
            "Read the digest", "Last week in East's channel: who is top, and how sure that is.", ana, east
        ),
        TourStep("Look at Home", "What waits for Ana, and what she can start.", ana, HOME),
        TourStep("Lead the team", "Be Katharina, who leads East.", katharina, types="/scorecard team"),
        TourStep(
            "End a call",
            "The button above ends one for anybody. At night it says when the question comes.",
            ana,
        ),
        TourStep(
            "Let a week pass", "Press “Next Monday, 9:00” above, then read the new digest here.", ana, east
        ),
    ]
