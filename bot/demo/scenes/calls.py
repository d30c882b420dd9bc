"""Calls end, and their reps say how it went."""

from datetime import time

from bot.demo.screenplay import Scene, Teller
from bot.demo.stage import DIALER, Stage
from bot.sandbox import NotOnScreen, text_of


def one_tap(stage: Stage, teller: Teller) -> None:
    ana = stage.people["ana"]
    stage.call_ended(ana, minutes=12, contact="Dana Whitfield", company="Kestrel Foods")
    teller.hears(ana, "Dana Whitfield")
    teller.does(ana, "taps Meeting booked")
    ana.clicks("Meeting booked")
    stage.settle()
    teller.hears(ana, "meeting booked")


def the_form(stage: Stage, teller: Teller) -> None:
    siriporn = stage.people["siriporn"]
    stage.call_ended(siriporn, minutes=8, contact="Yuki Tanaka", company="Nordhavn Robotics")
    siriporn.waits_for("Yuki Tanaka")
    teller.does(siriporn, "presses Debrief")
    siriporn.clicks("Debrief")
    teller.sees(siriporn, siriporn.waits_for("What went well?"))
    siriporn.submits(
        outcome="Continued",
        next_step="Bring their head of finance in",
        went_well="She told me what the old tool costs them",
        tags=["Authority", "Next step"],
        measure="Asked who signs in the first five minutes",
        pinned_down=["A timeline was agreed"],
    )
    stage.settle()
    teller.does(siriporn, "saves it, in under a minute")
    teller.hears(siriporn, "continued")


def a_lost_call(stage: Stage, teller: Teller) -> None:
    """Reported by another app in Slack, as metadata of its message."""
    chiara = stage.people["chiara"]
    call = stage.ended_call(chiara, minutes=25, contact="Omar Haddad", company="Umbra Health")
    stage.sandbox.other_app(DIALER).posts(
        stage.channels["East"], "A call ended", {"event_type": "call_completed", "event_payload": call}
    )
    stage.settle()
    teller.does("The dialer's own Slack app", "posts that Chiara's call with Omar Haddad ended")
    chiara.waits_for("Omar Haddad")
    chiara.clicks("Debrief")
    chiara.submits(outcome="Lost", went_well="He said no early and kindly")
    teller.does(chiara, "says it was lost, and is asked why")
    teller.sees(chiara, chiara.waits_for("Why was it lost?"))
    chiara.submits(reason="Their budget moved to next year", story="He had decided before we spoke.")
    stage.settle()


def by_hand(stage: Stage, teller: Teller) -> None:
    tomasz = stage.people["tomasz"]
    teller.does(tomasz, "types /debrief: this call came on his own phone")
    tomasz.commands("/debrief")
    teller.sees(tomasz, tomasz.waits_for("Log a call"))
    tomasz.submits(contact="Helena Costa", company="Palomar Energy", minutes="20", outcome="Advanced")
    tomasz.submits(went_well="She brought the renewal up herself")
    stage.settle()


def in_the_evening(stage: Stage, teller: Teller) -> None:
    elif_ = stage.people["elif"]
    stage.call_ended(elif_, minutes=30, contact="Freja Holm", company="Willowgate Textiles")
    if any("our call with *Freja Holm" in text_of(message) for message in elif_.dm):
        raise NotOnScreen("Elif was asked outside her working hours")
    teller.does(elif_, "hangs up and hears nothing: the question waits until morning")


def the_next_morning(stage: Stage, teller: Teller) -> None:
    elif_ = stage.people["elif"]
    teller.hears(elif_, "Freja Holm")
    elif_.clicks("Advanced")
    stage.settle()
    teller.does(elif_, "answers with one tap and adds a story")
    elif_.clicks("Add more")
    elif_.submits(story="I asked what waiting would cost them, and she did the sum aloud.")
    stage.settle()


def nobody_answers(stage: Stage, teller: Teller) -> None:
    jonas = stage.people["jonas"]
    stage.call_ended(jonas, minutes=6, contact="Piotr Mazur", company="Tamarack Foods")
    jonas.waits_for("Piotr Mazur")
    teller.does(jonas, "is busy and lets the question lie")


def one_reminder(stage: Stage, teller: Teller) -> None:
    jonas = stage.people["jonas"]
    teller.hears(jonas, "One tap")
    jonas.clicks("No decision")
    stage.settle()


SCENES = (
    Scene(0, time(10, 5), "A call ends, and one tap is a debrief", one_tap),
    Scene(0, time(11, 30), "The form", the_form),
    Scene(1, time(14, 10), "A call is lost", a_lost_call),
    Scene(1, time(19, 40), "A call in the evening", in_the_evening),
    Scene(2, time(9), "The next morning", the_next_morning),
    Scene(2, time(10, 20), "A call that no dialer saw", by_hand),
    Scene(3, time(10), "A question lies", nobody_answers),
    Scene(3, time(14, 1), "One reminder, and then peace", one_reminder),
)
