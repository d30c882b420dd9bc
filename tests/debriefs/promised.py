"""What a rep promised, and the mornings on which it falls due."""

from typing import Any

from bot.sandbox import Member
from tests.support.office import Office


def promises(office: Office, rep: Member, day: str, *, contact: str = "Dana", **said: Any) -> None:
    office.call_ended(rep, contact=contact, company=contact)
    rep.clicks("Debrief")
    sent = {"outcome": "Continued", "next_step": f"Ring {contact}", "next_step_on": day} | said
    assert rep.submits(**sent).errors == {}
    office.later(minutes=30)
