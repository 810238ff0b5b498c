#include <entente/results/sweep_summary.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/statistics.hpp>
#include <entente/results/numbers.hpp>
#include <entente/results/study_text.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_outcomes_in_table = 6;

std::span<const double> of_point(const StudyValues& values, std::span<const double> numbers, std::int64_t point) {
    return numbers.subspan(static_cast<std::size_t>(point * values.replicates()), static_cast<std::size_t>(values.replicates()));
}

OutcomeOverPoints over_points(const StudyValues& values, const Outcome& outcome, Pairing pairing) {
    OutcomeOverPoints over{.outcome = outcome, .noise = {}};
    const auto numbers = outcome_values(values, outcome, 0, 0, values.points());
    std::vector<double> means;
    for (std::int64_t point = 0; point < values.points(); ++point) {
        const double value = mean(of_point(values, numbers, point));
        means.push_back(value);
        if (std::isnan(value)) continue;
        ++over.points;
        if (!(value >= over.least)) over.least = value, over.least_at = point;
        if (!(value <= over.greatest)) over.greatest = value, over.greatest_at = point;
    }
    over.mean = mean(means);
    over.infinite = static_cast<std::int64_t>(count_infinite(numbers));
    over.noise = replicate_noise(numbers, static_cast<std::size_t>(values.replicates()), pairing);
    return over;
}

Json at_point(const Study& study, std::int64_t point) {
    Json at = Json::object();
    if (point < 0 || study.varied.empty()) return at;
    for (std::size_t f = 0; f < study.points.factors(); ++f) at[study.points.names[f]] = study.points.row(static_cast<std::size_t>(point))[f];
    return at;
}

Json told(const OutcomeOverPoints& over, const Study& study, const Calendar& calendar) {
    Json json = {{"unit", over.outcome.unit}, {"about", over.outcome.about}};
    if (const auto rule = rule_text(over.outcome, calendar); !rule.empty()) json["rule"] = rule;
    json["points"] = over.points;
    json["mean"] = over.mean;
    json["least"] = {{"mean", over.least}, {"point", over.least_at}, {"at", at_point(study, over.least_at)}};
    json["greatest"] = {{"mean", over.greatest}, {"point", over.greatest_at}, {"at", at_point(study, over.greatest_at)}};
    json["noise_share"] = over.noise ? Json(over.noise->share) : Json();
    json["noise_share_interval"] = over.noise ? Json{over.noise->share_interval.low, over.noise->share_interval.high} : Json();
    json["infinite"] = over.infinite;
    return json;
}

Json points_json(const StudyValues& values, const Study& study, const SweepSummary& summary) {
    Json points = Json::array();
    for (std::int64_t point = 0; point < values.points(); ++point)
        points.push_back({{"point", point}, {"at", at_point(study, point)}, {"outcomes", Json::object()}});
    for (const auto& over : summary.outcomes) {
        const auto numbers = outcome_values(values, over.outcome, 0, 0, values.points());
        for (std::int64_t point = 0; point < values.points(); ++point) {
            const auto sample = of_point(values, numbers, point);
            points[static_cast<std::size_t>(point)]["outcomes"][over.outcome.name] = {
                {"n", count_present(sample)}, {"mean", mean(sample)}, {"standard_error", standard_error(sample)}};
        }
    }
    return points;
}

std::string at_text(const Study& study, std::int64_t point) {
    std::string text;
    if (point < 0) return "–";
    for (std::size_t f = 0; f < study.points.factors(); ++f)
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", study.points.names[f], readable(study.points.row(static_cast<std::size_t>(point))[f]));
    return text;
}

std::string share_text(const std::optional<Noise>& noise) {
    if (!noise || std::isnan(noise->share)) return "–";
    const auto& [low, high] = noise->share_interval;
    return fmt::format("{:.0f} % ({:.0f}–{:.0f})", 100 * noise->share, 100 * low, 100 * high);
}

/// Outcomes with infinite values, and advice on replicates where noise is told of too few.
std::string notes_text(const StudyValues& values, const StudyRecord& record, const SweepSummary& summary, std::size_t width) {
    std::string text;
    for (const auto& over : summary.outcomes)
        if (over.infinite > 0)
            text += fmt::format("  {} is infinite in {} of {}, left out here\n", over.outcome.name, with_commas(over.infinite),
                                counted(values.runs(), "run"));
    const bool has_noise = std::ranges::any_of(summary.outcomes, [](const auto& over) { return over.noise && over.noise->share > 0; });
    if (has_noise) text += "  noise: chance's share of the variance of single runs, with its 95 % interval\n";
    const std::string advice = has_noise && record.replicates > 1 ? replicates_advice(record) : std::string();
    return text + (advice.empty() ? "" : in_lines("  " + advice, width));
}

std::string outcomes_text(const Study& study, const SweepSummary& summary, const TextStyle& style) {
    TextTable table({{"Means of points", Align::left}, {"unit", Align::left}, {"overall", Align::right}, {"least", Align::right}, {"at", Align::left}, {"greatest", Align::right}, {"at", Align::left}, {"noise", Align::right}});
    const bool few = study.points.factors() <= 2;
    for (const auto& over : summary.outcomes) {
        const auto at = [&](std::int64_t point) { return few ? at_text(study, point) : fmt::format("point {}", point); };
        table.add({"  " + over.outcome.name, over.outcome.unit, readable(over.mean), readable(over.least), at(over.least_at), readable(over.greatest), at(over.greatest_at),
                   share_text(over.noise)});
    }
    return table.text(style);
}

/// Means of the first outcomes that differ between points.
std::string points_text(const StudyValues& values, const Study& study, const SweepSummary& summary, const TextStyle& style) {
    std::vector<TextTable::Column> columns{{"  point", Align::right}};
    for (const auto& name : study.points.names) columns.push_back({name, Align::right});
    std::vector<std::vector<double>> shown_values;
    for (const auto& over : summary.outcomes) {
        if (shown_values.size() == most_outcomes_in_table || !(over.greatest > over.least)) continue;
        columns.push_back({over.outcome.name, Align::right});
        shown_values.push_back(outcome_values(values, over.outcome, 0, 0, values.points()));
    }
    TextTable table(columns);
    for (std::int64_t point = 0; point < values.points(); ++point) {
        std::vector<std::string> cells{std::to_string(point)};
        for (const double value : study.points.row(static_cast<std::size_t>(point))) cells.push_back(readable(value));
        for (const auto& numbers : shown_values) {
            const auto sample = of_point(values, numbers, point);
            const double error = standard_error(sample);
            cells.push_back(readable(mean(sample)) + (std::isnan(error) ? "" : " ± " + readable(error)));
        }
        table.add(cells);
    }
    return table.text(style);
}

}  // namespace

SweepSummary summarise_sweep(const StudyValues& values, Pairing pairing) {
    SweepSummary summary;
    for (const Outcome& outcome : chosen_outcomes(values.layout(), {})) summary.outcomes.push_back(over_points(values, outcome, pairing));
    return summary;
}

std::string sweep_json(const StudyRecord& record, const StudyOutcome& outcome, const StudyValues& values, const Study& study, const SweepSummary& summary) {
    Json measures = Json::object();
    for (const auto& over : summary.outcomes) measures[over.outcome.name] = told(over, study, values.layout().calendar);
    const bool all = values.points() <= most_points_in_json;
    const Json json = {{"title", record.title},
                       {"scenario", record.scenario},
                       {"variant", record.identity.scenario.variant},
                       {"seed", record.identity.scenario.seed},
                       {"design", record.design},
                       {"factors", study.points.names},
                       {"points", values.points()},
                       {"replicates", values.replicates()},
                       {"pairing", record.identity.independent ? "unpaired" : "paired"},
                       {"runs", outcome.runs},
                       {"failures", {{"count", outcome.failed}, {"told", Json::parse(failures_json(values.failures()))}}},
                       {"digest", outcome.digest},
                       {"outcomes", measures},
                       {"measured_by_row", measures_by_row(values.layout())},
                       {"by_point", all ? points_json(values, study, summary) : Json()}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string sweep_text(const StudyRecord& record, const StudyOutcome& outcome, const StudyValues& values, const Study& study, const SweepSummary& summary,
                       const TextStyle& style) {
    std::string text = study_head_text(record, style);
    if (outcome.runs < values.runs()) text += fmt::format("Not all is there: {} of {}.\n", with_commas(outcome.runs), counted(values.runs(), "run"));
    text += '\n' + outcomes_text(study, summary, style) + notes_text(values, record, summary, style.width);
    text += by_row_note(values.layout());
    if (values.points() <= most_points_in_text) text += '\n' + points_text(values, study, summary, style);
    text += '\n' + study_cost_text(outcome);
    return shown(std::move(text), style);
}

}  // namespace entente
