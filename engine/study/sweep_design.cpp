#include <entente/study/sweep_design.hpp>

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/study/latin_hypercube.hpp>
#include <entente/study/sobol_sequence.hpp>

namespace entente {

namespace {

std::string grid_text(std::span<const Factor> factors, int levels) {
    std::vector<std::size_t> sizes;
    for (const Factor& factor : factors) sizes.push_back(factor.values(levels).size());
    return fmt::format("grid of {}", fmt::join(sizes, " × "));
}

UnitPoints grown_hypercube(std::size_t factors, std::uint64_t seed, std::span<const std::int64_t> grown) {
    UnitPoints points = latin_hypercube(static_cast<std::size_t>(grown.front()), factors, seed);
    for (const std::int64_t samples : grown.subspan(1)) points = extended_hypercube(points, static_cast<std::size_t>(samples), seed);
    return points;
}

}  // namespace

std::string form_text(std::span<const Factor> factors, const SweepPlan& plan) {
    switch (plan.form) {
        case SweepForm::grid: return grid_text(factors, plan.levels);
        case SweepForm::latin: return "Latin hypercube";
        case SweepForm::sobol: return "Sobol' sequence";
    }
    return {};
}

Points sweep_points(std::span<const Factor> factors, const SweepPlan& plan, std::span<const std::int64_t> grown) {
    switch (plan.form) {
        case SweepForm::grid: return full_grid(factors, plan.levels);
        case SweepForm::latin:
            refuse_levels(factors, "a Latin hypercube");
            return points_of(factors, grown_hypercube(factors.size(), plan.seed, grown));
        case SweepForm::sobol:
            refuse_levels(factors, "a Sobol' sequence");
            return points_of(factors, sobol_sequence(static_cast<std::size_t>(plan.samples), factors.size(), Scramble::owen, plan.seed));
    }
    return {};
}

void refuse_levels(std::span<const Factor> factors, const std::string& design) {
    for (const Factor& factor : factors)
        if (factor.levels)
            throw Error(fmt::format("'{}' is varied by {} levels, and levels have no meaning in {}", factor.name, *factor.levels, design),
                        "drop them: a grid of levels is what 'entente sweep' makes without --samples");
}

}  // namespace entente
