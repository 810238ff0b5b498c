#!/usr/bin/env python3
"""What it costs to run a tiny scenario at a thousand values of a parameter, by each way of driving Entente.

  cost.py [VALUES]     `entente` on the PATH; the row of the Python module is there where `import entente` is
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time


def values(count: int) -> list[float]:
    return [0.3 * i / count for i in range(count)]


def by_calls(folder: pathlib.Path, gains: list[float]) -> None:
    for i, gain in enumerate(gains):
        subprocess.run(["entente", "run", "tiny.yaml", "--runs", "1", "--set", f"gain={gain!r}", "--no-report", "--json", "--out", f"calls/{i}"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)


def by_calls_without_series(folder: pathlib.Path, gains: list[float]) -> None:
    for i, gain in enumerate(gains):
        subprocess.run(["entente", "run", "tiny.yaml", "--runs", "1", "--set", f"gain={gain!r}", "--no-report", "--series", "none", "--json", "--out", f"lean/{i}"], cwd=folder,
                       check=True, stdout=subprocess.DEVNULL)


def by_points(folder: pathlib.Path, gains: list[float]) -> None:
    (folder / "points.csv").write_text("gain\n" + "".join(f"{gain!r}\n" for gain in gains))
    subprocess.run(["entente", "sweep", "tiny.yaml", "--points", "points.csv", "--replicates", "1", "--no-report", "--json", "--out", "swept"], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)


def by_module(folder: pathlib.Path, gains: list[float]) -> None:
    import entente

    tiny = entente.Scenario(str(folder / "tiny.yaml"))
    for gain in gains:
        tiny.set(gain=gain).run(1)


def processor_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


ways = [
    ("`entente run --runs 1`, a call for each value", by_calls),
    ("the same with `--series none`", by_calls_without_series),
    ("`entente sweep --points`, one call", by_points),
    ("Python: `scenario.set(gain=…).run(1)`, a call for each value", by_module),
]


def main() -> None:
    gains = values(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    print(f"| {len(gains):,} values, a run each | seconds | a value | processor time of it |\n|---|---|---|---|")
    for name, run in ways:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            subprocess.run(["entente", "new", path / "tiny.yaml"], check=True, stdout=subprocess.DEVNULL)
            begin, used = time.perf_counter(), processor_seconds()
            try:
                run(path, gains)
            except (ImportError, AttributeError):
                print(f"| {name} | – | | |")
                continue
            seconds, used = time.perf_counter() - begin, processor_seconds() - used
            print(f"| {name} | {seconds:.2f} | {1000 * seconds / len(gains):.2f} ms | {1000 * used / len(gains):.2f} ms |")


if __name__ == "__main__":
    main()
