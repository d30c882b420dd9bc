"""`make mutate`: plants each fault of `faults.py` in a copy of the program, and tells which the tests do not notice.

Exits 1 where one survives, or does not fit the program any more. A fault counts as noticed when a test fails: one
that cannot even be collected does not.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutate.fault import Fault
from tests.mutate.faults import FAULTS
from tests.tree import ROOT

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "demo-out", "docs", "*.db")
SECONDS = 900
FAILED = 1
"""pytest's own word for "some test failed"."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="faults whose file holds this")
    chosen = [fault for fault in FAULTS if parser.parse_args().only in fault.file]
    with tempfile.TemporaryDirectory(prefix="cornerman-mutate-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        unnoticed = [fault for fault in chosen if not is_noticed(copy, fault)]
    sys.stdout.write(f"{len(chosen) - len(unnoticed)} of {len(chosen)} planted faults are noticed.\n")
    return int(bool(unnoticed))


def is_noticed(copy: Path, fault: Fault) -> bool:
    """Whether a test fails with the fault in place; the copy is as it was afterwards."""
    path = copy / fault.file
    whole = path.read_text(encoding="utf-8")
    if whole.count(fault.good) != 1:
        sys.stdout.write(f"DOES NOT FIT  {fault.file}: {fault.good.strip()}\n")
        return False
    path.write_text(whole.replace(fault.good, fault.bad), encoding="utf-8")
    try:
        ended = run(copy, fault.tests)
    finally:
        path.write_text(whole, encoding="utf-8")
    noticed = ended == FAILED
    word = "noticed " if noticed else "HANGS   " if ended is None else "SURVIVES"
    sys.stdout.write(f"{word}  {fault.file}: {fault.good.strip().splitlines()[0]}\n")
    sys.stdout.flush()
    return noticed


def run(copy: Path, tests: tuple[str, ...]) -> int | None:
    """pytest's exit code; None where it does not end.

    The copy comes before what is installed, since it is the folder that python runs in."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    env = os.environ | {"PYTHONPATH": str(copy)}
    env.setdefault(
        "PYTHONPYCACHEPREFIX", str(copy.parent / "compiled")
    )  # libraries are compiled once, not each time
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        return subprocess.run(
            command,
            cwd=copy,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return None


if __name__ == "__main__":
    sys.exit(main())
