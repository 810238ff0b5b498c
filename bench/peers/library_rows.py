"""tests/scenes/library/recognition.yaml transcribed to NumPy as it stands: any governments, any borders, and a relation for every pair.

All runs side by side: fields are arrays of (governments, runs), (relations, runs) and (borders, runs). Every step works on all rows of its
kind, with `where` as a mask. Sums over links are taken over those that a constant weight lets count; those by affinity are products with its
matrix, for the targets that somebody lists or that seek.
"""

from __future__ import annotations

import math

import numpy as np

from founding_numpy import kept
from founding_world import DT, MONTHS, TIMES, Parameters


class Sum:
    """[row, runs]: the sum of weight · x[column] over a list of (row, column, weight)."""

    def __init__(self, rows: int, terms: list[tuple[int, int, float]]) -> None:
        terms = sorted(term for term in terms if term[2] != 0)
        self.rows = rows
        self.columns = np.array([column for _, column, _ in terms], dtype=np.int64)
        self.weights = np.array([[weight] for _, _, weight in terms])
        self.present, self.starts = np.unique([row for row, _, _ in terms], return_index=True)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        out = np.zeros((self.rows, x.shape[1]))
        if len(self.columns):
            out[self.present.astype(np.int64)] = np.add.reduceat(x[self.columns] * self.weights, self.starts, axis=0)
        return out


class World:
    """Who there is: governments, relations and borders with their starts, as dictionaries of dictionaries in the order of their rows."""

    def __init__(self, governments: dict, relations: dict, borders: dict) -> None:
        self.governments, self.relations, self.borders = governments, relations, borders
        self.names, self.ends = list(governments), list(relations)
        number = {name: row for row, name in enumerate(self.names)}
        self.row = {ends: row for row, ends in enumerate(self.ends)}
        self.source = np.array([number[source] for source, _ in self.ends])
        self.target = np.array([number[target] for _, target in self.ends])
        self.reverse = np.array([self.row[target, source] for source, target in self.ends])
        self.out_of = [np.flatnonzero(self.source == government) for government in range(len(self.names))]
        self.guard = np.array([self.row[target, source] for source, target in borders])  # what the guarded holds toward the land beyond
        self.beyond = np.array([number[source] for source, _ in borders])
        self.has_border = np.array([[float((target, source) in borders)] for source, target in self.ends])
        self.to_target = Sum(len(self.names), [(target, row, 1) for row, target in enumerate(self.target)])
        self.stakes = {ends: fields["stake"] for ends, fields in relations.items() if fields["stake"]}
        self.threat, self.help = self.of_borders()
        self.find_affinity()

    def of_borders(self) -> tuple[Sum, Sum]:
        """Relation by border: whose threat an incursion is; whose help a reinforcement is."""
        threat, helped = [], []
        patrons: dict[str, list[tuple[str, float]]] = {}
        for (patron, client), stake in self.stakes.items():
            patrons.setdefault(client, []).append((patron, stake))
        for b, (beyond, guarded) in enumerate(self.borders):
            threat.append((self.row[guarded, beyond], b, 1.0))
            for patron, stake in patrons.get(guarded, []):
                if patron != beyond:
                    threat.append((self.row[patron, beyond], b, stake))
                helped.append((self.row[guarded, patron], b, stake))
        return Sum(len(self.ends), threat), Sum(len(self.ends), helped)

    def find_affinity(self) -> None:
        """Of every pair, and which relations sums by affinity are wanted for."""
        self.affinity_of_pairs = np.zeros((len(self.names), len(self.names)))
        self.affinity_of_pairs[self.source, self.target] = [fields["affinity"] for fields in self.relations.values()]
        wanted = {target for (_, target), fields in self.relations.items() if fields["listed"] or self.governments[target]["seeks"]}
        place = {name: number for number, name in enumerate(name for name in self.names if name in wanted)}
        self.compared = np.array([row for row, (_, target) in enumerate(self.ends) if target in wanted])
        self.at = self.source[self.compared], np.array([place[self.ends[row][1]] for row in self.compared])
        self.targets_compared = len(place)

    def like(self, x: np.ndarray) -> np.ndarray:
        """Of each relation: the sum of relation[source, k.source].affinity · x[k] over the relations k into its target."""
        square = np.zeros((len(self.names), self.targets_compared, x.shape[1]))
        square[self.at] = x[self.compared]
        sums = (self.affinity_of_pairs @ square.reshape(len(self.names), -1)).reshape(square.shape)
        out = np.zeros((len(self.ends), x.shape[1]))
        out[self.compared] = sums[self.at]
        return out


def constant(members: dict, name: str) -> np.ndarray:
    return np.array([[row[name]] for row in members.values()], dtype=float)


class Library:
    """The state of all runs, and what a tick makes of it. `record` is for who says what is kept."""

    def __init__(self, world: World, p: Parameters, runs: int, rng: np.random.Generator) -> None:
        self.world, self.p, self.runs, self.rng = world, p, runs, rng
        governments, relations, borders = world.governments, world.relations, world.borders
        for name in ["population", "control", "privation", "disruption", "militants", "relief", "abroad"]:
            setattr(self, name, constant(governments, name).repeat(runs, axis=1))
        for name in ["goodwill", "grievance", "alarm", "need", "standing", "listed", "dossier", "trade", "ties", "peers"]:
            setattr(self, name, constant(relations, name).repeat(runs, axis=1))
        for name in ["security", "heat"]:
            setattr(self, name, constant(borders, name).repeat(runs, axis=1))
        self.outside = constant(governments, "outside")
        self.poverty, self.growth = constant(governments, "poverty"), np.exp(constant(governments, "population_growth") * DT)
        self.generosity, self.places = constant(governments, "generosity")[world.source], constant(governments, "places")[world.source]
        self.seeks = constant(governments, "seeks") > 0
        self.sought, self.seeking = self.seeks[world.target], self.seeks[world.source]
        self.affinity = constant(relations, "affinity")
        self.blamed = 1 - p.shared_enemy * (1 - constant(relations, "blame"))
        capability = constant(governments, "capability")
        self.prestige = capability / (capability + p.half_prestige)
        self.given = Sum(len(world.names), list(zip(world.target, range(len(world.ends)), self.prestige[world.source, 0])))
        self.all_given = self.given(np.ones((len(world.ends), 1)))
        self.patrons = self.concerns()
        self.everyone = world.like(np.ones((len(world.ends), 1)))
        self.terrain, self.length = constant(borders, "terrain"), constant(borders, "length")
        self.rung_rate = np.array([p.open_rate, p.accept_rate, p.ambassador_rate, p.recognise_rate, p.recognise_rate])
        self.happened: dict[str, np.ndarray] = {}  # this tick

    def concerns(self) -> Sum:
        """Border by relation: stake and prestige of the patron that holds the relation toward the land beyond."""
        terms = []
        of_client: dict[str, list[tuple[str, float]]] = {}
        for (patron, client), stake in self.world.stakes.items():
            of_client.setdefault(client, []).append((patron, stake))
        for b, (beyond, guarded) in enumerate(self.world.borders):
            for patron, stake in of_client.get(guarded, []):
                if patron != beyond:
                    terms.append((b, self.world.row[patron, beyond], stake * self.prestige[self.world.names.index(patron), 0]))
        return Sum(len(self.world.borders), terms)

    # -- derived --

    def trust(self) -> np.ndarray:
        good = self.goodwill + self.p.prior_good
        return good / (good + self.grievance + self.p.prior_bad)

    def hardship(self) -> np.ndarray:
        return np.minimum(1, self.privation * self.season)

    def acceptance(self) -> np.ndarray:
        p = self.p
        given = self.given(self.standing) / 4 + p.outside_prestige * self.abroad / 2
        return given / np.maximum(1e-6, self.all_given + p.outside_prestige * self.outside)

    def welcome(self, trust: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(self.p.openness * self.standing + self.p.openness_of_trust * (trust - 0.5))))

    def favour(self, trust: np.ndarray) -> np.ndarray:
        p = self.p
        return (p.pull_trust * (trust - 0.5) + p.pull_need * self.need + p.pull_trade * self.trade / p.trade_ceiling
                + p.pull_neighbour * self.world.has_border - p.pull_alarm * self.alarm * self.blamed)

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
        allies = self.world.like(done) / np.maximum(1e-6, self.world.like(done | (self.listed > 0)))
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
        self.happened = {"reinforcement": np.zeros((len(self.world.borders), self.runs))}
        for event, ends in on_record:
            world = self.world
            rows = world.names if len(ends) == 1 else list(world.borders) if event == "reinforcement" else world.ends
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
        causes = self.poverty + p.shock_of_takeover * self.disruption + p.isolation_cost * (1 - self.acceptance()) - fed
        privation = np.clip(causes + (self.privation - causes) * kept(p.adjustment), 0, 1)
        privation = np.clip(privation + p.fortune * math.sqrt(DT) * noise(shape), 0, 1)
        self.privation = np.where(self.seeks, privation, self.privation)
        self.disruption *= np.where(self.seeks, kept(p.recovery), 1)
        self.relief *= np.where(self.seeks, kept(p.consumption), 1)
        self.population *= np.where(self.seeks, self.growth, 1)

        armed, hardship = self.militants > 0, self.hardship()
        gain = (p.consolidation + p.legitimacy * self.acceptance()) * (1 - self.control)
        control = np.clip(self.control + DT * (gain - p.erosion * self.militants * self.control * hardship), 0, 1)
        self.control = np.where(armed, control, self.control)
        militants = np.maximum(0, self.militants + DT * (p.recruitment * hardship - p.attrition * self.control * self.militants))
        militants *= np.exp(p.volatility * math.sqrt(DT) * noise(shape) - 0.5 * p.volatility**2 * DT)
        self.militants = np.where(armed, militants, self.militants)

    def borders(self) -> None:
        p = self.p
        concern = self.patrons(self.alarm)
        self.reinforcement(self.fires(p.reinforcement_rate * concern))
        built = 1 - (1 - self.terrain) * np.exp(-(p.guard_gain * self.alarm[self.world.guard] + p.patron_gain * concern))
        self.security = built + (self.security - built) * kept(p.guard_pace)
        self.heat *= kept(p.cooling)
        beyond = self.world.beyond
        pressure = p.incursion_rate * self.length / 1000 * self.militants[beyond] * (1 - self.control[beyond])
        incursions = self.rng.poisson(DT * (p.permeability * (1 - self.security) * pressure + p.contagion * p.cooling * self.heat))
        self.heat += incursions * (math.expm1(p.cooling * DT) / (p.cooling * DT))
        self.note("incursion", incursions)

        threat = self.world.threat(incursions)
        self.alarm = 1 - (1 - self.alarm * kept(p.calming)) * np.exp(-p.shock * threat)
        self.need = 1 - (1 - self.need * kept(p.need_fading)) * np.exp(-p.common_cause * (1 - self.blamed) * threat)
        self.grievance += p.evidence * p.weight_incursion * self.blamed * threat
        self.goodwill += p.evidence * p.weight_help * self.world.help(self.happened["reinforcement"])

    def help_and_words(self) -> None:
        p, hardship = self.p, self.hardship()[self.world.target]
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
        favour, welcome = self.favour(trust), self.welcome(trust)[self.world.reverse]
        prospect = -np.expm1(-(self.ascent(favour) + self.legal_pace(favour)))[self.world.reverse]
        utility = p.court_gain * self.prestige[self.world.target] * welcome * prospect + p.court_trust * (trust - 0.5) - p.snub_cost * (1 - welcome)
        bid = np.zeros(utility.shape, dtype=bool)
        for seeker in np.flatnonzero(self.seeks):
            links = self.world.out_of[seeker]
            worth = np.vstack([utility[links], np.full(self.runs, p.elsewhere)]) / p.court_temperature
            worth += self.rng.gumbel(size=worth.shape)
            bid[links] = (worth.argmax(axis=0) == np.arange(len(links))[:, None]) & (self.journeys[seeker] > 0)
        visit = bid & (self.rng.random(bid.shape) < welcome)
        self.visit(visit, self.journeys[self.world.source])
        snub = bid & ~visit
        self.grievance += p.evidence * p.weight_snub * snub * self.journeys[self.world.source]
        self.note("snub", snub)
        others = self.outside - self.abroad
        self.accepted_abroad(self.counts(others * (p.first_mover + p.imitation * self.abroad / np.maximum(1, self.outside)), self.seeks & (others > 0)))

    def compare_and_trade(self) -> None:
        p, abroad = self.p, self.abroad[self.world.target]
        everyone = np.maximum(1e-6, self.everyone + p.outside_affinity * self.outside[self.world.target])
        self.peers = np.where(self.sought, (self.world.like(self.standing >= 2) + p.outside_affinity * abroad) / everyone, self.peers)
        grown = DT * p.trade_growth * self.standing / 4 * self.trade * (1 - self.trade / p.trade_ceiling)
        self.trade += np.where(self.sought, grown, 0)

    def law(self) -> None:
        p = self.p
        self.dossier_step(self.fires(self.legal_pace(self.favour(self.trust()))))
        lifted = (self.listed > 0) & (self.dossier >= 4)
        self.listed[lifted] = 0
        self.goodwill += p.evidence * p.weight_delisting * lifted[self.world.reverse]

    def ladder(self) -> None:
        p = self.p
        up = self.fires(self.ascent(self.favour(self.trust())), self.sought & (self.standing < self.cap()))
        self.standing += up
        self.goodwill += p.evidence * p.weight_rung * up[self.world.reverse]
        self.goodwill += p.evidence * p.weight_recognition * (up & (self.standing >= 4))[self.world.reverse]
        rate = p.withdrawal_rate * self.alarm * self.blamed * (1 - self.trust())
        down = self.fires(rate, self.sought & (self.standing >= 1) & (self.standing < 4) & ~up)
        self.standing -= down
        self.grievance += p.evidence * p.weight_withdrawal * down[self.world.reverse]

    def note(self, event: str, times: np.ndarray) -> None:
        self.happened[event] = self.happened[event] + times if event in self.happened else times

    # -- what an event does, by chance or on record: so many `times` on each row --

    def reinforcement(self, times: np.ndarray) -> None:
        self.security += self.p.reinforcement_gain * times * (1 - self.security)
        self.note("reinforcement", times)

    def aid_shipment(self, times: np.ndarray) -> None:
        p = self.p
        thanks = p.evidence * p.weight_aid * p.batch / p.usual_batch * (1 - p.conditionality) * times
        self.goodwill += thanks[self.world.reverse] + p.self_consistency * thanks
        self.relief += self.world.to_target(p.batch * times)
        self.note("aid_shipment", times)

    def student_intake(self, times: np.ndarray) -> None:
        thousands = self.places / 1000 * times
        self.ties += thousands + thousands[self.world.reverse]
        self.goodwill += self.p.evidence * self.p.weight_education * times[self.world.reverse]

    def praise(self, times: np.ndarray) -> None:
        self.goodwill += self.p.words * self.p.evidence * self.p.weight_praise * times[self.world.reverse]
        self.note("praise", times)

    def criticism(self, times: np.ndarray) -> None:
        self.grievance += self.p.words * self.p.evidence * self.p.weight_criticism * times[self.world.reverse]
        self.note("criticism", times)

    def warning(self, times: np.ndarray) -> None:
        self.grievance += self.p.words * self.p.evidence * self.p.weight_warning * times[self.world.reverse]
        self.note("warning", times)

    def visit(self, times: np.ndarray, missions: np.ndarray | int = 1) -> None:
        p, made = self.p, times * np.maximum(1, missions)
        self.goodwill += p.evidence * (p.weight_hosting_visit * made + p.weight_making_visit * made[self.world.reverse])
        self.note("visit", times)

    def accepted_abroad(self, times: np.ndarray) -> None:
        self.abroad = np.minimum(self.outside, self.abroad + times)

    def dossier_step(self, times: np.ndarray) -> None:
        self.dossier += times
        self.goodwill += self.p.evidence * self.p.weight_delisting / 4 * times[self.world.reverse]

    def record(self, tick: int) -> None:
        raise NotImplementedError
