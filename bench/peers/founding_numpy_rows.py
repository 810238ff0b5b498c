#!/usr/bin/python3
"""scenarios/moscow-kabul.yaml transcribed to NumPy as its library states it, for any governments, relations and borders.

All runs side by side: fields are arrays of (governments, runs), (relations, runs) and (borders, runs). Every step works on all rows of
its kind, with `where` as a mask; sums over links are products with small constant matrices.
"""

from __future__ import annotations

import math
import time

import numpy as np

import peer
from founding_numpy import first, kept
from founding_world import BORDERS, DT, GOVERNMENTS, MONTHS, RELATIONS, TICKS, TIMES, YEARS, Parameters, timeline

NAMES = list(GOVERNMENTS)
ENDS = list(RELATIONS)
SOURCE = np.array([NAMES.index(source) for source, _ in ENDS])
TARGET = np.array([NAMES.index(target) for _, target in ENDS])
REVERSE = np.array([ENDS.index((target, source)) for source, target in ENDS])
FROM = [np.flatnonzero(SOURCE == government) for government in range(len(NAMES))]
TO_TARGET = (TARGET == np.arange(len(NAMES))[:, None]).astype(float)  # sums a relation's values over its target
GUARD = np.array([ENDS.index((target, source)) for source, target in BORDERS])  # what the guarded holds toward the land beyond
KABUL = NAMES.index("afghanistan")
MOSCOW_KABUL, DUSHANBE_KABUL = ENDS.index(("russia", "afghanistan")), ENDS.index(("tajikistan", "afghanistan"))
KABUL_MOSCOW, KABUL_DUSHANBE = ENDS.index(("afghanistan", "russia")), ENDS.index(("afghanistan", "tajikistan"))
EVENTS = ["reinforcement", "incursion", "aid_shipment", "praise", "criticism", "warning", "visit", "snub"]


def constant(members: dict, name: str) -> np.ndarray:
    return np.array([[row[name]] for row in members.values()], dtype=float)


def among_sources(name: str) -> np.ndarray:
    """[r, k]: that field of relation[source of r, source of k] where r and k have the same target, else 0."""
    matrix = np.zeros((len(ENDS), len(ENDS)))
    for r, (source, target) in enumerate(ENDS):
        for k, (other, same) in enumerate(ENDS):
            if same == target and (source, other) in RELATIONS:
                matrix[r, k] = RELATIONS[source, other][name]
    return matrix


def of_borders() -> tuple[np.ndarray, np.ndarray]:
    """[relation, border]: whose threat an incursion is; whose help a reinforcement is."""
    threat, helped = np.zeros((len(ENDS), len(BORDERS))), np.zeros((len(ENDS), len(BORDERS)))
    for r, (source, target) in enumerate(ENDS):
        for b, (beyond, guarded) in enumerate(BORDERS):
            if beyond == target:
                threat[r, b] = 1 if guarded == source else RELATIONS[source, guarded]["stake"]
            if guarded == source:
                helped[r, b] = RELATIONS[target, source]["stake"]
    return threat, helped


LIKE = among_sources("affinity")
THREAT, HELP = of_borders()
HAS_BORDER = np.array([[float((target, source) in BORDERS)] for source, target in ENDS])


class Founding:
    def __init__(self, p: Parameters, runs: int, rng: np.random.Generator) -> None:
        self.p, self.runs, self.rng = p, runs, rng
        for name in ["population", "control", "privation", "disruption", "militants", "relief", "abroad"]:
            setattr(self, name, constant(GOVERNMENTS, name).repeat(runs, axis=1))
        for name in ["goodwill", "grievance", "alarm", "need", "standing", "listed", "dossier", "trade", "ties", "peers"]:
            setattr(self, name, constant(RELATIONS, name).repeat(runs, axis=1))
        for name in ["security", "heat"]:
            setattr(self, name, constant(BORDERS, name).repeat(runs, axis=1))
        self.outside = constant(GOVERNMENTS, "outside")
        self.generosity, self.places = constant(GOVERNMENTS, "generosity")[SOURCE], constant(GOVERNMENTS, "places")[SOURCE]
        self.seeks = constant(GOVERNMENTS, "seeks") > 0
        self.sought, self.seeking = self.seeks[TARGET], self.seeks[SOURCE]
        self.affinity = constant(RELATIONS, "affinity")
        self.blamed = 1 - p.shared_enemy * (1 - constant(RELATIONS, "blame"))
        capability = constant(GOVERNMENTS, "capability")
        self.prestige = capability / (capability + p.half_prestige)
        self.given = TO_TARGET * self.prestige[SOURCE].T
        self.patrons = self.concerns()
        self.rung_rate = np.array([p.open_rate, p.accept_rate, p.ambassador_rate, p.recognise_rate, p.recognise_rate])
        self.happened = {name: np.zeros((len(BORDERS) if name in EVENTS[:2] else len(ENDS), runs)) for name in EVENTS}
        self.in_need = np.zeros(runs)
        self.courses: dict[str, np.ndarray] = {}
        self.at_year_end: dict[int, dict[str, np.ndarray]] = {}

    def concerns(self) -> np.ndarray:
        """[border, relation]: stake and prestige of the patron that holds the relation toward the land beyond."""
        matrix = np.zeros((len(BORDERS), len(ENDS)))
        for b, (beyond, guarded) in enumerate(BORDERS):
            for (source, target), fields in RELATIONS.items():
                if target == guarded and (source, beyond) in RELATIONS:
                    matrix[b, ENDS.index((source, beyond))] = fields["stake"] * self.prestige[NAMES.index(source), 0]
        return matrix

    # -- derived --

    def trust(self) -> np.ndarray:
        good = self.goodwill + self.p.prior_good
        return good / (good + self.grievance + self.p.prior_bad)

    def hardship(self) -> np.ndarray:
        return np.minimum(1, self.privation * self.season)

    def acceptance(self) -> np.ndarray:
        p = self.p
        given = self.given @ self.standing / 4 + p.outside_prestige * self.abroad / 2
        return given / np.maximum(1e-6, self.given.sum(axis=1, keepdims=True) + p.outside_prestige * self.outside)

    def welcome(self, trust: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(self.p.openness * self.standing + self.p.openness_of_trust * (trust - 0.5))))

    def favour(self, trust: np.ndarray) -> np.ndarray:
        p = self.p
        return (p.pull_trust * (trust - 0.5) + p.pull_need * self.need + p.pull_trade * self.trade / p.trade_ceiling
                + p.pull_neighbour * HAS_BORDER - p.pull_alarm * self.alarm * self.blamed)

    def cap(self) -> np.ndarray:
        return np.where(self.listed > 0, 2, 4)

    def ascent(self, favour: np.ndarray) -> np.ndarray:
        p = self.p
        contagion = np.where(self.standing < 3, 1, p.de_jure_contagion)
        rate = self.rung_rate[self.standing.astype(np.int64)] * np.exp(favour + p.pull_peers * self.peers * contagion
                                                                      + p.pull_commitment * self.dossier / 4)
        return np.where(self.standing < self.cap(), rate, 0)

    def legal_pace(self, favour: np.ndarray) -> np.ndarray:
        p, done = self.p, self.dossier >= 4
        allies = LIKE @ done / np.maximum(1e-6, LIKE @ (done | (self.listed > 0)))
        pace = p.review_rate * p.speedup**self.dossier * np.exp(favour + p.pull_peers * self.peers + p.pull_contacts * (self.standing >= 2)
                                                               + p.pull_allies * allies)
        return np.where((self.listed > 0) & ~done, pace, 0)

    # -- chance --

    def fires(self, rate: np.ndarray, where: np.ndarray | bool = True) -> np.ndarray:
        return (self.rng.random(rate.shape) < -np.expm1(-rate * DT)) & where & self.free

    def counts(self, rate: np.ndarray, where: np.ndarray) -> np.ndarray:
        return self.rng.poisson(np.where(where & self.free, rate * DT, 0))

    # -- a tick --

    def tick(self, tick: int, on_record: list[tuple[str, tuple[str, ...]]]) -> None:
        self.free = TIMES[tick] >= self.p.free_from
        self.month = MONTHS[tick]
        self.season = 1 + self.p.winter * math.cos(math.pi / 6 * (self.month - 1))
        self.reinforced = np.zeros((len(BORDERS), self.runs))
        for event, ends in on_record:
            rows = NAMES if len(ends) == 1 else list(BORDERS) if event == "reinforcement" else ENDS
            times = np.zeros((len(rows), self.runs))
            times[rows.index(ends[0] if len(ends) == 1 else ends)] = 1
            getattr(self, event)(times)
        self.fade()
        self.need_and_control()
        self.borders()
        self.help_and_words()
        self.seek()
        self.compare_and_trade()
        self.law()
        self.ladder()
        self.record(tick)

    def fade(self) -> None:
        p = self.p
        self.goodwill *= np.exp(-p.forgetting * DT / (1 + p.memory_of_ties * self.ties))
        self.grievance *= kept(p.forgetting)
        self.ties *= kept(p.ties_fading)

    def need_and_control(self) -> None:
        p, noise = self.p, self.rng.standard_normal
        shape = self.privation.shape
        fed = np.minimum(1, p.consumption * self.relief / (p.ration * 1e6 * self.population))
        poverty = constant(GOVERNMENTS, "poverty")
        causes = poverty + p.shock_of_takeover * self.disruption + p.isolation_cost * (1 - self.acceptance()) - fed
        privation = np.clip(causes + (self.privation - causes) * kept(p.adjustment), 0, 1)
        privation = np.clip(privation + p.fortune * math.sqrt(DT) * noise(shape), 0, 1)
        self.privation = np.where(self.seeks, privation, self.privation)
        self.disruption *= np.where(self.seeks, kept(p.recovery), 1)
        self.relief *= np.where(self.seeks, kept(p.consumption), 1)
        self.population *= np.where(self.seeks, np.exp(constant(GOVERNMENTS, "population_growth") * DT), 1)

        armed, hardship = self.militants > 0, self.hardship()
        gain = (p.consolidation + p.legitimacy * self.acceptance()) * (1 - self.control)
        control = np.clip(self.control + DT * (gain - p.erosion * self.militants * self.control * hardship), 0, 1)
        self.control = np.where(armed, control, self.control)
        militants = np.maximum(0, self.militants + DT * (p.recruitment * hardship - p.attrition * self.control * self.militants))
        militants *= np.exp(p.volatility * math.sqrt(DT) * noise(shape) - 0.5 * p.volatility**2 * DT)
        self.militants = np.where(armed, militants, self.militants)

    def borders(self) -> None:
        p = self.p
        concern = self.patrons @ self.alarm
        self.reinforcement(self.fires(p.reinforcement_rate * concern))
        built = 1 - (1 - constant(BORDERS, "terrain")) * np.exp(-(p.guard_gain * self.alarm[GUARD] + p.patron_gain * concern))
        self.security = built + (self.security - built) * kept(p.guard_pace)
        self.heat *= kept(p.cooling)
        beyond = SOURCE[[ENDS.index(ends) for ends in BORDERS]]
        pressure = p.incursion_rate * constant(BORDERS, "length") / 1000 * self.militants[beyond] * (1 - self.control[beyond])
        incursions = self.rng.poisson(DT * (p.permeability * (1 - self.security) * pressure + p.contagion * p.cooling * self.heat))
        self.heat += incursions * (math.expm1(p.cooling * DT) / (p.cooling * DT))
        self.happened["incursion"] += incursions

        threat = THREAT @ incursions
        self.alarm = 1 - (1 - self.alarm * kept(p.calming)) * np.exp(-p.shock * threat)
        self.need = 1 - (1 - self.need * kept(p.need_fading)) * np.exp(-p.common_cause * (1 - self.blamed) * threat)
        self.grievance += p.evidence * p.weight_incursion * self.blamed * threat
        self.goodwill += p.evidence * p.weight_help * (HELP @ self.reinforced)

    def help_and_words(self) -> None:
        p, hardship = self.p, self.hardship()[TARGET]
        rate = p.aid_rate * self.generosity * hardship * (1 + self.affinity) * (1 - p.conditionality * (1 - self.trust()))
        self.aid_shipment(self.fires(rate, (self.generosity > 0) & (self.standing >= 1) & (hardship > p.aid_threshold)))
        rate = np.full(self.standing.shape, 3 * p.intakes * (self.month >= 9))
        self.student_intake(self.fires(rate, (self.places > 0) & self.sought & (self.standing >= 1)))
        self.praise(self.counts(p.talk * self.trust(), self.seeking | self.sought))
        self.criticism(self.counts(p.talk * (1 - self.trust()), self.seeking | self.sought))
        self.warning(self.counts(p.talk * self.alarm, self.sought))

    def seek(self) -> None:
        p = self.p
        self.journeys = self.counts(p.journeys_rate * (1 - self.acceptance()), self.seeks)
        trust = self.trust()
        favour, welcome = self.favour(trust), self.welcome(trust)[REVERSE]
        prospect = -np.expm1(-(self.ascent(favour) + self.legal_pace(favour)))[REVERSE]
        utility = p.court_gain * self.prestige[TARGET] * welcome * prospect + p.court_trust * (trust - 0.5) - p.snub_cost * (1 - welcome)
        bid = np.zeros(utility.shape, dtype=bool)
        for seeker in np.flatnonzero(self.seeks):
            links = FROM[seeker]
            worth = np.vstack([utility[links], np.full(self.runs, p.elsewhere)]) / p.court_temperature
            worth += self.rng.gumbel(size=worth.shape)
            bid[links] = (worth.argmax(axis=0) == np.arange(len(links))[:, None]) & (self.journeys[seeker] > 0)
        visit = bid & (self.rng.random(bid.shape) < welcome)
        self.visit(visit, self.journeys[SOURCE])
        snub = bid & ~visit
        self.grievance += p.evidence * p.weight_snub * snub * self.journeys[SOURCE]
        self.happened["snub"] += snub
        others = self.outside - self.abroad
        self.accepted_abroad(self.counts(others * (p.first_mover + p.imitation * self.abroad / np.maximum(1, self.outside)), self.seeks & (others > 0)))

    def compare_and_trade(self) -> None:
        p, abroad = self.p, self.abroad[TARGET]
        everyone = np.maximum(1e-6, LIKE.sum(axis=1, keepdims=True) + p.outside_affinity * self.outside[TARGET])
        self.peers = np.where(self.sought, (LIKE @ (self.standing >= 2) + p.outside_affinity * abroad) / everyone, self.peers)
        grown = DT * p.trade_growth * self.standing / 4 * self.trade * (1 - self.trade / p.trade_ceiling)
        self.trade += np.where(self.sought, grown, 0)

    def law(self) -> None:
        p = self.p
        self.dossier_step(self.fires(self.legal_pace(self.favour(self.trust()))))
        lifted = (self.listed > 0) & (self.dossier >= 4)
        self.listed[lifted] = 0
        self.goodwill += p.evidence * p.weight_delisting * lifted[REVERSE]

    def ladder(self) -> None:
        p = self.p
        up = self.fires(self.ascent(self.favour(self.trust())), self.sought & (self.standing < self.cap()))
        self.standing += up
        self.goodwill += p.evidence * p.weight_rung * up[REVERSE]
        self.goodwill += p.evidence * p.weight_recognition * (up & (self.standing >= 4))[REVERSE]
        rate = p.withdrawal_rate * self.alarm * self.blamed * (1 - self.trust())
        down = self.fires(rate, self.sought & (self.standing >= 1) & (self.standing < 4) & ~up)
        self.standing -= down
        self.grievance += p.evidence * p.weight_withdrawal * down[REVERSE]

    # -- what an event does, by chance or on record: so many `times` on each row --

    def reinforcement(self, times: np.ndarray) -> None:
        self.security += self.p.reinforcement_gain * times * (1 - self.security)
        self.reinforced += times
        self.happened["reinforcement"] += times

    def aid_shipment(self, times: np.ndarray) -> None:
        p = self.p
        thanks = p.evidence * p.weight_aid * p.batch / p.usual_batch * (1 - p.conditionality) * times
        self.goodwill += thanks[REVERSE] + p.self_consistency * thanks
        self.relief += TO_TARGET @ (p.batch * times)
        self.happened["aid_shipment"] += times

    def student_intake(self, times: np.ndarray) -> None:
        thousands = self.places / 1000 * times
        self.ties += thousands + thousands[REVERSE]
        self.goodwill += self.p.evidence * self.p.weight_education * times[REVERSE]

    def praise(self, times: np.ndarray) -> None:
        self.goodwill += self.p.words * self.p.evidence * self.p.weight_praise * times[REVERSE]
        self.happened["praise"] += times

    def criticism(self, times: np.ndarray) -> None:
        self.grievance += self.p.words * self.p.evidence * self.p.weight_criticism * times[REVERSE]
        self.happened["criticism"] += times

    def warning(self, times: np.ndarray) -> None:
        self.grievance += self.p.words * self.p.evidence * self.p.weight_warning * times[REVERSE]
        self.happened["warning"] += times

    def visit(self, times: np.ndarray, missions: np.ndarray | int = 1) -> None:
        p, made = self.p, times * np.maximum(1, missions)
        self.goodwill += p.evidence * (p.weight_hosting_visit * made + p.weight_making_visit * made[REVERSE])
        self.happened["visit"] += times

    def accepted_abroad(self, times: np.ndarray) -> None:
        self.abroad = np.minimum(self.outside, self.abroad + times)

    def dossier_step(self, times: np.ndarray) -> None:
        self.dossier += times
        self.goodwill += self.p.evidence * self.p.weight_delisting / 4 * times[REVERSE]

    # -- what is kept --

    def record(self, tick: int) -> None:
        hardship = self.hardship()[KABUL]
        now = {"moscow_standing": self.standing[MOSCOW_KABUL], "dushanbe_standing": self.standing[DUSHANBE_KABUL],
               "listed": self.listed[MOSCOW_KABUL], "dossier": self.dossier[MOSCOW_KABUL], "hardship": hardship,
               "control": self.control[KABUL], "ties": self.ties[MOSCOW_KABUL], "guard": self.security[0],
               "moscow_alarm": self.alarm[MOSCOW_KABUL], "dushanbe_alarm": self.alarm[DUSHANBE_KABUL],
               "common_enemy": self.need[MOSCOW_KABUL], "accepted_abroad_by": self.abroad[KABUL], "trade": self.trade[MOSCOW_KABUL]}
        now |= {f"trust_of_all {source} -> {target}": trust for (source, target), trust in zip(ENDS, self.trust())}
        for name, values in now.items():
            self.courses.setdefault(name, np.empty((TICKS, self.runs)))[tick] = values
        self.in_need += hardship * self.population[KABUL]
        if tick == TICKS - 1 or YEARS[tick + 1] != YEARS[tick]:
            self.at_year_end[YEARS[tick]] = {
                "visits": self.happened["visit"][KABUL_MOSCOW].copy(), "aid": self.p.batch * self.happened["aid_shipment"][MOSCOW_KABUL],
                "in_need": self.in_need.copy(), "incursions": self.happened["incursion"][0].copy()}

    def outcomes(self) -> dict[str, np.ndarray]:
        standing, happened = self.courses["moscow_standing"], self.happened
        found = {name: course[-1] for name, course in self.courses.items() if name != "listed"}
        found |= {"moscow_trust": found["trust_of_all russia -> afghanistan"], "kabul_trust": found["trust_of_all afghanistan -> russia"],
                  "dushanbe_trust": found["trust_of_all tajikistan -> afghanistan"],
                  "snubs": happened["snub"][KABUL_MOSCOW] + happened["snub"][KABUL_DUSHANBE], "reinforcements": happened["reinforcement"][0],
                  "statements": sum(happened[words][MOSCOW_KABUL] for words in ("praise", "criticism", "warning"))}
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
