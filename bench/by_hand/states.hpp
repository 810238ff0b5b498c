/// Two worlds of tests/scenes in which every row changes, as loops written by hand for one core: civil conflict among states, and
/// governments among whom every pair is a relation. Fields and counts have the engine's bits; so have measures but for the last bits of
/// long sums.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "memory.hpp"

namespace entente::by_hand {

struct StateLoops;

/// The keys of a step's stream in all rounds.
struct Keys {
    std::uint64_t key_0[10], key_1[10];
};

/// Civil conflict among states, in `lanes` runs abreast: every column holds the lanes of its first row, of its second, and so on.
class Conflict {
public:
    /// `instruction_set` is portable, avx2 or avx512; `lanes` a multiple of its vector. Throws std::out_of_range or std::invalid_argument.
    Conflict(int states, int lanes, std::string_view instruction_set);

    void begin(std::uint64_t seed, std::int64_t first_run);
    void tick();
    [[nodiscard]] std::int64_t next_tick() const { return tick_; }

    /// What the loop reads and writes.
    struct Data {
        int states = 0, lanes = 0;
        double dt = 0, forgotten = 0, swing = 0;
        std::uint32_t first_run = 0, tick = 0;
        Words identities;
        Keys growing, onset_keys, ending_keys, battles_keys;
        Doubles births, growth;                    ///< by state: of the people, a factor a tick; of the economy, a rate
        std::vector<int> first_border, neighbour;  ///< state → its borders; border → state
        Doubles weight;                            ///< of a border
        Doubles gdp, population, conflict, history, deaths, onset, ending, battles;
        Doubles log_gdp, around;                        ///< for the time of a tick
        Doubles conflicts, onsets, wealth, all_deaths;  ///< measures, by lane
    };
    [[nodiscard]] const Data& data() const { return data_; }

private:
    const StateLoops& loops_;
    std::int64_t tick_ = 0;
    Data data_;
};

/// Governments, each with a relation to each other; one run.
class Governments {
public:
    /// Takes the engine's draws of capability (by government) and affinity (by relation) with which its runs begin.
    Governments(int governments, std::span<const double> capability, std::span<const double> affinity, std::string_view instruction_set);

    /// Begins the run with these draws again.
    void begin(std::uint64_t seed, std::int64_t run);
    void tick();
    [[nodiscard]] std::int64_t next_tick() const { return tick_; }

    /// What the loop reads and writes. Relations form a square, `stride` numbers to a source; nobody's relation to itself is kept inert.
    struct Data {
        int governments = 0, stride = 0;
        double dt = 0, forgotten = 0;
        std::uint32_t run = 0, tick = 0;
        Words identities;
        Keys visit_keys, step_keys;
        Doubles capability;
        Doubles affinity, trust, alarm, standing, visit, step_up;
        Doubles standing_of_peers;  ///< by target, for the time of a tick
        std::vector<int> visits;    ///< cells that fired
        double mean_trust = 0, mean_standing = 0;
    };
    [[nodiscard]] const Data& data() const { return data_; }

private:
    const StateLoops& loops_;
    std::int64_t tick_ = 0;
    Data data_;
};

/// One instruction set's loops.
struct StateLoops {
    int width;
    void (*conflict)(Conflict::Data& data);
    void (*governments)(Governments::Data& data);
};
const StateLoops& portable_state_loops();
const StateLoops& avx2_state_loops();
const StateLoops& avx512_state_loops();

}  // namespace entente::by_hand
