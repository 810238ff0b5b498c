#include <algorithm>
#include <cmath>
#include <string>

#include <entente/base/draws.hpp>
#include <entente/base/elementary.hpp>
#include <entente/base/hash.hpp>
#include <scenes.hpp>

#include "recognition_scene.hpp"
#include "values.hpp"

namespace entente::by_hand::seeker {

using namespace parameter;
namespace scene = scenes::seeker_world;

double chance(double rate, double dt) {
    return -elementary().expm1(-rate * dt);
}
std::uint64_t identity(std::int64_t source, std::int64_t target) {
    return mix(stable_hash("g" + std::to_string(source)), stable_hash("g" + std::to_string(target)));
}

philox::Key key_of(std::uint64_t seed, std::string_view step) {
    return draw_key(seed, mix(stable_hash(step), 0));
}

namespace {

constexpr double capability_of_seeker = 0.003;

int padded(std::size_t rows) {
    return static_cast<int>((rows + seeker::rows_at_once - 1) / seeker::rows_at_once) * seeker::rows_at_once;
}
Names names_of(const std::vector<std::uint64_t>& identities) {
    Names names;
    for (Words* words : {&names.second, &names.product_high, &names.product_low}) words->resize(size(padded(identities.size())));
    for (std::size_t i = 0; i < identities.size(); ++i) {
        const std::uint64_t product = (identities[i] & 0xFFFFFFFFULL) * philox::multiplier_0;
        names.second[i] = identities[i] >> 32;
        names.product_high[i] = product >> 32;
        names.product_low[i] = product & 0xFFFFFFFFULL;
    }
    return names;
}

Stream stream_of(philox::Key key) {
    Stream stream{};
    for (std::uint32_t round = 0; round < philox::rounds; ++round) {
        stream.key_0[round] = static_cast<std::uint32_t>(key[0] + round * philox::weyl_0);
        stream.key_1[round] = static_cast<std::uint32_t>(key[1] + round * philox::weyl_1);
    }
    return stream;
}

double capability(std::int64_t i) {
    return i == 0 ? capability_of_seeker : scene::government(i).capability;
}
double affinity(std::int64_t source, std::int64_t target) {
    return 1 - std::min(1.0, 20 * std::abs(capability(source) - capability(target)));
}
double prestige(std::int64_t i) {
    return capability(i) / (capability(i) + half_prestige);
}

/// Array position → government.
std::int64_t other(int position) {
    return position + 1;
}
int position_of(std::int64_t government) {
    return static_cast<int>(government - 1);
}

void select_some(World& world) {
    std::vector<std::uint64_t> donors, listers;
    const std::int64_t last = world.others;
    for (int p = 0; p < world.others; ++p) {
        const std::int64_t i = other(p);
        const scene::Government government = scene::government(i);
        if (government.generosity > 0) {
            world.donors.at.push_back(p);
            donors.push_back(identity(i, 0));
            world.generosity.push_back(government.generosity);
            world.places.push_back(government.places);
            world.affinity_of_donors.push_back(affinity(i, 0));
        }
        if (scene::toward_seeker(i).listed) {
            world.listers.at.push_back(p);
            listers.push_back(identity(i, 0));
        }
        const std::int64_t client = scene::client(i, last + 1);
        const double of_first = i == 1 ? 1 : client == 1 ? scene::stake : 0;
        const double of_last = i == last ? 1 : client == last ? scene::stake : 0;
        if (of_first + of_last > 0) {
            world.threatened.at.push_back(p);
            world.threat_of_first.push_back(of_first);
            world.threat_of_second.push_back(of_last);
        }
        if (client == 1) world.patrons.push_back(p);  // of the first of the others, whose relations toward the others come first
    }
    for (Selection* one : {&world.donors, &world.listers, &world.threatened}) one->padded = padded(one->at.size());
    for (Doubles* by_donor : {&world.generosity, &world.places, &world.affinity_of_donors}) by_donor->resize(size(world.donors.padded));
    for (Doubles* by_threatened : {&world.threat_of_first, &world.threat_of_second}) by_threatened->resize(size(world.threatened.padded));
    world.donor_names = names_of(donors);
    world.lister_names = names_of(listers);
}

void relate(World& world) {
    const auto rows = size(world.padded);
    world.like.resize(size(world.others) * rows);
    world.everyone.assign(rows, 1);
    world.prestige.resize(rows);
    world.neighbour.resize(rows);
    world.neighbour[0] = world.neighbour[size(world.others) - 1] = pull_neighbour;
    for (int i = 0; i < world.others; ++i) {
        double everyone = 0;
        for (int k = 0; k < world.others; ++k) {
            if (k == i) continue;
            everyone += world.like[size(k) * rows + size(i)] = affinity(other(i), other(k));
        }
        world.everyone[size(i)] = std::max(0.000001, everyone + outside_affinity * outside);
        world.prestige[size(i)] = prestige(other(i));
    }
    for (const int k : world.listers.at)
        for (const int i : world.listers.at) world.like_of_listers.push_back(world.like[size(k) * rows + size(i)]);
}

}  // namespace

World world_of(int governments, double dt) {
    World world;
    world.others = governments - 1;
    world.padded = padded(size(world.others));
    world.dt = dt;
    world.forgotten = chance(forgetting, dt);
    world.ties_faded = chance(ties_fading, dt);
    world.calmed = chance(calming, dt);
    world.need_faded = chance(need_fading, dt);
    world.intake = chance(3 * intakes, dt);
    std::vector<std::uint64_t> toward, own;
    for (std::int64_t i = 1; i < governments; ++i) toward.push_back(identity(i, 0)), own.push_back(identity(0, i));
    world.toward = names_of(toward);
    world.own = names_of(own);
    select_some(world);
    relate(world);
    return world;
}

void shuffle(World& world, std::uint64_t seed) {
    const char* const steps[]{"praise", "criticism",    "warning", "aid_shipment", "student_intake",
                              "bid",    "dossier_step", "step_up", "step_down"};
    for (int step = 0; step < step_count; ++step) world.streams[step] = stream_of(key_of(seed, steps[step]));
}

// -- how a run begins --------------------------------------------------------------------------------------------------------------------

namespace {

void begin_toward(const World& world, Life& life) {
    const auto rows = size(world.padded);
    auto& toward = life.toward;
    for (Doubles* field :
         {&toward.goodwill, &toward.grievance, &toward.alarm, &toward.need, &toward.listed, &toward.dossier, &toward.peers})
        field->assign(rows, 0);
    toward.standing.assign(rows, 4);
    toward.trade.assign(rows, 1);
    for (std::size_t p = 0; p < size(world.others); ++p) {
        const scene::TowardSeeker held = scene::toward_seeker(static_cast<std::int64_t>(p) + 1);
        toward.goodwill[p] = held.goodwill;
        toward.grievance[p] = held.grievance;
        toward.alarm[p] = held.alarm;
        toward.standing[p] = held.standing;
        toward.listed[p] = held.listed ? 1 : 0;
    }
}

/// The others' evidence of each other: the library's, and of a patron of its client.
void begin_elsewhere(const World& world, Life& life) {
    const auto others = size(world.others);
    const std::size_t cells = (others * others + 7) / 8 * 8;
    life.goodwill.assign(cells, 2);
    life.grievance.assign(cells, 2);
    for (std::int64_t i = 1; i <= world.others; ++i)
        if (const std::int64_t client = scene::client(i, world.others + 1); client > 0)
            life.goodwill[size(position_of(i)) * others + static_cast<std::size_t>(client < i ? client : client - 1)] =
                scene::goodwill_of_patron;
}

}  // namespace

void begin(const World& world, Life& life) {
    const auto rows = size(world.padded);
    begin_toward(world, life);
    begin_elsewhere(world, life);
    life.own.goodwill.assign(rows, 2);
    life.own.grievance.assign(rows, 2);
    life.ties.assign(size(world.donors.padded), 0);
    auto& n = life.counts;
    for (Doubles* count : {&n.aid, &n.students, &n.praise, &n.own_praise, &n.criticism, &n.own_criticism, &n.warning, &n.bid, &n.visit,
                           &n.snub, &n.dossier_step, &n.delisting, &n.step_up, &n.recognition, &n.step_down})
        count->assign(rows, 0);
    n.journeys = n.accepted_abroad = 0;
    for (int b = 0; b < 2; ++b) n.reinforcement[b] = n.incursion[b] = life.heat[b] = 0, life.security[b] = 0.5;
    life.security_elsewhere = 0.5;
    life.population = 40, life.control = 0.85, life.privation = 0.5, life.disruption = 1, life.militants = 1, life.relief = life.abroad = 0;
    life.recognised = -1;
    for (Doubles* scratch : {&life.pace, &life.welcome, &life.score, &life.share}) scratch->assign(rows, 0);
    life.forgetting.assign(rows, -world.forgotten);
    life.alarm_left.assign(rows, 1);
    life.need_left.assign(rows, 1);
}

}  // namespace entente::by_hand::seeker
