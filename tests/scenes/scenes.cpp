#include "scenes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <tuple>

namespace entente::scenes {
namespace {

std::string count(std::int64_t n) {
    return fmt::format("count: {}\n", n);
}

std::ofstream file_in(const std::filesystem::path& folder, const std::string& name) {
    std::ofstream file(folder / name);
    if (!file) throw std::runtime_error(fmt::format("no file {} can be written in {}", name, folder.string()));
    return file;
}

}  // namespace

std::string text(const std::string& name, const std::vector<std::pair<std::string, std::string>>& replace) {
    std::ifstream file(std::string(ENTENTE_SCENES) + "/" + name + ".yaml");
    std::ostringstream content;
    content << file.rdbuf();
    std::string scene = content.str();
    for (const auto& [old_text, new_text] : replace) {
        const std::size_t at = scene.find(old_text);
        if (at == std::string::npos) throw std::runtime_error(fmt::format("the scene '{}' has no '{}'", name, old_text));
        scene.replace(at, old_text.size(), new_text);
    }
    return scene;
}

std::string governments(std::int64_t n) {
    return text("governments", {{count(30), count(n)}});
}

std::string grid(std::int64_t width, std::int64_t height) {
    return text("grid",
                {{count(1024), count(width * height)}, {"width: 32, height: 32", fmt::format("width: {}, height: {}", width, height)}});
}

std::string random_graph(std::int64_t n) {
    return text("random_graph", {{count(1000), count(n)}, {"p: 0.01", fmt::format("p: {}", 10.0 / static_cast<double>(n - 1))}});
}

std::string rows(std::int64_t n) {
    return text("rows", {{count(1000), count(n)}});
}
std::string events(std::int64_t n) {
    return text("events", {{count(1000), count(n)}});
}
std::string aggregates(std::int64_t n) {
    return text("aggregates", {{count(40), count(n)}});
}

// -- the library of recognition ----------------------------------------------------------------------------------------------------------

namespace seeker_world {

Government government(std::int64_t i) {
    if (i == 0) return {.capability = 0.003, .population = 40};
    return {.capability = static_cast<double>(2000 + 500'000 * ((i * 37) % 97) / 97) / 1e7,
            .population = static_cast<double>(1 + (i * 53) % 90),
            .generosity = i % 8 == 1 ? 1.2 : 0,
            .places = i % 8 == 1 ? 300.0 : 0};
}

TowardSeeker toward_seeker(std::int64_t i) {
    return {.goodwill = static_cast<double>(1 + i % 3),
            .grievance = static_cast<double>(3 + i % 5),
            .alarm = static_cast<double>(i % 6) / 10,
            .standing = i % 3 == 0 ? 0 : 1,
            .listed = i % 16 == 1};
}

std::int64_t client(std::int64_t i, std::int64_t n) {
    const std::int64_t k = (i * 5) % 7 + 1;
    return k == i || k >= n ? 0 : k;
}

double border_length(std::int64_t i) {
    return static_cast<double>(300 + 50 * (i % 9));
}

}  // namespace seeker_world

namespace {

std::string members(std::int64_t n) {
    std::string told;
    for (std::int64_t i = 1; i < n; ++i) {
        const seeker_world::Government g = seeker_world::government(i);
        told += fmt::format("      g{}: {{capability: {}, population: {}", i, g.capability, g.population);
        if (g.generosity > 0) told += fmt::format(", generosity: {}, places: {}", g.generosity, g.places);
        told += "}\n";
    }
    return told;
}

std::string relations(std::int64_t n) {
    std::string told;
    for (std::int64_t i = 1; i < n; ++i) {
        const seeker_world::TowardSeeker r = seeker_world::toward_seeker(i);
        told += fmt::format("      g{} -> g0: {{goodwill: {}, grievance: {}, alarm: {}, standing: {}{}}}\n", i, r.goodwill, r.grievance,
                            r.alarm, r.standing, r.listed ? ", listed: yes" : "");
    }
    for (std::int64_t i = 1; i < n; ++i)
        if (const std::int64_t k = seeker_world::client(i, n); k > 0)
            told +=
                fmt::format("      g{} -> g{}: {{goodwill: {}, stake: {}}}\n", i, k, seeker_world::goodwill_of_patron, seeker_world::stake);
    return told;
}

/// Each with the next, in a ring.
std::string borders(std::int64_t n) {
    std::string told;
    for (std::int64_t i = 0; i < n; ++i)
        for (const auto& [from, to] : {std::pair{i, (i + 1) % n}, std::pair{(i + 1) % n, i}})
            told += fmt::format("      g{} -> g{}: {{length: {}}}\n", from, to, seeker_world::border_length(i));
    return told;
}

}  // namespace

std::string recognition(std::int64_t n) {
    return text("recognition", {{"      GOVERNMENTS\n", members(n)}, {"      RELATIONS\n", relations(n)}, {"      BORDERS\n", borders(n)}});
}

// -- conflict ----------------------------------------------------------------------------------------------------------------------------

namespace conflict_world {
namespace {

/// A number between 0 and 1 that is the same wherever it is asked for.
double scattered(std::int64_t i, std::int64_t factor) {
    return static_cast<double>((i * factor + 11) % 101) / 101;
}
/// To so many parts of one, as a table's decimal is read.
double rounded(double x, double parts) {
    return std::round(x * parts) / parts;
}

}  // namespace

State state(std::int64_t i) {
    return {.gdp = rounded(0.4 + 40 * scattered(i, 37) * scattered(i, 53), 1e4),
            .population = rounded(0.5 + 120 * scattered(i, 29) * scattered(i, 71), 1e3),
            .growth = rounded(0.03 * scattered(i, 17), 1e4),
            .births = rounded(0.03 * scattered(i, 43), 1e4),
            .conflict = i % 11 == 3 ? 1.0 : 0.0};
}

/// On a ring of land each state borders on the next, every other on the one after that, and every seventh on one far away.
std::vector<Border> borders(std::int64_t n) {
    std::vector<Border> all;
    const auto both_ways = [&](std::int64_t a, std::int64_t b, double weight) { all.insert(all.end(), {{a, b, weight}, {b, a, weight}}); };
    for (std::int64_t i = 0; i < n; ++i) {
        both_ways(i, (i + 1) % n, rounded(0.5 + 0.5 * scattered(i, 13), 1e3));
        if (i % 2 == 0) both_ways(i, (i + 2) % n, rounded(0.2 + 0.3 * scattered(i, 31), 1e3));
        if (i % 7 == 0 && i < n / 2) both_ways(i, i + n / 2, 0.1);
    }
    std::sort(all.begin(), all.end(),
              [](const Border& a, const Border& b) { return std::tie(a.source, a.target) < std::tie(b.source, b.target); });
    return all;
}

}  // namespace conflict_world

std::string conflict(std::int64_t n, const std::filesystem::path& folder) {
    if (n < 12) throw std::invalid_argument("a conflict world has twelve states or more");
    std::ofstream states = file_in(folder, "states.csv"), borders = file_in(folder, "borders.csv");
    states << "name,gdp,population,growth,births,conflict\n";
    for (std::int64_t i = 0; i < n; ++i) {
        const conflict_world::State state = conflict_world::state(i);
        states << fmt::format("s{},{},{},{},{},{}\n", i, state.gdp, state.population, state.growth, state.births, state.conflict);
    }
    borders << "source,target,weight\n";
    for (const conflict_world::Border& border : conflict_world::borders(n))
        borders << fmt::format("s{},s{},{}\n", border.source, border.target, border.weight);
    return text("conflict");
}

}  // namespace entente::scenes
