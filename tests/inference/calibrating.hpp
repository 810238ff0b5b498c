/// Models written down in a few lines, whose posteriors are known, and fits of them.
#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include <gmock/gmock.h>

#include <entente/base/elementary.hpp>
#include <entente/base/statistics.hpp>
#include <entente/inference/abc_smc.hpp>

namespace entente::calibrating {

/// Draws of one run: a stream of its own.
class Luck {
public:
    Luck(std::uint64_t seed, std::int64_t run) : draws_(seed + 1000, static_cast<std::uint64_t>(run)) {}
    double uniform() { return open_uniform(unit_uniform(draws_.bits())); }
    double normal() { return normal_quantile(uniform()); }
    /// 1, 2, …: the first trial that succeeds.
    std::int64_t trials(double chance) {
        return chance > 0 ? 1 + static_cast<std::int64_t>(std::min(std::log(uniform()) / std::log1p(-chance), 1e15))
                          : std::int64_t{1} << 50;
    }
    double binomial(int n, double p) {
        int hits = 0;
        for (int i = 0; i < n; ++i) hits += uniform() < p ? 1 : 0;
        return hits;
    }
    double poisson(double mean) {
        int count = 0;
        for (double reached = -std::log(uniform()); reached < mean; reached -= std::log(uniform())) ++count;
        return count;
    }

private:
    KeyedDraws draws_;
};

/// What a run at these values of the factors leaves on record.
using Simulate = std::function<std::vector<double>(std::span<const double> values, Luck& luck)>;

inline Factor factor(Prior::Form form, std::vector<double> arguments) {
    return {.name = "x", .unit = {}, .prior = {form, std::move(arguments)}, .range = {}, .levels = {}};
}
inline Factor uniform(double low, double high) {
    return factor(Prior::Form::uniform, {low, high});
}

/// A fit that has ended.
struct Fit {
    std::vector<Factor> factors;
    AbcSmc smc;

    [[nodiscard]] const AbcGeneration& last() const { return smc.generations().back(); }
    [[nodiscard]] const std::vector<double>& weights() const { return last().particles.weights; }
    [[nodiscard]] std::vector<double> values(std::size_t k = 0) const {
        std::vector<double> values = last().particles.coordinate(k);
        for (double& value : values) value = factors[k].at(value);
        return values;
    }
    /// Of a function of the factors' values.
    [[nodiscard]] std::vector<double> values_of(const std::function<double(std::span<const double>)>& function) const {
        const Points points = points_of(factors, last().particles.unit);
        std::vector<double> values;
        for (std::size_t i = 0; i < points.size(); ++i) values.push_back(function(points.row(i)));
        return values;
    }
};

inline Fit fitted(std::vector<Factor> factors, const AbcRecord& record, const Simulate& simulate, const AbcPlan& plan,
                  std::size_t at_once = 1000000) {
    Fit fit{factors, AbcSmc(cells_of(factors), record, plan)};
    while (const auto proposals = fit.smc.next()) {
        const Points points = points_of(factors, proposals->unit);
        SummaryTable made{record.values.size(), {}};
        for (std::size_t i = 0; i < std::min(points.size(), at_once); ++i) {
            Luck luck(plan.seed, proposals->first_run + static_cast<std::int64_t>(i));
            const auto summaries = simulate(points.row(i), luck);
            made.values.insert(made.values.end(), summaries.begin(), summaries.end());
        }
        fit.smc.take(made);
    }
    return fit;
}

/// Mean and sd of a posterior that is known, within three of the standard errors that a sample of these weights has of them.
inline void expect_posterior(std::span<const double> values, std::span<const double> weights, double mean, double sd) {
    double of_mean = 0;
    double of_square = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double apart = (values[i] - mean) * (values[i] - mean);
        of_mean += weights[i] * weights[i] * apart;
        of_square += weights[i] * weights[i] * (apart - sd * sd) * (apart - sd * sd);
    }
    EXPECT_NEAR(weighted_mean(values, weights), mean, 3 * std::sqrt(of_mean));
    EXPECT_NEAR(weighted_sd(values, weights), sd, 3 * std::sqrt(of_square) / (2 * sd));
}

}  // namespace entente::calibrating
