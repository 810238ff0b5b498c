#!/usr/bin/python3
"""tests/scenes/governments.yaml in NumPy: one run after the other, its relations as matrices [source, target].

Vectorised over relations: a run of 200 governments has 39,800 of them, matrices of 320 kB each. With the runs beside them in a third
axis it took longer per run: 1.7 times with 4 runs, 1.2 times with 16 (EPYC, 1 MB of second-level cache a core).
"""

from __future__ import annotations

import dataclasses
import math
import time

import numpy as np

import peer

TICKS = 52
DT = 7 / 365.25


@dataclasses.dataclass(frozen=True)
class Parameters:
    forget: float = 0.3
    visits: float = 2
    gain: float = 0.1
    climb: float = 0.4


class Governments:
    """The diagonals of the matrices mean nothing: they are kept at 0 in `pairs`, which weights what is summed and what fires."""

    def __init__(self, p: Parameters, count: int, rng: np.random.Generator) -> None:
        self.p, self.count, self.rng = p, count, rng
        self.pairs = ~np.eye(count, dtype=bool)
        self.capability = rng.uniform(0.1, 1, count)
        self.affinity = rng.uniform(-1, 1, (count, count))
        self.trust = np.full((count, count), 0.3)
        self.alarm = np.full((count, count), 0.2)
        self.standing = np.zeros((count, count))
        self.chances = np.empty((count, count))
        self.trust_sought = 0.2 + 0.1 * self.affinity

    def fires(self, rate: np.ndarray) -> np.ndarray:
        rate *= -DT
        np.expm1(rate, out=rate)
        np.negative(rate, out=rate)
        return (self.rng.random(out=self.chances) < rate) & self.pairs

    def tick(self) -> None:
        p, trust, alarm, standing = self.p, self.trust, self.alarm, self.standing
        kept = math.exp(-p.forget * DT)
        trust -= self.trust_sought
        trust *= kept
        trust += self.trust_sought
        np.clip(trust, 0, 1, out=trust)
        alarm_sought = 1 - trust
        alarm_sought *= 0.5 * self.capability
        alarm -= alarm_sought
        alarm *= kept
        alarm += alarm_sought
        np.clip(alarm, 0, 1, out=alarm)

        rate = np.exp(-alarm)
        rate *= p.visits * self.capability[:, None]
        visit = self.fires(rate)
        trust += p.gain * visit * (1 - trust) + p.gain / 2 * visit.T
        np.clip(trust, 0, 1, out=trust)

        standing_of_peers = standing.sum(axis=0) / (self.count - 1)
        exponent = 3 * trust
        exponent += 0.2 * (standing_of_peers - standing) - 1.5
        rate = np.exp(exponent, out=exponent)
        rate *= p.climb
        standing += self.fires(rate) & (standing < 4)

    def mean(self, values: np.ndarray) -> float:
        return (values.sum() - np.trace(values)) / (self.count * (self.count - 1))

    def outcomes(self) -> dict[str, float]:
        trust, alarm, standing = self.trust, self.alarm, self.standing
        return {"trust": self.mean(trust), "trust_squared": self.mean(trust**2), "alarm": self.mean(alarm),
                "alarm_squared": self.mean(alarm**2), "standing": self.mean(standing), "standing_squared": self.mean(standing**2),
                "trust_where_close": self.mean(trust * self.affinity), "trust_both_ways": self.mean(trust * trust.T),
                "trust_of_the_capable": self.mean(trust * self.capability[:, None]),
                "alarm_of_the_capable": self.mean(alarm * self.capability)}


def simulate(parameters: Parameters, runs: int, seed: int, count: int) -> peer.Measured:
    courses = {"trust": np.empty((TICKS, runs)), "standing": np.empty((TICKS, runs))}
    found = []
    seconds = 0.0
    for run, stream in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        began = time.perf_counter()
        world = Governments(parameters, count, np.random.default_rng(stream))
        for tick in range(TICKS):
            world.tick()
            courses["trust"][tick, run] = world.mean(world.trust)
            courses["standing"][tick, run] = world.mean(world.standing)
        seconds += time.perf_counter() - began
        found.append(world.outcomes())
    outcomes = {name: np.array([one[name] for one in found]) for name in found[0]}
    return peer.Measured(seconds, runs, TICKS, outcomes)


if __name__ == "__main__":
    peer.main(__doc__, Parameters(), simulate, runs=20, count=200)
