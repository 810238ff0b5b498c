#include <entente/output/sweep_text.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/inference/weighted_sample.hpp>
#include <entente/output/headline_text.hpp>
#include <entente/output/study_text.hpp>

namespace entente {

namespace {

constexpr std::size_t most_outcomes_in_table = 6;

std::string at_text(const Study& study, const NameLabels& labels, std::int64_t point) {
    std::string text;
    if (point < 0) return "–";
    for (std::size_t f = 0; f < study.points.factors(); ++f)
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", labels.parameter(study.points.names[f]), readable(study.points.row(static_cast<std::size_t>(point))[f]));
    return text;
}

std::string share_text(const std::optional<Noise>& noise) {
    if (!noise || std::isnan(noise->share)) return "–";
    const auto& [low, high] = noise->share_interval;
    return fmt::format("{:.0f} % ({:.0f}–{:.0f})", 100 * noise->share, 100 * low, 100 * high);
}

/// Outcomes with infinite values, and advice on replicates where noise is estimated from too few.
std::string notes_text(const StudyValues& values, const StudyRecord& record, const SweepSummary& summary, std::size_t width) {
    std::string text;
    for (const auto& over : summary.outcomes)
        if (over.infinite > 0)
            text += fmt::format("  {} is infinite in {} of {}, excluded\n", over.outcome.told(), with_commas(over.infinite),
                                counted(values.runs(), "run"));
    const bool has_noise = std::ranges::any_of(summary.outcomes, [](const auto& over) { return over.noise && over.noise->share > 0; });
    if (has_noise) text += "  noise: share of chance in the variance of single runs, with its 95 % interval\n";
    const std::string advice = has_noise && record.replicates > 1 ? replicates_advice(record) : std::string();
    return text + (advice.empty() ? "" : in_lines("  " + advice, width));
}

std::string outcomes_text(const Study& study, const NameLabels& labels, const SweepSummary& summary, const TextStyle& style, LeftOut& left_out) {
    TextTable table({{.head = "Means of points", .is_name = true},
                     {.head = "unit", .rank = 4},
                     {study.points.weights.empty() ? "overall" : "weighted", Align::right, 0, 2},
                     {"min", Align::right},
                     {.head = "at", .rank = 1, .is_name = true, .called = "at which point"},
                     {"max", Align::right},
                     {.head = "at", .rank = 1, .is_name = true, .called = "at which point"},
                     {"noise", Align::right, 0, 3}});
    const bool few = study.points.factors() <= 2;
    for (const auto& over : summary.outcomes) {
        const bool differs = over.greatest > over.least;
        const auto at = [&](std::int64_t point) { return !differs ? "–" : few ? at_text(study, labels, point) : fmt::format("point {}", point); };
        table.add({"  " + over.outcome.told(), over.outcome.unit, readable(over.mean), readable(over.least), at(over.least_at), readable(over.greatest), at(over.greatest_at),
                   share_text(over.noise)});
    }
    return table.text(style, left_out);
}

std::string weights_text(const Study& study) {
    if (study.points.weights.empty()) return {};
    return fmt::format("  weighted: mean of the points by their weights, effectively {:.0f} of {}\n", effective_size(study.points.weights), study.points.size());
}

/// Means of the first outcomes that differ between points; the others are named. Where there is no room, the last outcome goes first.
std::string points_text(const StudyValues& values, const Study& study, const NameLabels& labels, const SweepSummary& summary, const TextStyle& style,
                        LeftOut& no_room) {
    std::vector<TextTable::Column> columns{{"  point", Align::right}};
    for (const auto& name : study.points.names) columns.push_back({.head = labels.parameter(name), .align = Align::right, .rank = columns.size() == 1 ? 0 : 1, .is_name = true});
    std::vector<std::vector<double>> shown_values;
    std::vector<std::string> left_out;
    for (const auto& over : summary.outcomes) {
        if (!(over.greatest > over.least)) continue;
        if (shown_values.size() == most_outcomes_in_table) {
            left_out.push_back(over.outcome.told());
            continue;
        }
        columns.push_back({.head = over.outcome.told(),
                           .align = Align::right,
                           .rank = shown_values.empty() ? 0 : 1 + static_cast<int>(shown_values.size()),
                           .is_name = true,
                           .called = over.outcome.told() + " by point"});
        shown_values.push_back(outcome_values(values, over.outcome, 0, 0, values.points()));
    }
    TextTable table(columns);
    for (std::int64_t point = 0; point < values.points(); ++point) {
        std::vector<std::string> cells{std::to_string(point)};
        for (const double value : study.points.row(static_cast<std::size_t>(point))) cells.push_back(readable(value));
        for (const auto& numbers : shown_values) {
            const auto sample = values_of_point(values, numbers, point);
            const double error = standard_error(sample);
            cells.push_back(readable(mean(sample)) + (std::isnan(error) ? "" : " ± " + readable(error)));
        }
        table.add(cells);
    }
    if (left_out.empty()) return table.text(style, no_room);
    return table.text(style, no_room) +
           in_lines(fmt::format("These differ between points, too: {}. --measure chooses; points.csv has all.", listed(left_out, 12)),
                    style.width);
}

}  // namespace

std::string sweep_text(const StudyRecord& record, const StudyOutcome& outcome, const StudyValues& values, const Study& study, const SweepSummary& summary,
                       const TextStyle& style) {
    LeftOut left_out;
    std::string text = study_head_text(record, style);
    if (outcome.runs < values.runs()) text += fmt::format("Incomplete: {} of {}.\n", with_commas(outcome.runs), counted(values.runs(), "run"));
    text += headline_text(sweep_headline(values, study, record.labels, summary), style) + '\n' + outcomes_text(study, record.labels, summary, style, left_out) + weights_text(study) + notes_text(values, record, summary, style.width);
    std::vector<std::string> told;
    for (const auto& over : summary.outcomes) told.push_back(over.outcome.name);
    text += by_row_note(values.layout(), told, style.width);
    if (values.points() <= most_points_in_text) text += '\n' + points_text(values, study, record.labels, summary, style, left_out);
    else
        text += fmt::format("\nMeans at each of {} are in points.csv.\n", counted(values.points(), "point"));
    if (const std::string note = left_out.text(style, "points.csv and --json have all"); !note.empty()) text += '\n' + note;
    text += '\n' + study_cost_text(outcome);
    return laid_out(std::move(text), style);
}

}  // namespace entente
