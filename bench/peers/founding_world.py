"""The facts of tests/scenes/founding.yaml that the two hand-written peers share: parameters, members, calendar, record of 2021."""

from __future__ import annotations

import dataclasses
import datetime

START = datetime.date(2021, 8, 15)
TICKS = 228
DAYS_PER_TICK = 7
DT = DAYS_PER_TICK / 365.25  # years

FIRST_DAYS = [START + datetime.timedelta(days=DAYS_PER_TICK * tick) for tick in range(TICKS)]
TIMES = [DAYS_PER_TICK * tick / 365.25 for tick in range(TICKS)]  # years since the start
YEARS = [day.year for day in FIRST_DAYS]
MONTHS = [day.month for day in FIRST_DAYS]


@dataclasses.dataclass(frozen=True)
class Parameters:
    """Units and sources stand in the scenario."""

    free_from: float = 0.38
    # trust
    evidence: float = 0.1
    prior_good: float = 1
    prior_bad: float = 1
    forgetting: float = 0.3
    memory_of_ties: float = 0.5
    weight_aid: float = 7.4
    weight_education: float = 6
    weight_making_visit: float = 1.9
    weight_hosting_visit: float = 2.8
    weight_snub: float = 4
    weight_praise: float = 3.4
    weight_criticism: float = 2
    weight_warning: float = 0.4
    weight_rung: float = 3.5
    weight_recognition: float = 6
    weight_withdrawal: float = 4
    weight_delisting: float = 5
    weight_incursion: float = 9
    weight_help: float = 8.5
    words: float = 0.1
    # incursions
    incursion_rate: float = 40
    permeability: float = 1
    contagion: float = 0.4
    cooling: float = 13
    # alarm, blame or common enemy
    shock: float = 0.1
    calming: float = 0.8
    shared_enemy: float = 1
    common_cause: float = 0.12
    need_fading: float = 0.5
    # border guard
    guard_gain: float = 0.6
    patron_gain: float = 0.8
    guard_pace: float = 2
    reinforcement_rate: float = 6
    reinforcement_gain: float = 0.1
    # hardship
    adjustment: float = 1
    shock_of_takeover: float = 0.36
    recovery: float = 0.35
    isolation_cost: float = 0.15
    winter: float = 0.08
    fortune: float = 0.06
    # aid
    aid_rate: float = 1
    batch: float = 36
    usual_batch: float = 36
    aid_threshold: float = 0.3
    conditionality: float = 0
    self_consistency: float = 0.1
    ration: float = 0.18
    consumption: float = 4
    # control
    consolidation: float = 0.3
    legitimacy: float = 0.6
    erosion: float = 0.15
    recruitment: float = 0.4
    attrition: float = 0.27
    volatility: float = 0.2
    # seeking
    journeys_rate: float = 7
    half_prestige: float = 0.01
    court_gain: float = 3
    court_trust: float = 1
    snub_cost: float = 2
    court_temperature: float = 1
    elsewhere: float = 0
    openness: float = 1
    openness_of_trust: float = 4
    # ladder
    open_rate: float = 0.3
    accept_rate: float = 2
    ambassador_rate: float = 0.2
    recognise_rate: float = 0.15
    pull_trust: float = 6
    pull_need: float = 1.5
    pull_trade: float = 0.5
    pull_neighbour: float = 0.3
    pull_peers: float = 1.2
    pull_alarm: float = 4
    pull_commitment: float = 2.5
    de_jure_contagion: float = 0.1
    withdrawal_rate: float = 0.3
    # dossier
    review_rate: float = 0.036
    speedup: float = 3
    pull_contacts: float = 1
    pull_allies: float = 1
    # statements, education
    talk: float = 8
    intakes: float = 1
    ties_fading: float = 0.1
    # peers, trade
    first_mover: float = 0.15
    imitation: float = 0.6
    outside_affinity: float = 0.72
    outside_prestige: float = 0.51
    trade_growth: float = 1.5
    trade_ceiling: float = 10


GOVERNMENT = dict(capability=0.005, population=10.0, population_growth=0.0, control=1.0, privation=0.1, poverty=0.1, disruption=0.0,
                  militants=0.0, seeks=False, generosity=0.0, places=0.0, relief=0.0, outside=0, abroad=0)
GOVERNMENTS = {
    "afghanistan": GOVERNMENT | dict(capability=0.003181213, population=40.0, population_growth=0.023, control=0.85, privation=0.5,
                                     poverty=0.3, disruption=1.0, militants=1.0, seeks=True, outside=14),
    "russia": GOVERNMENT | dict(capability=0.034852274, population=144.7, generosity=1.2, places=365.0),
    "tajikistan": GOVERNMENT | dict(capability=0.000485931),
}

# The two toward the seeker first, then its own toward them, then the rest: what most steps concern lies together.
RELATION = dict(goodwill=2.0, grievance=2.0, alarm=0.0, need=0.0, blame=0.5, stake=0.0, affinity=0.7, standing=4, listed=False,
                dossier=0, trade=1.0, ties=0.0, peers=0.0)
RELATIONS = {
    ("russia", "afghanistan"): RELATION | dict(goodwill=2.0, grievance=6.0, alarm=0.5, need=0.3, blame=0.3, affinity=0.698, standing=1,
                                               listed=True),
    ("tajikistan", "afghanistan"): RELATION | dict(goodwill=0.5, grievance=12.0, alarm=0.7, need=0.1, blame=0.9, affinity=0.96,
                                                   standing=0, listed=True),
    ("afghanistan", "russia"): RELATION | dict(goodwill=4.0, grievance=4.0, affinity=0.698),
    ("afghanistan", "tajikistan"): RELATION | dict(goodwill=1.0, grievance=5.0, affinity=0.96),
    ("russia", "tajikistan"): RELATION | dict(goodwill=12.0, grievance=2.0, affinity=0.75, stake=0.6),
    ("tajikistan", "russia"): RELATION | dict(goodwill=12.0, grievance=2.0, affinity=0.75, stake=0.2),
}

BORDERS = {("afghanistan", "tajikistan"): dict(length=1357.0, terrain=0.3, security=0.5, heat=0.0)}

_kabul_to_moscow = ("afghanistan", "russia")
_moscow_to_kabul = ("russia", "afghanistan")
_kabul_to_dushanbe = ("afghanistan", "tajikistan")
_RECORD = [
    ("2021-09-16", "reinforcement", _kabul_to_dushanbe),
    ("2021-09-17", "praise", _moscow_to_kabul),
    ("2021-09-23", "praise", _kabul_to_moscow),
    ("2021-10-10", "reinforcement", _kabul_to_dushanbe),
    ("2021-10-20", "visit", _kabul_to_moscow),
    ("2021-10-21", "dossier_step", _moscow_to_kabul),
    ("2021-10-28", "accepted_abroad", ("afghanistan",)),
    ("2021-11-18", "aid_shipment", _moscow_to_kabul),
    ("2021-12-01", "aid_shipment", _moscow_to_kabul),
    ("2021-12-01", "student_intake", _moscow_to_kabul),
    ("2021-12-17", "praise", _moscow_to_kabul),
    ("2021-12-18", "aid_shipment", _moscow_to_kabul),
    ("2021-12-23", "criticism", _moscow_to_kabul),
    ("2021-12-27", "warning", _moscow_to_kabul),
    ("2021-12-27", "reinforcement", _kabul_to_dushanbe),
    ("2021-12-28", "praise", _kabul_to_dushanbe),
    ("2021-12-29", "praise", _kabul_to_moscow),
    ("2021-12-31", "praise", _moscow_to_kabul),
]


def timeline() -> dict[int, list[tuple[str, tuple[str, ...]]]]:
    """tick → the events on record in it, each with the row it happens on."""
    by_tick: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    for date, event, row in _RECORD:
        tick = (datetime.date.fromisoformat(date) - START).days // DAYS_PER_TICK
        by_tick.setdefault(tick, []).append((event, row))
    return by_tick
