"""Pairs hear of each other, work on a call together, and meet."""

from datetime import time

from bot.demo.screenplay import Scene, Teller
from bot.demo.stage import Stage


def pairs(stage: Stage, teller: Teller) -> None:
    for learner, coach in (("siriporn", "ana"), ("chiara", "elif")):
        told = teller.hears(stage.people[learner], "is your coach")
        teller.does(stage.people[learner], "accepts")
        stage.people[learner].clicks("Accept", told)
        stage.settle()
        teller.hears(stage.people[coach], "said yes")


def feedback(stage: Stage, teller: Teller) -> None:
    ana, siriporn = stage.people["ana"], stage.people["siriporn"]
    shared = teller.hears(ana, "debriefed a call with Yuki Tanaka")
    ana.clicks("Give feedback", shared)
    ana.submits(
        what_worked="You let her do the sum herself",
        commitment="Ask who signs before the demo",
        rating="4 – good",
    )
    stage.settle()
    teller.does(ana, "answers, and asks for one thing")
    teller.hears(siriporn, "Ask who signs before the demo")


def they_met(stage: Stage, teller: Teller) -> None:
    chiara, elif_ = stage.people["chiara"], stage.people["elif"]
    teller.does(chiara, "presses We met")
    chiara.clicks("We met")
    teller.sees(chiara, chiara.waits_for("The one commitment"))
    chiara.submits(minutes="25", commitment="Agree on a date before the demo", rating="5 – very")
    stage.settle()
    teller.hears(elif_, "Agree on a date")


SCENES = (
    Scene(0, time(9, 5), "Two pairs say yes", pairs),
    Scene(0, time(11, 50), "A coach reads a debrief", feedback),
    Scene(2, time(15), "A pair meets", they_met),
)
