/// The founding scenario's numbers, copied by hand: parameters under their own names, members' starts, and the record of 2021. A test
/// compares every field with the engine's, bit for bit, so what no longer agrees with the scenario's files is found.
#pragma once

namespace entente::by_hand {

namespace parameter {
inline constexpr double free_from = 0.38;
inline constexpr double evidence = 0.1, prior_good = 1, prior_bad = 1, forgetting = 0.3, memory_of_ties = 0.5;
inline constexpr double weight_aid = 7.4, weight_education = 6, weight_making_visit = 1.9, weight_hosting_visit = 2.8, weight_snub = 4;
inline constexpr double weight_praise = 3.4, weight_criticism = 2, weight_warning = 0.4, weight_rung = 3.5, weight_recognition = 6;
inline constexpr double weight_withdrawal = 4, weight_delisting = 5, weight_incursion = 9, weight_help = 8.5, words = 0.1;
inline constexpr double incursion_rate = 40, permeability = 1, contagion = 0.4, cooling = 13;
inline constexpr double shock = 0.1, calming = 0.8, shared_enemy = 1, common_cause = 0.12, need_fading = 0.5;
inline constexpr double guard_gain = 0.6, patron_gain = 0.8, guard_pace = 2, reinforcement_rate = 6, reinforcement_gain = 0.1;
inline constexpr double adjustment = 1, shock_of_takeover = 0.36, recovery = 0.35, isolation_cost = 0.15, winter = 0.08, fortune = 0.06;
inline constexpr double aid_rate = 1, batch = 36, usual_batch = 36, aid_threshold = 0.3, conditionality = 0, self_consistency = 0.1;
inline constexpr double ration = 0.18, consumption = 4;
inline constexpr double consolidation = 0.3, legitimacy = 0.6, erosion = 0.15, recruitment = 0.4, attrition = 0.27, volatility = 0.2;
inline constexpr double journeys_rate = 7, half_prestige = 0.01, court_gain = 3, court_trust = 1, snub_cost = 2, court_temperature = 1;
inline constexpr double elsewhere = 0, openness = 1, openness_of_trust = 4;
inline constexpr double open_rate = 0.3, accept_rate = 2, ambassador_rate = 0.2, recognise_rate = 0.15;
inline constexpr double pull_trust = 6, pull_need = 1.5, pull_trade = 0.5, pull_neighbour = 0.3, pull_peers = 1.2, pull_alarm = 4;
inline constexpr double pull_commitment = 2.5, de_jure_contagion = 0.1, withdrawal_rate = 0.3;
inline constexpr double review_rate = 0.036, speedup = 3, pull_contacts = 1, pull_allies = 1;
inline constexpr double talk = 8, intakes = 1, ties_fading = 0.1;
inline constexpr double first_mover = 0.15, imitation = 0.6, outside_affinity = 0.72, outside_prestige = 0.51;
inline constexpr double trade_growth = 1.5, trade_ceiling = 10;
}  // namespace parameter

/// The two capitals whose recognition Kabul seeks; the numbers of their rows in all that follows.
enum Capital { moscow, dushanbe };

namespace start {
// governments: afghanistan, russia, tajikistan
inline constexpr double capability[3]{0.003181213, 0.034852274, 0.000485931};
inline constexpr double population[3]{40, 144.7, 10}, population_growth[3]{0.023, 0, 0}, control[3]{0.85, 1, 1};
inline constexpr double privation[3]{0.5, 0.1, 0.1}, poverty[3]{0.3, 0.1, 0.1}, disruption[3]{1, 0, 0}, militants[3]{1, 0, 0};
inline constexpr double seeks[3]{1, 0, 0}, generosity[3]{0, 1.2, 0}, places[3]{0, 365, 0}, outside[3]{14, 0, 0};
// relations in row order: afghanistan -> russia, -> tajikistan; russia -> afghanistan, -> tajikistan; tajikistan -> afghanistan, -> russia
inline constexpr double goodwill[6]{4, 1, 2, 12, 0.5, 12}, grievance[6]{4, 5, 6, 2, 12, 2};
inline constexpr double alarm[6]{0, 0, 0.5, 0, 0.7, 0}, need[6]{0, 0, 0.3, 0, 0.1, 0}, blame[6]{0.5, 0.5, 0.3, 0.5, 0.9, 0.5};
inline constexpr double stake[6]{0, 0, 0, 0.6, 0, 0.2}, affinity[6]{0.698, 0.96, 0.698, 0.75, 0.96, 0.75};
inline constexpr double standing[6]{4, 4, 1, 4, 0, 4}, listed[6]{0, 0, 1, 0, 1, 0}, dossier = 0, trade = 1, ties = 0, peers = 0;
// the border: afghanistan -> tajikistan
inline constexpr double length = 1357, terrain = 0.3, security = 0.5, heat = 0;
}  // namespace start

/// Share of an incursion that is laid at Kabul's door by who blames it so.
constexpr double blame_laid(double blame) {
    return 1 - parameter::shared_enemy * (1 - blame);
}
/// By the capitals; and Moscow's stake in Dushanbe.
inline constexpr double blamed[2]{blame_laid(start::blame[2]), blame_laid(start::blame[4])};
inline constexpr double stake = start::stake[3];

/// What is on record, in its order.
struct OnRecord {
    enum What {
        reinforcement,
        praise_by_capital,
        praise_by_kabul,
        criticism,
        warning,
        visit,
        dossier_step,
        accepted_abroad,
        aid,
        students
    };
    int year, month, day;
    What what;
    Capital capital;
};
inline constexpr OnRecord record[]{
    {2021, 9, 16, OnRecord::reinforcement, dushanbe},
    {2021, 9, 17, OnRecord::praise_by_capital, moscow},
    {2021, 9, 23, OnRecord::praise_by_kabul, moscow},
    {2021, 10, 10, OnRecord::reinforcement, dushanbe},
    {2021, 10, 20, OnRecord::visit, moscow},
    {2021, 10, 21, OnRecord::dossier_step, moscow},
    {2021, 10, 28, OnRecord::accepted_abroad, {}},
    {2021, 11, 18, OnRecord::aid, moscow},
    {2021, 12, 1, OnRecord::aid, moscow},
    {2021, 12, 1, OnRecord::students, moscow},
    {2021, 12, 17, OnRecord::praise_by_capital, moscow},
    {2021, 12, 18, OnRecord::aid, moscow},
    {2021, 12, 23, OnRecord::criticism, moscow},
    {2021, 12, 27, OnRecord::warning, moscow},
    {2021, 12, 27, OnRecord::reinforcement, dushanbe},
    {2021, 12, 28, OnRecord::praise_by_kabul, dushanbe},
    {2021, 12, 29, OnRecord::praise_by_kabul, moscow},
    {2021, 12, 31, OnRecord::praise_by_capital, moscow},
};

}  // namespace entente::by_hand
