#include <entente/study/sensitivity_design.hpp>

#include <utility>

namespace entente {

std::size_t SensitivityDesign::points_per_sample() const {
    return plan.method == SensitivityMethod::morris ? groups.size() + 1 : points_per_base_row(groups.size(), plan.second_order);
}

SensitivityDesign sensitivity_design(std::span<const Factor> factors, NamedGroups groups, const SensitivityPlan& plan) {
    SensitivityDesign design{plan, std::move(groups), {}, {}, {factors.begin(), factors.end()}};
    const FactorGroups& of_factor = design.groups.of_factor;
    if (plan.method == SensitivityMethod::morris) {
        design.morris = morris_trajectories({plan.samples, of_factor, plan.levels, plan.seed});
        design.points = points_of(factors, design.morris);
    } else {
        design.points = points_of(factors, saltelli_points({plan.samples, of_factor, plan.second_order, plan.scramble, plan.seed}));
    }
    return design;
}

}  // namespace entente
