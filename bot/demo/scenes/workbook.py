"""The workbook, for those who lead."""

from datetime import time

from bot.demo.screenplay import Scene, Teller
from bot.demo.stage import Stage


def the_workbook(stage: Stage, teller: Teller) -> None:
    katharina = stage.people["katharina"]
    teller.does(katharina, "types /scorecard export")
    teller.asks(katharina, "/scorecard export")
    files = katharina.waits_for(lambda one: [file for file in one.files if file.complete], timeout=60)
    teller.sees(katharina, katharina.dm[-1])
    teller.keeps("scorecards.xlsx", files[-1].content or b"")


SCENES = (Scene(4, time(16), "The workbook", the_workbook),)
