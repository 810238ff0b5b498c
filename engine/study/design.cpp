#include <entente/study/design.hpp>

#include <cassert>

#include <fmt/format.h>

namespace entente {

std::vector<std::string> names_of(std::span<const Factor> factors) {
    std::vector<std::string> names;
    for (const Factor& factor : factors) names.push_back(factor.name);
    return names;
}

Points points_of(std::span<const Factor> factors, const UnitPoints& unit) {
    assert(factors.size() == unit.factors);
    Points points{names_of(factors), {}};
    points.values.reserve(unit.coordinates.size());
    for (std::size_t i = 0; i < unit.size(); ++i)
        for (std::size_t k = 0; k < factors.size(); ++k) points.values.push_back(factors[k].at(unit.row(i)[k]));
    return points;
}

Points full_grid(std::span<const Factor> factors, int default_levels) {
    assert(!factors.empty());
    std::vector<std::vector<double>> levels;
    double count = 1;  // as a double, which does not overflow
    for (const Factor& factor : factors) count *= static_cast<double>(levels.emplace_back(factor.values(default_levels)).size());
    if (count > static_cast<double>(most_points))
        throw Error(fmt::format("this grid has {:.6g} points, and {} are the most", count, most_points),
                    "take fewer levels, or a design without every combination: latin or sobol");

    Points points{names_of(factors), {}};
    const auto size = static_cast<std::size_t>(count);
    points.values.resize(size * factors.size());
    std::size_t repeats = 1;  // points that follow each other with the same value
    for (std::size_t k = factors.size(); k-- > 0; repeats *= levels[k].size())
        for (std::size_t i = 0; i < size; ++i) points.values[i * factors.size() + k] = levels[k][i / repeats % levels[k].size()];
    return points;
}

void check_point_count(std::size_t count) {
    if (count == 0) throw Error("a design needs at least one point", "ask for at least 1");
    if (count > most_points)
        throw Error(fmt::format("this design has {} points, and {} are the most", count, most_points), "ask for fewer");
}

}  // namespace entente
