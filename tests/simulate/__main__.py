"""`python -m tests.simulate [study …]`: each module here that has a `run()`, or those that are named.

A row that does not hold makes the exit code 1.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path


def main() -> int:
    names = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if not file.stem.startswith("_"))
    studies = {
        name: module for name in names if hasattr(module := import_module(f"{__package__}.{name}"), "run")
    }
    parser = argparse.ArgumentParser(prog="python -m tests.simulate")
    parser.add_argument("study", nargs="*", help=f"one of {', '.join(studies)}; all by default")
    wanted = parser.parse_args().study or list(studies)
    if unknown := [name for name in wanted if name not in studies]:
        parser.error(f"there is no study {unknown[0]!r}, only {', '.join(studies)}")
    broken = 0
    for name in wanted:
        print(f"\n{name}")
        broken += sum(not getattr(row, "holds", True) for row in studies[name].run() or ())
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
