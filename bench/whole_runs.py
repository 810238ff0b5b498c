"""What is measured on whole calls of `entente run`: many runs, threads, memory, loading. The seconds are the manifest's."""

from __future__ import annotations

import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from suites import Failed

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "peers"))
import engine  # noqa: E402

FOUNDING = engine.ROOT / "scenarios" / "moscow-kabul.yaml"
FIELDS_OF_ROWS = 3

LINKS = """entente: 1
title: A table of links
calendar: {ticks: 1}
agents:
  person:
    fields: {mood: 0}
    table: people.csv
links:
  tie:
    source: person
    target: person
    fields: {weight: 1}
    table: ties.csv
steps:
  - rule: moods are heard of
    on: person
    do:
      - mood += sum(r.weight for r in tie.out(self))
measures:
  mood: mean(p.mood for p in person)
"""


def cost(entente: pathlib.Path, scenario: pathlib.Path, runs: int, threads: int, core: int | None = None) -> dict[str, Any]:
    """The manifest's `cost` of a call, on any cores or on the one named, and `peak_bytes`: the most memory that its process had resident at
    any time, all of it counted (program, libraries, loading, state, results)."""
    with tempfile.TemporaryDirectory() as folder:
        on_core = [] if core is None else ["taskset", "--cpu-list", core]
        command = [*on_core, entente, "run", scenario, "--runs", str(runs), "--threads", str(threads), "--out", os.path.join(folder, "out"), "--quiet"]
        with open(os.path.join(folder, "said"), "w+") as said:
            process = subprocess.Popen(list(map(str, command)), stdout=said, stderr=said)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                said.seek(0)
                raise Failed(f"exit code {process.returncode} from {' '.join(map(str, command))}\n{said.read()}")
        manifest = json.loads(pathlib.Path(folder, "out", "manifest.json").read_text())
        return manifest["cost"] | {"peak_bytes": usage.ru_maxrss * 1024, "compiler": manifest["versions"]["compiler"]}


def measure(entente: pathlib.Path, rounds: int, *, smoke: bool) -> dict[str, list[float]]:
    """What is wanted → a value a round."""
    shrink = 1000 if smoke else 1
    print("whole runs …", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        graph = write(folder, "graph.yaml", engine.scene("random_graph", [
            ("count: 1000\n", f"count: {1_000_000 // shrink}\n"), ("p: 0.01", f"p: {10 / (1_000_000 // shrink - 1)!r}")]))
        rows = 10_000_000 // shrink
        rows_file = write(folder, "rows.yaml", engine.scene("rows", [("count: 1000\n", f"count: {rows}\n")]))
        links = links_scenario(pathlib.Path(folder, "links"), agents=200 if smoke else 20_000)
        few = min(rounds, 3)  # of what takes long
        found: dict[str, list[float]] = {}
        found["seconds of 100,000 runs"] = [cost(entente, FOUNDING, 100_000 // shrink, 2)["seconds"] for _ in range(few)]
        found["2 threads over 1, batches"] = thread_ratios(entente, FOUNDING, 20_000 // shrink, rounds)
        found["2 threads over 1, one large world"] = thread_ratios(entente, graph, 1, few)
        if shutil.which("mpirun"):
            found["2 MPI ranks over 1"] = [rank_ratio(entente, 2000 // shrink) for _ in range(rounds)]
        found["bytes per byte of fields"] = [cost(entente, rows_file, 1, 1)["peak_bytes"] / (rows * FIELDS_OF_ROWS * 8) for _ in range(few)]
        found["milliseconds to load and compile"] = [1e3 * cost(entente, FOUNDING, 1, 1)["load_and_compile_seconds"] for _ in range(rounds)]
        found["seconds to load 1,000,000 links"] = [cost(entente, links, 1, 1)["load_and_compile_seconds"] for _ in range(few)]
        return found


def on_either_core(seconds: Callable[[int], float]) -> float:
    """What one thread takes: each of two cores is given a turn, for a neighbour of the machine may slow one of them by a third for
    minutes. It is the harmonic mean of the two times, so that 2 is what two threads can reach on unlike cores too."""
    return statistics.harmonic_mean([seconds(core) for core in sorted(os.sched_getaffinity(0))[:2]])


def thread_ratios(entente: pathlib.Path, scenario: pathlib.Path, runs: int, rounds: int) -> list[float]:
    """Time on 1 thread over time on 2, taken in turns."""
    return [on_either_core(lambda core: cost(entente, scenario, runs, 1, core)["seconds"]) / cost(entente, scenario, runs, 2)["seconds"]
            for _ in range(rounds)]


def rank_ratio(entente: pathlib.Path, replicates: int) -> float:
    """Time on 1 rank over time on 2, taken in turns."""
    return on_either_core(lambda core: sweep_seconds(entente, 1, replicates, core)) / sweep_seconds(entente, 2, replicates)


def sweep_seconds(entente: pathlib.Path, ranks: int, replicates: int, core: int | None = None) -> float:
    """Of a sweep of fifty points of the founding scenario by so many ranks of one thread, its shards written; where `mpirun` puts them, or
    all on one core."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "out")
        root = ["--allow-run-as-root"] if os.geteuid() == 0 else []
        bound = [] if core is None else ["--bind-to", "none"]
        on_core = [] if core is None else ["taskset", "--cpu-list", core]
        command = ["mpirun", *root, *bound, "-n", ranks, *on_core, entente, "sweep", FOUNDING, "--vary", "weight_aid=0:10:10", "--vary", "forgetting=0.1:0.9:5",
                   "--replicates", replicates, "--threads", 1, "--out", out, "--quiet"]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"exit code {done.returncode} from {' '.join(map(str, command))}\n{done.stderr}")
        return json.loads((out / "manifest.json").read_text())["cost"]["seconds"]


def write(folder: str | pathlib.Path, name: str, text: str) -> pathlib.Path:
    file = pathlib.Path(folder, name)
    file.write_text(text)
    return file


def links_scenario(folder: pathlib.Path, agents: int) -> pathlib.Path:
    """Everyone tied to 50 others, in no order, each tie with a weight of its own."""
    folder.mkdir()
    rng = random.Random(1)
    steps = [1 + k * (agents - 1) // 50 for k in range(50)]
    ties = [f"p{source},p{(source + step) % agents},{rng.random():.6f}\n" for source in range(agents) for step in steps]
    rng.shuffle(ties)
    write(folder, "people.csv", "name\n" + "".join(f"p{agent}\n" for agent in range(agents)))
    write(folder, "ties.csv", "source,target,weight\n" + "".join(ties))
    return write(folder, "links.yaml", LINKS)
