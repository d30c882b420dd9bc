"""The week that plays itself, scene by scene, in the order of time."""

from bot.demo.scenes import calls

WEEK = tuple(sorted(calls.SCENES, key=lambda scene: scene.moment))
