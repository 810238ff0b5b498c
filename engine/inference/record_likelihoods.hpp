/// The likelihood of a record at many points of a scenario's parameters, each by a filter of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <entente/inference/filter.hpp>
#include <entente/inference/tempered_smc.hpp>
#include <entente/study/factor.hpp>

namespace entente {

/// What is asked; all must outlive who asks. The model is conditioned, and the factors are of its varied parameters, in their order.
struct LikelihoodModel {
    const Model& model;
    const std::vector<ParameterId>& varied;
    const std::vector<Factor>& factors;
    const std::vector<NumberOnRecord>& numbers;
    std::int64_t until = 0;  ///< ticks
};

struct LikelihoodPlan {
    std::uint64_t seed = 1;
    int threads = 0;  ///< as in RunPlan
    int lanes = 0;
    std::string instruction_set{};
    std::function<bool()> abandon{};
    WorkDone* work = nullptr;  ///< likewise
};

/// Parts of a round, 0 …: so many points each that their runs fill some batches. Which are made together does not hang on who makes them.
std::size_t parts_of(const Wanted& wanted);
std::size_t points_of_part(const Wanted& wanted, std::size_t part);

/// Logarithms of the likelihoods of one part, -infinity where no run could have the record. Empty where it was abandoned.
std::vector<double> log_likelihoods_of(const LikelihoodModel& what, const LikelihoodPlan& plan, const Wanted& wanted, std::size_t part);
/// Of all parts.
std::vector<double> log_likelihoods_of(const LikelihoodModel& what, const LikelihoodPlan& plan, const Wanted& wanted);

}  // namespace entente
