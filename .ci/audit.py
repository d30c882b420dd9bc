"""`make audit`: known weaknesses of what the locks pin, and whether every pin has a hash.

Exits 1 for a known weakness or a pin without a hash, and 3 where the vulnerability service gave no answer: then only
the pins were checked, and it says so. AUDIT_OSV_URL names another service that speaks OSV's language.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-docs.lock", ".ci/installer.lock")
NOT_LOOKED = 3
"""Done in part: neither sound nor known to be weak."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> int:
    loose = [
        (lock, pin) for lock in LOCKS for pin in pins_without_hash((ROOT / lock).read_text(encoding="utf-8"))
    ]
    for lock, pin in loose:
        say(f"{lock}: {pin} has no exact version with a hash; run `make lock`.")
    found = known_weaknesses()
    return 1 if loose else found


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
        *(part for lock in LOCKS for part in ("--requirement", str(ROOT / lock))),
        "--require-hashes",
        "--disable-pip",
    ]
    command += ["--progress-spinner", "off", "--vulnerability-service", "osv"]
    if url := os.environ.get("AUDIT_OSV_URL"):
        command += ["--osv-url", url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    told = (done.stdout + done.stderr).strip()
    if done.returncode and "known vulnerabilit" not in told:
        say("NOT AUDITED: no version was looked up, because the vulnerability service gave no answer:")
        say(told.splitlines()[-1] if told else "it said nothing.")
        say("Only that each pin names one version with its hash was checked. Run it again with a network.")
        return NOT_LOOKED
    say(told)
    return int(bool(done.returncode))


if __name__ == "__main__":
    sys.exit(main())
