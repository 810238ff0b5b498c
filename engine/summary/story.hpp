/// One run as a story: what happened in it, in people's words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/study/run_results.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/summary/telling_runs.hpp>

namespace entente {

/// An event as a story tells it.
struct StoryEvent {
    std::string name;
    std::string label;                   ///< people's words for it, or its name
    std::string on;                      ///< the kind on which it happens, likewise
    Step::Form form = Step::Form::rule;  ///< what its chance is of: of a count it is how many were expected
    std::vector<std::string> rows;       ///< labels of the rows on which it happens: `Moscow -> Kabul`
};

/// What the chance of such a step is, as JSON and pages name it: `probability`, `rate`, `count` or `choice`; "" of a rule.
std::string_view form_of_chance(Step::Form form);

/// By the numbers of Results::event_names.
std::vector<StoryEvent> story_events(const Scenario& scenario, const Model& model);

/// A run made again by replayed(), and why it is told.
struct Story {
    Results results;  ///< of the one run
    std::vector<TellingReason> reasons{};
    std::int64_t logged_from = 0;  ///< the first tick of whose events the log tells: of a branch that of its snapshot, where that holds none of its past
    [[nodiscard]] std::int64_t run() const { return results.first_run; }
    [[nodiscard]] bool failed() const { return !results.failures.empty(); }
};

/// The runs that are told, in their order, and the model that made them; none where none is told.
struct Told {
    Model model{};
    std::vector<Story> stories{};
};

/// The plan's run of that number, as replayed() makes it.
Story story_of(const Model& model, const RunPlan& plan, std::int64_t run, std::vector<TellingReason> reasons = {});

/// What of a log is told one by one, and what is only counted.
struct CutLog {
    struct Often {
        int event = 0;
        std::int64_t entries = 0;  ///< of the log, that are not told
        double times = 0;          ///< how often it happened in these
        double of_timeline = 0;    ///< of these the timeline's
    };
    std::vector<LoggedEvent> told;  ///< in the order of the log
    std::vector<Often> often;       ///< the most frequent first
};

/// At most `most` entries: events are left out kind by kind, that with most entries first, until the others fit. Of the last kind that is left
/// those of the timeline stay, then those that had the least chance, the earlier first.
CutLog cut_log(std::span<const LoggedEvent> log, std::size_t most);

}  // namespace entente
