#!/usr/bin/python3
"""tests/scenes/founding.yaml as plain Python objects, one run at a time, in the manner of Mesa: agents and relations with methods,
a schedule of stages, a collector of data at every tick. Any number of governments, relations and borders will do.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from typing import Any

import numpy as np

import peer
from founding_world import BORDERS, DT, GOVERNMENTS, MONTHS, RELATIONS, TICKS, TIMES, YEARS, Parameters, timeline


def toward(x: float, target: float, rate: float) -> float:
    return x + (target - x) * (1 - math.exp(-rate * DT))


def clip(x: float, low: float, high: float) -> float:
    return min(max(x, low), high)


def poisson(rng: random.Random, mean: float) -> int:
    """Knuth's product of uniforms: means are small here."""
    if mean <= 0:
        return 0
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


class Government:
    def __init__(self, model: Model, name: str, fields: dict[str, Any]) -> None:
        self.model, self.name = model, name
        self.__dict__.update(fields)
        self.outgoing: list[Relation] = []
        self.incoming: list[Relation] = []
        self.journeys = 0

    @property
    def hardship(self) -> float:
        return min(1, self.privation * (1 + self.model.p.winter * math.cos(math.pi / 6 * (self.model.month - 1))))

    @property
    def prestige(self) -> float:
        return self.capability / (self.capability + self.model.p.half_prestige)

    @property
    def acceptance(self) -> float:
        p = self.model.p
        given = sum(r.source.prestige * r.standing / 4 for r in self.incoming) + p.outside_prestige * self.abroad / 2
        return given / max(1e-6, sum(r.source.prestige for r in self.incoming) + p.outside_prestige * self.outside)

    def live_in_need(self) -> None:
        if not self.seeks:
            return
        p = self.model.p
        fed = min(1, p.consumption * self.relief / (p.ration * 1e6 * self.population))
        causes = self.poverty + p.shock_of_takeover * self.disruption + p.isolation_cost * (1 - self.acceptance) - fed
        self.privation = clip(toward(self.privation, causes, p.adjustment), 0, 1)
        self.privation = clip(self.privation + p.fortune * math.sqrt(DT) * self.model.rng.gauss(0, 1), 0, 1)
        self.disruption = toward(self.disruption, 0, p.recovery)
        self.relief = toward(self.relief, 0, p.consumption)
        self.population *= math.exp(self.population_growth * DT)

    def hold_territory(self) -> None:
        if self.militants <= 0:
            return
        p, hardship = self.model.p, self.hardship
        gain = (p.consolidation + p.legitimacy * self.acceptance) * (1 - self.control)
        self.control = clip(self.control + DT * (gain - p.erosion * self.militants * self.control * hardship), 0, 1)
        self.militants = max(0, self.militants + DT * (p.recruitment * hardship - p.attrition * self.control * self.militants))
        self.militants *= math.exp(p.volatility * math.sqrt(DT) * self.model.rng.gauss(0, 1) - 0.5 * p.volatility**2 * DT)

    def set_out(self) -> None:
        self.journeys = 0
        if self.seeks and self.model.free:
            self.journeys = poisson(self.model.rng, self.model.p.journeys_rate * (1 - self.acceptance) * DT)

    def choose_capital(self) -> None:
        """Multinomial logit over the capitals and those outside the model."""
        for relation in self.outgoing:
            relation.bid = False
        if not self.journeys:
            return
        p = self.model.p
        weights = [math.exp(r.utility / p.court_temperature) for r in self.outgoing] + [math.exp(p.elsewhere / p.court_temperature)]
        chosen = self.model.rng.choices([*self.outgoing, None], weights)[0]
        if chosen:
            chosen.bid = True

    def win_others(self) -> None:
        if not self.seeks or self.abroad >= self.outside or not self.model.free:
            return
        p = self.model.p
        rate = (self.outside - self.abroad) * (p.first_mover + p.imitation * self.abroad / self.outside)
        self.accepted_abroad(poisson(self.model.rng, rate * DT))

    def accepted_abroad(self, times: int = 1) -> None:
        self.abroad = min(self.outside, self.abroad + times)


class Relation:
    """What the source holds toward the target."""

    def __init__(self, model: Model, source: Government, target: Government, fields: dict[str, Any]) -> None:
        self.model, self.source, self.target = model, source, target
        self.__dict__.update(fields)
        self.reverse: Relation
        self.bid = self.visited = self.stepped_up = False
        self.credit: dict[str, float] = {}  # what others' steps add, settled when the stage is over

    # -- what is read off the state --

    @property
    def trust(self) -> float:
        p = self.model.p
        good = self.goodwill + p.prior_good
        return good / (good + self.grievance + p.prior_bad)

    @property
    def blamed(self) -> float:
        return 1 - self.model.p.shared_enemy * (1 - self.blame)

    @property
    def cap(self) -> int:
        return 2 if self.listed else 4

    @property
    def welcome(self) -> float:
        p = self.model.p
        return 1 / (1 + math.exp(-(p.openness * self.standing + p.openness_of_trust * (self.trust - 0.5))))

    @property
    def favour(self) -> float:
        p = self.model.p
        return (p.pull_trust * (self.trust - 0.5) + p.pull_need * self.need + p.pull_trade * self.trade / p.trade_ceiling
                + p.pull_neighbour * self.model.has_border(self.target, self.source) - p.pull_alarm * self.alarm * self.blamed)

    @property
    def ascent(self) -> float:
        if self.standing >= self.cap:
            return 0
        p = self.model.p
        rate = (p.open_rate, p.accept_rate, p.ambassador_rate, p.recognise_rate)[self.standing]
        contagion = 1 if self.standing < 3 else p.de_jure_contagion
        return rate * math.exp(self.favour + p.pull_peers * self.peers * contagion + p.pull_commitment * self.dossier / 4)

    @property
    def legal_pace(self) -> float:
        if not self.listed or self.dossier >= 4:
            return 0
        p = self.model.p
        done = listing = 0.0
        for other in self.target.incoming:
            affinity = self.model.affinity(self.source, other.source)
            done += affinity * (other.dossier >= 4)
            listing += affinity * (other.dossier >= 4 or other.listed)
        return p.review_rate * p.speedup**self.dossier * math.exp(
            self.favour + p.pull_peers * self.peers + p.pull_contacts * (self.standing >= 2) + p.pull_allies * done / max(1e-6, listing))

    @property
    def utility(self) -> float:
        """Of a journey to the target."""
        p, host = self.model.p, self.reverse
        prospect = 1 - math.exp(-(host.ascent + host.legal_pace))
        gain = p.court_gain * self.target.prestige * host.welcome * prospect
        return gain + p.court_trust * (self.trust - 0.5) - p.snub_cost * (1 - host.welcome)

    def fires(self, rate: float) -> bool:
        return self.model.free and self.model.rng.random() < -math.expm1(-rate * DT)

    def count(self, rate: float) -> int:
        return poisson(self.model.rng, rate * DT) if self.model.free else 0

    def add(self, field: str, amount: float) -> None:
        """To be added when the stage is over, so that no relation sees what another did in the same stage."""
        if not self.credit:
            self.model.to_settle.append(self)
        self.credit[field] = self.credit.get(field, 0) + amount

    def settle(self) -> None:
        for field, amount in self.credit.items():
            setattr(self, field, getattr(self, field) + amount)
        self.credit = {}

    # -- stages --

    def fade(self) -> None:
        p = self.model.p
        self.goodwill = toward(self.goodwill, 0, p.forgetting / (1 + p.memory_of_ties * self.ties))
        self.grievance = toward(self.grievance, 0, p.forgetting)
        self.ties = toward(self.ties, 0, p.ties_fading)

    def feel_threat(self) -> None:
        p, model = self.model.p, self.model
        threat = 0.0
        for border in model.borders.values():
            if border.source is self.target:
                threat += border.incursions * (1 if border.target is self.source else model.stake(self.source, border.target))
        help_given = self.reverse.stake * sum(b.reinforcements for b in model.borders.values() if b.target is self.source)
        self.alarm = 1 - (1 - toward(self.alarm, 0, p.calming)) * math.exp(-p.shock * threat)
        self.need = 1 - (1 - toward(self.need, 0, p.need_fading)) * math.exp(-p.common_cause * (1 - self.blamed) * threat)
        self.grievance += p.evidence * p.weight_incursion * self.blamed * threat
        self.goodwill += p.evidence * p.weight_help * help_given

    def give_aid(self) -> None:
        p, giver, hardship = self.model.p, self.source, self.target.hardship
        if giver.generosity > 0 and self.standing >= 1 and hardship > p.aid_threshold:
            rate = p.aid_rate * giver.generosity * hardship * (1 + self.affinity) * (1 - p.conditionality * (1 - self.trust))
            if self.fires(rate):
                self.aid_shipment()

    def take_students(self) -> None:
        if self.source.places > 0 and self.target.seeks and self.standing >= 1 and self.model.month >= 9:
            if self.fires(3 * self.model.p.intakes):
                self.student_intake()

    def speak_well(self) -> None:
        if self.source.seeks or self.target.seeks:
            self.praise(self.count(self.model.p.talk * self.trust))

    def speak_ill(self) -> None:
        if self.source.seeks or self.target.seeks:
            self.criticism(self.count(self.model.p.talk * (1 - self.trust)))

    def warn(self) -> None:
        if self.target.seeks:
            self.warning(self.count(self.model.p.talk * self.alarm))

    def receive(self) -> None:
        if self.bid and self.model.rng.random() < self.reverse.welcome:
            self.visit()

    def refuse(self) -> None:
        if self.bid and not self.visited:
            self.add("grievance", self.model.p.evidence * self.model.p.weight_snub * self.source.journeys)
            self.model.tell("snub", self)

    def look_to_peers(self) -> None:
        if not self.target.seeks:
            return
        p = self.model.p
        accepting = everyone = 0.0
        for other in self.target.incoming:
            affinity = self.model.affinity(self.source, other.source)
            accepting += affinity * (other.standing >= 2)
            everyone += affinity
        self.peers = (accepting + p.outside_affinity * self.target.abroad) / max(1e-6, everyone + p.outside_affinity * self.target.outside)

    def grow_trade(self) -> None:
        if self.target.seeks:
            p = self.model.p
            self.trade += DT * p.trade_growth * self.standing / 4 * self.trade * (1 - self.trade / p.trade_ceiling)

    def review_listing(self) -> None:
        if self.listed and self.dossier < 4 and self.fires(self.legal_pace):
            self.dossier_step()

    def lift_ban(self) -> None:
        if self.listed and self.dossier >= 4:
            self.listed = False
            self.reverse.add("goodwill", self.model.p.evidence * self.model.p.weight_delisting)

    def climb(self) -> None:
        self.stepped_up = False
        if self.target.seeks and self.standing < self.cap and self.fires(self.ascent):
            self.stepped_up = True
            self.standing += 1
            self.reverse.add("goodwill", self.model.p.evidence * self.model.p.weight_rung)

    def recognise(self) -> None:
        if self.stepped_up and self.standing >= 4:
            self.reverse.add("goodwill", self.model.p.evidence * self.model.p.weight_recognition)

    def withdraw(self) -> None:
        p = self.model.p
        if self.target.seeks and 1 <= self.standing < 4 and not self.stepped_up:
            if self.fires(p.withdrawal_rate * self.alarm * self.blamed * (1 - self.trust)):
                self.standing -= 1
                self.reverse.add("grievance", p.evidence * p.weight_withdrawal)

    # -- events, by chance or on record --

    def aid_shipment(self) -> None:
        p = self.model.p
        thanks = p.evidence * p.weight_aid * p.batch / p.usual_batch * (1 - p.conditionality)
        self.reverse.add("goodwill", thanks)
        self.add("goodwill", p.self_consistency * thanks)
        self.target.relief += p.batch
        self.model.tell("aid_shipment", self)

    def student_intake(self) -> None:
        p, thousands = self.model.p, self.source.places / 1000
        self.add("ties", thousands)
        self.reverse.add("ties", thousands)
        self.reverse.add("goodwill", p.evidence * p.weight_education)

    def say(self, what: str, field: str, weight: float, times: int) -> None:
        if times:
            self.reverse.add(field, self.model.p.words * self.model.p.evidence * weight * times)
            self.model.tell(what, self, times)

    def praise(self, times: int = 1) -> None:
        self.say("praise", "goodwill", self.model.p.weight_praise, times)

    def criticism(self, times: int = 1) -> None:
        self.say("criticism", "grievance", self.model.p.weight_criticism, times)

    def warning(self, times: int = 1) -> None:
        self.say("warning", "grievance", self.model.p.weight_warning, times)

    def visit(self) -> None:
        p = self.model.p
        self.visited = True
        missions = max(1, self.bid * self.source.journeys)
        self.add("goodwill", p.evidence * p.weight_hosting_visit * missions)
        self.reverse.add("goodwill", p.evidence * p.weight_making_visit * missions)
        self.model.tell("visit", self)

    def dossier_step(self) -> None:
        self.add("dossier", 1)
        self.reverse.add("goodwill", self.model.p.evidence * self.model.p.weight_delisting / 4)


class Border:
    """A land border, in the direction in which armed groups would cross it."""

    def __init__(self, model: Model, source: Government, target: Government, fields: dict[str, Any]) -> None:
        self.model, self.source, self.target = model, source, target
        self.__dict__.update(fields)
        self.incursions = self.reinforcements = 0

    @property
    def concern(self) -> float:
        """What the patrons of the guarded feel about the land beyond."""
        return sum(r.stake * self.model.alarm(r.source, self.source) * r.source.prestige for r in self.target.incoming)

    def call_for_help(self) -> None:
        rate = self.model.p.reinforcement_rate * self.concern
        if self.model.free and self.model.rng.random() < -math.expm1(-rate * DT):
            self.reinforcement()

    def guard(self) -> None:
        p = self.model.p
        effort = p.guard_gain * self.model.alarm(self.target, self.source) + p.patron_gain * self.concern
        self.security = toward(self.security, 1 - (1 - self.terrain) * math.exp(-effort), p.guard_pace)
        self.heat = toward(self.heat, 0, p.cooling)

    def suffer_incursions(self) -> None:
        p = self.model.p
        pressure = p.incursion_rate * self.length / 1000 * self.source.militants * (1 - self.source.control)
        expected = p.permeability * (1 - self.security) * pressure + p.contagion * p.cooling * self.heat
        self.incursions = poisson(self.model.rng, expected * DT)
        self.heat += self.incursions * math.expm1(p.cooling * DT) / (p.cooling * DT)
        self.model.tell("incursion", self, self.incursions)

    def reinforcement(self) -> None:
        self.security += self.model.p.reinforcement_gain * (1 - self.security)
        self.reinforcements += 1
        self.model.tell("reinforcement", self)


class DataCollector:
    """Keeps the value of each reporter at every tick."""

    def __init__(self, reporters: dict[str, Callable[[Model], float]]) -> None:
        self.reporters = reporters
        self.values: dict[str, list[float]] = {name: [] for name in reporters}

    def collect(self, model: Model) -> None:
        for name, report in self.reporters.items():
            self.values[name].append(report(model))


class Model:
    """One run: three kinds of agents, activated stage by stage."""

    STAGES = [("relations", Relation.fade), ("governments", Government.live_in_need), ("governments", Government.hold_territory),
              ("borders", Border.call_for_help), ("borders", Border.guard), ("borders", Border.suffer_incursions),
              ("relations", Relation.feel_threat), ("relations", Relation.give_aid), ("relations", Relation.take_students),
              ("relations", Relation.speak_well), ("relations", Relation.speak_ill), ("relations", Relation.warn),
              ("governments", Government.set_out), ("governments", Government.choose_capital), ("relations", Relation.receive),
              ("relations", Relation.refuse), ("governments", Government.win_others), ("relations", Relation.look_to_peers),
              ("relations", Relation.grow_trade), ("relations", Relation.review_listing), ("relations", Relation.lift_ban),
              ("relations", Relation.climb), ("relations", Relation.recognise), ("relations", Relation.withdraw)]

    def __init__(self, p: Parameters, seed: int | str) -> None:
        self.p, self.rng, self.tick = p, random.Random(seed), 0
        self.governments = {name: Government(self, name, fields) for name, fields in GOVERNMENTS.items()}
        self.relations = {ends: Relation(self, *(self.governments[end] for end in ends), fields) for ends, fields in RELATIONS.items()}
        self.borders = {ends: Border(self, *(self.governments[end] for end in ends), fields) for ends, fields in BORDERS.items()}
        for (source, target), relation in self.relations.items():
            relation.reverse = self.relations[target, source]
            relation.source.outgoing.append(relation)
            relation.target.incoming.append(relation)
        self.on_record = timeline()
        self.to_settle: list[Relation] = []
        self.happened: dict[tuple[str, str, str], int] = {}
        self.collector = DataCollector(reporters())

    @property
    def month(self) -> int:
        return MONTHS[self.tick]

    @property
    def free(self) -> bool:
        return TIMES[self.tick] >= self.p.free_from

    def has_border(self, source: Government, target: Government) -> bool:
        return (source.name, target.name) in self.borders

    def affinity(self, source: Government, target: Government) -> float:
        relation = self.relations.get((source.name, target.name))
        return relation.affinity if relation else 0

    def stake(self, source: Government, target: Government) -> float:
        relation = self.relations.get((source.name, target.name))
        return relation.stake if relation else 0

    def alarm(self, source: Government, target: Government) -> float:
        relation = self.relations.get((source.name, target.name))
        return relation.alarm if relation else 0

    def tell(self, event: str, row: Relation | Border, times: int = 1) -> None:
        key = (event, row.source.name, row.target.name)
        self.happened[key] = self.happened.get(key, 0) + times

    def told(self, event: str, source: str, target: str) -> int:
        return self.happened.get((event, source, target), 0)

    def settle(self) -> None:
        for relation in self.to_settle:
            relation.settle()
        self.to_settle.clear()

    def step(self) -> None:
        for border in self.borders.values():
            border.incursions = border.reinforcements = 0
        for relation in self.relations.values():
            relation.visited = False
        for event, ends in self.on_record.get(self.tick, []):
            getattr(self.row_of(event, ends), event)()
            self.settle()
        for kind, stage in self.STAGES:
            for agent in getattr(self, kind).values():
                stage(agent)
            self.settle()
        self.collector.collect(self)
        self.tick += 1

    def row_of(self, event: str, ends: tuple[str, ...]) -> Any:
        if len(ends) == 1:
            return self.governments[ends[0]]
        return self.borders[ends] if event == "reinforcement" else self.relations[ends]


def reporters() -> dict[str, Callable[[Model], float]]:
    def relation(source: str, target: str, field: str) -> Callable[[Model], float]:
        return lambda model: getattr(model.relations[source, target], field)

    def kabul(field: str) -> Callable[[Model], float]:
        return lambda model: getattr(model.governments["afghanistan"], field)

    moscow_to_kabul = ("russia", "afghanistan")
    return {
        **{f"trust_of_all {source} -> {target}": relation(source, target, "trust") for source, target in RELATIONS},
        "moscow_trust": relation(*moscow_to_kabul, "trust"),
        "kabul_trust": relation("afghanistan", "russia", "trust"),
        "dushanbe_trust": relation("tajikistan", "afghanistan", "trust"),
        "moscow_standing": relation(*moscow_to_kabul, "standing"),
        "dushanbe_standing": relation("tajikistan", "afghanistan", "standing"),
        "dossier": relation(*moscow_to_kabul, "dossier"),
        "listed": relation(*moscow_to_kabul, "listed"),
        "hardship": kabul("hardship"),
        "control": kabul("control"),
        "ties": relation(*moscow_to_kabul, "ties"),
        "guard": lambda model: model.borders["afghanistan", "tajikistan"].security,
        "moscow_alarm": relation(*moscow_to_kabul, "alarm"),
        "dushanbe_alarm": relation("tajikistan", "afghanistan", "alarm"),
        "common_enemy": relation(*moscow_to_kabul, "need"),
        "accepted_abroad_by": kabul("abroad"),
        "trade": relation(*moscow_to_kabul, "trade"),
        "in_need": lambda model: model.governments["afghanistan"].hardship * model.governments["afghanistan"].population,
        "visits": lambda model: model.told("visit", "afghanistan", "russia"),
        "aid": lambda model: model.told("aid_shipment", *moscow_to_kabul) * model.p.batch,
        "incursions": lambda model: model.told("incursion", "afghanistan", "tajikistan"),
        "reinforcements": lambda model: model.told("reinforcement", "afghanistan", "tajikistan"),
        "snubs": lambda model: model.told("snub", "afghanistan", "russia") + model.told("snub", "afghanistan", "tajikistan"),
        "statements": lambda model: sum(model.told(what, *moscow_to_kabul) for what in ("praise", "criticism", "warning")),
    }


def first(held: list[bool]) -> float:
    """The first tick at whose end it held, NaN for never."""
    return held.index(True) if True in held else math.nan


def outcomes_of(model: Model) -> dict[str, float]:
    values = model.collector.values
    found = {name: course[-1] for name, course in values.items() if name not in ("listed", "in_need", "visits", "aid", "incursions")}
    for name, rung in [("diplomats_accepted", 2), ("ambassadors", 3), ("recognised", 4)]:
        found[name] = first([standing >= rung for standing in values["moscow_standing"]])
    found["dushanbe_mission"] = first([standing >= 1 for standing in values["dushanbe_standing"]])
    found["delisted"] = first([not listed for listed in values["listed"]])
    found["in_need_yearly"] = sum(values["in_need"]) / len(YEARS)
    for name in ("visits", "aid", "incursions"):
        found[f"{name}_yearly"] = values[name][-1]
    for year in sorted(set(YEARS)):
        begin = YEARS.index(year)
        end = begin + YEARS.count(year)
        found[f"in_need_yearly[{year}]"] = sum(values["in_need"][begin:end]) / (end - begin)
        for name in ("visits", "aid", "incursions"):
            found[f"{name}_yearly[{year}]"] = values[name][end - 1] - (values[name][begin - 1] if begin else 0)
    return found


def simulate(parameters: Parameters, runs: int, seed: int) -> peer.Measured:
    began = time.perf_counter()
    found = []
    for run in range(runs):
        model = Model(parameters, f"{seed} {run}")
        for _ in range(TICKS):
            model.step()
        found.append(outcomes_of(model))
    seconds = time.perf_counter() - began
    outcomes = {name: np.array([one[name] for one in found], dtype=float) for name in found[0]}
    return peer.Measured(seconds, runs, TICKS, outcomes)


if __name__ == "__main__":
    peer.main(__doc__, Parameters(), simulate, runs=20)
