"""Imports all that the image has of the program, then runs its `cornerman` against a stand-in Slack: `doctor`, `run`,
/readyz, /metrics, and it is stopped.

In an image: docker run --rm --interactive --entrypoint python cornerman - < .ci/try_image.py
Exits 1 with a sentence where something is not as it should be.
"""

import contextlib
import importlib
import os
import pkgutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

import bot
import handlers
from bot.sandbox import Sandbox

PORT = os.environ.get("CORNERMAN_PORT", "8080")
PATIENCE = 300
"""Seconds; a first start migrates a database, and the machine may have other work."""


def main() -> int:
    import_all()
    with Sandbox() as slack:
        tokens = slack.install()
        env = os.environ | {
            "SLACK_BOT_TOKEN": tokens.bot_token,
            "SLACK_APP_TOKEN": tokens.app_token,
            "SLACK_API_URL": slack.api_url,
            "CORNERMAN_PORT": PORT,
        }
        return subprocess.call(["cornerman", "doctor"], env=env) or serve(env)  # noqa: S607


def import_all() -> None:
    """What is needed only now and then is imported then: here it is seen whether the image has it."""
    for package in (bot, handlers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def serve(env: Mapping[str, str]) -> int:
    began = time.monotonic()
    with subprocess.Popen(["cornerman", "run"], env=env) as bot:  # noqa: S607
        try:
            wrong = "" if is_ready(bot, until=began + PATIENCE) else "It did not become ready."
            told = f"Ready after {time.monotonic() - began:.0f} s."
            if not wrong and "cornerman_inbox_events" not in page("/metrics"):
                wrong = "/metrics does not tell of the inbox."
        finally:
            bot.terminate()
    if not wrong and bot.returncode:
        wrong = f"It was told to stop, and ended with {bot.returncode}."
    sys.stdout.write(f"{wrong or told}\n")
    return 1 if wrong else 0


def is_ready(bot: "subprocess.Popen[bytes]", until: float) -> bool:
    while bot.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError):
            if page("/readyz") == "ready":
                return True
        time.sleep(0.1)
    return False


def page(path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=10) as answer:
        return str(answer.read().decode())


if __name__ == "__main__":
    sys.exit(main())
