#include "recognition.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include <entente/base/draws.hpp>
#include <entente/base/elementary.hpp>
#include <entente/base/hash.hpp>
#include <entente/base/normal_quantile.hpp>
#include <scenes.hpp>

#include "recognition_scene.hpp"
#include "values.hpp"

namespace entente::by_hand {

using namespace parameter;
using seeker::chance;
using seeker::key_of;
using seeker::Life;
using seeker::outside;
using seeker::size;
using seeker::World;
namespace scene = scenes::seeker_world;

namespace {

constexpr double poverty = 0.3, terrain = 0.3;

const seeker::Loops& loops_named(std::string_view name) {
    if (name == "portable") return seeker::portable_loops();
    if (name == "avx2") return seeker::avx2_loops();
    if (name == "avx512") return seeker::avx512_loops();
    throw std::out_of_range("no loops are called " + std::string(name));
}

Calendar calendar_of_scene() {
    using namespace std::chrono;
    return Calendar::until(2021y / August / 15, {StepUnit::week, 1}, 2025y / December / 31);
}

double share(double x) {
    return std::min(std::max(x, 0.0), 1.0);
}

}  // namespace

/// Constants and keys of what is done for the seeker alone, and of its borders with the first and the last of the others.
struct Recognition::Scalars {
    double adjusted, recovered, eaten, growth, fortune_of_tick, volatility_of_tick, drift, guard_built, cooled, heated, all_prestige;
    double length[2];
    std::uint64_t identity, outside_identity, borders[2];
    std::vector<std::uint64_t> own;
    philox::Key hardship, control, reinforcement, incursion, journeys, visit, accepted_abroad, elsewhere;

    Scalars(const World& world, double dt)
        : adjusted(chance(adjustment, dt)),
          recovered(chance(recovery, dt)),
          eaten(chance(consumption, dt)),
          growth(elementary().exp(0.023 * dt)),
          fortune_of_tick(fortune * std::sqrt(dt)),
          volatility_of_tick(volatility * std::sqrt(dt)),
          drift(0.5 * (volatility * volatility) * dt),
          guard_built(chance(guard_pace, dt)),
          cooled(chance(cooling, dt)),
          heated(elementary().expm1(cooling * dt)),
          all_prestige(0),
          length{scene::border_length(0), scene::border_length(world.others)},
          identity(stable_hash("g0")),
          borders{seeker::identity(0, 1), seeker::identity(0, world.others)} {
        for (int i = 0; i < world.others; ++i) all_prestige += world.prestige[size(i)];
        all_prestige = std::max(0.000001, all_prestige + outside_prestige * outside);
        for (std::int64_t i = 1; i <= world.others; ++i) own.push_back(seeker::identity(0, i));
    }

    void shuffle(std::uint64_t seed) {
        hardship = key_of(seed, "hardship follows economy, isolation and relief");
        control = key_of(seed, "control grows with acceptance and is worn down by armed groups");
        reinforcement = key_of(seed, "reinforcement");
        incursion = key_of(seed, "incursion");
        journeys = key_of(seed, "journeys");
        visit = key_of(seed, "visit");
        accepted_abroad = key_of(seed, "accepted_abroad");
        elsewhere = draw_key(seed, mix(mix(stable_hash("bid"), stable_hash("outside")), 0));
    }
};

namespace {

/// Draws are numbered by the tick that they make.
struct Draws {
    std::uint32_t run, tick;
    [[nodiscard]] double uniform(philox::Key key, std::uint64_t identity) const {
        return uniform_pair(philox::block(draw_counter(identity, run, tick), key))[0];
    }
    [[nodiscard]] double normal(philox::Key key, std::uint64_t identity) const {
        return normal_quantile(open_uniform(uniform_pair(philox::block(draw_counter(identity, run, tick), key))[1]));
    }
    [[nodiscard]] double count(double mean, philox::Key key, std::uint64_t identity) const {
        return poisson_count(uniform(key, identity), mean, 0, key, identity, run, tick);
    }
};

double gumbel(double u) {
    return -elementary().log(-elementary().log(open_uniform(u)));
}

}  // namespace

Recognition::Recognition(int governments, int runs, std::string_view instruction_set)
    : calendar_(calendar_of_scene()), loops_(loops_named(instruction_set)) {
    if (governments < 9 || governments > 600) throw std::invalid_argument("the loop by hand takes 9 to 600 governments");
    world_ = std::make_unique<World>(seeker::world_of(governments, calendar_.dt()));
    scalars_ = std::make_unique<Scalars>(*world_, calendar_.dt());
    lives_.resize(size(runs));
    for (std::int64_t tick = 0; tick < calendar_.ticks(); ++tick) {
        const int month = calendar_.month(tick);
        turns_.push_back({1 + winter * elementary().cos(0.5235987755982988 * (month - 1)), month >= 9});
    }
}

Recognition::~Recognition() = default;

void Recognition::begin(std::uint64_t seed, std::int64_t first_run) {
    scalars_->shuffle(seed);
    seeker::shuffle(*world_, seed);
    first_run_ = static_cast<std::uint32_t>(first_run);
    tick_ = 0;
    for (Life& life : lives_) {
        seeker::begin(*world_, life);
        measure(life);
    }
}

// -- a tick ------------------------------------------------------------------------------------------------------------------------------

void Recognition::tick() {
    for (std::size_t i = 0; i < lives_.size(); ++i) tick(lives_[i], first_run_ + static_cast<std::uint32_t>(i));
    ++tick_;
}

void Recognition::tick(Life& life, std::uint32_t run) {
    const std::uint64_t product = std::uint64_t{run} * philox::multiplier_1;
    const seeker::Seat seat{product >> 32, product & 0xFFFFFFFFULL, static_cast<std::uint64_t>(tick_ + 1)};
    auto& n = life.counts;
    for (Doubles* rare :
         {&n.aid, &n.students, &n.bid, &n.visit, &n.snub, &n.dossier_step, &n.delisting, &n.step_up, &n.recognition, &n.step_down})
        std::fill(rare->begin(), rare->end(), 0.0);
    loops_.fade(*world_, life);
    live(life, run);
    guard(life, run);
    loops_.threaten(*world_, life);
    loops_.give(*world_, life, seat, turns_[static_cast<std::size_t>(tick_)].students_leave);
    loops_.speak(*world_, life, seat);
    travel(life, run, seat);
    spread_abroad(life, run);
    loops_.compare(*world_, life);
    loops_.judge(*world_, life, seat);
    loops_.climb(*world_, life, seat);
    measure(life);
}

/// Hardship, and control of the land.
void Recognition::live(Life& life, std::uint32_t run) {
    const Scalars& s = *scalars_;
    const double dt = world_->dt;
    const Draws draws{run, static_cast<std::uint32_t>(tick_ + 1)};
    const double fed = std::min(1.0, consumption * life.relief / (ration * 1000000 * life.population));
    const double level = poverty + shock_of_takeover * life.disruption + isolation_cost * (1 - life.acceptance) - fed;
    life.privation = share(life.privation + (level - life.privation) * s.adjusted);
    life.privation = share(life.privation + s.fortune_of_tick * draws.normal(s.hardship, s.identity));
    life.disruption = share(life.disruption - life.disruption * s.recovered);
    life.relief = std::max(life.relief - life.relief * s.eaten, 0.0);
    life.population = std::max(life.population * s.growth, 0.001);
    life.hardship = std::min(1.0, life.privation * turns_[static_cast<std::size_t>(tick_)].season);

    const double won = (consolidation + legitimacy * life.acceptance) * (1 - life.control);
    life.control = share(life.control + dt * (won - erosion * life.militants * life.control * life.hardship));
    life.militants = std::max(life.militants + dt * (recruitment * life.hardship - attrition * life.control * life.militants), 0.0);
    life.militants = std::max(life.militants * elementary().exp(s.volatility_of_tick * draws.normal(s.control, s.identity) - s.drift), 0.0);
}

/// The borders that armed groups may cross; the guard of all others falls to what the land gives.
void Recognition::guard(Life& life, std::uint32_t run) {
    const Scalars& s = *scalars_;
    const double dt = world_->dt;
    const Draws draws{run, static_cast<std::uint32_t>(tick_ + 1)};
    const double alarm[2]{life.toward.alarm[0], life.toward.alarm[size(world_->others) - 1]};
    double concern[2]{0, 0};
    for (const int patron : world_->patrons) concern[0] += scene::stake * life.toward.alarm[size(patron)] * world_->prestige[size(patron)];
    for (int b = 0; b < 2; ++b) {
        double& security = life.security[b];
        double& heat = life.heat[b];
        const bool reinforced = draws.uniform(s.reinforcement, s.borders[b]) < -elementary().expm1(reinforcement_rate * concern[b] * -dt);
        if (reinforced) security = share(security + reinforcement_gain * (1 - security));
        life.counts.reinforcement[b] = reinforced ? 1 : 0;
        const double effort = guard_gain * alarm[b] + patron_gain * concern[b];
        security = share(security + (1 - (1 - terrain) * elementary().exp(-effort) - security) * s.guard_built);
        heat = std::max(heat - heat * s.cooled, 0.0);
        const double pressure = incursion_rate * s.length[b] / 1000 * life.militants * (1 - life.control);
        const double rate = permeability * (1 - security) * pressure + contagion * cooling * heat;
        life.counts.incursion[b] = draws.count(rate * dt, s.incursion, s.borders[b]);
        heat = heat + life.counts.incursion[b] * s.heated / (cooling * dt);
    }
    life.security_elsewhere = share(life.security_elsewhere + (1 - (1 - terrain) * 1 - life.security_elsewhere) * s.guard_built);
}

/// Journeys, the choice of a capital, and how the envoys are received.
void Recognition::travel(Life& life, std::uint32_t run, const seeker::Seat& seat) {
    const Scalars& s = *scalars_;
    const Draws draws{run, static_cast<std::uint32_t>(tick_ + 1)};
    life.counts.journeys = draws.count(journeys_rate * (1 - life.acceptance) * world_->dt, s.journeys, s.identity);
    if (life.counts.journeys == 0) return;
    loops_.court(*world_, life, seat);
    const auto best = std::max_element(life.score.begin(), life.score.begin() + world_->others);
    if (*best < elsewhere + gumbel(draws.uniform(s.elsewhere, s.identity))) return;
    const auto host = static_cast<std::size_t>(best - life.score.begin());
    life.counts.bid[host] = 1;
    if (draws.uniform(s.visit, s.own[host]) < life.welcome[host]) {
        const double visits = std::max(1.0, life.counts.bid[host] * life.counts.journeys);
        life.own.goodwill[host] += evidence * weight_hosting_visit * visits;
        life.toward.goodwill[host] += evidence * weight_making_visit * visits;
        life.counts.visit[host] = 1;
    } else {
        life.own.grievance[host] += evidence * weight_snub * life.counts.journeys;
        life.counts.snub[host] = 1;
    }
}

void Recognition::spread_abroad(Life& life, std::uint32_t run) {
    const Draws draws{run, static_cast<std::uint32_t>(tick_ + 1)};
    life.counts.accepted_abroad = 0;
    if (life.abroad >= outside) return;
    const double rate = (outside - life.abroad) * (first_mover + imitation * life.abroad / outside);
    life.counts.accepted_abroad = draws.count(rate * world_->dt, scalars_->accepted_abroad, scalars_->identity);
    life.abroad = std::min(outside, life.abroad + life.counts.accepted_abroad);
}

void Recognition::measure(Life& life) const {
    const auto& toward = life.toward;
    double given = 0;
    int embassies = 0, recognitions = 0;
    for (std::size_t i = 0; i < size(world_->others); ++i) {
        given += world_->prestige[i] * toward.standing[i] / 4;
        embassies += toward.standing[i] >= 1;
        recognitions += toward.standing[i] >= 4;
    }
    life.acceptance = (given + outside_prestige * life.abroad / 2) / scalars_->all_prestige;
    life.embassies = embassies;
    const double good = toward.goodwill[0] + prior_good;
    life.trust_of_first = good / (good + toward.grievance[0] + prior_bad);
    if (recognitions > 0 && life.recognised < 0) life.recognised = static_cast<double>(tick_);
}

}  // namespace entente::by_hand
