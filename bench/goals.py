"""What must hold, and whether it does; with a few rows that are there for orientation."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Callable
from typing import Any

from suites import Benchmark


@dataclasses.dataclass
class Measured:
    """All that a run of tools/bench has found."""

    suites: dict[str, Benchmark]  # suite/benchmark
    whole_runs: dict[str, list[float]]
    peers: list[dict[str, Any]]  # as bench/peers/compare tells them

    def speeds(self, name: str) -> list[float]:
        """Of a benchmark, whichever suite it is in; none if it was not run."""
        return next((one.speeds for path, one in self.suites.items() if path.partition("/")[2] == name), [])

    def over(self, one: str, other: str) -> list[float]:
        """How much faster `one` is: each repetition over the other's median, so that their median is the ratio of medians."""
        fast, slow = self.speeds(one), self.speeds(other)
        return [speed / statistics.median(slow) for speed in fast] if slow else []

    def counter(self, name: str, counter: str) -> list[float]:
        """What a benchmark counts, whichever suite it is in; none if it was not run."""
        return next((one.counters[counter] for path, one in self.suites.items() if path.partition("/")[2] == name and counter in one.counters), [])

    def time_per_row(self, one: str, other: str) -> list[float]:
        """How much longer `one` takes for a row and tick."""
        slow, fast = self.counter(one, "row_updates/s"), self.counter(other, "row_updates/s")
        return [statistics.median(fast) / speed for speed in slow] if fast else []

    def over_peer(self, peer: str, world: str) -> list[float]:
        return next((told["ratios"] for told in self.peers if told["peer"] == peer and told["world"].startswith(world)), [])

    def loop_over_peer(self, name: str, peer: str) -> list[float]:
        """A benchmark's ticks of runs over those of a peer; its ticks alone, while a peer keeps what it finds."""
        told = next((told["by_peer"] for told in self.peers if told["peer"] == peer), [])
        return [speed / statistics.median(told) for speed in self.speeds(name)] if told else []


@dataclasses.dataclass(frozen=True)
class Goal:
    """What is measured, and what it must come to; without a bound it is there for orientation."""

    name: str
    bound: float | None
    at_most: bool
    values: Callable[[Measured], list[float]]
    unit: str = ""

    @property
    def text(self) -> str:
        return "–" if self.bound is None else f"{'≤' if self.at_most else '≥'} {self.bound:,g}{self.unit}"

    def verdict(self, values: list[float]) -> str:
        if not values:
            return "not measured"
        if self.bound is None:
            return "for orientation"
        median = statistics.median(values)
        return "met" if (median <= self.bound if self.at_most else median >= self.bound) else "not met"


def at_least(name: str, bound: float, values: Callable[[Measured], list[float]], unit: str = " ×") -> Goal:
    return Goal(name, bound, False, values, unit)


def at_most(name: str, bound: float, values: Callable[[Measured], list[float]], unit: str) -> Goal:
    return Goal(name, bound, True, values, unit)


def for_orientation(name: str, values: Callable[[Measured], list[float]], unit: str = " ×") -> Goal:
    return Goal(name, None, False, values, unit)


def of_whole_runs(name: str) -> Callable[[Measured], list[float]]:
    """What whole_runs.py found under that name, if it was there to be measured."""
    return lambda m: m.whole_runs.get(name, [])


def fused_over(peer: str) -> Goal:
    return for_orientation("  its equations hand-fused, ticks alone, against that", lambda m: m.loop_over_peer("founding/fused", peer))


def graph_over_numpy(count: str) -> Goal:
    return at_least(f"random graph of {count} against NumPy", 5, lambda m: m.over_peer("random_graph_numpy", f"random graph {count}"))


def graph_over_cpp(count: str) -> Goal:
    n = count.replace(",", "")
    return at_least(f"random graph of {count} against plain C++", 2, lambda m: m.over(f"random_graph/engine/{n}", f"random_graph/plain_cpp/{n}"))


COUNTS = ["10,000", "100,000", "1,000,000"]
GOALS = [
    at_least("founding scenario against its equations hand-fused", 0.8, lambda m: m.over("founding/engine", "founding/fused")),
    at_least("  the same with bounds, caches and compaction", 0.8, lambda m: m.over("founding/engine", "founding/by_hand")),
    at_least("founding scenario against NumPy", 20, lambda m: m.over_peer("founding_numpy", "founding")),
    fused_over("founding_numpy"),
    at_least("founding scenario against NumPy on all rows", 20, lambda m: m.over_peer("founding_numpy_rows", "founding")),
    fused_over("founding_numpy_rows"),
    at_least("founding scenario against Python objects", 2000, lambda m: m.over_peer("founding_objects", "founding")),
    fused_over("founding_objects"),
    at_most("195 governments, time per row of the founding one's", 1, lambda m: m.time_per_row("recognition/195", "founding"), " ×"),
    for_orientation("  against a loop by hand that knows the seeker", lambda m: m.over("recognition/engine", "recognition/by_hand")),
    at_least("200 governments, every pair, against theirs fused", 0.9, lambda m: m.over("governments/engine", "governments/by_hand")),
    at_least("195 states in conflict against theirs fused", 0.9, lambda m: m.over("conflict/engine", "conflict/by_hand")),
    at_least("195 governments against NumPy on all rows", 20, lambda m: m.over_peer("recognition_numpy_rows", "recognition 195")),
    at_most("195 governments loaded and compiled", 1, of_whole_runs("seconds to load 195 governments"), " s"),
    at_most("  memory of the whole process, one run", 1.5, of_whole_runs("gigabytes of 195 governments"), " GB"),
    at_least("2 threads over 1, ten runs of 195 governments", 1.8, of_whole_runs("2 threads over 1, ten runs of 195 governments")),
    at_least("17 governments, runs a second of a core", 500, lambda m: m.counter("recognition/17", "runs/s"), ""),
    for_orientation("1,000 governments, one run", of_whole_runs("seconds of a run of 1,000 governments"), " s"),
    for_orientation("  loaded and compiled", of_whole_runs("seconds to load 1,000 governments"), " s"),
    *map(graph_over_numpy, COUNTS),
    *map(graph_over_cpp, COUNTS),
    at_most("100,000 runs of the founding scenario, 2 threads", 15, lambda m: m.whole_runs["seconds of 100,000 runs"], " s"),
    at_least("2 threads over 1, over batches of runs", 1.9, lambda m: m.whole_runs["2 threads over 1, batches"]),
    at_least("2 threads over 1, inside one large world", 1.9, lambda m: m.whole_runs["2 threads over 1, one large world"]),
    at_least("2 MPI ranks over 1", 1.9, lambda m: m.whole_runs.get("2 MPI ranks over 1", [])),
    at_least("10,000,000 rows streamed, against STREAM triad", 0.7, lambda m: m.over("rows/engine", "stream_triad")),
    for_orientation("time per row at 10,000,000 rows, of 1,000,000", lambda m: [ticks / 10 for ticks in m.over("rows/1000000", "rows/10000000")]),
    at_most("memory at 10,000,000 rows, of fields × 8 bytes", 1.2, lambda m: m.whole_runs["bytes per byte of fields"], " ×"),
    at_most("load and compile the founding scenario", 20, lambda m: m.whole_runs["milliseconds to load and compile"], " ms"),
    at_most("a call of entente --version, processor time", 10, of_whole_runs("milliseconds of --version"), " ms"),
    at_most("a call of entente run on a classic, no report", 20, of_whole_runs("milliseconds of a classic"), " ms"),
    at_most("1,000 founding runs with tables and page, 1 thread", 0.4, of_whole_runs("processor seconds of 1,000 runs"), " s"),
    at_most("load and compile a table of 1,000,000 links", 2, lambda m: m.whole_runs["seconds to load 1,000,000 links"], " s"),
]


def table(measured: Measured, *, smoke: bool) -> list[dict[str, Any]]:
    """One entry a goal; tiny worlds meet and miss none."""
    found = []
    for goal in GOALS:
        values = [] if smoke else goal.values(measured)
        found.append({"name": goal.name, "goal": goal.text, "unit": goal.unit.strip(), "values": values,
                      "median": statistics.median(values) if values else None, "verdict": goal.verdict(values)})
    return found


def text(entries: list[dict[str, Any]]) -> str:
    lines = [f"{'':<52}{'goal':>11}{'median':>10}  {'min – max':<18}"]
    for entry in entries:
        values = entry["values"]
        told = f"{entry['median']:>10.3g}  {f'{min(values):.3g} – {max(values):.3g}':<18}" if values else f"{'–':>10}  {'':<18}"
        lines.append(f"{entry['name']:<52}{entry['goal']:>11}{told}{entry['verdict']}")
    return "\n".join(lines)
