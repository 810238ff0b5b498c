/// What the loop of one seeker among many governments reads and writes: shared between the plain code and the loops' one text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <entente/base/draws.hpp>

#include "memory.hpp"

namespace entente::by_hand::seeker {

/// Arrays by government end with rows of nobody, so that five vectors fit into them.
inline constexpr int rows_at_once = 40;

/// The identities of rows as Philox's first round takes them: the second word, and the product of the first.
struct Names {
    Words second, product_high, product_low;
};
/// The keys of a step's stream in all rounds.
struct Stream {
    std::uint64_t key_0[10], key_1[10];
};
/// The streams that rows side by side draw from.
enum Step { praise, criticism, warning, aid, students, bid, dossier_step, step_up, step_down, step_count };

/// Some of the others, as positions in arrays by government.
struct Selection {
    std::vector<int> at;
    int padded = 0;  ///< size of arrays by them
};

/// What is the same in all runs and ticks. Arrays go by the seeker's others in their order, but where a selection is named.
struct World {
    int others = 0, padded = 0;
    double dt = 0, forgotten = 0, ties_faded = 0, calmed = 0, need_faded = 0, intake = 0;
    Names toward, own, donor_names, lister_names;  ///< relations toward the seeker, its own; the former of donors, and of who lists it
    Stream streams[step_count];
    Doubles prestige, affinity_of_donors, generosity, places;  ///< the last three by donor
    Doubles neighbour;                                         ///< pull_neighbour * has(border[seeker, other])
    Doubles like;                                              ///< [k, i]: relation[i, k].affinity
    Doubles everyone;                                          ///< what peers are a share of
    Doubles like_of_listers;                                   ///< [k, i] among who lists the seeker
    Selection donors, listers, threatened;                     ///< threatened: by incursions over the seeker's borders, or their patrons
    Doubles threat_of_first, threat_of_second;                 ///< by threatened: what an incursion over either border is to them
    std::vector<int> patrons;                                  ///< of the first border's neighbour
};

/// One run.
struct Life {
    struct Toward {
        Doubles goodwill, grievance, alarm, need, standing, listed, dossier, trade, peers;
    } toward;  ///< what the others hold toward the seeker
    struct Own {
        Doubles goodwill, grievance;
    } own;         ///< what the seeker holds toward them
    Doubles ties;  ///< by donor, either way
    /// What the others hold toward each other: others × others, by source and then by target, the first of which is the seeker and unused.
    Doubles goodwill, grievance;
    struct Counts {
        Doubles aid, students, praise, own_praise, criticism, own_criticism, warning, bid, visit, snub, dossier_step, delisting, step_up,
            recognition, step_down;
        double journeys, accepted_abroad, reinforcement[2], incursion[2];
    } counts;
    double population, control, privation, disruption, militants, relief, abroad;  ///< the seeker's
    double hardship, acceptance;
    double security[2], heat[2];  ///< of its borders with the first and the last of the others
    double security_elsewhere;
    double trust_of_first, embassies, recognised;                            ///< measures; `recognised` a tick, or -1
    Doubles forgetting, alarm_left, need_left, pace, welcome, score, share;  ///< for the time of a step, by government
};

/// The part of the way that a rate goes in one tick.
double chance(double rate, double dt);
/// Of the relation or border between two governments.
std::uint64_t identity(std::int64_t source, std::int64_t target);
philox::Key key_of(std::uint64_t seed, std::string_view step);
constexpr std::size_t size(int rows) {
    return static_cast<std::size_t>(rows);
}

inline constexpr double outside = 14;  ///< governments that matter to the seeker and stand outside the model

World world_of(int governments, double dt);
/// Finds the keys of its streams.
void shuffle(World& world, std::uint64_t seed);
/// The starts of a run, without its measures.
void begin(const World& world, Life& life);

/// Which run and tick draws are for.
struct Seat {
    std::uint64_t run_high, run_low;  ///< of the run's product in Philox's first round
    std::uint64_t tick;
};

/// One instruction set's loops over rows.
struct Loops {
    int width;
    void (*fade)(const World& world, Life& life);
    void (*threaten)(const World& world, Life& life);
    void (*give)(const World& world, Life& life, const Seat& seat, bool students_leave);
    void (*speak)(const World& world, Life& life, const Seat& seat);
    /// The scores of the others as capitals to go to, and how welcome the seeker is there.
    void (*court)(const World& world, Life& life, const Seat& seat);
    void (*compare)(const World& world, Life& life);
    void (*judge)(const World& world, Life& life, const Seat& seat);
    void (*climb)(const World& world, Life& life, const Seat& seat);
};

const Loops& portable_loops();
const Loops& avx2_loops();
const Loops& avx512_loops();

}  // namespace entente::by_hand::seeker
