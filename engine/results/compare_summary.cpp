#include <entente/results/compare_summary.hpp>

#include <algorithm>
#include <cmath>

#include <entente/base/statistics.hpp>
#include <entente/results/summary.hpp>

namespace entente {

namespace {

class Comparer {
public:
    Comparer(const ComparedRuns& runs, double confidence)
        : runs_(runs), calendar_(runs.layout.calendar), columns_(value_columns(runs.layout)), confidence_(confidence) {}

    [[nodiscard]] OutcomeComparison outcome(const Outcome& outcome) const {
        OutcomeComparison compared{outcome, {}, {}};
        const auto baseline = values(outcome, 0);
        compared.means.push_back(mean_of(baseline));
        for (std::size_t other = 1; other < runs_.alternatives.size(); ++other) {
            const auto here = values(outcome, other);
            compared.means.push_back(mean_of(here));
            compared.versus.push_back(versus(baseline, here));
        }
        return compared;
    }

    [[nodiscard]] DateComparison date(std::size_t column) const {
        const MeasureInfo& measure = runs_.layout.measures[columns_[column].measure];
        DateComparison compared{measure.name, measure.about, {}, {}};
        const auto baseline = arrivals(column, 0);
        compared.alternatives.push_back(coming(baseline, 0));
        for (std::size_t other = 1; other < runs_.alternatives.size(); ++other) {
            const auto here = arrivals(column, other);
            compared.alternatives.push_back(coming(here, other));
            compared.versus.push_back({date_difference(in_years(baseline), in_years(here), calendar_.years_since_start(calendar_.ticks()),
                                                       runs_.pairing, confidence_),
                                       log_rank(baseline, here)});
        }
        return compared;
    }

private:
    [[nodiscard]] std::vector<double> values(const Outcome& outcome, std::size_t alternative) const {
        return by_rule(outcome, calendar_, runs_.column(outcome.column, alternative),
                       [&](std::size_t run) { return runs_.alternatives[alternative].is_lost(run); });
    }

    [[nodiscard]] OutcomeComparison::Versus versus(std::span<const double> baseline, std::span<const double> here) const {
        const auto taken = [&](std::span<const double> values, std::span<const double> others) {
            std::vector<double> kept;
            for (std::size_t run = 0; run < values.size(); ++run)
                if (std::isfinite(values[run]) && (runs_.pairing == Pairing::unpaired || std::isfinite(others[run])))
                    kept.push_back(values[run]);
            return mean(kept);
        };
        return {taken(baseline, here), taken(here, baseline), difference(baseline, here, runs_.pairing, confidence_),
                superiority(baseline, here, runs_.pairing, confidence_)};
    }

    [[nodiscard]] static OutcomeComparison::Mean mean_of(std::span<const double> values) {
        return {count_present(values), mean(values), standard_error(values)};
    }

    /// In ticks; what was never made is missing.
    [[nodiscard]] std::vector<Arrival> arrivals(std::size_t column, std::size_t alternative) const {
        const AlternativeRuns& runs = runs_.alternatives[alternative];
        auto found = arrivals_of(runs_.column(column, alternative), runs.failures, 0, calendar_.ticks());
        for (std::size_t run = 0; run < found.size(); ++run)
            if (runs.made[run] == 0) found[run].time = Results::missing;
        return found;
    }

    [[nodiscard]] std::vector<Arrival> in_years(std::vector<Arrival> arrivals) const {
        for (Arrival& arrival : arrivals) arrival.time *= calendar_.dt();
        return arrivals;
    }

    [[nodiscard]] DateComparison::Coming coming(std::span<const Arrival> arrivals, std::size_t alternative) const {
        DateComparison::Coming found;
        for (std::size_t run = 0; run < arrivals.size(); ++run) {
            if (!arrivals[run].came && runs_.alternatives[alternative].is_lost(run)) continue;
            ++found.came.of;
            if (arrivals[run].came) ++found.came.count;
        }
        found.came.interval = wilson_interval(found.came.count, found.came.of, confidence_);
        found.curve = kaplan_meier(arrivals, confidence_);
        found.median = median_of(found.curve);
        return found;
    }

    const ComparedRuns& runs_;
    const Calendar& calendar_;
    std::vector<ValueColumn> columns_;
    double confidence_;
};

AlternativeRuns alternative_runs(const StudyValues& values, const StudyRecord& record, std::int64_t alternative) {
    AlternativeRuns runs;
    runs.name = record.identity.alternatives[static_cast<std::size_t>(alternative)];
    runs.identity = record.alternatives[static_cast<std::size_t>(alternative)];
    runs.identity.runs = values.replicates();
    runs.scenario = record.scenario;
    const std::int64_t first = alternative * values.replicates();
    for (std::int64_t run = 0; run < values.replicates(); ++run) runs.made.push_back(values.is_lost(first + run) ? 0 : 1);
    for (RunFailure failure : values.failures()) {
        failure.run -= first;
        if (failure.run < 0 || failure.run >= values.replicates()) continue;
        runs.made[static_cast<std::size_t>(failure.run)] = 1;
        runs.failures.push_back(std::move(failure));
    }
    return runs;
}

}  // namespace

std::string_view pairing_name(Pairing pairing) {
    return pairing == Pairing::paired ? "paired" : "unpaired";
}

bool AlternativeRuns::is_lost(std::size_t run) const {
    if (made[run] == 0) return true;
    const auto failure = std::ranges::lower_bound(failures, static_cast<std::int64_t>(run), {}, &RunFailure::run);
    return failure != failures.end() && failure->run == static_cast<std::int64_t>(run);
}

std::int64_t ComparedRuns::failed() const {
    std::int64_t count = 0;
    for (const AlternativeRuns& runs : alternatives) count += std::ssize(runs.failures);
    return count;
}

ComparedRuns compared_runs(const StudyValues& values, const StudyRecord& record) {
    ComparedRuns runs;
    runs.title = record.title.empty() ? record.scenario : record.title;
    runs.pairing = record.identity.independent ? Pairing::unpaired : Pairing::paired;
    for (std::int64_t alternative = 0; alternative < values.alternatives(); ++alternative)
        runs.alternatives.push_back(alternative_runs(values, record, alternative));
    runs.layout = values.layout();
    runs.column = [&values](std::size_t column, std::size_t alternative) { return values.column(column, static_cast<int>(alternative)); };
    return runs;
}

Comparison compare(const ComparedRuns& runs, const std::vector<std::string>& measures, double confidence) {
    const Comparer comparer(runs, confidence);
    Comparison comparison{.confidence = confidence, .chosen = !measures.empty(), .outcomes = {}, .dates = {}};
    std::vector<std::size_t> dates;
    for (const Outcome& outcome : chosen_outcomes(runs.layout, measures)) {
        if (std::ranges::any_of(comparison.outcomes, [&](const auto& one) { return one.outcome.name == outcome.name; })) continue;
        comparison.outcomes.push_back(comparer.outcome(outcome));
        if (outcome.rule != Outcome::Rule::value && std::ranges::find(dates, outcome.column) == dates.end())
            dates.push_back(outcome.column);
    }
    for (const std::size_t column : dates) comparison.dates.push_back(comparer.date(column));
    return comparison;
}

}  // namespace entente
