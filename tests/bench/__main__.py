"""`make bench`: every figure is a ratio against the bare library, both measured side by side in this run."""

import importlib
import pkgutil
import sys

import tests.bench


def main(only: list[str]) -> None:
    names = sorted(
        module.name
        for module in pkgutil.iter_modules(tests.bench.__path__)
        if module.name.startswith("bench_")
    )
    for name in names:
        if not only or name.removeprefix("bench_") in only:
            print(f"\n{name.removeprefix('bench_')}")
            importlib.import_module(f"tests.bench.{name}").run()


main(sys.argv[1:])
