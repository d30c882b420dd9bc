"""Why a file cannot be filled."""


class Unfit(Exception):
    """Ends the sentence “I cannot fill FILE: …”, without a full stop."""
