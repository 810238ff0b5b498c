/// What the fused loops read and write: shared between the plain code around them and the loops' one text.
#pragma once

#include <cstddef>
#include <cstdint>

#include "founding.hpp"
#include "values.hpp"

namespace entente::by_hand {

/// The state of one vector of runs, all of it together: V is a vector of doubles. What never changes is not here. Arrays of two go by
/// capital; `kabul_` is what Kabul holds toward it, the others what it holds toward Kabul.
template <class V>
struct State {
    V goodwill[2], grievance[2], trust[2], kabul_goodwill[2], kabul_grievance[2], kabul_trust[2];
    V alarm[2], need[2], standing[2], listed[2], dossier[2], trade[2], peers[2];
    V ties;                                 ///< of Moscow to Kabul; of Kabul to Moscow, too: they begin alike and change alike
    V neighbour_goodwill, neighbour_trust;  ///< Dushanbe's toward Moscow
    V privation, hardship, control, militants, relief, abroad;  ///< Kabul's
    V security, heat;
    struct Counts {  ///< how often events fired this tick
        V reinforcement, incursion, aid_shipment, student_intake, praise[2], kabul_praise[2], criticism[2], kabul_criticism[2], warning[2];
        V journeys, bid[2], visit[2], snub[2], accepted_abroad, dossier_step[2], delisting[2], step_up[2], recognition[2], step_down[2];
    } counts;
    V diplomats_accepted, ambassadors, recognised, dushanbe_mission, delisted;  ///< ticks of the first time
    V visits, snubs, aid, in_need, incursions, reinforcements, statements;      ///< sums so far
    // What begins and changes alike in all runs. The fused loop works it out in each of them; for the sparing one it is in Turn, and
    // Kabul's ties to Moscow in `ties`.
    V kabul_ties, population, disruption;
    V neighbour_grievance, far_goodwill, far_grievance, far_trust;  ///< Dushanbe's toward Moscow; Moscow's toward Dushanbe
    // In the sparing loop alone: functions of the above, kept because what they depend on seldom changes.
    V isolation, consolidation;      ///< 1 - acceptance, and the rate at which control grows
    V journeys_mean, accepted_mean;  ///< expected counts of a tick
    V next_peers[2];
    V pace[2];    ///< of the legal road: review_rate * speedup ** dossier
    V traded[2];  ///< trade / trade_ceiling
};

inline constexpr int slot_count = static_cast<int>(sizeof(State<double>) / sizeof(double));

/// Constants of the equations that take a function of SLEEF's to find.
struct Given {
    double dt, forgotten, ties_faded, adjusted, eaten, fortune, volatility, drift, guard_built, cooled, calmed, need_faded, heated,
        recovered, growth;
    double pace[5];                                     ///< by dossier
    double calm_after[2][8], indifference_after[2][8];  ///< exp(-shock * threat), exp(-common_cause * …), by capital and incursions
};

/// A tick's constants. What is the same in all runs (Afghans and their economy's shock) is found once for the sparing loop.
struct Turn {
    double tick = 0;
    bool is_free = false;   ///< governments take steps of their own
    double season = 1;      ///< factor of hardship
    double intake = 0;      ///< chance that students leave
    double need = 0;        ///< poverty + shock * disruption
    double food = 0;        ///< t that feed all for a year
    double population = 0;  ///< when the tick is over, as the next two are
    double disruption = 0;
    double neighbour_grievance = 0;                             ///< Dushanbe's toward Moscow
    double far_goodwill = 0, far_grievance = 0, far_trust = 0;  ///< Moscow's toward Dushanbe
    const OnRecord* record = nullptr;
    int records = 0;
};

/// Every draw of a tick. Those before `first_event` take the second uniform of their block, all others the first.
enum Draw : int {
    draw_fortune,
    draw_volatility,
    first_event,
    draw_incursion = first_event,
    draw_reinforcement,
    draw_praise,
    draw_kabul_praise = draw_praise + 2,
    draw_criticism = draw_kabul_praise + 2,
    draw_kabul_criticism = draw_criticism + 2,
    draw_warning = draw_kabul_criticism + 2,
    draw_journeys = draw_warning + 2,
    draw_accepted_abroad,
    draw_aid,
    draw_dossier_step,
    draw_step_up = draw_dossier_step + 2,
    draw_step_down = draw_step_up + 2,
    draw_student_intake = draw_step_down + 2,
    draw_visit,
    draw_bid = draw_visit + 2,
    draw_elsewhere = draw_bid + 2,
    draw_count
};
inline constexpr int draws_padded = (draw_count + 7) / 8 * 8;

/// Philox's first two rounds and a half hold little that differs between runs; this is the rest of them, and the keys of all rounds.
struct Deck {
    std::uint64_t key_0[draws_padded][10], key_1[draws_padded][10];
    std::uint64_t product_high[draws_padded];                ///< of the identity's first word
    std::uint64_t first[draws_padded], third[draws_padded];  ///< what enters round 2 in place of words 0 and 3
};
/// The same for one tick.
struct Hand {
    std::uint64_t second[draws_padded], fourth[draws_padded];  ///< what enters round 3 in place of words 0 and 1
};

struct Scene {
    Given given;
    const Turn* turns;
    Deck deck;
    std::uint32_t keys[draw_count][2];
    std::uint64_t identities[draw_count];
};

/// One instruction set's loop. `memory` holds State after State.
struct Loops {
    int width;  ///< runs in a State
    /// Brings up to date what is kept of a State as it begins; null where nothing is.
    void (*prepare)(double* memory, int states, const Scene& scene);
    /// `ticks` ticks, each State taken through all of them before the next.
    void (*run)(double* memory, int states, const Scene& scene, std::uint32_t first_run, std::int64_t tick, std::int64_t ticks);
};

const Loops& portable_loops(Way way);
const Loops& avx2_loops(Way way);
const Loops& avx512_loops(Way way);

}  // namespace entente::by_hand
