"""What the page needs the bot for: a call that ends, and the clock."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from bot.demo.cast import CAST, EAST
from bot.demo.phrases import COMPANIES, CONTACTS
from bot.demo.stage import Stage
from bot.domain.wallclock import next_weekly
from bot.sandbox import Control

NINE = time(9)


def offer(stage: Stage) -> None:
    """Gives the page its buttons."""
    stage.sandbox.controls.extend(controls(stage))


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
    stage.call_ended(
        member, minutes=int(asked["Minutes"]), contact=asked["Contact"], company=asked["Company"]
    )
    return f"{rep.name}'s call with {asked['Contact']} has ended."


def _move(stage: Stage, moment: datetime) -> str:
    stage.move_to(moment)
    return f"It is {stage.clock().astimezone(EAST.zone):%A, %d %B, %H:%M} in Berlin."


def _next_morning(now: datetime) -> datetime:
    here = now.astimezone(EAST.zone)
    today = datetime.combine(here.date(), NINE, EAST.zone)
    return today if here < today else datetime.combine(here.date() + timedelta(days=1), NINE, EAST.zone)


def _next_monday(now: datetime) -> datetime:
    return next_weekly(now, weekday=0, at=NINE, zone=EAST.zone)
