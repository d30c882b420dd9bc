"""`make audit`: known weaknesses of what requirements.lock pins, and whether every pin has a hash.

Exits 1 for a known weakness or a pin without a hash. Where the vulnerability service cannot be reached it says so, and
only the pins are checked. AUDIT_OSV_URL names another service that speaks OSV's language.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
UNREACHABLE = (
    "ConnectionError",
    "Could not connect",
    "Failed to establish",
    "Max retries",
    "timed out",
    "Tunnel",
)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> int:
    loose = pins_without_hash(LOCK.read_text(encoding="utf-8"))
    for pin in loose:
        say(f"requirements.lock: {pin} has no exact version with a hash; run `make lock`.")
    return max(int(bool(loose)), known_weaknesses())


def pins_without_hash(lock: str) -> list[str]:
    """Requirements of the lock that name no one version, or no hash of it."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE))
    pinned = re.compile(r"^[A-Za-z0-9._\[\]-]+==\S+.*--hash=sha256:[0-9a-f]{64}", re.DOTALL)
    return [entry.split()[0] for entry in entries if entry.strip() and not pinned.match(entry.strip())]


def known_weaknesses() -> int:
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        str(LOCK),
        "--require-hashes",
        "--disable-pip",
    ]
    command += ["--progress-spinner", "off", "--vulnerability-service", "osv"]
    if url := os.environ.get("AUDIT_OSV_URL"):
        command += ["--osv-url", url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    told = done.stdout + done.stderr
    if done.returncode and any(sign in told for sign in UNREACHABLE):
        say("The vulnerability service cannot be reached: only the pins and their hashes were checked.")
        return 0
    say(told.strip())
    return int(bool(done.returncode))


if __name__ == "__main__":
    sys.exit(main())
