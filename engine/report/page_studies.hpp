/// What a page shows of studies of many points: sweeps, sensitivity analyses, comparisons. page_data.hpp says who else reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <entente/report/page_ensemble.hpp>
#include <entente/report/page_numbers.hpp>

namespace entente::page {

struct SweepFactor {
    std::string name;
    std::string unit;
    Numbers values;  ///< [point]
};

struct SweepOutcome {
    std::string name;
    std::string about;
    std::string unit;
    Numbers mean;  ///< [point], with its 95 % interval
    Numbers low;
    Numbers high;
};

struct SweepData {
    std::vector<SweepFactor> factors;
    std::vector<SweepOutcome> outcomes;
    std::int64_t runs_per_point = 0;
};

struct IndexData {
    Number value;
    Number low;
    Number high;
};

struct SensitivityFactor {
    std::string name;
    std::string unit;
    std::string how;  ///< its distribution as it was asked for, `normal(100, 1)`
    Number low;       ///< its ends
    Number high;
};

struct SensitivityRow {
    std::string factor;
    std::vector<std::optional<IndexData>> indices;
};

struct SensitivityOutcome {
    std::string name;
    std::string about;
    std::string note;  ///< `31 % of the variance of a run is chance.`
    std::vector<SensitivityRow> rows;
};

struct SensitivityData {
    std::string method;
    std::string note;                  ///< how the indices are to be read, in a sentence or two
    std::vector<std::string> indices;  ///< `first order`, `total order`
    int rank_by = 0;                   ///< the one of them by which factors are ranked
    std::string unit;
    std::vector<SensitivityFactor> factors;
    std::vector<SensitivityOutcome> outcomes;
};

struct ComparedMeasure {
    std::string name;
    std::string about;
    std::string unit;
    Number base;
    std::vector<std::optional<IndexData>> differences;  ///< of each alternative but the base
};

struct BandData {
    Numbers middle;
    Numbers low;
    Numbers high;
};

struct ComparedCourse {
    std::string name;
    std::string about;
    std::string unit;
    std::vector<BandData> alternatives;  ///< the base first
    std::vector<BandData> differences;   ///< mean paired ones with their 95 % intervals, of each but the base
};

struct ComparedDate {
    std::string name;
    std::string about;
    std::vector<DateData> alternatives;  ///< the base first
};

struct ComparisonData {
    std::vector<std::string> alternatives;  ///< the base first
    std::string note;
    std::vector<ComparedMeasure> measures;
    std::vector<Moment> times;
    std::vector<ComparedCourse> courses;
    std::string middle_label;  ///< what `middle` of an alternative's course is called: `median`
    std::string band_label;    ///< and `low` to `high`: `5–95 % of runs`
    std::vector<ComparedDate> dates;
};

}  // namespace entente::page
