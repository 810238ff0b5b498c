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

/// A group's score beside a baseline's.
struct ScoredAgainst {
    std::string baseline;
    Number score;  ///< of the baseline
    Number skill;  ///< 1 - score / baseline, with its 95 % interval
    Number low;
    Number high;
    std::string verdict;  ///< `better`, `worse` or ""
};

/// Items of one kind by one rule: less is better.
struct ScoredGroup {
    std::string name;
    std::string rule;
    std::int64_t items = 0;
    Number score;
    std::vector<ScoredAgainst> against;
};

/// How much more area than a baseline's.
struct AreaGain {
    std::string baseline;
    Number gain;
    Number low;
    Number high;
};

/// The area under the ROC curve, with its 95 % interval.
struct ScoredArea {
    std::string name;
    std::int64_t items = 0;
    std::int64_t came = 0;
    Number area;
    Number low;
    Number high;
    std::vector<AreaGain> gains;
};

/// One item: what is on record, and what was forecast.
struct ScoredItemData {
    std::string name;
    std::string since;
    std::string until;
    std::string record;
    Number chance;  ///< that it came by then, or is 1
    Number median;  ///< of numbers, with the central 90 %
    Number low;
    Number high;
    Number score;  ///< Brier, or CRPS
};

/// Items whose chance lies in a bin.
struct ReliabilityData {
    Number low;
    Number high;
    std::int64_t items = 0;
    Number chance;  ///< mean
    Number share;  ///< of them that came
    Number least;  ///< in which the share lies by chance in 95 of 100 cases
    Number most;
};

/// What a score says.
struct ScoreData {
    std::string span;
    std::vector<ScoredGroup> groups;
    std::vector<ScoredArea> areas;
    std::vector<ScoredItemData> items;
    std::string items_note;  ///< that not all items are here; "" where all are
    std::vector<ReliabilityData> reliability;
    Numbers pit;  ///< heights of the histogram
    std::int64_t pit_items = 0;
    Number pit_low;  ///< where one height lies by chance in 95 of 100 cases
    Number pit_high;
};

}  // namespace entente::page
