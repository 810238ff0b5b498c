#include <entente/study/morris_effects.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace entente {
namespace {

/// [group][trajectory], of the trajectories whose outcomes are all there.
using Effects = std::vector<std::vector<double>>;

/// Of a group of several factors the effects are sizes.
Effects effects_of(std::span<const double> outcomes, const MorrisDesign& design) {
    const std::size_t groups = group_count(design.groups);
    Effects effects(groups);
    for (std::size_t t = 0; t < design.trajectories(); ++t) {
        const auto path = outcomes.subspan(t * (groups + 1), groups + 1);
        if (!std::ranges::all_of(path, [](double y) { return std::isfinite(y); })) continue;
        for (std::size_t s = 0; s < groups; ++s) {
            const MorrisStep& step = design.steps[t * groups + s];
            const double rise = (path[s + 1] - path[s]) / design.delta();
            effects[step.group].push_back(step.direction == 0 ? std::abs(rise) : step.direction * rise);
        }
    }
    return effects;
}

std::vector<double> sizes(std::span<const double> effects) {
    std::vector<double> sizes;
    for (const double effect : effects) sizes.push_back(std::abs(effect));
    return sizes;
}

/// Intervals of all mu*, by the same resamples.
std::vector<Interval> intervals(const Effects& effects, const Bootstrap& bootstrap) {
    const auto resamples = static_cast<std::size_t>(bootstrap.resamples);
    std::vector<double> counts(effects.front().size());
    std::vector<std::vector<double>> found(effects.size(), std::vector<double>(resamples));
    Effects size;
    for (const auto& effect : effects) size.push_back(sizes(effect));
    for (std::size_t r = 0; r < resamples; ++r) {
        draw_resample(bootstrap.seed, static_cast<int>(r), counts);
        for (std::size_t g = 0; g < effects.size(); ++g)
            found[g][r] = std::inner_product(counts.begin(), counts.end(), size[g].begin(), 0.0) / static_cast<double>(counts.size());
    }
    std::vector<Interval> result;
    for (const auto& estimates : found) result.push_back(percentile_interval(estimates, bootstrap.confidence, counts.size()));
    return result;
}

}  // namespace

MorrisEffects morris_effects(std::span<const double> outcomes, const MorrisDesign& design, const Bootstrap& bootstrap) {
    assert(outcomes.size() == design.size());
    const Effects effects = effects_of(outcomes, design);
    const std::vector<Interval> around = intervals(effects, bootstrap);
    MorrisEffects result{effects.front().size(), design.trajectories() - effects.front().size(), {}};
    for (std::size_t g = 0; g < effects.size(); ++g) {
        MorrisEffect effect{mean(effects[g]), standard_deviation(effects[g]), {mean(sizes(effects[g])), around[g]}};
        if (std::ranges::count(design.groups, g) > 1) effect.mu = effect.sigma = std::numeric_limits<double>::quiet_NaN();
        result.groups.push_back(effect);
    }
    return result;
}

}  // namespace entente
