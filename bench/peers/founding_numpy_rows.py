#!/usr/bin/python3
"""tests/scenes/founding.yaml by the general model of library_rows.py, which knows nothing of the three governments."""

from __future__ import annotations

import time

import numpy as np

import library_rows
import peer
from founding_numpy import first
from founding_world import BORDERS, GOVERNMENTS, RELATIONS, TICKS, YEARS, Parameters, timeline

WORLD = library_rows.World(GOVERNMENTS, RELATIONS, BORDERS)
KABUL = WORLD.names.index("afghanistan")
MOSCOW_KABUL, DUSHANBE_KABUL = WORLD.row["russia", "afghanistan"], WORLD.row["tajikistan", "afghanistan"]
KABUL_MOSCOW, KABUL_DUSHANBE = WORLD.row["afghanistan", "russia"], WORLD.row["afghanistan", "tajikistan"]
FOLLOWED = {"visit": [KABUL_MOSCOW], "snub": [KABUL_MOSCOW, KABUL_DUSHANBE], "aid_shipment": [MOSCOW_KABUL], "incursion": [0], "reinforcement": [0]}


class Founding(library_rows.Library):
    def __init__(self, p: Parameters, runs: int, rng: np.random.Generator) -> None:
        super().__init__(WORLD, p, runs, rng)
        self.total = {event: np.zeros(runs) for event in FOLLOWED}
        self.in_need, self.statements = np.zeros(runs), np.zeros(runs)
        self.courses: dict[str, np.ndarray] = {}
        self.at_year_end: dict[int, dict[str, np.ndarray]] = {}

    def record(self, tick: int) -> None:
        hardship = self.hardship()[KABUL]
        now = {"moscow_standing": self.standing[MOSCOW_KABUL], "dushanbe_standing": self.standing[DUSHANBE_KABUL],
               "listed": self.listed[MOSCOW_KABUL], "dossier": self.dossier[MOSCOW_KABUL], "hardship": hardship,
               "control": self.control[KABUL], "ties": self.ties[MOSCOW_KABUL], "guard": self.security[0],
               "moscow_alarm": self.alarm[MOSCOW_KABUL], "dushanbe_alarm": self.alarm[DUSHANBE_KABUL],
               "common_enemy": self.need[MOSCOW_KABUL], "accepted_abroad_by": self.abroad[KABUL], "trade": self.trade[MOSCOW_KABUL]}
        now |= {f"trust_of_all {source} -> {target}": trust for (source, target), trust in zip(self.world.ends, self.trust())}
        for name, values in now.items():
            self.courses.setdefault(name, np.empty((TICKS, self.runs)))[tick] = values
        self.in_need += hardship * self.population[KABUL]
        for event, rows in FOLLOWED.items():
            if event in self.happened:
                self.total[event] += self.happened[event][rows].sum(axis=0)
        if "praise" in self.happened:
            self.statements += sum(self.happened[words][MOSCOW_KABUL] for words in ("praise", "criticism", "warning"))
        if tick == TICKS - 1 or YEARS[tick + 1] != YEARS[tick]:
            self.at_year_end[YEARS[tick]] = {
                "visits": self.total["visit"].copy(), "aid": self.p.batch * self.total["aid_shipment"], "in_need": self.in_need.copy(),
                "incursions": self.total["incursion"].copy()}

    def outcomes(self) -> dict[str, np.ndarray]:
        standing = self.courses["moscow_standing"]
        found = {name: course[-1] for name, course in self.courses.items() if name != "listed"}
        found |= {"moscow_trust": found["trust_of_all russia -> afghanistan"], "kabul_trust": found["trust_of_all afghanistan -> russia"],
                  "dushanbe_trust": found["trust_of_all tajikistan -> afghanistan"],
                  "snubs": self.total["snub"], "reinforcements": self.total["reinforcement"], "statements": self.statements}
        found |= {"diplomats_accepted": first(standing >= 2), "ambassadors": first(standing >= 3), "recognised": first(standing >= 4),
                  "dushanbe_mission": first(self.courses["dushanbe_standing"] >= 1), "delisted": first(self.courses["listed"] == 0)}
        before: dict[str, np.ndarray | int] = dict.fromkeys(["visits", "aid", "in_need", "incursions"], 0)
        for year, totals in self.at_year_end.items():
            for name, total in totals.items():
                found[f"{name}_yearly[{year}]"] = (total - before[name]) / (YEARS.count(year) if name == "in_need" else 1)
            before = dict(totals)
        found |= {f"{name}_yearly": total / (len(YEARS) if name == "in_need" else 1) for name, total in before.items()}
        return found


def simulate(parameters: Parameters, runs: int, seed: int) -> peer.Measured:
    began = time.perf_counter()
    world = Founding(parameters, runs, np.random.default_rng(seed))
    on_record = timeline()
    for tick in range(TICKS):
        world.tick(tick, on_record.get(tick, []))
    outcomes = world.outcomes()
    return peer.Measured(time.perf_counter() - began, runs, TICKS, outcomes)


if __name__ == "__main__":
    peer.main(__doc__, Parameters(), simulate, runs=1000)
