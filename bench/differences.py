"""Two results files side by side: which benchmarks changed by more than the noise."""

from __future__ import annotations

import statistics
from typing import Any

from suites import benchmarks

SMALL = 0.02  # a change of less is not worth a word, however sure
BUSY = 0.7
FEWEST = 3  # repetitions that can tell a change from noise


def text(before: dict[str, Any], after: dict[str, Any]) -> str:
    """A ratio below 1 is a time that fell. Beyond noise: no repetition of the one is among those of the other (with five each, chance
    does that to one benchmark in 126), and the medians are 2 % or more apart."""
    old, new = benchmarks(before["suites"]), benchmarks(after["suites"])
    lines = [f"{before['machine']['commit']} to {after['machine']['commit']}, time of an iteration after over before",
             f"{'':<48}{'before':>12}{'after':>12}{'ratio':>8}  least – most"]
    lines += [line(name, old[name].times, new[name].times) for name in sorted(old) if name in new]
    lines += [f"{name:<48}only before" for name in old if name not in new]
    lines += [f"{name:<48}only after" for name in new if name not in old]
    if before["machine"]["cpu"] != after["machine"]["cpu"]:
        lines.append(f"different machines: {before['machine']['cpu']} and {after['machine']['cpu']}")
    return "\n".join(lines + [word for results in (before, after) for word in disturbance(results["machine"])])


def disturbance(machine: dict[str, Any]) -> list[str]:
    """A word of warning where the machine was at work before it was measured."""
    load = machine["load_average"][0]
    return [f"when {machine['commit']} was measured, the machine had a load of {load:.2f} already: measure again"] if load > BUSY else []


def line(name: str, before: list[float], after: list[float]) -> str:
    a, b = statistics.median(before), statistics.median(after)
    least, most = min(after) / max(before), max(after) / min(before)
    change = ""
    if min(len(before), len(after)) >= FEWEST and abs(b / a - 1) >= SMALL and (least > 1 or most < 1):
        change = "  slower" if b > a else "  faster"
    return f"{name:<48}{spelled(a):>12}{spelled(b):>12}{b / a:>8.3f}  {least:.3f} – {most:.3f}{change}"


def spelled(nanoseconds: float) -> str:
    for unit, size in [("s", 1e9), ("ms", 1e6), ("µs", 1e3)]:
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"
