/// Designs: the points at which a study runs its model.
///
/// Latin hypercubes, Sobol' sequences and the designs made of them are laid out in the unit cube, one coordinate a factor, and turned
/// into values by the factors' quantiles. Grids and lists are values from the beginning.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include <entente/study/factor.hpp>

namespace entente {

/// Points of a study: one row a point, one column a factor, in the factors' own units.
struct Points {
    std::vector<std::string> names;  ///< of the factors
    std::vector<double> values;      ///< row-major
    std::vector<double> weights{};   ///< of a list that has them, one a point, as draws from a posterior have; empty: all alike

    [[nodiscard]] std::size_t factors() const { return names.size(); }
    [[nodiscard]] std::size_t size() const { return names.empty() ? 0 : values.size() / names.size(); }
    [[nodiscard]] std::span<const double> row(std::size_t i) const { return std::span(values).subspan(i * factors(), factors()); }
};

/// Points in the unit cube [0, 1]^factors.
struct UnitPoints {
    std::size_t factors = 0;
    std::vector<double> coordinates;  ///< row-major

    [[nodiscard]] std::size_t size() const { return factors == 0 ? 0 : coordinates.size() / factors; }
    [[nodiscard]] std::span<const double> row(std::size_t i) const { return std::span(coordinates).subspan(i * factors, factors); }
    [[nodiscard]] std::span<double> row(std::size_t i) { return std::span(coordinates).subspan(i * factors, factors); }
};

std::vector<std::string> names_of(std::span<const Factor> factors);

/// Each coordinate u becomes its factor's at(u). As many factors as coordinates.
Points points_of(std::span<const Factor> factors, const UnitPoints& unit);

/// Every combination of the factors' values, the first factor slowest. Throws Error for more than most_points.
Points full_grid(std::span<const Factor> factors, int default_levels);

/// The range of the factor that a column is named after; throws Error when there is none.
using FindRange = std::function<Range(const std::string& name)>;

/// Points from a CSV text, whose columns are factors in any order. A column `weight` gives each point its weight, where no parameter is called so; a column `point` is left out, for our own tables number their rows, and so is,
/// with a note, one that numbers the rows as pandas and R put one before. Start values are known by the names that R gives them too.
/// Throws ScenarioError with all problems and their places in `path`: unknown or repeated columns, rows of other lengths,
/// cells that are no finite numbers or outside the range, weights below 0 or all 0, no points at all.
Points read_points(const std::string& path, std::string text, const FindRange& range_of, std::vector<std::string>* notes = nullptr);

/// Throws Error when a design would have no point or more than most_points.
void check_point_count(std::size_t count);

}  // namespace entente
