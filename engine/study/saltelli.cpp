#include <entente/study/saltelli.hpp>

#include <algorithm>
#include <numeric>

namespace entente {
namespace {

/// Appends `row`, but for the columns of `group`, which are those of `other`.
void append_exchanged(UnitPoints& points, std::span<const double> row, std::span<const double> other, const FactorGroups& groups,
                      std::size_t group) {
    for (std::size_t k = 0; k < row.size(); ++k) points.coordinates.push_back(groups[k] == group ? other[k] : row[k]);
}

}  // namespace

FactorGroups each_alone(std::size_t factors) {
    FactorGroups groups(factors);
    std::iota(groups.begin(), groups.end(), 0);
    return groups;
}

std::size_t group_count(const FactorGroups& groups) {
    return groups.empty() ? 0 : 1 + *std::max_element(groups.begin(), groups.end());
}

std::size_t points_per_base_row(std::size_t groups, SecondOrder second_order) {
    return 2 + (second_order == SecondOrder::yes ? 2 : 1) * groups;
}

UnitPoints saltelli_points(const SaltelliPlan& plan) {
    const std::size_t factors = plan.groups.size();
    const std::size_t count = group_count(plan.groups);
    check_point_count(plan.base_rows);  // so that the product can't overflow
    check_point_count(plan.base_rows * points_per_base_row(count, plan.second_order));
    const UnitPoints base = sobol_sequence(plan.base_rows, 2 * factors, plan.scramble, plan.seed);

    UnitPoints points{factors, {}};
    points.coordinates.reserve(plan.base_rows * points_per_base_row(count, plan.second_order) * factors);
    for (std::size_t n = 0; n < plan.base_rows; ++n) {
        const std::span<const double> a = base.row(n).first(factors);
        const std::span<const double> b = base.row(n).last(factors);
        points.coordinates.insert(points.coordinates.end(), a.begin(), a.end());
        for (std::size_t g = 0; g < count; ++g) append_exchanged(points, a, b, plan.groups, g);
        for (std::size_t g = 0; g < count && plan.second_order == SecondOrder::yes; ++g) append_exchanged(points, b, a, plan.groups, g);
        points.coordinates.insert(points.coordinates.end(), b.begin(), b.end());
    }
    return points;
}

}  // namespace entente
