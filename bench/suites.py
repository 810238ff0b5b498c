"""The Google Benchmark suites: runs them, reads what they say."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import statistics
import subprocess
import tempfile
from typing import Any

RATES = ["run_ticks/s", "row_updates/s", "items_per_second", "bytes_per_second"]
LARGE = "(1000000|10000000|recognition/195|recognition/1000)$"  # worlds that take long to make


class Failed(Exception):
    """Something that should have run did not."""


@dataclasses.dataclass
class Benchmark:
    """A value of each repetition: nanoseconds an iteration, and of every counter."""

    times: list[float]
    counters: dict[str, list[float]]

    @property
    def speeds(self) -> list[float]:
        """What it gets done a second: the first rate it counts, or else iterations."""
        for rate in RATES:
            if rate in self.counters:
                return self.counters[rate]
        return [1e9 / time for time in self.times]

    def as_json(self) -> dict[str, Any]:
        return {"nanoseconds": self.times, "median": statistics.median(self.times), "counters": self.counters}


def benchmarks(saved: dict[str, Any]) -> dict[str, Benchmark]:
    """suite/benchmark → what a results file says of it."""
    return {f"{suite}/{name}": Benchmark(told["nanoseconds"], told["counters"])
            for suite, all_told in saved.items() for name, told in all_told.items()}


def run_all(bin_folder: pathlib.Path, repetitions: int, *, smoke: bool) -> dict[str, dict[str, Benchmark]]:
    """suite → benchmark → what it took, of every bench_* in the folder."""
    suites = sorted(file for file in bin_folder.glob("bench_*") if file.suffix == "")
    if not suites:
        raise Failed(f"no bench_* in {bin_folder}: build with ENTENTE_BENCH=ON")
    return {suite.name.removeprefix("bench_"): run(suite, repetitions, smoke=smoke) for suite in suites}


def run(suite: pathlib.Path, repetitions: int, *, smoke: bool) -> dict[str, Benchmark]:
    print(f"{suite.name} …", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "out.json")
        command = [suite, f"--benchmark_out={out}", "--benchmark_out_format=json", "--benchmark_display_aggregates_only=true"]
        command += [f"--benchmark_repetitions={repetitions}", f"--benchmark_enable_random_interleaving={'false' if smoke else 'true'}"]
        command += ["--benchmark_min_time=0.001", f"--benchmark_filter=-{LARGE}"] if smoke else ["--benchmark_min_time=0.1"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0 or not out.exists():
            raise Failed(f"exit code {done.returncode} from {suite}\n{done.stdout}{done.stderr}")
        return read(json.loads(out.read_text()))


def read(told: dict[str, Any]) -> dict[str, Benchmark]:
    """Repetitions only: medians and spreads are taken from them here."""
    nanoseconds = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
    known = {"name", "run_name", "run_type", "threads", "time_unit", "real_time", "cpu_time", "iterations", "repetitions", "repetition_index",
             "family_index", "per_family_instance_index", "label", "error_occurred", "error_message"}
    found: dict[str, Benchmark] = {}
    for entry in told["benchmarks"]:
        if entry.get("error_occurred"):
            raise Failed(f"{entry['name']}: {entry['error_message']}")
        if entry["run_type"] != "iteration":
            continue
        one = found.setdefault(entry["run_name"], Benchmark([], {}))
        one.times.append(entry["real_time"] * nanoseconds[entry["time_unit"]])
        for counter, value in entry.items():
            if counter not in known:
                one.counters.setdefault(counter, []).append(value)
    return found
