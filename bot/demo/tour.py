"""What the demo's page proposes to try, in an order that tells the product's story."""

from bot.demo.stage import Stage
from bot.sandbox import TourStep

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
