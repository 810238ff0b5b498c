/// The options of `entente score`.
#pragma once

#include <string>
#include <vector>

#include <entente/inference/score_plan.hpp>

#include "arguments/study_arguments.hpp"

namespace entente {

struct ScoreArguments {
    StudyArguments study;
    std::string since;      ///< "": the day after the last to which a parameter was fitted, or the calendar's beginning
    std::string until;      ///< "": the calendar's end
    std::string rolling;    ///< "" or `year`
    std::string posterior;  ///< file
    std::string from;       ///< snapshot to go on from; "": runs begin with the calendar
    int resamples = 1000;

    void add_to(Options& app);
    /// Throws Error for options that contradict one another.
    void check() const;
    /// From which origins to which horizons. Throws Error for days that are none, or outside the calendar.
    [[nodiscard]] std::vector<ScoreSpan> spans(const Scenario& scenario) const;
    /// The same of runs that go on from the beginning of a tick.
    [[nodiscard]] std::vector<ScoreSpan> spans_from(const Scenario& scenario, std::int64_t tick) const;
};

}  // namespace entente
