"""What a call source calls somebody, in one spelling."""

import re

_PHONE = re.compile(r"\+?[\d\s().\-/]+")
_SIGNS = re.compile(r"[\s().\-/]")
LONGEST = 200


def spelt(agent: str) -> str:
    """As agents are kept and looked up: without case, and a number without what people write between its digits."""
    plain = " ".join(agent.split()).lower()
    return _SIGNS.sub("", plain) if _PHONE.fullmatch(plain) and any(map(str.isdigit, plain)) else plain
