"""Whether two programs give the same distribution of outcomes."""

from __future__ import annotations

import dataclasses
import math
import statistics

import numpy as np

from engine import EngineRuns, Failed

FAMILY_WISE = 0.001  # chance of refusing a peer that is the same, over all comparisons together


@dataclasses.dataclass
class Comparison:
    """`z`: the difference in standard errors, or for a Kolmogorov-Smirnov test the normal deviate of the same chance."""

    what: str
    engine: float
    peer: float
    z: float

    def __str__(self) -> str:
        return f"{self.what}: engine {self.engine:.6g}, peer {self.peer:.6g}, {self.z:.1f} standard errors apart"


def compare(engine: EngineRuns, peer: dict[str, np.ndarray], shapes: list[str]) -> list[Comparison]:
    """Every measure of the engine's, and the whole shape of those named."""
    untold = [name for name in [*engine.samples, *engine.panels] if name not in peer]
    if untold:
        raise Failed(f"the peer does not tell '{untold[0]}'")
    found = []
    for name, sample in engine.samples.items():
        other = peer[name]
        if name in engine.dates:
            found.append(means(f"share of runs with {name}", np.isfinite(sample).astype(float), np.isfinite(other).astype(float)))
            found.append(means(f"mean of {name}, restricted to the horizon", *(np.nan_to_num(x, nan=engine.ticks) for x in (sample, other))))
        else:
            found.append(means(f"mean of {name}", sample, other))
            found.append(spreads(f"standard deviation of {name}", sample, other))
    for name, panel in engine.panels.items():
        other = peer[name]
        variance = panel.sd**2 / panel.n + other.var(ddof=1) / other.size
        found.append(Comparison(f"mean of {name}", panel.mean, other.mean(), deviate(panel.mean - other.mean(), variance)))
    found += [shape(f"distribution of {name}", engine.samples[name], peer[name]) for name in shapes]
    return found


def limit(comparisons: int) -> float:
    """Bonferroni: how many standard errors apart the furthest of so many may be."""
    return statistics.NormalDist().inv_cdf(1 - FAMILY_WISE / (2 * comparisons))


def deviate(difference: float, variance: float) -> float:
    if abs(difference) < 1e-10:  # values that are the same in all runs differ by rounding only
        return 0.0
    return abs(difference) / math.sqrt(variance) if variance > 0 else math.inf


def means(what: str, a: np.ndarray, b: np.ndarray) -> Comparison:
    return Comparison(what, a.mean(), b.mean(), deviate(a.mean() - b.mean(), a.var(ddof=1) / a.size + b.var(ddof=1) / b.size))


def spreads(what: str, a: np.ndarray, b: np.ndarray) -> Comparison:
    """By the means of the squared deviations, each sample's from its own mean."""
    squares = [(x - x.mean()) ** 2 for x in (a, b)]
    return Comparison(what, a.std(ddof=1), b.std(ddof=1), means(what, *squares).z)


def shape(what: str, a: np.ndarray, b: np.ndarray) -> Comparison:
    """Two-sample Kolmogorov-Smirnov, with the asymptotic distribution; shows the medians."""
    both = np.sort(np.concatenate([a, b]))
    apart = np.abs(np.searchsorted(np.sort(a), both, "right") / a.size - np.searchsorted(np.sort(b), both, "right") / b.size).max()
    n = math.sqrt(a.size * b.size / (a.size + b.size))
    x = (n + 0.12 + 0.11 / n) * apart
    chance = 1.0 if x < 0.3 else 2 * sum((-1) ** (k - 1) * math.exp(-2 * k * k * x * x) for k in range(1, 101))
    chance = min(1.0, max(chance, 1e-300))
    return Comparison(what, float(np.median(a)), float(np.median(b)), -statistics.NormalDist().inv_cdf(chance / 2))
