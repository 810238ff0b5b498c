#include <entente/report/studies_data.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/sweep_json.hpp>
#include <entente/report/ensemble_data.hpp>
#include <entente/report/json_numbers.hpp>
#include <entente/report/sentences.hpp>

namespace entente {

namespace {

using Json = ReportJson;

constexpr double normal_95 = 1.959963984540054;

Json index_json(double value, const Interval& interval) {
    return {{"value", report_number(value)}, {"low", report_number(interval.low)}, {"high", report_number(interval.high)}};
}

std::string unit_of(const Scenario& scenario, const std::string& factor) {
    const auto found = std::ranges::find(scenario.parameters, factor, &Parameter::name);
    return found == scenario.parameters.end() ? "" : found->unit;
}

/// Mean over runs, and how far they spread, or how far the mean is known.
struct Band {
    Json middle = Json::array();
    Json low = Json::array();
    Json high = Json::array();
    void add(double value, double from, double to) {
        middle.push_back(report_number(value));
        low.push_back(report_number(from));
        high.push_back(report_number(to));
    }
    [[nodiscard]] Json json() const { return {{"middle", middle}, {"low", low}, {"high", high}}; }
};

/// The courses that a page draws: bands over runs of each alternative, and differences from the baseline.
Json courses_json(const ComparisonCourses& all) {
    Json courses = Json::array();
    for (const ComparisonCourses::Series& series : all.series) {
        Json alternatives = Json::array();
        Json differences = Json::array();
        for (const ComparisonCourses::Course& course : series.alternatives) {
            Band own;
            Band apart;
            for (std::size_t i = 0; i < all.band_moments.size(); ++i) {
                own.add(course.bands[i].median, course.bands[i].q05, course.bands[i].q95);
                if (course.apart.empty()) continue;
                const auto& [mean, interval] = course.apart[static_cast<std::size_t>(all.band_moments[i])];
                apart.add(mean, interval.low, interval.high);
            }
            alternatives.push_back(own.json());
            if (!course.apart.empty()) differences.push_back(apart.json());
        }
        courses.push_back({{"name", series.name}, {"about", series.about}, {"unit", series.unit}, {"alternatives", alternatives}, {"differences", differences}});
    }
    return courses;
}

/// A date of an alternative, from its share and curve.
Json coming_json(const Calendar& calendar, const DateComparison& date, const Coming& coming) {
    std::vector<double> when;
    for (const ArrivalStep& step : coming.curve) when.insert(when.end(), step.came, step.time);
    const DateSummary summary{coming, distribution(when)};
    const MeasureInfo info{.name = date.name, .form = MeasureInfo::Form::date, .unit = {}, .about = date.about, .expression = {}, .kind = {}, .rows = {}};
    return Json::parse(date_report(calendar, info, summary));
}

/// An outcome in words; those of one date, or of single years, differ by their names alone.
std::string outcome_words(const OutcomeSensitivity& outcome) {
    return outcome.rule.empty() && outcome.name.find('[') == std::string::npos ? name_in_words(outcome.name, outcome.about) : outcome.name;
}

/// `permeability (total-order index 0.75, 95 % interval 0.56–0.98)`
std::string ranked_factor(const OutcomeSensitivity& outcome, const SensitivityReport& report, std::size_t group) {
    const SensitivityDesign& design = report.design;
    const bool is_morris = design.plan.method == SensitivityMethod::morris;
    const auto number = [&](double value) { return is_morris ? readable(value) : fmt::format("{:.2f}", value); };
    const Estimate& rank = rank_of(outcome, design, group);
    const auto [low, high] = rank.interval;
    const std::string interval =
        std::isnan(low) ? "" : fmt::format(", {} % interval {}–{}", percent(report.bootstrap.confidence), number(low), number(high));
    return fmt::format("{} ({} {}{})", design.groups.names[group], is_morris ? "mu*" : "total-order index", number(rank.value), interval);
}

/// On what an outcome depends most, where its interval is above that of every other; else the factors whose intervals overlap.
std::string strongest_finding(const OutcomeSensitivity& outcome, const SensitivityReport& report) {
    constexpr std::size_t most_named = 4;
    const auto ranked = ranked_groups(outcome, report.design);
    const Estimate& first = rank_of(outcome, report.design, ranked.front());
    const std::string name = outcome_words(outcome);
    const std::string begun = sentence_subject(outcome.name, name == outcome.name ? "" : name);
    if (ranked.size() == 1) return fmt::format("{} depends on {}.", begun, ranked_factor(outcome, report, ranked.front()));
    std::vector<std::string> alike;
    for (const std::size_t group : ranked)
        if (!(rank_of(outcome, report.design, group).interval.high < first.interval.low)) alike.push_back(ranked_factor(outcome, report, group));
    if (alike.size() == 1) return fmt::format("{} depends most on {}.", begun, alike.front());
    const std::size_t named = std::min(alike.size(), most_named);
    std::string text;
    for (std::size_t i = 0; i < named; ++i) text += (i == 0 ? "" : i + 1 == alike.size() ? " and " : ", ") + alike[i];
    if (named < alike.size()) text += fmt::format(" and {} more", alike.size() - named);
    const std::string unclear = fmt::format("Which parameter matters most for {} is unclear", name);
    return std::isnan(first.interval.low) ? fmt::format("{} without intervals; the largest are {}.", unclear, text)
                                          : fmt::format("{}: the intervals of {} overlap.", unclear, text);
}

/// `With no_aid, Moscow's trust in Kabul ends 0.035 lower (95 % CI 0.034–0.036).`; a series is compared at its end.
std::string difference_finding(const std::string& alternative, const OutcomeComparison& compared, const Difference& difference, bool is_series,
                               double confidence) {
    const bool is_higher = difference.mean > 0;
    const double low = is_higher ? difference.interval.low : -difference.interval.high;
    const double high = is_higher ? difference.interval.high : -difference.interval.low;
    const Outcome& outcome = compared.outcome;
    const std::string name = outcome.rule == Outcome::Rule::value && !outcome.is_year ? name_in_words(outcome.name, outcome.about) : outcome.name;
    return fmt::format("With {}, {} {} {}{} {} ({} % CI {}–{}).", alternative, name, is_series ? "ends" : "is", readable(std::abs(difference.mean)),
                       unit_words(outcome.unit), is_higher ? "higher" : "lower", percent(confidence), readable(low), readable(high));
}

bool is_series(const Results& layout, const std::string& outcome) {
    return std::ranges::any_of(layout.measures, [&](const MeasureInfo& one) { return one.name == outcome && one.form == MeasureInfo::Form::series; });
}

std::string method_words(const SensitivityReport& report) {
    return report.design.plan.method == SensitivityMethod::morris ? "Morris" : "Sobol'";
}

void add_by_row(const Results& layout, std::vector<std::string>& sentences) {
    if (const std::string text = by_row_text(layout); !text.empty()) sentences.push_back(text);
}

}  // namespace

std::string sweep_report(const StudyValues& values, const Study& study, const Scenario& scenario, const SweepSummary& summary) {
    const std::int64_t points = std::min(values.points(), most_points_in_json);
    Json factors = Json::array();
    for (std::size_t f = 0; f < study.points.factors(); ++f) {
        Json column = Json::array();
        for (std::int64_t point = 0; point < points; ++point) column.push_back(report_number(study.points.row(static_cast<std::size_t>(point))[f]));
        factors.push_back({{"name", study.points.names[f]}, {"unit", unit_of(scenario, study.points.names[f])}, {"values", column}});
    }
    Json outcomes = Json::array();
    for (const OutcomeOverPoints& over : summary.outcomes) {
        const auto numbers = outcome_values(values, over.outcome, 0, 0, points);
        Band band;
        for (std::int64_t point = 0; point < points; ++point) {
            const auto sample = values_of_point(values, numbers, point);
            const double value = mean(sample);
            const double reach = normal_95 * standard_error(sample);
            band.add(value, value - reach, value + reach);
        }
        outcomes.push_back({{"name", over.outcome.name},
                            {"about", over.outcome.about},
                            {"unit", over.outcome.unit},
                            {"mean", band.middle},
                            {"low", band.low},
                            {"high", band.high}});
    }
    return report_text({{"factors", factors}, {"outcomes", outcomes}, {"runs_per_point", values.replicates()}});
}

std::vector<std::string> sweep_findings(const StudyValues& values, const Study& study, const SweepSummary& summary) {
    std::vector<std::string> sentences;
    const auto at = [&](std::int64_t point) {
        std::string text;
        for (std::size_t f = 0; f < study.points.factors(); ++f)
            text += fmt::format("{}{} = {}", f == 0 ? "" : ", ", study.points.names[f], readable(study.points.row(static_cast<std::size_t>(point))[f]));
        return text;
    };
    for (const OutcomeOverPoints& over : summary.outcomes)
        if (over.greatest > over.least)
            sentences.push_back(fmt::format("The mean of {} ranges from {} (at {}) to {} (at {}).", over.outcome.name, readable(over.least),
                                            at(over.least_at), readable(over.greatest), at(over.greatest_at)));
    add_by_row(values.layout(), sentences);
    if (values.points() > most_points_in_json)
        sentences.push_back(fmt::format("The page shows the first {} of {}; points.csv has all.", with_commas(most_points_in_json),
                                        counted(values.points(), "point")));
    return sentences;
}

std::string sensitivity_report(const SensitivityReport& report, const Scenario& scenario) {
    const bool is_morris = report.design.plan.method == SensitivityMethod::morris;
    Json factors = Json::array();
    for (const Factor& factor : report.design.factors) {
        const auto [low, high] = factor.ends();
        factors.push_back({{"name", factor.name},
                           {"unit", unit_of(scenario, factor.name)},
                           {"how", factor.text()},
                           {"low", report_number(low)},
                           {"high", report_number(high)}});
    }
    Json outcomes = Json::array();
    for (const OutcomeSensitivity& outcome : report.outcomes) {
        if (!outcome.has_indices()) continue;
        Json rows = Json::array();
        for (const std::size_t group : ranked_groups(outcome, report.design)) {
            Json first;
            for (const NamedIndex& index : indices_of_group(outcome, report.design, group))
                if (index.name == "first" || index.name == "sigma")
                    first = index_json(index.value, index.interval.value_or(Interval{Results::missing, Results::missing}));
            const Estimate& rank = rank_of(outcome, report.design, group);
            rows.push_back({{"factor", report.design.groups.names[group]}, {"indices", {first, index_json(rank.value, rank.interval)}}});
        }
        std::string note;
        if (outcome.is_noise()) note = "The means differ by hardly more than noise: the indices are not meaningful.";
        else if (outcome.noise) 
            note = fmt::format("{} % of the variance of a single run is chance ({}–{} % with {} % confidence).", percent(outcome.noise->share),
                               percent(outcome.noise->share_interval.low), percent(outcome.noise->share_interval.high),
                               percent(report.bootstrap.confidence));
        outcomes.push_back({{"name", outcome.name}, {"about", outcome.about}, {"note", note}, {"rows", rows}});
    }
    const std::string note = is_morris ? "Mean size of elementary effects (mu*) and their standard deviation (sigma), in the outcome's unit over a "
                                         "factor's whole range."
                                       : "Shares of the variance of the means over a point's replicates: of the factor alone (first order), and with "
                                         "all its interactions (total order).";
    return report_text({{"method", method_words(report)},
                        {"note", note},
                        {"indices", is_morris ? Json{"sigma", "mu*"} : Json{"first order", "total order"}},
                        {"rank_by", 1},
                        {"unit", is_morris ? "unit of the outcome" : "share of variance"},
                        {"factors", factors},
                        {"outcomes", outcomes}});
}

std::vector<std::string> sensitivity_findings(const SensitivityReport& report) {
    std::vector<std::string> sentences;
    for (const OutcomeSensitivity& outcome : report.outcomes) {
        if (!outcome.has_indices()) continue;
        if (outcome.is_noise()) {
            sentences.push_back(fmt::format("Influences on {} are indistinguishable from noise.", outcome_words(outcome)));
            continue;
        }
        sentences.push_back(strongest_finding(outcome, report));
    }
    add_by_row(report.layout, sentences);
    return sentences;
}

std::string comparison_report(const ComparedRuns& runs, const Comparison& comparison, const ComparisonCourses* courses) {
    const Calendar& calendar = runs.layout.calendar;
    Json names = Json::array();
    for (const auto& alternative : runs.alternatives) names.push_back(alternative.name);
    Json measures = Json::array();
    for (const OutcomeComparison& outcome : comparison.outcomes) {
        Json differences = Json::array();
        for (const auto& versus : outcome.versus)
            differences.push_back(std::isnan(versus.difference.mean) ? Json() : index_json(versus.difference.mean, versus.difference.interval));
        measures.push_back({{"name", outcome.outcome.name},
                            {"about", outcome.outcome.about},
                            {"unit", outcome.outcome.unit},
                            {"base", report_number(outcome.means.front().value)},
                            {"differences", differences}});
    }
    Json dates = Json::array();
    for (const DateComparison& date : comparison.dates) {
        Json alternatives = Json::array();
        for (const auto& coming : date.alternatives) alternatives.push_back(coming_json(calendar, date, coming));
        dates.push_back({{"name", date.name}, {"about", date.about}, {"alternatives", alternatives}});
    }
    Json times = Json::array();
    for (const std::int64_t moment : thinned(calendar.moments(), most_course_bands)) times.push_back(report_moment(calendar, static_cast<double>(moment)));
    const char* pairing = runs.pairing == Pairing::paired ? "run by run under common random numbers" : "of independent runs";
    return report_text({{"alternatives", names},
                        {"note", fmt::format("Mean differences from {}, {}, with {} % intervals (Student's t).", runs.baseline().name, pairing,
                                             percent(comparison.confidence))},
                        {"measures", measures},
                        {"times", times},
                        {"courses", courses != nullptr ? courses_json(*courses) : Json::array()},
                        {"middle_label", "median"},
                        {"band_label", "5–95 % of runs"},
                        {"dates", dates}});
}

std::vector<std::string> comparison_findings(const ComparedRuns& runs, const Comparison& comparison) {
    std::vector<std::string> sentences;
    for (std::size_t other = 1; other < runs.alternatives.size(); ++other) {
        std::vector<std::string> unclear;
        for (const OutcomeComparison& outcome : comparison.outcomes) {
            const auto& versus = outcome.versus[other - 1];
            if (!versus.is_clear() || versus.is_none()) {
                unclear.push_back(outcome.outcome.name);
                continue;
            }
            sentences.push_back(difference_finding(runs.alternatives[other].name, outcome, versus.difference,
                                                   is_series(runs.layout, outcome.outcome.name), comparison.confidence));
        }
        if (!unclear.empty())
            sentences.push_back(fmt::format("With {}, {} of {} show no clear difference.", runs.alternatives[other].name, unclear.size(),
                                            counted(std::ssize(comparison.outcomes), "outcome")));
    }
    add_by_row(runs.layout, sentences);
    return sentences;
}

}  // namespace entente
