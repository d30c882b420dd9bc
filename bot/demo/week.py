"""The week that plays itself, scene by scene, in the order of time."""

from bot.demo.scenes import calls, coaching, leads, numbers, weekly, workbook

ALL = (
    *calls.SCENES,
    *coaching.SCENES,
    *leads.SCENES,
    *numbers.SCENES,
    *weekly.SCENES,
    *workbook.SCENES,
)
WEEK = tuple(sorted(ALL, key=lambda scene: scene.moment))
