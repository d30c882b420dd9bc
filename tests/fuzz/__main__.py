"""`make fuzz`: atheris on each adapter's verify and parse, guided by coverage; stops at the first one that breaks."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.calls.sources.bodies import GOOD
from tests.calls.sources.signatures import SOURCES


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=60, help="for each source")
    asked.add_argument("--source", choices=SOURCES, action="append")
    options = asked.parse_args()
    return next((code for source in options.source or SOURCES if (code := fuzz(source, options.seconds))), 0)


def fuzz(source: str, seconds: int) -> int:
    """The exit code; what broke an adapter is left in the working folder as crash-…"""
    print(f"\n{source}, {seconds} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        good = Path(folder) / "good.json"
        good.write_text(json.dumps(GOOD[source]), encoding="utf-8")
        command = [sys.executable, "-m", "tests.fuzz.one", source, str(good)]
        limits = [f"-max_total_time={seconds}", "-max_len=2000", "-timeout=5", "-print_final_stats=1"]
        return subprocess.run([*command, *limits], check=False).returncode


sys.exit(main())
