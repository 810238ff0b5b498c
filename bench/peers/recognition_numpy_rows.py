#!/usr/bin/python3
"""tests/scenes/recognition.yaml, one seeker among any number of governments, by the general model of library_rows.py."""

from __future__ import annotations

import pathlib
import time

import numpy as np
import yaml

import library_rows
import peer
from founding_numpy import first
from founding_world import GOVERNMENT, RELATION, TICKS, Parameters

BORDER = dict(length=100.0, terrain=0.3, security=0.5, heat=0.0)
FOLLOWED = ["visit", "snub", "aid_shipment", "praise", "criticism", "warning", "incursion", "reinforcement"]


def link(text: str) -> tuple[str, str]:
    source, _, target = text.partition(" -> ")
    return source, target


def world_of(file: pathlib.Path) -> library_rows.World:
    """The members of a scene's file, every other pair's relation, and the affinity that the scene gives all of them."""
    told = yaml.load(file.read_text(), yaml.CSafeLoader)
    governments = {name: GOVERNMENT | (own or {}) for name, own in told["agents"]["government"]["members"].items()}
    own_relations = {link(ends): own for ends, own in told["links"]["relation"]["members"].items()}
    relations = {}
    for source, a in governments.items():
        for target, b in governments.items():
            if source != target:
                affinity = 1 - min(1, 20 * abs(a["capability"] - b["capability"]))
                relations[source, target] = RELATION | dict(affinity=affinity) | own_relations.get((source, target), {})
    borders = {link(ends): BORDER | own for ends, own in told["links"]["border"]["members"].items()}
    return library_rows.World(governments, relations, borders)


class Recognition(library_rows.Library):
    def __init__(self, world: library_rows.World, p: Parameters, runs: int, rng: np.random.Generator) -> None:
        super().__init__(world, p, runs, rng)
        self.into, self.out = np.flatnonzero(self.sought), np.flatnonzero(self.seeking)
        self.courses: dict[str, np.ndarray] = {}
        self.total = {event: np.zeros(runs) for event in FOLLOWED}

    def record(self, tick: int) -> None:
        toward = self.world.row["g1", "g0"]
        good = self.goodwill[toward] + self.p.prior_good
        standing = self.standing[self.into]
        now = {"trust": good / (good + self.grievance[toward] + self.p.prior_bad), "acceptance": self.acceptance()[0],
               "embassies": (standing >= 1).sum(axis=0), "recognitions": (standing >= 4).sum(axis=0)}
        for name, values in now.items():
            self.courses.setdefault(name, np.empty((TICKS, self.runs)))[tick] = values
        for event in FOLLOWED:
            self.total[event] += self.happened[event].sum(axis=0)

    def outcomes(self) -> dict[str, np.ndarray]:
        """The scene's measures, and more that tell whether both are the same world."""
        trust, into, out = self.trust(), self.into, self.out
        found = {name: self.courses[name][-1] for name in ("trust", "acceptance", "embassies")}
        found |= {"recognised": first(self.courses["recognitions"] > 0), "hardship": self.hardship()[0]}
        found |= {name: getattr(self, name)[0] for name in ("control", "militants", "relief", "abroad", "population")}
        found |= {"trust_in_seeker": trust[into].mean(axis=0), "trust_of_seeker": trust[out].mean(axis=0), "trust_everywhere": trust.mean(axis=0)}
        found |= {name: getattr(self, name)[into].mean(axis=0) for name in ("alarm", "need", "peers", "trade", "ties", "standing", "listed", "dossier")}
        found |= {"standing_squared": (self.standing[into] ** 2).mean(axis=0), "guard": self.security[0], "guards": self.security.mean(axis=0)}
        return found | {f"{event}_total": total for event, total in self.total.items()}


def simulate(parameters: Parameters, runs: int, seed: int, scene: pathlib.Path) -> peer.Measured:
    world = world_of(scene)
    began = time.perf_counter()
    library = Recognition(world, parameters, runs, np.random.default_rng(seed))
    for tick in range(TICKS):
        library.tick(tick, [])
    outcomes = library.outcomes()
    return peer.Measured(time.perf_counter() - began, runs, TICKS, outcomes)


if __name__ == "__main__":
    peer.main(__doc__, Parameters(free_from=0), simulate, runs=2, scene=True)
