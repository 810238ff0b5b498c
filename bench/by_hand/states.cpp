#include "states.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include <entente/base/calendar.hpp>
#include <entente/base/draws.hpp>
#include <entente/base/elementary.hpp>
#include <entente/base/hash.hpp>
#include <scenes.hpp>

namespace entente::by_hand {
namespace {

const StateLoops& loops_named(std::string_view name) {
    if (name == "portable") return portable_state_loops();
    if (name == "avx2") return avx2_state_loops();
    if (name == "avx512") return avx512_state_loops();
    throw std::out_of_range("no loops are called " + std::string(name));
}

double chance(double rate, double dt) {
    return -elementary().expm1(-rate * dt);
}
std::size_t size(int rows) {
    return static_cast<std::size_t>(rows);
}

Keys keys_of(std::uint64_t seed, std::string_view step) {
    const philox::Key key = draw_key(seed, mix(stable_hash(step), 0));
    Keys keys{};
    for (std::uint32_t round = 0; round < philox::rounds; ++round) {
        keys.key_0[round] = static_cast<std::uint32_t>(key[0] + round * philox::weyl_0);
        keys.key_1[round] = static_cast<std::uint32_t>(key[1] + round * philox::weyl_1);
    }
    return keys;
}

double month() {
    using namespace std::chrono;
    return Calendar::until(2000y / January / 1, {StepUnit::month, 1}, 2000y / December / 31).dt();
}
double week() {
    using namespace std::chrono;
    return Calendar::until(2021y / January / 3, {StepUnit::week, 1}, 2021y / December / 31).dt();
}

}  // namespace

// -- conflict ----------------------------------------------------------------------------------------------------------------------------

Conflict::Conflict(int states, int lanes, std::string_view instruction_set) : loops_(loops_named(instruction_set)) {
    if (lanes <= 0 || lanes % loops_.width != 0) throw std::invalid_argument("lanes are a multiple of the vector's doubles");
    Data& d = data_;
    d.states = states;
    d.lanes = lanes;
    d.dt = month();
    d.forgotten = chance(0.15, d.dt);
    d.swing = 0.03 * std::sqrt(d.dt);
    d.first_border.push_back(0);
    const auto borders = scenes::conflict_world::borders(states);
    auto border = borders.begin();
    for (int s = 0; s < states; ++s) {
        const scenes::conflict_world::State state = scenes::conflict_world::state(s);
        d.identities.push_back(stable_hash("s" + std::to_string(s)));
        d.births.push_back(elementary().exp(state.births * d.dt));
        d.growth.push_back(state.growth);
        for (; border != borders.end() && border->source == s; ++border) {
            d.neighbour.push_back(static_cast<int>(border->target));
            d.weight.push_back(border->weight);
        }
        d.first_border.push_back(static_cast<int>(d.neighbour.size()));
    }
}

void Conflict::begin(std::uint64_t seed, std::int64_t first_run) {
    Data& d = data_;
    tick_ = 0;
    d.first_run = static_cast<std::uint32_t>(first_run);
    d.growing = keys_of(seed, "people and economies grow");
    d.onset_keys = keys_of(seed, "onset");
    d.ending_keys = keys_of(seed, "ending");
    d.battles_keys = keys_of(seed, "battles");
    for (Doubles* column :
         {&d.gdp, &d.population, &d.conflict, &d.history, &d.deaths, &d.onset, &d.ending, &d.battles, &d.log_gdp, &d.around})
        column->assign(size(d.states) * size(d.lanes), 0);
    for (Doubles* measure : {&d.conflicts, &d.onsets, &d.wealth, &d.all_deaths}) measure->assign(size(d.lanes), 0);
    for (int s = 0; s < d.states; ++s) {
        const scenes::conflict_world::State state = scenes::conflict_world::state(s);
        const auto fill = [&](Doubles& column, double x) { std::fill_n(column.begin() + s * d.lanes, d.lanes, x); };
        fill(d.gdp, state.gdp), fill(d.population, state.population), fill(d.conflict, state.conflict);
    }
}

void Conflict::tick() {
    data_.tick = static_cast<std::uint32_t>(++tick_);
    loops_.conflict(data_);
}

// -- governments -------------------------------------------------------------------------------------------------------------------------

Governments::Governments(int governments, std::span<const double> capability, std::span<const double> affinity,
                         std::string_view instruction_set)
    : loops_(loops_named(instruction_set)) {
    Data& d = data_;
    d.governments = governments;
    d.stride = (governments + 15) / 16 * 16;
    d.dt = week();
    d.forgotten = chance(0.3, d.dt);
    const std::size_t cells = size(governments) * size(d.stride);
    d.capability.assign(size(d.stride), 0);
    std::copy(capability.begin(), capability.end(), d.capability.begin());
    d.affinity.assign(cells, 0);
    d.identities.assign(cells, 0);
    std::size_t row = 0;
    for (int source = 0; source < governments; ++source)
        for (int target = 0; target < governments; ++target) {
            if (target == source) continue;
            const std::size_t cell = size(source) * size(d.stride) + size(target);
            d.affinity[cell] = affinity[row++];
            d.identities[cell] = mix(mix(static_cast<std::uint64_t>(source)), mix(static_cast<std::uint64_t>(target)));
        }
}

void Governments::begin(std::uint64_t seed, std::int64_t run) {
    Data& d = data_;
    tick_ = 0;
    d.run = static_cast<std::uint32_t>(run);
    d.visit_keys = keys_of(seed, "visit");
    d.step_keys = keys_of(seed, "step_up");
    const std::size_t cells = d.affinity.size();
    d.trust.assign(cells, 0.3);
    d.alarm.assign(cells, 0.2);
    d.standing.assign(cells, 4);
    d.visit.assign(cells, 0);
    d.step_up.assign(cells, 0);
    d.standing_of_peers.assign(size(d.stride), 0);
    for (int source = 0; source < d.governments; ++source)
        for (int target = 0; target < d.governments; ++target)
            if (target != source) d.standing[size(source) * size(d.stride) + size(target)] = 0;
}

void Governments::tick() {
    data_.tick = static_cast<std::uint32_t>(++tick_);
    loops_.governments(data_);
}

}  // namespace entente::by_hand
