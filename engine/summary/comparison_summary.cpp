#include <entente/summary/comparison_summary.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include <entente/base/statistics.hpp>

namespace entente {

namespace {

class Comparer {
public:
    Comparer(const ComparedRuns& runs, double confidence)
        : runs_(runs), calendar_(runs.layout.calendar), confidence_(confidence) {}

    [[nodiscard]] OutcomeComparison outcome(const Outcome& outcome) const {
        OutcomeComparison compared{outcome, {}, {}};
        const Values baseline = values(outcome, 0);
        compared.means.push_back(mean_of(baseline.lent));
        for (std::size_t other = 1; other < runs_.alternatives.size(); ++other) {
            const Values here = values(outcome, other);
            compared.means.push_back(mean_of(here.lent));
            compared.versus.push_back(versus(baseline, here));
        }
        return compared;
    }

    /// `outcome` is one of the date's.
    [[nodiscard]] DateComparison date(const Outcome& outcome) const {
        const std::size_t column = outcome.column;
        DateComparison compared{name_of_date(runs_.layout, outcome), outcome.about, {}, {}, label_of_date(runs_.layout, outcome)};
        const auto baseline = arrivals(column, 0);
        compared.alternatives.push_back(coming(baseline));
        for (std::size_t other = 1; other < runs_.alternatives.size(); ++other) {
            const auto here = arrivals(column, other);
            compared.alternatives.push_back(coming(here));
            compared.versus.push_back({date_difference(in_years(baseline), in_years(here), calendar_.years_since_start(calendar_.ticks()),
                                                       runs_.pairing, confidence_),
                                       log_rank(baseline, here)});
        }
        return compared;
    }

private:
    struct Values {
        std::vector<double> lent;   ///< what each run lends to the mean
        std::vector<double> known;  ///< what is known of each by itself: other for dates that a failure may hide
    };

    [[nodiscard]] Values values(const Outcome& outcome, std::size_t alternative) const {
        const auto column = runs_.column(outcome.column, alternative);
        const auto watched = runs_.alternatives[alternative].watched(calendar_.ticks());
        return {by_rule(outcome, calendar_, column, watched, column.size()), by_rule(outcome, calendar_, column, watched, 1)};
    }

    [[nodiscard]] OutcomeComparison::Versus versus(const Values& baseline, const Values& here) const {
        const auto taken = [&](std::span<const double> values, std::span<const double> others) {
            std::vector<double> kept;
            for (std::size_t run = 0; run < values.size(); ++run)
                if (std::isfinite(values[run]) && (runs_.pairing == Pairing::unpaired || std::isfinite(others[run])))
                    kept.push_back(values[run]);
            return mean(kept);
        };
        return {taken(baseline.lent, here.lent), taken(here.lent, baseline.lent), difference(baseline.lent, here.lent, runs_.pairing, confidence_),
                superiority(baseline.known, here.known, runs_.pairing, confidence_)};
    }

    [[nodiscard]] static OutcomeComparison::Mean mean_of(std::span<const double> values) {
        return {count_present(values), count_infinite(values), mean(values), standard_error(values)};
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

    [[nodiscard]] Coming coming(std::span<const Arrival> arrivals) const {
        return coming_of(arrivals, static_cast<double>(calendar_.ticks()), confidence_);
    }

    const ComparedRuns& runs_;
    const Calendar& calendar_;
    double confidence_;
};

AlternativeRuns alternative_runs(const StudyValues& values, const StudyRecord& record, std::int64_t alternative) {
    AlternativeRuns runs;
    runs.name = record.identity.alternatives[static_cast<std::size_t>(alternative)];
    runs.label = record.labels.alternative(runs.name);
    runs.identity = record.alternatives[static_cast<std::size_t>(alternative)];
    runs.identity.runs = values.replicates();
    runs.scenario = record.scenario;
    const std::int64_t first = alternative * values.replicates();
    for (std::int64_t run = 0; run < values.replicates(); ++run) runs.made.push_back(values.is_made(first + run) ? 1 : 0);
    for (RunFailure failure : values.failures()) {
        failure.run -= first;
        if (failure.run >= 0 && failure.run < values.replicates()) runs.failures.push_back(std::move(failure));
    }
    return runs;
}

}  // namespace

std::string_view pairing_name(Pairing pairing) {
    return pairing == Pairing::paired ? "paired" : "unpaired";
}

std::vector<double> AlternativeRuns::watched(std::int64_t ticks) const {
    std::vector<double> found;
    for (const std::uint8_t one : made) found.push_back(one == 0 ? Results::missing : static_cast<double>(ticks));
    for (const RunFailure& failure : failures) found[static_cast<std::size_t>(failure.run)] = static_cast<double>(failure.tick - 1);
    return found;
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
    std::vector<Outcome> dates;
    std::set<std::string> told;
    for (const Outcome& outcome : chosen_outcomes(runs.layout, measures)) {
        if (!told.insert(outcome.name).second) continue;
        comparison.outcomes.push_back(comparer.outcome(outcome));
        if (outcome.is_of_date() && (dates.empty() || std::ranges::find(dates, outcome.column, &Outcome::column) == dates.end()))
            dates.push_back(outcome);
    }
    for (const Outcome& date : dates) comparison.dates.push_back(comparer.date(date));
    return comparison;
}

}  // namespace entente
