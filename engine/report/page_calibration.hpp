/// What a page shows of parameters fitted to a record. page_data.hpp says who else reads it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/report/page_numbers.hpp>

namespace entente::page {

struct NinetyData {
    Number median;
    Number low;
    Number high;
};

struct FittedParameter {
    std::string name;
    std::string unit;
    std::string how;  ///< its prior as it was asked for
    NinetyData prior;
    NinetyData posterior;
    NinetyData by_prior;  ///< the posterior's, as quantiles of the prior
    Number mean;
    Number sd;
    Number contraction;
    Number shift;
    bool informed = false;
    Numbers tenths;  ///< shares of the posterior in each tenth of the prior, the lowest first
    Numbers draws;   ///< some of the posterior, equally weighted; those of all parameters belong together
};

struct FittedPair {
    std::string first;
    std::string second;
    Number correlation;
};

struct RecordedNumber {
    std::string name;
    std::string unit;
    Number record;
    NinetyData prior;
    NinetyData posterior;
    Number chance;
};

struct GenerationData {
    Number tolerance;     ///< abc
    Number temperature;   ///< likelihood: to which power of it particles are weighed …
    Number log_evidence;  ///< … and that of the record so far
    std::int64_t runs = 0;
    Number acceptance;
    Number effective;
};

struct RankedTruth {
    std::string name;
    Numbers counts;  ///< by bin of ranks
    Number expected;
    Number low;  ///< in which a count lies with 99 %
    Number high;
    Number chance;
    Number held;  ///< share of the fits whose central 90 % hold the truth, with its 95 % interval
    Number held_low;
    Number held_high;
};

struct CalibrationData {
    std::string end;  ///< why it ended, in a sentence
    std::vector<FittedParameter> parameters;
    std::vector<FittedPair> pairs;
    std::vector<RecordedNumber> record;
    std::vector<GenerationData> generations;
    std::vector<RankedTruth> ranks;  ///< of fits of simulated records; then there is nothing else
};

}  // namespace entente::page
