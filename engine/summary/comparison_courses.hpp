/// Courses over time of alternatives, and how they part from the baseline's.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <entente/study/comparison.hpp>
#include <entente/study/run_results.hpp>
#include <entente/summary/outcomes.hpp>

namespace entente {

/// Runs of which courses are taken, at most.
inline constexpr std::int64_t most_course_runs = 1000;
/// Moments of which quantiles are taken, at most.
inline constexpr std::int64_t most_course_bands = 400;

/// Of how many of `runs` runs, `bytes_a_run` of series each, courses are taken: as many as fit in 64 MB, at least one.
std::int64_t course_runs(std::int64_t runs, std::int64_t bytes_a_run);

/// Of which rows of each measure courses are taken, as SeriesRows has it: all series of the world, and of those by row the rows whose
/// outcomes are among `outcomes`. All are empty where nothing has a course.
SeriesRows course_rows(const Results& layout, std::span<const Outcome> outcomes);

/// Makes the runs of an alternative, all with the series that are taken.
using MakeRuns = std::function<Results(std::size_t alternative)>;

/// Series of alternatives, moment by moment; of one with levels the share of runs on each. Missing values are NaN.
struct ComparisonCourses {
    /// Over runs; the quantiles are missing where runs are too few for them. Of a share: itself, and the ends of its interval.
    struct Band {
        double median = Results::missing;
        double q05 = Results::missing;
        double q95 = Results::missing;
    };
    struct Apart {  ///< the alternative's mean less the baseline's, and the interval of that
        double mean = Results::missing;
        Interval interval{Results::missing, Results::missing};
    };
    struct Course {
        std::vector<double> means;  ///< [moment]
        std::vector<Apart> apart;   ///< [moment]; none of the baseline
        std::vector<Band> bands;    ///< [number in band_moments]
    };
    struct Series {
        std::string name;
        std::string about;
        std::string unit;
        std::vector<Course> alternatives;  ///< the baseline first
        std::string label{};               ///< people's words for it, or ""
        bool is_share = false;             ///< the share of runs on a level
        [[nodiscard]] const std::string& told() const { return label.empty() ? name : label; }
    };
    Calendar calendar;
    std::vector<std::int64_t> band_moments;  ///< evenly spaced, with the first and the last
    std::vector<Series> series;
};

/// `make` is called once an alternative, 0 being the baseline; two alternatives' runs are in memory at a time.
/// Courses are taken of `rows`, which course_rows gives; the results that are made have these series or more.
ComparisonCourses comparison_courses(std::size_t alternatives, const MakeRuns& make, Pairing pairing, double confidence, const SeriesRows& rows);

}  // namespace entente
