#include <entente/inference/record_likelihoods.hpp>

#include <algorithm>

#include <entente/base/draws.hpp>

namespace entente {
namespace {

constexpr std::int64_t runs_together = 8192;

std::size_t points_together(const Wanted& wanted) {
    return static_cast<std::size_t>(std::max<std::int64_t>(runs_together / wanted.filter_runs, 1));
}

}  // namespace

std::size_t parts_of(const Wanted& wanted) {
    return (wanted.unit.size() + points_together(wanted) - 1) / points_together(wanted);
}

std::size_t points_of_part(const Wanted& wanted, std::size_t part) {
    return std::min(points_together(wanted), wanted.unit.size() - part * points_together(wanted));
}

std::vector<double> log_likelihoods_of(const LikelihoodModel& what, const LikelihoodPlan& plan, const Wanted& wanted, std::size_t part) {
    const std::size_t first = part * points_together(wanted);
    const std::size_t count = points_of_part(wanted, part);
    FilterPlan filter{.particles = wanted.filter_runs,
                      .filters = static_cast<std::int64_t>(count),
                      .until = what.until,
                      .seed = mix(plan.seed, mix(static_cast<std::uint64_t>(wanted.round), part)),
                      .threads = plan.threads,
                      .lanes = plan.lanes,
                      .instruction_set = plan.instruction_set,
                      .tells = false,
                      .abandon = plan.abandon,
                      .work = plan.work};
    filter.parameters.resize(what.model.parameter_values.size());
    for (std::size_t k = 0; k < what.varied.size(); ++k)
        for (std::size_t i = 0; i < count; ++i)
            filter.parameters[static_cast<std::size_t>(what.varied[k].value)].push_back(what.factors[k].at(wanted.unit.row(first + i)[k]));
    ParticleFilters filters(what.model, what.numbers, std::move(filter));
    while (!filters.is_over())
        if (!filters.advance()) return {};
    std::vector<double> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(filters.log_likelihood(static_cast<std::int64_t>(i)));
    return made;
}

std::vector<double> log_likelihoods_of(const LikelihoodModel& what, const LikelihoodPlan& plan, const Wanted& wanted) {
    std::vector<double> all;
    for (std::size_t part = 0; part < parts_of(wanted); ++part) {
        const auto made = log_likelihoods_of(what, plan, wanted, part);
        if (made.empty()) return {};
        all.insert(all.end(), made.begin(), made.end());
    }
    return all;
}

}  // namespace entente
