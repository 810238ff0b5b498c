#include "founding.hpp"

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <new>
#include <stdexcept>
#include <string>

#include <entente/base/draws.hpp>
#include <entente/base/elementary.hpp>
#include <entente/base/hash.hpp>

#include "scene.hpp"

namespace entente::by_hand {
namespace {

#define SLOT(member) static_cast<int>(offsetof(State<double>, member) / sizeof(double))

const Loops& loops_named(std::string_view name, Way way) {
    if (name == "portable") return portable_loops(way);
    if (name == "avx2") return avx2_loops(way);
    if (name == "avx512") return avx512_loops(way);
    throw std::out_of_range("no loops are called " + std::string(name));
}

Calendar calendar_of_scenario() {
    using namespace std::chrono;
    return Calendar::until(2021y / August / 15, {StepUnit::week, 1}, 2025y / December / 31);
}

/// The part of the way that a rate goes in one tick.
double chance(double rate, double dt) {
    return -elementary().expm1(-rate * dt);
}

Given given_for(double dt) {
    using namespace parameter;
    Given given{};
    given.dt = dt;
    given.forgotten = chance(forgetting, dt);
    given.ties_faded = chance(ties_fading, dt);
    given.adjusted = chance(adjustment, dt);
    given.eaten = chance(consumption, dt);
    given.fortune = fortune * std::sqrt(dt);
    given.volatility = volatility * std::sqrt(dt);
    given.drift = 0.5 * (volatility * volatility) * dt;
    given.guard_built = chance(guard_pace, dt);
    given.cooled = chance(cooling, dt);
    given.calmed = chance(calming, dt);
    given.need_faded = chance(need_fading, dt);
    given.heated = elementary().expm1(cooling * dt);
    given.recovered = chance(recovery, dt);
    given.growth = elementary().exp(start::population_growth[0] * dt);
    for (int d = 0; d <= 4; ++d) given.pace[d] = review_rate * elementary().power(speedup, d);
    for (int k = 0; k < 8; ++k) {
        const double threat[2]{stake * k, 1.0 * k};
        for (int c = 0; c < 2; ++c) {
            given.calm_after[c][k] = elementary().exp(-shock * threat[c]);
            given.indifference_after[c][k] = elementary().exp(-common_cause * (1 - blamed[c]) * threat[c]);
        }
    }
    return given;
}

std::vector<Turn> turns_of(const Calendar& calendar, const Given& given) {
    using namespace parameter;
    const double dt = calendar.dt();
    double population = start::population[0];
    double disruption = start::disruption[0];
    double far_goodwill = start::goodwill[3];
    double far_grievance = start::grievance[3];
    double neighbour_grievance = start::grievance[5];
    std::vector<Turn> turns(static_cast<std::size_t>(calendar.ticks()));
    for (std::int64_t tick = 0; tick < calendar.ticks(); ++tick) {
        Turn& turn = turns[static_cast<std::size_t>(tick)];
        const int month = calendar.month(tick);
        turn.tick = static_cast<double>(tick);
        turn.is_free = calendar.years_since_start(tick) >= free_from;
        turn.season = 1 + winter * elementary().cos(0.5235987755982988 * (month - 1));
        turn.intake = month >= 9 && turn.is_free ? chance(3 * intakes, dt) : 0;
        turn.need = start::poverty[0] + shock_of_takeover * disruption;
        turn.food = ration * 1000000 * population;
        turn.population = population *= given.growth;
        turn.disruption = disruption -= disruption * given.recovered;
        turn.far_goodwill = far_goodwill -= far_goodwill * given.forgotten;
        turn.far_grievance = far_grievance -= far_grievance * given.forgotten;
        turn.far_trust = (far_goodwill + prior_good) / (far_goodwill + prior_good + far_grievance + prior_bad);
        turn.neighbour_grievance = neighbour_grievance -= neighbour_grievance * given.forgotten;
    }
    for (const OnRecord& entry : record) {
        const std::chrono::year_month_day date{std::chrono::year(entry.year), std::chrono::month(static_cast<unsigned>(entry.month)),
                                               std::chrono::day(static_cast<unsigned>(entry.day))};
        Turn& turn = turns[static_cast<std::size_t>(calendar.tick_of(date).value())];
        if (turn.records++ == 0) turn.record = &entry;
    }
    return turns;
}

/// Streams are named by their step, identities by their row; `place` is 0 for a step's own draw and counts those in its text.
void name_draws(Scene& scene) {
    const std::uint64_t kabul = stable_hash("afghanistan");
    const std::uint64_t hosts[2]{stable_hash("russia"), stable_hash("tajikistan")};
    const auto name = [&](int draw, std::string_view step, std::uint64_t identity) {
        const std::uint64_t stream = mix(stable_hash(step), 0);
        scene.keys[draw][0] = static_cast<std::uint32_t>(stream);
        scene.keys[draw][1] = static_cast<std::uint32_t>(stream >> 32);
        scene.identities[draw] = identity;
    };
    const auto name_of_capitals = [&](int draw, std::string_view step) {
        for (int c = 0; c < 2; ++c) name(draw + c, step, mix(hosts[c], kabul));
    };
    const auto name_of_kabul = [&](int draw, std::string_view step) {
        for (int c = 0; c < 2; ++c) name(draw + c, step, mix(kabul, hosts[c]));
    };
    name(draw_fortune, "hardship follows economy, isolation and relief", kabul);
    name(draw_volatility, "control grows with acceptance and is worn down by armed groups", kabul);
    name(draw_incursion, "incursion", mix(kabul, hosts[dushanbe]));
    name(draw_reinforcement, "reinforcement", mix(kabul, hosts[dushanbe]));
    name_of_capitals(draw_praise, "praise");
    name_of_kabul(draw_kabul_praise, "praise");
    name_of_capitals(draw_criticism, "criticism");
    name_of_kabul(draw_kabul_criticism, "criticism");
    name_of_capitals(draw_warning, "warning");
    name(draw_journeys, "journeys", kabul);
    name(draw_accepted_abroad, "accepted_abroad", kabul);
    name(draw_aid, "aid_shipment", mix(hosts[moscow], kabul));
    name_of_capitals(draw_dossier_step, "dossier_step");
    name_of_capitals(draw_step_up, "step_up");
    name_of_capitals(draw_step_down, "step_down");
    name(draw_student_intake, "student_intake", mix(hosts[moscow], kabul));
    name_of_kabul(draw_visit, "visit");
    name_of_kabul(draw_bid, "bid");
    const std::uint64_t outside = mix(mix(stable_hash("bid"), stable_hash("outside")), 0);
    scene.keys[draw_elsewhere][0] = static_cast<std::uint32_t>(outside);
    scene.keys[draw_elsewhere][1] = static_cast<std::uint32_t>(outside >> 32);
    scene.identities[draw_elsewhere] = kabul;
}

void shuffle(Scene& scene, std::uint64_t seed) {
    name_draws(scene);
    Deck& deck = scene.deck;
    for (int d = 0; d < draw_count; ++d) {
        const std::uint64_t stream = scene.keys[d][0] | std::uint64_t{scene.keys[d][1]} << 32;
        const philox::Key key = draw_key(seed, stream);
        scene.keys[d][0] = key[0];
        scene.keys[d][1] = key[1];
        for (std::uint32_t round = 0; round < philox::rounds; ++round) {
            deck.key_0[d][round] = static_cast<std::uint32_t>(key[0] + round * philox::weyl_0);
            deck.key_1[d][round] = static_cast<std::uint32_t>(key[1] + round * philox::weyl_1);
        }
        const std::uint64_t product = (scene.identities[d] & 0xFFFFFFFFULL) * philox::multiplier_0;
        deck.product_high[d] = product >> 32;
        deck.first[d] = (scene.identities[d] >> 32) ^ deck.key_0[d][0];
        deck.third[d] = (product & 0xFFFFFFFFULL) ^ deck.key_1[d][1];
    }
}

/// What every run begins with.
std::vector<double> start_values() {
    std::vector<double> values(slot_count, 0);
    const auto set = [&](int slot, double x) { values[static_cast<std::size_t>(slot)] = x; };
    const auto trust = [](double good, double bad) {
        return (good + parameter::prior_good) / (good + parameter::prior_good + bad + parameter::prior_bad);
    };
    for (int c = 0; c < 2; ++c) {
        const int row = 2 + 2 * c;  // of the capital toward Kabul; Kabul's toward the capital is c
        set(SLOT(goodwill) + c, start::goodwill[row]);
        set(SLOT(grievance) + c, start::grievance[row]);
        set(SLOT(trust) + c, trust(start::goodwill[row], start::grievance[row]));
        set(SLOT(kabul_goodwill) + c, start::goodwill[c]);
        set(SLOT(kabul_grievance) + c, start::grievance[c]);
        set(SLOT(kabul_trust) + c, trust(start::goodwill[c], start::grievance[c]));
        set(SLOT(alarm) + c, start::alarm[row]);
        set(SLOT(need) + c, start::need[row]);
        set(SLOT(standing) + c, start::standing[row]);
        set(SLOT(listed) + c, start::listed[row]);
        set(SLOT(dossier) + c, start::dossier);
        set(SLOT(trade) + c, start::trade);
        set(SLOT(peers) + c, start::peers);
    }
    for (const int slot : {SLOT(ties), SLOT(kabul_ties)}) set(slot, start::ties);
    set(SLOT(neighbour_goodwill), start::goodwill[5]);
    set(SLOT(neighbour_grievance), start::grievance[5]);
    set(SLOT(far_goodwill), start::goodwill[3]);
    set(SLOT(far_grievance), start::grievance[3]);
    set(SLOT(population), start::population[0]);
    set(SLOT(disruption), start::disruption[0]);
    set(SLOT(privation), start::privation[0]);
    set(SLOT(control), start::control[0]);
    set(SLOT(militants), start::militants[0]);
    set(SLOT(security), start::security);
    set(SLOT(heat), start::heat);
    for (const int first : {SLOT(diplomats_accepted), SLOT(ambassadors), SLOT(recognised), SLOT(dushanbe_mission), SLOT(delisted)})
        set(first, -1);
    return values;
}

}  // namespace

Founding::Founding(int lanes, std::string_view instruction_set, Way way)
    : calendar_(calendar_of_scenario()),
      way_(way),
      loops_(loops_named(instruction_set, way)),
      lanes_(lanes),
      scene_(std::make_unique<Scene>()),
      memory_(nullptr, [](double* p) { std::free(p); }) {
    if (lanes <= 0 || lanes % loops_.width != 0) throw std::invalid_argument("lanes are a multiple of the vector's doubles");
    scene_->given = given_for(calendar_.dt());
    turns_ = turns_of(calendar_, scene_->given);
    scene_->turns = turns_.data();
    const std::size_t bytes = static_cast<std::size_t>(lanes) * slot_count * sizeof(double);
    memory_.reset(static_cast<double*>(std::aligned_alloc(64, (bytes + 63) / 64 * 64)));
    if (!memory_) throw std::bad_alloc();
}

Founding::~Founding() = default;

void Founding::begin(std::uint64_t seed, std::int64_t first_run) {
    shuffle(*scene_, seed);
    first_run_ = static_cast<std::uint32_t>(first_run);
    tick_ = year_began_ = 0;
    double* to = memory_.get();
    const std::vector<double> values = start_values();
    for (int state = 0; state < lanes_ / loops_.width; ++state)
        for (const double x : values)
            for (int lane = 0; lane < loops_.width; ++lane) *to++ = x;
    if (loops_.prepare) loops_.prepare(memory_.get(), lanes_ / loops_.width, *scene_);
}

void Founding::tick() {
    run_ticks(1);
}

void Founding::run_ticks(std::int64_t ticks) {
    loops_.run(memory_.get(), lanes_ / loops_.width, *scene_, first_run_, tick_, ticks);
    tick_ += ticks;
}

void Founding::begin_year() {
    year_began_ = tick_;
    for (const int slot : {SLOT(visits), SLOT(aid), SLOT(in_need), SLOT(incursions)})
        for (int state = 0; state < lanes_ / loops_.width; ++state)
            for (int lane = 0; lane < loops_.width; ++lane)
                memory_[static_cast<std::size_t>((state * slot_count + slot) * loops_.width + lane)] = 0;
}

// -- what there is -----------------------------------------------------------------------------------------------------------------------

namespace {

using Place = Founding::Place;
using Rows = std::vector<Place>;

Place same(double x) {
    return {.value = x};
}
Place in(int slot) {
    return {.form = Place::Form::slot, .slot = slot};
}
Place along(double Turn::*course, int in_fused, double before) {
    return {.form = Place::Form::course, .value = before, .course = course, .in_fused = in_fused};
}

/// Of relations in row order: Kabul's toward the capitals, theirs toward Kabul, and what they hold toward each other.
Rows relation(Place kabul_moscow, Place kabul_dushanbe, Place moscow_kabul, Place dushanbe_kabul, Place moscow_dushanbe,
              Place dushanbe_moscow) {
    return {kabul_moscow, kabul_dushanbe, moscow_kabul, moscow_dushanbe, dushanbe_kabul, dushanbe_moscow};
}
Rows of_capitals(int slot, double others) {
    return relation(same(others), same(others), in(slot), in(slot + 1), same(others), same(others));
}
Rows of_kabul(int slot) {
    return relation(in(slot), in(slot + 1), same(0), same(0), same(0), same(0));
}
Rows of_both(int slot, int kabul_slot) {
    return relation(in(kabul_slot), in(kabul_slot + 1), in(slot), in(slot + 1), same(0), same(0));
}
Rows of_moscow(int slot) {
    return relation(same(0), same(0), in(slot), same(0), same(0), same(0));
}
template <std::size_t n>
Rows constants(const double (&values)[n]) {
    Rows rows;
    for (const double x : values) rows.push_back(same(x));
    return rows;
}
Rows of_afghanistan(Place place, const double (&others)[3]) {
    return {place, same(others[1]), same(others[2])};
}
Rows of_afghanistan(Place place) {
    return {place, same(0), same(0)};
}

std::map<std::string, Rows, std::less<>> places() {
    std::map<std::string, Rows, std::less<>> all;
    all["government.capability"] = constants(start::capability);
    all["government.population"] = of_afghanistan(along(&Turn::population, SLOT(population), start::population[0]), start::population);
    all["government.population_growth"] = constants(start::population_growth);
    all["government.control"] = of_afghanistan(in(SLOT(control)), start::control);
    all["government.privation"] = of_afghanistan(in(SLOT(privation)), start::privation);
    all["government.poverty"] = constants(start::poverty);
    all["government.disruption"] = of_afghanistan(along(&Turn::disruption, SLOT(disruption), start::disruption[0]));
    all["government.militants"] = of_afghanistan(in(SLOT(militants)));
    all["government.seeks"] = constants(start::seeks);
    all["government.generosity"] = constants(start::generosity);
    all["government.places"] = constants(start::places);
    all["government.relief"] = of_afghanistan(in(SLOT(relief)));
    all["government.outside"] = constants(start::outside);
    all["government.abroad"] = of_afghanistan(in(SLOT(abroad)));
    const auto held = [](int slot, int kabul_slot, Place far, Place neighbour) {
        return relation(in(kabul_slot), in(kabul_slot + 1), in(slot), in(slot + 1), far, neighbour);
    };
    all["relation.goodwill"] = held(SLOT(goodwill), SLOT(kabul_goodwill),
                                    along(&Turn::far_goodwill, SLOT(far_goodwill), start::goodwill[3]), in(SLOT(neighbour_goodwill)));
    all["relation.grievance"] =
        held(SLOT(grievance), SLOT(kabul_grievance), along(&Turn::far_grievance, SLOT(far_grievance), start::grievance[3]),
             along(&Turn::neighbour_grievance, SLOT(neighbour_grievance), start::grievance[5]));
    all["trust_of_all"] = held(SLOT(trust), SLOT(kabul_trust), along(&Turn::far_trust, SLOT(far_trust), 0), in(SLOT(neighbour_trust)));
    all["relation.alarm"] = of_capitals(SLOT(alarm), 0);
    all["relation.need"] = of_capitals(SLOT(need), 0);
    all["relation.blame"] = constants(start::blame);
    all["relation.stake"] = constants(start::stake);
    all["relation.affinity"] = constants(start::affinity);
    all["relation.standing"] = of_capitals(SLOT(standing), 4);
    all["relation.listed"] = of_capitals(SLOT(listed), 0);
    all["relation.dossier"] = of_capitals(SLOT(dossier), 0);
    all["relation.trade"] = of_capitals(SLOT(trade), start::trade);
    all["relation.ties"] = relation({.form = Place::Form::slot, .slot = SLOT(ties), .in_fused = SLOT(kabul_ties)}, same(0), in(SLOT(ties)),
                                    same(0), same(0), same(0));
    all["relation.peers"] = of_capitals(SLOT(peers), 0);
    all["border.length"] = {same(start::length)};
    all["border.terrain"] = {same(start::terrain)};
    all["border.security"] = {in(SLOT(security))};
    all["border.heat"] = {in(SLOT(heat))};

    all["count of reinforcement"] = {in(SLOT(counts.reinforcement))};
    all["count of incursion"] = {in(SLOT(counts.incursion))};
    all["count of aid_shipment"] = of_moscow(SLOT(counts.aid_shipment));
    all["count of student_intake"] = of_moscow(SLOT(counts.student_intake));
    all["count of praise"] = of_both(SLOT(counts.praise), SLOT(counts.kabul_praise));
    all["count of criticism"] = of_both(SLOT(counts.criticism), SLOT(counts.kabul_criticism));
    all["count of warning"] = of_capitals(SLOT(counts.warning), 0);
    all["count of journeys"] = of_afghanistan(in(SLOT(counts.journeys)));
    all["count of bid"] = of_kabul(SLOT(counts.bid));
    all["count of visit"] = of_kabul(SLOT(counts.visit));
    all["count of snub"] = of_kabul(SLOT(counts.snub));
    all["count of accepted_abroad"] = of_afghanistan(in(SLOT(counts.accepted_abroad)));
    all["count of dossier_step"] = of_capitals(SLOT(counts.dossier_step), 0);
    all["count of delisting"] = of_capitals(SLOT(counts.delisting), 0);
    all["count of step_up"] = of_capitals(SLOT(counts.step_up), 0);
    all["count of recognition"] = of_capitals(SLOT(counts.recognition), 0);
    all["count of step_down"] = of_capitals(SLOT(counts.step_down), 0);

    const auto measure = [&](const char* name, int slot) { all[name] = {in(slot)}; };
    measure("moscow_trust", SLOT(trust) + moscow);
    measure("kabul_trust", SLOT(kabul_trust) + moscow);
    measure("dushanbe_trust", SLOT(trust) + dushanbe);
    measure("moscow_standing", SLOT(standing) + moscow);
    measure("diplomats_accepted", SLOT(diplomats_accepted));
    measure("ambassadors", SLOT(ambassadors));
    measure("recognised", SLOT(recognised));
    measure("dushanbe_mission", SLOT(dushanbe_mission));
    measure("dushanbe_standing", SLOT(standing) + dushanbe);
    measure("dossier", SLOT(dossier) + moscow);
    measure("delisted", SLOT(delisted));
    measure("visits_yearly", SLOT(visits));
    measure("snubs", SLOT(snubs));
    measure("aid_yearly", SLOT(aid));
    measure("hardship", SLOT(hardship));
    all["in_need_yearly"] = {{.form = Place::Form::mean, .slot = SLOT(in_need)}};
    measure("control", SLOT(control));
    measure("ties", SLOT(ties));
    measure("incursions_yearly", SLOT(incursions));
    measure("guard", SLOT(security));
    measure("reinforcements", SLOT(reinforcements));
    measure("moscow_alarm", SLOT(alarm) + moscow);
    measure("dushanbe_alarm", SLOT(alarm) + dushanbe);
    measure("common_enemy", SLOT(need) + moscow);
    measure("statements", SLOT(statements));
    measure("accepted_abroad_by", SLOT(abroad));
    measure("trade", SLOT(trade) + moscow);
    return all;
}

}  // namespace

Founding::Place Founding::place(std::string_view column, std::int64_t row) {
    static const auto all = places();
    const auto found = all.find(column);
    if (found == all.end()) throw std::out_of_range("the loop written by hand has no " + std::string(column));
    return found->second.at(static_cast<std::size_t>(row));
}

double Founding::at(const Place& place, int lane) const {
    const auto kept = [&](int slot) {
        return memory_[static_cast<std::size_t>((lane / loops_.width * slot_count + slot) * loops_.width + lane % loops_.width)];
    };
    if (way_ == Way::fused && place.in_fused >= 0) return kept(place.in_fused);
    switch (place.form) {
        case Place::Form::same:
            return place.value;
        case Place::Form::slot:
            return kept(place.slot);
        case Place::Form::course:
            return tick_ == 0 ? place.value : turns_[static_cast<std::size_t>(tick_ - 1)].*place.course;
        case Place::Form::mean:
            return kept(place.slot) / static_cast<double>(tick_ - year_began_);
    }
    return 0;
}

}  // namespace entente::by_hand
