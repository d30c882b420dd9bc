"""`make bench`: every figure beside the least that could give it, both measured side by side in this run.

`python -m tests.bench --only ack,idle --json`. Each benchmark first proves that it measures what it says and stops with
a sentence where it does not; the others go on, and the exit code is 1. The table stands in docs/benchmarks.md.
"""

import argparse
import importlib
import json
import os
import pkgutil
import platform
import subprocess
import sys
import time

import tests.bench
from tests.bench.table import MeasuresNothing, Row, written


def main() -> int:
    names = sorted(
        module.name.removeprefix("bench_")
        for module in pkgutil.iter_modules(tests.bench.__path__)
        if module.name.startswith("bench_")
    )
    asked = _asked(names)
    rows: list[Row] = []
    failed: list[str] = []
    for name in asked.only or names:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            rows += importlib.import_module(f"tests.bench.bench_{name}").run()
        except MeasuresNothing as error:
            failed.append(f"{name}: {error}")
    machine = _machine()
    if asked.json:
        told = {"machine": machine, "rows": [row.as_json() for row in rows], "failed": failed}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(f"{machine}\n\n{written(rows)}")
    for sentence in failed:
        print(f"NOT MEASURED: {sentence}", file=sys.stderr)
    return 1 if failed else 0


def _asked(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--only", type=lambda text: text.split(","), help=f"some of {', '.join(names)}")
    asked = parser.parse_args()
    if unknown := set(asked.only or ()) - set(names):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return asked


def _machine() -> str:
    """Where and when, at which commit, and how busy the machine was with other work."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return (
        f"{time.strftime('%Y-%m-%d')}, commit {commit.stdout.strip() or 'unknown'}, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {busy} at the end"
    )


if __name__ == "__main__":
    sys.exit(main())
