"""What the app hears of, and what a refused call says."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

HOME = {"type": "app_home_opened", "user": "U1", "tab": "home"}


def error_of(call: Any, **args: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**args)
    return str(refused.value.response["error"])
