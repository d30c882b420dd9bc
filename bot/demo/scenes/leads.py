"""An SDR passes a lead, and learns from what the AE makes of it."""

from datetime import time

from bot.demo.screenplay import Scene, Teller
from bot.demo.stage import Stage


def a_lead(stage: Stage, teller: Teller) -> None:
    ana, elif_ = stage.people["ana"], stage.people["elif"]
    teller.does(ana, "types /handoff")
    ana.commands("/handoff")
    ana.waits_for("Which AE?")
    ana.submits(ae=elif_.person.name, company="Kestrel Foods", contact="Dana Whitfield, head of operations")
    stage.settle()
    teller.hears(elif_, "passes you a lead")


def the_answer(stage: Stage, teller: Teller) -> None:
    ana, elif_ = stage.people["ana"], stage.people["elif"]
    elif_.clicks("Accept", beside="passes you a lead")
    teller.does(elif_, "accepts, and says what made it a good lead")
    elif_.submits(
        reason="Dana named the month they want to start and who signs. Ask for both every time, as you did here."
    )
    stage.settle()
    teller.hears(ana, "accepted your lead")


SCENES = (
    Scene(1, time(11), "A lead changes hands", a_lead),
    Scene(1, time(15, 30), "The AE says why", the_answer),
)
