// What the loop by hand of one seeker among many governments knows, as the engine's columns are laid out.

#include <functional>
#include <map>
#include <stdexcept>
#include <string>

#include <scenes.hpp>

#include "recognition.hpp"
#include "recognition_scene.hpp"
#include "values.hpp"

namespace entente::by_hand {

using seeker::Life;
using seeker::World;
namespace scene = scenes::seeker_world;

namespace {

using Column = std::vector<double>;
/// Of a relation, from the position of its ends.
using Cell = std::function<double(int source, int target)>;

Column by_government(const World& world, double seeker, const std::function<double(std::int64_t)>& other) {
    Column column{seeker};
    for (std::int64_t i = 1; i <= world.others; ++i) column.push_back(other(i));
    return column;
}

/// Every ordered pair of two, by source and then by target.
Column by_relation(const World& world, const std::function<double(int)>& own, const std::function<double(int)>& toward,
                   const Cell& elsewhere) {
    Column column;
    for (int target = 0; target < world.others; ++target) column.push_back(own(target));
    for (int source = 0; source < world.others; ++source) {
        column.push_back(toward(source));
        for (int target = 0; target < world.others; ++target)
            if (target != source) column.push_back(elsewhere(source, target));
    }
    return column;
}

Column of_toward(const World& world, const Doubles& toward, double others) {
    return by_relation(
        world, [=](int) { return others; }, [&](int i) { return toward[static_cast<std::size_t>(i)]; }, [=](int, int) { return others; });
}
Column of_own(const World& world, const Doubles& own) {
    return by_relation(
        world, [&](int i) { return own[static_cast<std::size_t>(i)]; }, [](int) { return 0; }, [](int, int) { return 0; });
}
Column of_both(const World& world, const Doubles& own, const Doubles& toward) {
    return by_relation(
        world, [&](int i) { return own[static_cast<std::size_t>(i)]; }, [&](int i) { return toward[static_cast<std::size_t>(i)]; },
        [](int, int) { return 0; });
}
Column evidence_of(const World& world, const Doubles& own, const Doubles& toward, const Doubles& elsewhere) {
    const auto at = [&](int source, int target) {
        return elsewhere[static_cast<std::size_t>(source * world.others + (target < source ? target + 1 : target))];
    };
    return by_relation(
        world, [&](int i) { return own[static_cast<std::size_t>(i)]; }, [&](int i) { return toward[static_cast<std::size_t>(i)]; }, at);
}
Column of_donors(const World& world, const Doubles& by_donor) {
    Doubles all(static_cast<std::size_t>(world.padded), 0);
    for (std::size_t d = 0; d < world.donors.at.size(); ++d) all[static_cast<std::size_t>(world.donors.at[d])] = by_donor[d];
    return of_both(world, all, all);
}
Column same(const World& world, double x) {
    return Column(static_cast<std::size_t>(world.others * (world.others + 1)), x);
}

/// The ring's: each government with the next, both ways; the first and the last are the seeker's own two ways.
Column by_border(const World& world, double first, double last, double others) {
    Column column(2 * static_cast<std::size_t>(world.others + 1), others);
    column.front() = first;
    column.back() = last;
    return column;
}

double capability(std::int64_t i) {
    return i == 0 ? 0.003 : scene::government(i).capability;
}

Column stakes(const World& world) {
    return by_relation(
        world, [](int) { return 0; }, [](int) { return 0; },
        [&](int source, int target) { return scene::client(source + 1, world.others + 1) == target + 1 ? scene::stake : 0; });
}
Column affinities(const World& world) {
    const auto between = [](std::int64_t a, std::int64_t b) {
        const double apart = 20 * (capability(a) > capability(b) ? capability(a) - capability(b) : capability(b) - capability(a));
        return 1 - (apart < 1 ? apart : 1);
    };
    return by_relation(
        world, [=](int i) { return between(0, i + 1); }, [=](int i) { return between(i + 1, 0); },
        [=](int a, int b) { return between(a + 1, b + 1); });
}
Column lengths(const World& world) {
    Column column;
    for (std::int64_t i = 0; i <= world.others; ++i) column.insert(column.end(), 2, scene::border_length(i));
    return column;
}

using Reader = std::function<Column(const World&, const Life&)>;
using Readers = std::map<std::string, Reader, std::less<>>;

void add_governments(Readers& all) {
    const auto add = [&](const char* name, double Life::*of_seeker, double others) {
        all[name] = [=](const World& w, const Life& l) { return by_government(w, l.*of_seeker, [=](std::int64_t) { return others; }); };
    };
    const auto add_constant = [&](const char* name, double of_seeker, double others) {
        all[name] = [=](const World& w, const Life&) { return by_government(w, of_seeker, [=](std::int64_t) { return others; }); };
    };
    all["government.capability"] = [](const World& w, const Life&) { return by_government(w, capability(0), capability); };
    all["government.population"] = [](const World& w, const Life& l) {
        return by_government(w, l.population, [](std::int64_t i) { return scene::government(i).population; });
    };
    all["government.generosity"] = [](const World& w, const Life&) {
        return by_government(w, 0, [](std::int64_t i) { return scene::government(i).generosity; });
    };
    all["government.places"] = [](const World& w, const Life&) {
        return by_government(w, 0, [](std::int64_t i) { return scene::government(i).places; });
    };
    add_constant("government.population_growth", 0.023, 0);
    add_constant("government.poverty", 0.3, 0.1);
    add_constant("government.seeks", 1, 0);
    add_constant("government.outside", 14, 0);
    add("government.control", &Life::control, 1);
    add("government.privation", &Life::privation, 0.1);
    add("government.disruption", &Life::disruption, 0);
    add("government.militants", &Life::militants, 0);
    add("government.relief", &Life::relief, 0);
    add("government.abroad", &Life::abroad, 0);
    const auto add_count = [&](const char* name, double Life::Counts::*count) {
        all[name] = [=](const World& w, const Life& l) { return by_government(w, l.counts.*count, [](std::int64_t) { return 0; }); };
    };
    add_count("count of journeys", &Life::Counts::journeys);
    add_count("count of accepted_abroad", &Life::Counts::accepted_abroad);
}

void add_relations(Readers& all) {
    const auto add = [&](const char* name, Doubles Life::Toward::*toward, double others) {
        all[name] = [=](const World& w, const Life& l) { return of_toward(w, l.toward.*toward, others); };
    };
    all["relation.goodwill"] = [](const World& w, const Life& l) { return evidence_of(w, l.own.goodwill, l.toward.goodwill, l.goodwill); };
    all["relation.grievance"] = [](const World& w, const Life& l) {
        return evidence_of(w, l.own.grievance, l.toward.grievance, l.grievance);
    };
    all["relation.ties"] = [](const World& w, const Life& l) { return of_donors(w, l.ties); };
    all["relation.blame"] = [](const World& w, const Life&) { return same(w, 0.5); };
    all["relation.stake"] = [](const World& w, const Life&) { return stakes(w); };
    all["relation.affinity"] = [](const World& w, const Life&) { return affinities(w); };
    add("relation.alarm", &Life::Toward::alarm, 0);
    add("relation.need", &Life::Toward::need, 0);
    add("relation.standing", &Life::Toward::standing, 4);
    add("relation.listed", &Life::Toward::listed, 0);
    add("relation.dossier", &Life::Toward::dossier, 0);
    add("relation.trade", &Life::Toward::trade, 1);
    add("relation.peers", &Life::Toward::peers, 0);
}

void add_counts_of_relations(Readers& all) {
    const auto add = [&](const char* name, Doubles Life::Counts::*toward) {
        all[name] = [=](const World& w, const Life& l) { return of_toward(w, l.counts.*toward, 0); };
    };
    const auto add_own = [&](const char* name, Doubles Life::Counts::*own) {
        all[name] = [=](const World& w, const Life& l) { return of_own(w, l.counts.*own); };
    };
    all["count of praise"] = [](const World& w, const Life& l) { return of_both(w, l.counts.own_praise, l.counts.praise); };
    all["count of criticism"] = [](const World& w, const Life& l) { return of_both(w, l.counts.own_criticism, l.counts.criticism); };
    add("count of warning", &Life::Counts::warning);
    add("count of aid_shipment", &Life::Counts::aid);
    add("count of student_intake", &Life::Counts::students);
    add_own("count of bid", &Life::Counts::bid);
    add_own("count of visit", &Life::Counts::visit);
    add_own("count of snub", &Life::Counts::snub);
    add("count of dossier_step", &Life::Counts::dossier_step);
    add("count of delisting", &Life::Counts::delisting);
    add("count of step_up", &Life::Counts::step_up);
    add("count of recognition", &Life::Counts::recognition);
    add("count of step_down", &Life::Counts::step_down);
}

void add_borders_and_measures(Readers& all) {
    all["border.length"] = [](const World& w, const Life&) { return lengths(w); };
    all["border.terrain"] = [](const World& w, const Life&) { return by_border(w, 0.3, 0.3, 0.3); };
    all["border.security"] = [](const World& w, const Life& l) { return by_border(w, l.security[0], l.security[1], l.security_elsewhere); };
    all["border.heat"] = [](const World& w, const Life& l) { return by_border(w, l.heat[0], l.heat[1], 0); };
    all["count of reinforcement"] = [](const World& w, const Life& l) {
        return by_border(w, l.counts.reinforcement[0], l.counts.reinforcement[1], 0);
    };
    all["count of incursion"] = [](const World& w, const Life& l) { return by_border(w, l.counts.incursion[0], l.counts.incursion[1], 0); };
    const auto add = [&](const char* name, double Life::*measure) {
        all[name] = [=](const World&, const Life& l) { return Column{l.*measure}; };
    };
    add("trust", &Life::trust_of_first);
    add("acceptance", &Life::acceptance);
    add("embassies", &Life::embassies);
    add("recognised", &Life::recognised);
}

const Readers& readers() {
    static const Readers all = [] {
        Readers made;
        add_governments(made);
        add_relations(made);
        add_counts_of_relations(made);
        add_borders_and_measures(made);
        return made;
    }();
    return all;
}

}  // namespace

std::vector<double> Recognition::column(std::string_view name, int run) const {
    const auto found = readers().find(name);
    if (found == readers().end()) throw std::out_of_range("the loop written by hand has no " + std::string(name));
    return found->second(*world_, lives_.at(static_cast<std::size_t>(run)));
}

}  // namespace entente::by_hand
