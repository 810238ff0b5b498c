#include "session/replay.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/story_json.hpp>
#include <entente/output/story_text.hpp>
#include <entente/summary/story.hpp>
#include <entente/summary/telling_runs.hpp>

#include "session/console.hpp"
#include "session/dry_run.hpp"

namespace entente {

namespace {

/// A number of one of the plan's runs. Throws Error for others.
std::int64_t run_numbered(const std::string& text, const RunPlan& plan) {
    std::int64_t run = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), run);
    if (problem != std::errc() || run < plan.first_run || run >= plan.first_run + plan.runs)
        throw Error(fmt::format("there is no run {}: {} {}", text, plan.runs == 1 ? "the only one is" : "they are numbered",
                                plan.runs == 1 ? std::to_string(plan.first_run) : fmt::format("{} to {}", plan.first_run, plan.first_run + plan.runs - 1)),
                    plan.from ? "ask for one of those" : "ask for one of those, or for more with --runs");
    return run;
}

class ToldRuns {
public:
    ToldRuns(const RunArguments& arguments, const Model& model, const RunPlan& plan, Attendant& attendant)
        : arguments_(arguments), model_(model), plan_(plan), attendant_(attendant) {}

    /// The runs to be told, in the order in which they were asked for, each once.
    std::vector<TellingRun> asked() {
        std::vector<TellingRun> runs;
        const auto add = [&](const TellingRun& run) {
            const auto known = std::ranges::find(runs, run.run, &TellingRun::run);
            if (known == runs.end()) runs.push_back(run);
            else if (known->reasons.empty()) known->reasons = run.reasons;
        };
        for (const std::string& one : arguments_.runs_told())
            if (one != "typical" && one != "telling") run_numbered(one, plan_);  // wrong ones show before runs are made
        for (const std::string& one : arguments_.runs_told()) {
            if (one == "typical" || one == "telling") {
                choose();
                for (const TellingRun& run : chosen_.runs)
                    if (one == "telling" || run.reasons.front().why == TellingReason::Why::typical) add(run);
            } else {
                add({run_numbered(one, plan_), {}});
            }
        }
        return runs;
    }

    [[nodiscard]] const TellingRuns& chosen() const { return chosen_; }

private:
    /// Makes all runs of the plan, once.
    void choose() {
        if (made_) return;
        made_ = true;
        RunPlan plan = plan_;
        plan.relations = false;
        plan.abandon = [&] { return attendant_.is_overdue(); };
        refuse_what_does_not_fit(model_, plan);
        const auto watch = attendant_.watch_runs(true);
        const Results results = run_ensemble(model_, plan, [&](const Progress& progress) {
            watch->show(progress);
            return !attendant_.wants_stop();
        });
        watch->clear();
        if (results.runs < plan.runs)
            throw Error(fmt::format("interrupted: {} of {} were made, of which none can be chosen", with_commas(results.runs), counted(plan.runs, "run")),
                        "run the same command to start over", attendant_.wants_stop() ? ExitCode::interrupted : ExitCode::runs_failed);
        chosen_ = telling_runs(results, usual_headline(results));
        if (chosen_.runs.empty()) throw Error("all runs failed, and none is typical", "see why with 'entente run'", ExitCode::runs_failed);
    }

    const RunArguments& arguments_;
    const Model& model_;
    const RunPlan& plan_;
    Attendant& attendant_;
    bool made_ = false;
    TellingRuns chosen_;
};

}  // namespace

ExitCode tell_runs(const RunArguments& arguments, const Scenario& scenario, const Model& model, const RunRecord& record, const RunPlan& plan,
                   Attendant& attendant) {
    ToldRuns told(arguments, model, plan, attendant);
    std::vector<Story> stories;
    for (const TellingRun& run : told.asked()) stories.push_back(story_of(model, plan, run.run, run.reasons));
    const auto events = story_events(scenario, model);
    if (arguments.json)
        std::cout << story_json(stories, events, told.chosen(), record);
    else
        std::cout << story_text(stories, events, usual_headline(stories.front().results), told.chosen(), record, style_of(1));
    flush_output();
    return std::ranges::any_of(stories, &Story::failed) ? ExitCode::runs_failed : ExitCode::fine;
}

}  // namespace entente
