"""People ask for their numbers, their team's, who is top, and the workbook."""

from datetime import time

from bot.demo.picture import qualified_leads
from bot.demo.screenplay import Scene, Teller, reads
from bot.demo.stage import Stage


def own_card(stage: Stage, teller: Teller) -> None:
    ana = stage.people["ana"]
    teller.does(ana, "types /scorecard")
    card = teller.asks(ana, "/scorecard")
    teller.keeps("scorecard.txt", f"{reads(card)}\n")
    teller.keeps("scorecard.png", qualified_leads(stage, "ana"))


def who_is_top(stage: Stage, teller: Teller) -> None:
    tomasz = stage.people["tomasz"]
    teller.does(tomasz, "types /scorecard top")
    teller.asks(tomasz, "/scorecard top")


def not_my_team(stage: Stage, teller: Teller) -> None:
    ana = stage.people["ana"]
    teller.does(ana, "types /scorecard team, which is for those who lead it")
    teller.asks(ana, "/scorecard team")


def the_team(stage: Stage, teller: Teller) -> None:
    katharina = stage.people["katharina"]
    teller.does(katharina, "types /scorecard team")
    teller.asks(katharina, "/scorecard team")


def the_workbook(stage: Stage, teller: Teller) -> None:
    katharina = stage.people["katharina"]
    teller.does(katharina, "types /scorecard export")
    teller.asks(katharina, "/scorecard export")
    files = katharina.waits_for(lambda one: [file for file in one.files if file.complete], timeout=60)
    teller.sees(katharina, katharina.dm[-1])
    teller.keeps("scorecards.xlsx", files[-1].content or b"")


SCENES = (
    Scene(3, time(16), "A rep's own numbers", own_card),
    Scene(3, time(16, 5), "Who is top, and how sure that is", who_is_top),
    Scene(4, time(15), "A manager looks at her team", the_team),
    Scene(4, time(15, 5), "What is not for everybody", not_my_team),
    Scene(4, time(16), "The workbook", the_workbook),
)
