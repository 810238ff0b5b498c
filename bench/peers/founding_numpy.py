#!/usr/bin/python3
"""tests/scenes/founding.yaml written by hand in NumPy: all runs side by side, the lane of a run in the last axis.

Written for these three governments, as one would for a paper: there is one seeker and one border, and no work is done on rows that a
step's `where` always leaves out. What Moscow and Dushanbe hold toward Kabul are arrays of (2, runs), trust in all directions (6, runs).
"""

from __future__ import annotations

import math
import time

import numpy as np

import peer
from founding_world import BORDERS, DT, GOVERNMENTS, MONTHS, RELATIONS, TICKS, TIMES, YEARS, Parameters, timeline

ROW = {ends: row for row, ends in enumerate(RELATIONS)}
COURTED = slice(0, 2)  # what Moscow and Dushanbe hold toward Kabul
COURTING = slice(2, 4)  # what Kabul holds toward them
SPOKEN = slice(0, 4)  # both: who speaks of whom
MOSCOW, DUSHANBE = 0, 1
KABUL = GOVERNMENTS["afghanistan"]
HOSTS = [GOVERNMENTS["russia"], GOVERNMENTS["tajikistan"]]
TO_KABUL = list(RELATIONS.values())[COURTED]
BORDER = BORDERS["afghanistan", "tajikistan"]
STAKE = RELATIONS["russia", "tajikistan"]["stake"]
LIKE = np.array([[0, RELATIONS["russia", "tajikistan"]["affinity"]], [RELATIONS["tajikistan", "russia"]["affinity"], 0]])
NEIGHBOUR = np.array([[0.0], [1.0]])
EXPOSURE = np.array([[STAKE], [1.0]])  # whose threat an incursion is: Dushanbe's, and by its stake Moscow's
HELP_FROM_MOSCOW = ROW["tajikistan", "russia"]


def kept(rate: float) -> float:
    return math.exp(-rate * DT)


def column(rows: list[dict], name: str) -> np.ndarray:
    return np.array([[row[name]] for row in rows], dtype=float)


class Founding:
    def __init__(self, p: Parameters, runs: int, rng: np.random.Generator) -> None:
        self.p, self.runs, self.rng = p, runs, rng
        relations = list(RELATIONS.values())
        self.goodwill = column(relations, "goodwill").repeat(runs, axis=1)
        self.grievance = column(relations, "grievance").repeat(runs, axis=1)
        self.ties = column(relations, "ties").repeat(runs, axis=1)
        self.alarm = column(TO_KABUL, "alarm").repeat(runs, axis=1)
        self.need = column(TO_KABUL, "need").repeat(runs, axis=1)
        self.trade = column(TO_KABUL, "trade").repeat(runs, axis=1)
        self.peers = column(TO_KABUL, "peers").repeat(runs, axis=1)
        self.standing = column(TO_KABUL, "standing").astype(np.int64).repeat(runs, axis=1)
        self.dossier = column(TO_KABUL, "dossier").astype(np.int64).repeat(runs, axis=1)
        self.listed = column(TO_KABUL, "listed").astype(bool).repeat(runs, axis=1)
        self.privation = np.full(runs, KABUL["privation"])
        self.disruption = KABUL["disruption"]
        self.population = KABUL["population"]
        self.control = np.full(runs, KABUL["control"])
        self.militants = np.full(runs, KABUL["militants"])
        self.relief = np.full(runs, KABUL["relief"])
        self.abroad = np.full(runs, KABUL["abroad"])
        self.security = np.full(runs, BORDER["security"])
        self.heat = np.full(runs, BORDER["heat"])
        self.constants()
        self.totals = {name: np.zeros(runs) for name in ["visits", "snubs", "aid", "in_need", "incursions", "reinforcements", "statements"]}
        self.at_year_end = {year: {} for year in YEARS}
        self.trusts = np.empty((TICKS, 6, runs))
        self.courses = {name: np.empty((TICKS, runs)) for name in
                        ["moscow_standing", "dossier", "hardship", "control", "ties", "guard", "moscow_alarm", "dushanbe_alarm",
                         "common_enemy", "accepted_abroad_by", "trade", "dushanbe_standing", "listed"]}

    def constants(self) -> None:
        p = self.p
        self.prestige = np.array([host["capability"] / (host["capability"] + p.half_prestige) for host in HOSTS])
        self.full_acceptance = max(1e-6, self.prestige.sum() + p.outside_prestige * KABUL["outside"])
        self.everyone = np.maximum(1e-6, LIKE.sum(axis=1, keepdims=True) + p.outside_affinity * KABUL["outside"])
        self.blamed = 1 - p.shared_enemy * (1 - column(TO_KABUL, "blame"))
        self.rung_rate = np.array([p.open_rate, p.accept_rate, p.ambassador_rate, p.recognise_rate, p.recognise_rate])
        self.peers_by_rung = p.pull_peers * np.array([1, 1, 1, p.de_jure_contagion, p.de_jure_contagion])
        self.stage_rate = p.review_rate * p.speedup ** np.arange(5.0)
        self.thanks = p.evidence * p.weight_aid * p.batch / p.usual_batch * (1 - p.conditionality)

    # -- what is read off the state --

    def trust(self, rows: slice | int) -> np.ndarray:
        good = self.goodwill[rows] + self.p.prior_good
        return good / (good + self.grievance[rows] + self.p.prior_bad)

    def acceptance(self) -> np.ndarray:
        return (self.prestige @ self.standing / 4 + self.p.outside_prestige * self.abroad / 2) / self.full_acceptance

    def concern(self) -> np.ndarray:
        return STAKE * self.prestige[MOSCOW] * self.alarm[MOSCOW]

    def welcome(self, trust: np.ndarray, standing: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(self.p.openness * standing + self.p.openness_of_trust * (trust - 0.5))))

    def favour(self, trust: np.ndarray, lanes: slice | np.ndarray = slice(None)) -> np.ndarray:
        p = self.p
        return (p.pull_trust * (trust - 0.5) + p.pull_need * self.need[:, lanes] + p.pull_trade / p.trade_ceiling * self.trade[:, lanes]
                + p.pull_neighbour * NEIGHBOUR - p.pull_alarm * self.blamed * self.alarm[:, lanes])

    def ascent(self, favour: np.ndarray, lanes: slice | np.ndarray = slice(None)) -> np.ndarray:
        standing, dossier = self.standing[:, lanes], self.dossier[:, lanes]
        rate = self.rung_rate[standing] * np.exp(favour + self.peers_by_rung[standing] * self.peers[:, lanes]
                                                 + self.p.pull_commitment / 4 * dossier)
        rate[standing >= np.where(self.listed[:, lanes], 2, 4)] = 0
        return rate

    def legal_pace(self, favour: np.ndarray, lanes: slice | np.ndarray = slice(None)) -> np.ndarray:
        p, dossier, listed = self.p, self.dossier[:, lanes], self.listed[:, lanes]
        done = dossier >= 4
        allies = LIKE @ done / np.maximum(1e-6, LIKE @ (done | listed))
        pace = self.stage_rate[dossier] * np.exp(favour + p.pull_peers * self.peers[:, lanes]
                                                 + p.pull_contacts * (self.standing[:, lanes] >= 2) + p.pull_allies * allies)
        pace[done | ~listed] = 0
        return pace

    def fires(self, rate: np.ndarray) -> np.ndarray:
        return self.rng.random(rate.shape) < -np.expm1(-DT * rate)

    # -- a tick --

    def tick(self, tick: int, on_record: list[tuple[str, tuple[str, ...]]]) -> None:
        self.reinforced = np.zeros(self.runs)
        for event, row in on_record:
            getattr(self, event)(ROW.get(row), 1)
        free = TIMES[tick] >= self.p.free_from
        self.fade()
        self.need_and_control(1 + self.p.winter * math.cos(math.pi / 6 * (MONTHS[tick] - 1)))
        self.border(free)
        if free:
            self.help_and_words(autumn=MONTHS[tick] >= 9)
            self.seek()
            self.others_accept()
        self.compare_and_trade()
        trust = self.trust(COURTED)
        favour = self.favour(trust)
        self.law(favour, free)
        if free:
            self.ladder(favour, trust)
        self.record(tick)

    def fade(self) -> None:
        p = self.p
        self.goodwill *= np.exp(-p.forgetting * DT / (1 + p.memory_of_ties * self.ties))
        self.grievance *= kept(p.forgetting)
        self.ties *= kept(p.ties_fading)

    def need_and_control(self, season: float) -> None:
        p = self.p
        acceptance = self.acceptance()
        fed = np.minimum(1, p.consumption / (p.ration * 1e6 * self.population) * self.relief)
        causes = KABUL["poverty"] + p.shock_of_takeover * self.disruption + p.isolation_cost * (1 - acceptance) - fed
        privation = causes + (self.privation - causes) * kept(p.adjustment)
        np.clip(privation, 0, 1, out=privation)
        privation += p.fortune * math.sqrt(DT) * self.rng.standard_normal(self.runs)
        self.privation = np.clip(privation, 0, 1, out=privation)
        self.disruption *= kept(p.recovery)
        self.relief *= kept(p.consumption)
        self.population *= math.exp(KABUL["population_growth"] * DT)
        self.hardship = np.minimum(1, season * privation)

        self.control += DT * ((p.consolidation + p.legitimacy * acceptance) * (1 - self.control)
                              - p.erosion * self.militants * self.control * self.hardship)
        np.clip(self.control, 0, 1, out=self.control)
        self.militants += DT * (p.recruitment * self.hardship - p.attrition * self.control * self.militants)
        np.maximum(self.militants, 0, out=self.militants)
        self.militants *= np.exp(p.volatility * math.sqrt(DT) * self.rng.standard_normal(self.runs) - 0.5 * p.volatility**2 * DT)

    def border(self, free: bool) -> None:
        p = self.p
        concern = self.concern()
        if free:
            self.reinforcement(None, self.fires(p.reinforcement_rate * concern))
        effort = p.guard_gain * self.alarm[DUSHANBE] + p.patron_gain * concern
        built = 1 - (1 - BORDER["terrain"]) * np.exp(-effort)
        self.security = built + (self.security - built) * kept(p.guard_pace)
        self.heat *= kept(p.cooling)
        pressure = p.incursion_rate * BORDER["length"] / 1000 * self.militants * (1 - self.control)
        expected = p.permeability * (1 - self.security) * pressure + p.contagion * p.cooling * self.heat
        incursions = self.rng.poisson(DT * expected)
        self.heat += incursions * (math.expm1(p.cooling * DT) / (p.cooling * DT))
        self.totals["incursions"] += incursions

        threat = EXPOSURE * incursions
        self.alarm *= kept(p.calming)
        self.alarm = 1 - (1 - self.alarm) * np.exp(-p.shock * threat)
        self.need *= kept(p.need_fading)
        self.need = 1 - (1 - self.need) * np.exp(-p.common_cause * (1 - self.blamed) * threat)
        self.grievance[COURTED] += p.evidence * p.weight_incursion * self.blamed * threat
        self.goodwill[HELP_FROM_MOSCOW] += p.evidence * p.weight_help * STAKE * self.reinforced

    def help_and_words(self, autumn: bool) -> None:
        p, standing, hardship = self.p, self.standing[MOSCOW], self.hardship
        rate = (p.aid_rate * HOSTS[MOSCOW]["generosity"] * (1 + TO_KABUL[MOSCOW]["affinity"])
                * hardship * (1 - p.conditionality * (1 - self.trust(MOSCOW))))
        self.aid_shipment(MOSCOW, self.fires(rate) & (standing >= 1) & (hardship > p.aid_threshold))
        if autumn:
            self.student_intake(MOSCOW, (self.rng.random(self.runs) < -math.expm1(-3 * p.intakes * DT)) & (standing >= 1))
        self.praise(SPOKEN, self.rng.poisson(p.talk * DT * self.trust(SPOKEN)))
        self.criticism(SPOKEN, self.rng.poisson(p.talk * DT * (1 - self.trust(SPOKEN))))
        self.warning(COURTED, self.rng.poisson(p.talk * DT * self.alarm))

    def seek(self) -> None:
        """Few runs see a journey in a week: the choice of a capital is worked out for those alone."""
        p = self.p
        journeys = self.rng.poisson(p.journeys_rate * DT * (1 - self.acceptance()))
        going = np.flatnonzero(journeys)
        trust = self.trust(COURTED)[:, going]
        welcome = self.welcome(trust, self.standing[:, going])
        favour = self.favour(trust, going)
        prospect = -np.expm1(-(self.ascent(favour, going) + self.legal_pace(favour, going)))
        utility = np.empty((3, going.size))
        utility[COURTED] = (p.court_gain * self.prestige[:, None] * welcome * prospect
                            + p.court_trust * (self.trust(COURTING)[:, going] - 0.5) - p.snub_cost * (1 - welcome))
        utility[2] = p.elsewhere
        capital = (utility / p.court_temperature + self.rng.gumbel(size=utility.shape)).argmax(axis=0)
        called = np.flatnonzero(capital < 2)
        host, run = capital[called], going[called]
        received = self.rng.random(called.size) < welcome[host, called]
        self.received(host[received], run[received], journeys[run[received]])
        host, run = host[~received], run[~received]
        self.grievance[2 + host, run] += p.evidence * p.weight_snub * journeys[run]
        self.totals["snubs"][run] += 1

    def received(self, host: np.ndarray, run: np.ndarray, missions: np.ndarray | int) -> None:
        p = self.p
        self.goodwill[2 + host, run] += p.evidence * p.weight_hosting_visit * missions
        self.goodwill[host, run] += p.evidence * p.weight_making_visit * missions
        self.totals["visits"][run[host == MOSCOW]] += 1

    def others_accept(self) -> None:
        p, outside = self.p, KABUL["outside"]
        self.accepted_abroad(None, self.rng.poisson(DT * (outside - self.abroad) * (p.first_mover + p.imitation / outside * self.abroad)))

    def compare_and_trade(self) -> None:
        p = self.p
        self.peers = (LIKE @ (self.standing >= 2) + p.outside_affinity * self.abroad) / self.everyone
        self.trade += DT * p.trade_growth / 4 * self.standing * self.trade * (1 - self.trade / p.trade_ceiling)

    def law(self, favour: np.ndarray, free: bool) -> None:
        if free:
            self.dossier_step(COURTED, self.fires(self.legal_pace(favour)))
        lifted = self.listed & (self.dossier >= 4)
        self.listed &= ~lifted
        self.goodwill[COURTING] += self.p.evidence * self.p.weight_delisting * lifted

    def ladder(self, favour: np.ndarray, trust: np.ndarray) -> None:
        p = self.p
        up = self.fires(self.ascent(favour))
        self.standing += up
        self.goodwill[COURTING] += p.evidence * (p.weight_rung * up + p.weight_recognition * (up & (self.standing >= 4)))
        down = self.fires(p.withdrawal_rate * self.blamed * self.alarm * (1 - trust))
        down &= (self.standing >= 1) & (self.standing < 4) & ~up
        self.standing -= down
        self.grievance[COURTING] += p.evidence * p.weight_withdrawal * down

    # -- what an event does, by chance or on record: `times` on each of `rows` --

    def reinforcement(self, _: None, times: np.ndarray | int) -> None:
        self.security += self.p.reinforcement_gain * times * (1 - self.security)
        self.reinforced += times
        self.totals["reinforcements"] += times

    def aid_shipment(self, row: int, times: np.ndarray | int) -> None:
        self.goodwill[row + 2] += self.thanks * times
        self.goodwill[row] += self.p.self_consistency * self.thanks * times
        self.relief += self.p.batch * times
        self.totals["aid"] += self.p.batch * times

    def student_intake(self, row: int, times: np.ndarray | int) -> None:
        self.ties[row] += HOSTS[row]["places"] / 1000 * times
        self.ties[row + 2] += HOSTS[row]["places"] / 1000 * times
        self.goodwill[row + 2] += self.p.evidence * self.p.weight_education * times

    def praise(self, rows: slice | int, times: np.ndarray | int) -> None:
        self.say(self.goodwill, self.p.weight_praise, rows, times)

    def criticism(self, rows: slice | int, times: np.ndarray | int) -> None:
        self.say(self.grievance, self.p.weight_criticism, rows, times)

    def warning(self, rows: slice | int, times: np.ndarray | int) -> None:
        self.say(self.grievance, self.p.weight_warning, rows, times)

    def say(self, evidence: np.ndarray, weight: float, rows: slice | int, times: np.ndarray | int) -> None:
        """Words are evidence for those of whom they are said: on the reverse of each row."""
        worth = self.p.words * self.p.evidence * weight
        if isinstance(rows, int):
            evidence[(2, 3, 0, 1)[rows]] += worth * times
            self.totals["statements"] += times * (rows == MOSCOW)
            return
        evidence[COURTING] += worth * times[COURTED]
        if len(times) == 4:
            evidence[COURTED] += worth * times[COURTING]
        self.totals["statements"] += times[MOSCOW]

    def visit(self, row: int, _: int) -> None:
        self.received(np.full(self.runs, row - 2), np.arange(self.runs), 1)

    def accepted_abroad(self, _: None, times: np.ndarray | int) -> None:
        self.abroad = np.minimum(KABUL["outside"], self.abroad + times)

    def dossier_step(self, rows: slice | int, times: np.ndarray | int) -> None:
        kabul = COURTING if isinstance(rows, slice) else rows + 2
        self.dossier[rows] += times
        self.goodwill[kabul] += self.p.evidence * self.p.weight_delisting / 4 * times

    # -- what is kept --

    def record(self, tick: int) -> None:
        courses = self.courses
        self.trusts[tick] = self.trust(slice(None))
        courses["moscow_standing"][tick] = self.standing[MOSCOW]
        courses["dushanbe_standing"][tick] = self.standing[DUSHANBE]
        courses["listed"][tick] = self.listed[MOSCOW]
        courses["dossier"][tick] = self.dossier[MOSCOW]
        courses["hardship"][tick] = self.hardship
        courses["control"][tick] = self.control
        courses["ties"][tick] = self.ties[MOSCOW]
        courses["guard"][tick] = self.security
        courses["moscow_alarm"][tick] = self.alarm[MOSCOW]
        courses["dushanbe_alarm"][tick] = self.alarm[DUSHANBE]
        courses["common_enemy"][tick] = self.need[MOSCOW]
        courses["accepted_abroad_by"][tick] = self.abroad
        courses["trade"][tick] = self.trade[MOSCOW]
        self.totals["in_need"] += self.hardship * self.population
        if tick == TICKS - 1 or YEARS[tick + 1] != YEARS[tick]:
            self.at_year_end[YEARS[tick]] = {name: self.totals[name].copy() for name in ["visits", "aid", "in_need", "incursions"]}

    def outcomes(self) -> dict[str, np.ndarray]:
        standing = self.courses["moscow_standing"]
        found = {name: course[-1] for name, course in self.courses.items() if name != "listed"}
        found |= {f"trust_of_all {source} -> {target}": self.trusts[-1, row] for row, (source, target) in enumerate(RELATIONS)}
        found |= {"moscow_trust": self.trusts[-1, 0], "dushanbe_trust": self.trusts[-1, 1], "kabul_trust": self.trusts[-1, 2]}
        found |= {name: self.totals[name] for name in ["snubs", "reinforcements", "statements"]}
        found |= {"diplomats_accepted": first(standing >= 2), "ambassadors": first(standing >= 3), "recognised": first(standing >= 4),
                  "dushanbe_mission": first(self.courses["dushanbe_standing"] >= 1), "delisted": first(self.courses["listed"] == 0)}
        before = dict.fromkeys(self.totals, 0)
        for year, totals in self.at_year_end.items():
            for name, total in totals.items():
                weeks = YEARS.count(year) if name == "in_need" else 1
                found[f"{name}_yearly[{year}]"] = (total - before[name]) / weeks
            before = totals
        found |= {f"{name}_yearly": total / (len(YEARS) if name == "in_need" else 1) for name, total in before.items()}
        return found


def first(held: np.ndarray) -> np.ndarray:
    """The first tick at whose end it held, NaN for never."""
    return np.where(held.any(axis=0), held.argmax(axis=0), np.nan)


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
