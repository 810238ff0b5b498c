/// What a comparison says: every outcome of every alternative against that of the baseline, and which of two dates comes first.
///
/// Paired, run k of all alternatives shares its luck, and they are compared run by run; where they are not, nothing that only pairs can
/// tell is there. The statistics, and what they leave out, are those of study/comparison.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <entente/study/comparison.hpp>
#include <entente/summary/ensemble_summary.hpp>
#include <entente/summary/outcomes.hpp>

namespace entente {

/// `paired` or `unpaired`, in all that is written.
std::string_view pairing_name(Pairing pairing);

/// The runs of one alternative, and how `run` makes them.
struct AlternativeRuns {
    std::string name;
    Identity identity;                 ///< `runs` of them, the first of which is number `first_run`
    std::string scenario;              ///< path of its file
    std::vector<RunFailure> failures;  ///< by run; `run` counts from 0
    std::vector<std::uint8_t> made;    ///< by run: 1 where it is there, failed or not
    std::string label{};               ///< people's words for it, or ""
    [[nodiscard]] const std::string& told() const { return label.empty() ? name : label; }

    /// Ticks to whose end each run was watched; NaN where it was never made.
    [[nodiscard]] std::vector<double> watched(std::int64_t ticks) const;
};

/// What is compared, from wherever it was kept.
struct ComparedRuns {
    std::string title;
    Pairing pairing = Pairing::paired;
    std::vector<AlternativeRuns> alternatives;  ///< the baseline first; paired, all have the same number of runs
    Results layout;                             ///< empty results: measures, calendar, years
    /// A column, as ValueColumn::first counts them, one value a run; NaN where it was never made or the value is missing.
    std::function<std::vector<double>(std::size_t column, std::size_t alternative)> column;

    [[nodiscard]] const AlternativeRuns& baseline() const { return alternatives.front(); }
    [[nodiscard]] std::int64_t failed() const;
};

/// Those of a study, whose alternatives are `record.alternatives`. Reads from `values`, which must outlive it.
ComparedRuns compared_runs(const StudyValues& values, const StudyRecord& record);

struct OutcomeComparison {
    struct Mean {
        std::size_t n = 0;         ///< runs that have a value, be it paired or not
        std::size_t infinite = 0;  ///< runs whose value is: left out, for it has no mean
        double value = Results::missing;
        double standard_error = Results::missing;
    };
    struct Versus {
        double mean_baseline = Results::missing;  ///< of the values that the difference is of
        double mean = Results::missing;
        Difference difference;    ///< of the alternative's value less the baseline's
        Superiority superiority;  ///< b is the alternative
        /// Whether the interval leaves no room for zero.
        [[nodiscard]] bool is_clear() const { return difference.interval.low > 0 || difference.interval.high < 0; }
        /// Whether no run shows any difference: those that are left out may.
        [[nodiscard]] bool is_none() const {
            return difference.mean == 0 && difference.standard_error == 0 && superiority.b_larger == 0 && superiority.a_larger == 0;
        }
    };
    Outcome outcome;
    std::vector<Mean> means;     ///< by alternative
    std::vector<Versus> versus;  ///< of alternative i + 1 against the baseline
};

struct DateComparison {
    struct Versus {
        DateDifference difference;  ///< in years from the calendar's start, whose end is the horizon; b is the alternative
        LogRank log_rank;           ///< takes the two for independent: too large a p where they are paired
    };
    std::string name;
    std::string about;
    std::vector<Coming> alternatives;
    std::vector<Versus> versus;  ///< of alternative i + 1 against the baseline
    std::string label{};         ///< people's words for it, or ""
    [[nodiscard]] const std::string& told() const { return label.empty() ? name : label; }
};

struct Comparison {
    double confidence = 0.95;  ///< of all intervals
    bool chosen = false;       ///< measures were asked for by name
    std::vector<OutcomeComparison> outcomes;
    std::vector<DateComparison> dates;  ///< those of which an outcome is compared
};

/// `measures` as chosen_outcomes takes them. Throws Error as it does.
Comparison compare(const ComparedRuns& runs, const std::vector<std::string>& measures, double confidence);

}  // namespace entente
