#include <entente/report/studies_data.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/sweep_json.hpp>
#include <entente/report/ensemble_data.hpp>
#include <entente/summary/headline_words.hpp>
#include <entente/summary/sensitivity_finding.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

namespace {

page::IndexData index_data(double value, const Interval& interval) {
    return {.value = value, .low = interval.low, .high = interval.high};
}

std::string unit_of(const Scenario& scenario, const std::string& factor) {
    const auto found = std::ranges::find(scenario.parameters, factor, &Parameter::name);
    return found == scenario.parameters.end() ? "" : found->unit;
}

void add(page::BandData& band, double middle, double low, double high) {
    band.middle.emplace_back(middle);
    band.low.emplace_back(low);
    band.high.emplace_back(high);
}

/// Numbers of all courses of a page together; the more alternatives and measures, the fewer moments.
constexpr std::int64_t most_numbers_of_courses = 90'000;
constexpr std::int64_t least_course_moments = 60;

/// The positions in `band_moments` that a page shows.
std::vector<std::int64_t> shown_moments(const ComparisonCourses& all) {
    std::int64_t numbers = 0;  // at each moment: middle, low and high of each alternative, and of each difference
    for (const ComparisonCourses::Series& series : all.series)
        for (const ComparisonCourses::Course& course : series.alternatives) numbers += course.apart.empty() ? 3 : 6;
    return thinned(std::ssize(all.band_moments), std::max(least_course_moments, most_numbers_of_courses / std::max<std::int64_t>(1, numbers)));
}

/// A course that a page draws: bands over runs of each alternative, and differences from the baseline, at the `shown` of its moments.
page::ComparedCourse course_data(const ComparisonCourses& all, const ComparisonCourses::Series& series, std::span<const std::int64_t> shown) {
    page::ComparedCourse data{.name = series.told(), .about = series.label.empty() ? series.about : series.label, .unit = series.unit, .alternatives = {}, .differences = {}};
    for (const ComparisonCourses::Course& course : series.alternatives) {
        page::BandData own;
        page::BandData apart;
        for (const std::int64_t position : shown) {
            const auto i = static_cast<std::size_t>(position);
            add(own, course.bands[i].median, course.bands[i].q05, course.bands[i].q95);
            if (course.apart.empty()) continue;
            const auto& [mean, interval] = course.apart[static_cast<std::size_t>(all.band_moments[i])];
            add(apart, mean, interval.low, interval.high);
        }
        data.alternatives.push_back(std::move(own));
        if (!course.apart.empty()) data.differences.push_back(std::move(apart));
    }
    return data;
}

/// A date of an alternative, from its share and curve.
page::DateData coming_data(const Calendar& calendar, const DateComparison& date, const Coming& coming) {
    std::vector<double> when;
    for (const ArrivalStep& step : coming.curve) when.insert(when.end(), step.came, step.time);
    const DateSummary summary{coming, distribution(when)};
    const MeasureInfo info{
        .name = date.name, .form = MeasureInfo::Form::date, .unit = {}, .about = date.about, .expression = {}, .kind = {}, .rows = {}, .label = date.label};
    return date_data(calendar, info, summary);
}

page::ComparedMeasure measure_data(const OutcomeComparison& compared) {
    const Outcome& outcome = compared.outcome;
    page::ComparedMeasure data{
        .name = outcome.told(), .about = outcome.in_words(), .unit = outcome.unit, .base = compared.means.front().value, .differences = {}};
    for (const auto& versus : compared.versus) {
        const Difference& difference = versus.difference;
        data.differences.push_back(std::isnan(difference.mean) ? std::optional<page::IndexData>()
                                                               : index_data(difference.mean, difference.interval));
    }
    return data;
}

/// Means of an outcome at the first `points` points.
page::SweepOutcome outcome_data(const StudyValues& values, const Outcome& outcome, std::int64_t points) {
    page::SweepOutcome data{.name = outcome.told(), .about = outcome.in_words(), .unit = outcome.unit, .mean = {}, .low = {}, .high = {}};
    const auto numbers = outcome_values(values, outcome, 0, 0, points);
    for (std::int64_t point = 0; point < points; ++point) {
        const auto sample = values_of_point(values, numbers, point);
        const auto [low, high] = interval_of_point(outcome, sample);
        data.mean.emplace_back(mean(sample));
        data.low.emplace_back(low);
        data.high.emplace_back(high);
    }
    return data;
}

/// The two indices of a group: the one beside, if it was estimated, then the one that groups are ranked by.
page::SensitivityRow row_data(const OutcomeSensitivity& outcome, const SensitivityReport& report, std::size_t group) {
    const SensitivityDesign& design = report.design;
    std::optional<page::IndexData> first;
    for (const NamedIndex& index : indices_of_group(outcome, design, group))
        if (index.name == "first" || index.name == "sigma")
            first = index_data(index.value, index.interval.value_or(Interval{Results::missing, Results::missing}));
    const Estimate& rank = rank_of(outcome, design, group);
    return {.factor = report.record.labels.parameter(design.groups.names[group]), .indices = {first, index_data(rank.value, rank.interval)}};
}

/// How far chance keeps the indices from saying much; "" where it was not estimated.
std::string noise_note(const OutcomeSensitivity& outcome, double confidence) {
    if (outcome.is_noise()) return "The means differ by hardly more than noise: the indices are not meaningful.";
    if (!outcome.noise) return "";
    const auto& [low, high] = outcome.noise->share_interval;
    return fmt::format("{} % of the variance of a single run is chance ({}–{} % with {} % confidence).", percent(outcome.noise->share),
                       percent(low), percent(high), percent(confidence));
}

/// What an outcome is, within a sentence: `Moscow's trust in Kabul`, `the share of runs in which Moscow accepts an ambassador`; its name where words would
/// say less.
std::string words_of(const Outcome& outcome, bool is_at_end) {
    const std::string what = name_in_words(outcome.told(), outcome.about);
    switch (outcome.rule) {
        case Outcome::Rule::level:
            return fmt::format("the share of runs {}on {}", is_at_end ? "that end " : "", outcome.told());
        case Outcome::Rule::came:
            return what == outcome.told() ? what : "the share of runs in which " + what;
        case Outcome::Rule::years:
            break;
        case Outcome::Rule::value:
            if (!outcome.is_year) return what;
            break;
    }
    return outcome.told();
}

/// `With no_aid, Moscow's trust in Kabul ends 3 percentage points lower (95 % interval 2.8–3.2).`; a series is compared at its end.
std::string difference_finding(const std::string& alternative, const OutcomeComparison& compared, const Difference& difference,
                               bool is_series, double confidence) {
    const Outcome& outcome = compared.outcome;
    const bool ends = is_series && !outcome.is_year;
    return fmt::format("With {}, {} {} {}.", alternative, words_of(outcome, ends), ends && outcome.rule == Outcome::Rule::value ? "ends" : "is",
                       difference_words(outcome, difference, confidence));
}

bool is_series(const Results& layout, const Outcome& outcome) {
    return layout.measures[outcome.measure].form == MeasureInfo::Form::series;
}

std::string method_words(const SensitivityReport& report) {
    return report.design.plan.method == SensitivityMethod::morris ? "Morris" : "Sobol'";
}

/// `The mean of visits ranges from 11 (at permeability = 0.5) to 11.8 (at permeability = 0.1).`
std::string range_finding(const OutcomeOverPoints& over, const std::string& least_at, const std::string& greatest_at) {
    const Outcome& outcome = over.outcome;
    const bool is_mean = outcome.rule == Outcome::Rule::value || outcome.rule == Outcome::Rule::years;
    const auto number = [&](double value) { return is_in_percent(outcome) ? points_words(value) + " %" : readable(value); };
    return fmt::format("{} ranges from {} (at {}) to {} (at {}).", capitalised((is_mean ? "the mean of " : "") + words_of(outcome, false)), number(over.least), least_at,
                       number(over.greatest), greatest_at);
}

/// Of many findings the first ones, and how many more there are.
void cut_findings(std::vector<std::string>& sentences) {
    constexpr std::size_t most = 24;
    if (sentences.size() <= most) return;
    const std::size_t more = sentences.size() - most;
    sentences.resize(most);
    sentences.push_back(fmt::format("{} are left to the figures and tables.", counted(static_cast<std::int64_t>(more), "more finding")));
}

void add_by_row(const Results& layout, std::span<const std::string> told, std::vector<std::string>& sentences) {
    if (const std::string text = by_row_text(layout, told); !text.empty()) sentences.push_back(text);
}

}  // namespace

page::SweepData sweep_data(const StudyValues& values, const Study& study, const Scenario& scenario, const SweepSummary& summary) {
    const std::int64_t points = std::min(values.points(), most_points_in_json);
    const NameLabels labels = labels_of(scenario);
    page::SweepData data;
    for (std::size_t f = 0; f < study.points.factors(); ++f) {
        const std::string& name = study.points.names[f];
        data.factors.push_back({.name = labels.parameter(name), .unit = unit_of(scenario, name), .values = {}});
        for (std::int64_t point = 0; point < points; ++point)
            data.factors.back().values.emplace_back(study.points.row(static_cast<std::size_t>(point))[f]);
    }
    for (const OutcomeOverPoints& over : summary.outcomes) data.outcomes.push_back(outcome_data(values, over.outcome, points));
    data.runs_per_point = values.replicates();
    return data;
}

std::vector<std::string> sweep_findings(const StudyValues& values, const Study& study, const StudyRecord& record, const SweepSummary& summary) {
    std::vector<std::string> sentences;
    const auto at = [&](std::int64_t point) {
        std::string text;
        for (std::size_t f = 0; f < study.points.factors(); ++f)
            text += fmt::format("{}{} = {}", f == 0 ? "" : ", ", record.labels.parameter(study.points.names[f]),
                                readable(study.points.row(static_cast<std::size_t>(point))[f]));
        return text;
    };
    std::vector<OutcomeOverPoints> outcomes = summary.outcomes;
    std::ranges::stable_sort(outcomes, {}, [&](const OutcomeOverPoints& over) { return headline_place(values.layout(), over.outcome.measure); });
    for (const OutcomeOverPoints& over : outcomes)
        if (over.greatest > over.least)
            sentences.push_back(range_finding(over, at(over.least_at), at(over.greatest_at)));
    cut_findings(sentences);
    std::vector<std::string> told;
    for (const auto& over : summary.outcomes) told.push_back(over.outcome.name);
    add_by_row(values.layout(), told, sentences);
    if (values.points() > most_points_in_json)
        sentences.push_back(fmt::format("The page shows the first {} of {}; points.csv has all.", with_commas(most_points_in_json),
                                        counted(values.points(), "point")));
    return sentences;
}

page::SensitivityData sensitivity_data(const SensitivityReport& report, const Scenario& scenario) {
    const bool is_morris = report.design.plan.method == SensitivityMethod::morris;
    page::SensitivityData data;
    data.method = method_words(report);
    data.note = is_morris ? "Mean size of elementary effects (mu*) and their standard deviation (sigma), in the outcome's unit over a "
                            "factor's whole range."
                          : "Shares of the variance of the means over a point's replicates: of the factor alone (first order), and with "
                            "all its interactions (total order).";
    data.indices = is_morris ? std::vector<std::string>{"sigma", "mu*"} : std::vector<std::string>{"first order", "total order"};
    data.rank_by = 1;
    data.unit = is_morris ? "unit of the outcome" : "share of variance";
    for (const Factor& factor : report.design.factors) {
        const auto [low, high] = factor.ends();
        data.factors.push_back(
            {.name = report.record.labels.parameter(factor.name), .unit = unit_of(scenario, factor.name), .how = factor.text(), .low = low, .high = high});
    }
    for (const OutcomeSensitivity& outcome : report.outcomes) {
        if (!outcome.has_indices()) continue;
        data.outcomes.push_back(
            {.name = outcome.told(), .about = outcome.label.empty() ? outcome.about : outcome.label, .note = noise_note(outcome, report.bootstrap.confidence), .rows = {}});
        for (const std::size_t group : ranked_groups(outcome, report.design))
            data.outcomes.back().rows.push_back(row_data(outcome, report, group));
    }
    return data;
}

std::vector<std::string> sensitivity_findings(const SensitivityReport& report) {
    std::vector<std::string> sentences;
    std::map<std::string, std::size_t> places;
    for (const Outcome& one : entente::outcomes(report.layout)) places[one.name] = headline_place(report.layout, one.measure);
    std::vector<const OutcomeSensitivity*> ordered;
    for (const OutcomeSensitivity& outcome : report.outcomes) ordered.push_back(&outcome);
    std::ranges::stable_sort(ordered, {}, [&](const OutcomeSensitivity* one) {
        const auto found = places.find(one->name);
        return found == places.end() ? report.layout.headline.size() : found->second;
    });
    for (const OutcomeSensitivity* one : ordered) {
        const OutcomeSensitivity& outcome = *one;
        if (!outcome.has_indices()) continue;
        if (outcome.is_noise()) {
            sentences.push_back(fmt::format("Influences on {} are indistinguishable from noise.", told_in_sentence(outcome)));
            continue;
        }
        sentences.push_back(strongest_finding(outcome, report));
    }
    cut_findings(sentences);
    std::vector<std::string> told;
    for (const auto& outcome : report.outcomes) told.push_back(outcome.name);
    add_by_row(report.layout, told, sentences);
    return sentences;
}

page::ComparisonData comparison_data(const ComparedRuns& runs, const Comparison& comparison, const ComparisonCourses* courses) {
    const Calendar& calendar = runs.layout.calendar;
    const char* pairing = runs.pairing == Pairing::paired ? "run by run under common random numbers" : "of independent runs";
    page::ComparisonData data;
    for (const auto& alternative : runs.alternatives) data.alternatives.push_back(alternative.told());
    data.note = fmt::format("Mean differences from {}, {}, with {} % intervals (Student's t).", runs.baseline().told(), pairing,
                            percent(comparison.confidence));
    for (const OutcomeComparison& outcome : comparison.outcomes) data.measures.push_back(measure_data(outcome));
    if (courses != nullptr) {
        const auto shown = shown_moments(*courses);
        for (const std::int64_t position : shown)
            data.times.push_back(page::moment_at(calendar, static_cast<double>(courses->band_moments[static_cast<std::size_t>(position)])));
        for (const ComparisonCourses::Series& series : courses->series) data.courses.push_back(course_data(*courses, series, shown));
    } else {
        for (const std::int64_t moment : thinned(calendar.moments(), most_course_bands))
            data.times.push_back(page::moment_at(calendar, static_cast<double>(moment)));
    }
    const bool has_shares = courses != nullptr && std::ranges::any_of(courses->series, &ComparisonCourses::Series::is_share);
    data.middle_label = has_shares ? "median, of a level the share of runs on it" : "median";
    data.band_label =
        has_shares ? fmt::format("5–95 % of runs, of a share its {} % interval", percent(comparison.confidence)) : "5–95 % of runs";
    for (const DateComparison& date : comparison.dates) {
        data.dates.push_back({.name = date.told(), .about = date.label.empty() ? date.about : date.label, .alternatives = {}});
        for (const auto& coming : date.alternatives) data.dates.back().alternatives.push_back(coming_data(calendar, date, coming));
    }
    return data;
}

std::vector<std::string> comparison_findings(const ComparedRuns& runs, const Comparison& comparison) {
    std::vector<std::string> sentences;
    std::vector<OutcomeComparison> outcomes = comparison.outcomes;
    std::ranges::stable_sort(outcomes, {}, [&](const OutcomeComparison& one) { return headline_place(runs.layout, one.outcome.measure); });
    for (std::size_t other = 1; other < runs.alternatives.size(); ++other) {
        std::vector<std::string> unclear;
        for (const OutcomeComparison& outcome : outcomes) {
            const auto& versus = outcome.versus[other - 1];
            if (!versus.is_clear() || versus.is_none()) {
                unclear.push_back(outcome.outcome.told());
                continue;
            }
            sentences.push_back(difference_finding(runs.alternatives[other].told(), outcome, versus.difference,
                                                   is_series(runs.layout, outcome.outcome), comparison.confidence));
        }
        if (!unclear.empty())
            sentences.push_back(fmt::format("With {}, {} of {} {} no clear difference.", runs.alternatives[other].told(), unclear.size(),
                                            counted(std::ssize(comparison.outcomes), "outcome"), unclear.size() == 1 ? "shows" : "show"));
    }
    cut_findings(sentences);
    std::vector<std::string> told;
    for (const auto& compared : comparison.outcomes) told.push_back(compared.outcome.name);
    add_by_row(runs.layout, told, sentences);
    return sentences;
}

}  // namespace entente
