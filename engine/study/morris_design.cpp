#include <entente/study/morris_design.hpp>

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include <entente/study/keyed_draws.hpp>

namespace entente {
namespace {

void check_levels(int levels) {
    if (levels < 2 || levels % 2 != 0)
        throw Error(fmt::format("a Morris design can't have {} levels: they are even, and 2 at least", levels),
                    levels < 2 ? "take 4" : fmt::format("take {} or {}", levels - 1, levels + 1));
}

/// The one way that is open to a step of half the levels.
int direction_from(int level, int levels) {
    return level < levels / 2 ? 1 : -1;
}

}  // namespace

void append_trajectory(MorrisDesign& design, std::span<const int> start, std::span<const std::size_t> order) {
    assert(start.size() == design.groups.size() && order.size() == group_count(design.groups));
    std::vector<int> at(start.begin(), start.end());
    design.level.insert(design.level.end(), at.begin(), at.end());
    for (const std::size_t group : order) {
        MorrisStep step{group, 0};
        for (std::size_t k = 0; k < at.size(); ++k) {
            if (design.groups[k] != group) continue;
            step.direction = direction_from(at[k], design.levels);
            at[k] += step.direction * design.levels / 2;
        }
        if (std::ranges::count(design.groups, group) > 1) step.direction = 0;
        design.steps.push_back(step);
        design.level.insert(design.level.end(), at.begin(), at.end());
    }
}

MorrisDesign morris_trajectories(const MorrisPlan& plan) {
    check_levels(plan.levels);
    check_point_count(plan.trajectories);  // so that the product can't overflow
    check_point_count(plan.trajectories * (group_count(plan.groups) + 1));
    MorrisDesign design{plan.groups, plan.levels, {}, {}};
    std::vector<int> start(plan.groups.size());
    for (std::size_t t = 0; t < plan.trajectories; ++t) {
        KeyedDraws draws(mix(plan.seed, purpose::trajectory), t);
        for (int& level : start) level = static_cast<int>(draws.below(static_cast<std::size_t>(plan.levels)));
        FactorGroups order = each_alone(group_count(plan.groups));
        draws.shuffle(std::span(order));
        append_trajectory(design, start, order);
    }
    return design;
}

Points points_of(std::span<const Factor> factors, const MorrisDesign& design) {
    assert(factors.size() == design.groups.size());
    std::vector<std::vector<double>> values(factors.size());  // [factor][level]
    for (std::size_t k = 0; k < factors.size(); ++k)
        for (int l = 0; l < design.levels; ++l) values[k].push_back(factors[k].level(l, design.levels));
    Points points{names_of(factors), {}};
    points.values.reserve(design.level.size());
    for (std::size_t i = 0; i < design.level.size(); ++i)
        points.values.push_back(values[i % factors.size()][static_cast<std::size_t>(design.level[i])]);
    return points;
}

}  // namespace entente
