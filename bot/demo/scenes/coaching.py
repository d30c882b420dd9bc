"""Pairs hear of each other, work on a call together, and meet."""

from datetime import time

from bot.demo.screenplay import Scene, Teller
from bot.demo.stage import Stage


def pairs(stage: Stage, teller: Teller) -> None:
    for learner, coach in (("siriporn", "ana"), ("lars", "elif")):
        told = teller.hears(stage.people[learner], "as your coach")
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
    lars, elif_ = stage.people["lars"], stage.people["elif"]
    teller.does(lars, "presses We met")
    lars.clicks("We met")
    teller.sees(lars, lars.waits_for("The one commitment"))
    lars.submits(minutes="25", commitment="Agree on a date before the demo", rating="5 – very")
    stage.settle()
    teller.hears(elif_, "Agree on a date")


def help_now(stage: Stage, teller: Teller) -> None:
    """A teammate who is strong there is asked at once; the first to say so is on it."""
    siriporn, ana = stage.people["siriporn"], stage.people["ana"]
    teller.does(siriporn, "is on a call, stuck, and types /coach now authority")
    teller.asks(siriporn, "/coach now authority")
    stage.settle()
    asked = teller.hears(ana, "needs help with")
    ana.clicks("I'm on it", asked)
    stage.settle()
    teller.hears(siriporn, "is on it and writes to you")


def pairs_to_come(stage: Stage, teller: Teller) -> None:
    katharina = stage.people["katharina"]
    teller.does(katharina, "types /scorecard pairs, to see whom she would bring together next week")
    katharina.commands("/scorecard pairs")
    teller.hears(katharina, "pairs for the week of")


SCENES = (
    Scene(0, time(9, 5), "Two pairs say yes", pairs),
    Scene(0, time(11, 50), "A coach reads a debrief", feedback),
    Scene(1, time(15), "A pair meets", they_met),
    Scene(3, time(11), "Help during a call", help_now),
    Scene(4, time(15, 10), "The pairs to come", pairs_to_come),
)
