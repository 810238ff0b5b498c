#include "arguments/score_arguments.hpp"

#include <fmt/format.h>

#include "arguments/number_options.hpp"

namespace entente {

void ScoreArguments::add_to(Options& app) {
    study.scenario.add_to(app);
    app.add_option("--since", since,
                   "Score what came from this day on; the record before is what a forecast may know (default: the day after the last "
                   "`fitted_to`, or the calendar's first)")
        ->type_name("DATE")
        ->group("Score");
    app.add_option("--until", until, "Score what came by this day (default: the calendar's end)")->type_name("DATE")->group("Score");
    app.add_option("--rolling", rolling, "year: score each year by itself, from its own origin")->type_name("year")->group("Score");
    app.add_option("--posterior", posterior, "Spread the runs over the points of a CSV table, a column for each parameter and one `weight`")
        ->type_name("FILE")
        ->group("Score");
    add_number(app, "--resamples", 0, "Resamples of the items for intervals (default: 1000)", [this](auto n) {
        resamples = n;
    })->group("Score");
    study.add_plan_to(app, "Number of runs (default: `runs` of the scenario)", "--runs");
}

void ScoreArguments::check() const {
    if (!rolling.empty() && rolling != "year") throw Error(fmt::format("there are no origins by '{}'", rolling), "write --rolling year");
}

std::vector<ScoreSpan> ScoreArguments::spans(const Scenario& scenario) const {
    const Calendar& calendar = scenario.calendar;
    const ScoreSpan all{since.empty() ? moment_fitted_to(scenario) : moment_since(calendar, since),
                        until.empty() ? calendar.ticks() : moment_until(calendar, until)};
    if (all.until <= all.since)
        throw Error(fmt::format("nothing is left to score: the time ends, --until {}, before it begins, --since {}",
                                until.empty() ? "the calendar's end" : until, since.empty() ? calendar.label(all.since) : since),
                    "give an earlier --since or a later --until");
    return rolling.empty() ? std::vector{all} : rolling_years(calendar, all);
}

}  // namespace entente
