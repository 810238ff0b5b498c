"""What is measured on whole calls of `entente`: many runs, threads, memory, loading, calls. Seconds are the manifest's, but for those of calls,
which are the processor's."""

from __future__ import annotations

import json
import os
import pathlib
import random
import resource
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

FOUNDING = engine.ROOT / "tests" / "scenes" / "founding.yaml"
FIELDS_OF_ROWS = 3
OUT = "OUT"  # in a command, a folder for results

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
        usage = call([*on_core, entente, "run", scenario, "--runs", runs, "--threads", threads, "--out", os.path.join(folder, "out"), "--quiet"])
        manifest = json.loads(pathlib.Path(folder, "out", "manifest.json").read_text())
        return manifest["cost"] | {"peak_bytes": usage.ru_maxrss * 1024, "compiler": manifest["versions"]["compiler"]}


def call(command: list[Any]) -> resource.struct_rusage:
    """What the command used of the machine."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(list(map(str, command)), stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            raise Failed(f"exit code {process.returncode} from {' '.join(map(str, command))}\n{said.read()}")
        return usage


def processor_seconds(command: list[Any]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        usage = call([part if part != OUT else os.path.join(folder, "out") for part in command])
        return usage.ru_utime + usage.ru_stime


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
        found |= many_governments(entente, pathlib.Path(folder), rounds, smoke=smoke) | calls(entente, rounds, smoke=smoke)
        return found


def many_governments(entente: pathlib.Path, folder: pathlib.Path, rounds: int, *, smoke: bool) -> dict[str, list[float]]:
    """One seeker among 195 governments and among 1,000."""
    world, large = (engine.written_scene(entente, "recognition", count, folder / str(count)) for count in ((17, 20) if smoke else (195, 1000)))
    once = [cost(entente, world, 1, 1) for _ in range(rounds)]
    of_large = cost(entente, large, 1, 1)
    return {"seconds to load 195 governments": [one["load_and_compile_seconds"] for one in once],
            "gigabytes of 195 governments": [one["peak_bytes"] / 2**30 for one in once],
            "2 threads over 1, ten runs of 195 governments": thread_ratios(entente, world, 10, min(rounds, 3)),
            "seconds to load 1,000 governments": [of_large["load_and_compile_seconds"]],
            "seconds of a run of 1,000 governments": [of_large["seconds"]]}


def calls(entente: pathlib.Path, rounds: int, *, smoke: bool) -> dict[str, list[float]]:
    classic = engine.ROOT / "scenarios" / "classics" / "degroot.yaml"
    runs = 10 if smoke else 1000
    asked = {"--version": [entente, "--version"], "a classic": [entente, "run", classic, "--no-report", "--out", OUT, "--quiet"]}
    found = {f"milliseconds of {name}": [1e3 * processor_seconds(command) for _ in range(rounds)] for name, command in asked.items()}
    with_page = [entente, "run", FOUNDING, "--runs", runs, "--threads", 1, "--out", OUT, "--quiet"]
    return found | {"processor seconds of 1,000 runs": [processor_seconds(with_page) for _ in range(rounds)]}


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
