#include "arguments/score_arguments.hpp"

#include <fmt/format.h>

#include "arguments/number_options.hpp"

namespace entente {

void ScoreArguments::add_to(Options& app) {
    study.scenario.add_to(app);
    study.scenario.file_option->required(false)->description("Scenario file (YAML); - reads standard input. With --from: where the file is now (default: where it was)");
    app.add_option("--since", since,
                   "Score what came from this day on; the record before is what a forecast may know (default: the day after the last "
                   "`fitted_to`, or the calendar's first)")
        ->type_name("DATE")
        ->group("What to run");
    app.add_option("--until", until, "Score what came by this day (default: the calendar's end)")->type_name("DATE")->group("What to run");
    app.add_option("--rolling", rolling, "year: score each year by itself, from its own origin")->type_name("year")->one_of({"year"})->group("What to run");
    app.add_option("--posterior", posterior, "Spread the runs over the points of a CSV table, a column for each parameter and one `weight`")
        ->type_name("FILE")
        ->group("What to run");
    app.add_option("--from", from, "Go on from a snapshot that 'entente condition' or 'entente run --snapshot' left, and score what came since: a forecast from what was known")
        ->type_name("SNAP")
        ->group("What to run");
    add_number(app, "--resamples", 0, "Resamples of the items for intervals (default: 1000)", [this](auto n) {
        resamples = n;
    })->group("How");
    study.add_plan_to(app, "Number of runs (default: `runs` of the scenario)", "--runs");
}

void ScoreArguments::check() const {
    if (study.scenario.file.empty() && from.empty()) throw Error("FILE is required", "'entente score --help' lists its arguments");
    if (!posterior.empty() && !from.empty()) throw Error("--posterior gives each run parameters of its own from the start, and --from goes on from what runs had", "give one or the other");
    if (!rolling.empty() && !from.empty()) throw Error("--rolling scores from many origins, and a snapshot is of one", "condition to each origin, and score from each of the snapshots");
    if (!from.empty() && (study.no_runs || study.plan.share.of > 1)) throw Error("runs that go on from a snapshot are made in one go", "drop --no-runs and --shard");
    if (!rolling.empty() && rolling != "year") throw Error(fmt::format("there are no origins by '{}'", rolling), "write --rolling year");
}

namespace {

std::vector<ScoreSpan> spans_of(const ScoreArguments& asked, const Calendar& calendar, std::int64_t since) {
    const ScoreSpan all{since, asked.until.empty() ? calendar.ticks() : moment_until(calendar, asked.until)};
    if (all.until <= all.since)
        throw Error(fmt::format("nothing is left to score: the time ends, --until {}, before it begins, {}", asked.until.empty() ? "the calendar's end" : asked.until, calendar.label(all.since)),
                    "give an earlier --since or a later --until");
    return asked.rolling.empty() ? std::vector{all} : rolling_years(calendar, all);
}

}  // namespace

std::vector<ScoreSpan> ScoreArguments::spans(const Scenario& scenario) const {
    return spans_of(*this, scenario.calendar, since.empty() ? moment_fitted_to(scenario) : moment_since(scenario.calendar, since));
}

std::vector<ScoreSpan> ScoreArguments::spans_from(const Scenario& scenario, std::int64_t tick) const {
    const Calendar& calendar = scenario.calendar;
    const std::int64_t asked = since.empty() ? tick : moment_since(calendar, since);
    if (asked < tick)
        throw Error(fmt::format("--since {} lies before the snapshot, which stands at {}: what came until then is known to its runs", since, calendar.label(tick)),
                    "give a later --since, or take the snapshot earlier");
    return spans_of(*this, calendar, asked);
}

}  // namespace entente
