#include <entente/output/calibration_text.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/headline_text.hpp>
#include <entente/output/study_text.hpp>
#include <entente/summary/headline.hpp>

namespace entente {

namespace {

constexpr std::size_t most_summaries_told = 24;
constexpr std::size_t most_pairs_told = 6;
constexpr std::size_t most_generations_told = 12;

std::string ninety_text(const Ninety& ninety) {
    return fmt::format("{} ({} – {})", readable(ninety.median), readable(ninety.low), readable(ninety.high));
}

std::string signed_text(double value) {
    return fmt::format("{}{:.2f}", value < 0 ? "−" : "+", std::abs(value));
}

std::string head_text(const StudyRecord& record, const CalibrationFacts& facts, const TextStyle& style) {
    const Identity& scenario = record.identity.scenario;
    std::string text = bold(record.title.empty() ? record.scenario : record.title, style) + '\n';
    text += fmt::format("calibrated by {} · {} · record until {} · seed {}", name_of(facts.method), counted(facts.particles, "particle"),
                        facts.until, scenario.seed);
    if (!scenario.variant.empty()) text += " · variant " + record.labels.variant(scenario.variant);
    for (const auto& [name, value] : scenario.settings) text += fmt::format(" · {} = {}", record.labels.parameter(name), exact(value));
    return text + '\n';
}

std::string parameters_text(const NameLabels& labels, const CalibrationSummary& summary, const TextStyle& style, LeftOut& left_out) {
    TextTable table({{.head = "Parameters", .is_name = true},
                     {.head = "prior", .rank = 4},
                     {"median (90 %)", Align::right, 0, 2, false, "median (90 %) of the prior"},
                     {"posterior median (90 %)", Align::right},
                     {"mean", Align::right, 0, 3},
                     {"sd", Align::right, 0, 3},
                     {"contraction", Align::right, 0, 1},
                     {"shift", Align::right, 0, 1}});
    for (const ParameterLearned& one : summary.parameters)
        table.add({"  " + labels.parameter(one.name), one.prior_text, ninety_text(one.prior), ninety_text(one.posterior),
                   readable(one.mean), readable(one.sd), one.is_informed ? fmt::format("{:.2f}", one.contraction) : "none",
                   one.is_informed ? signed_text(one.shift) : "none"});
    return table.text(style, left_out) + "  contraction: share of the prior's variance that is gone; shift: of the mean, in the prior's sd\n";
}

std::string pairs_text(const NameLabels& labels, const CalibrationSummary& summary, const TextStyle& style, LeftOut& left_out) {
    TextTable table({{.head = "Pairs", .is_name = true}, {.head = "", .is_name = true}, {"correlation", Align::right}});
    for (std::size_t i = 0; i < std::min(summary.pairs.size(), most_pairs_told); ++i) {
        const PairLearned& pair = summary.pairs[i];
        table.add({"  " + labels.parameter(summary.parameters[pair.first].name), labels.parameter(summary.parameters[pair.second].name),
                   signed_text(pair.correlation)});
    }
    return '\n' + table.text(style, left_out);
}

/// The worst first where not all are told.
std::vector<RecordPredicted> told_of(const CalibrationSummary& summary) {
    std::vector<RecordPredicted> told = summary.record;
    if (told.size() <= most_summaries_told) return told;
    std::ranges::stable_sort(told, {},
                             [](const RecordPredicted& one) { return std::isnan(one.posterior_chance) ? 2 : one.posterior_chance; });
    told.resize(most_summaries_told);
    return told;
}

std::string record_text(const CalibrationSummary& summary, const TextStyle& style, LeftOut& left_out) {
    TextTable table({{.head = "On record", .is_name = true},
                     {"record", Align::right},
                     {"runs of the prior (90 %)", Align::right, 0, 2},
                     {"of the posterior (90 %)", Align::right, 0, 1},
                     {"chance", Align::right}});
    for (const RecordPredicted& one : told_of(summary))
        table.add(
            {"  " + one.name, readable(one.record), ninety_text(one.prior), ninety_text(one.posterior), chance_text(one.posterior_chance)});
    std::string text = '\n' + table.text(style, left_out) + "  chance: of runs of the posterior as far out as the record, both sides\n";
    if (summary.record.size() > most_summaries_told)
        text += fmt::format("  These {} agree least; record.csv has all {}.\n", most_summaries_told, summary.record.size());
    return text;
}

std::string steps_text(const CalibrationFacts& facts, const TextStyle& style, LeftOut& left_out) {
    TextTable table({{"Step", Align::right},
                     {"temperature", Align::right},
                     {"runs", Align::right, 0, 2},
                     {"of a filter", Align::right, 0, 3},
                     {"accepted", Align::right, 0, 1},
                     {"effective", Align::right, 0, 2},
                     {"log evidence", Align::right}});
    const std::size_t first = facts.generations.size() > most_generations_told ? facts.generations.size() - most_generations_told : 0;
    for (std::size_t t = first; t < facts.generations.size(); ++t) {
        const GenerationFacts& one = facts.generations[t];
        table.add({std::to_string(t + 1), readable(one.temperature), with_commas(one.runs), with_commas(one.filter_runs),
                   percent(one.acceptance) + " %", fmt::format("{:.0f}", one.effective), fmt::format("{:.2f}", one.log_evidence)});
    }
    return '\n' + table.text(style, left_out);
}

std::string generations_text(const CalibrationFacts& facts, const TextStyle& style, LeftOut& left_out) {
    if (facts.method == CalibrationMethod::likelihood) return steps_text(facts, style, left_out);
    TextTable table({{"Generation", Align::right},
                     {"tolerance", Align::right},
                     {"runs", Align::right},
                     {"accepted", Align::right, 0, 2},
                     {"effective", Align::right, 0, 1}});
    const std::size_t first = facts.generations.size() > most_generations_told ? facts.generations.size() - most_generations_told : 0;
    for (std::size_t t = first; t < facts.generations.size(); ++t) {
        const GenerationFacts& one = facts.generations[t];
        table.add({std::to_string(t), std::isinf(one.tolerance) ? "–" : readable(one.tolerance), with_commas(one.runs),
                   percent(one.acceptance) + " %", fmt::format("{:.0f}", one.effective)});
    }
    return '\n' + table.text(style, left_out);
}

}  // namespace

std::string calibration_text(const StudyRecord& record, const StudyOutcome& outcome, const CalibrationFacts& facts,
                             const CalibrationSummary& summary, const TextStyle& style) {
    LeftOut left_out;
    std::string text = head_text(record, facts, style) + headline_text(calibration_headline(summary, record.labels), style) + '\n' + parameters_text(record.labels, summary, style, left_out);
    if (!summary.pairs.empty()) text += pairs_text(record.labels, summary, style, left_out);
    if (!summary.record.empty()) text += record_text(summary, style, left_out);
    text += '\n';
    for (const std::string& finding : calibration_findings(summary, [&](const std::string& name) { return record.labels.parameter(name); }))
        text += in_lines(finding, style.width);
    for (const std::string& note : facts.left_out) text += in_lines("Left out " + note + ".", style.width);
    text += generations_text(facts, style, left_out) + in_lines(end_told(facts), style.width);
    if (const std::string note = left_out.text(style); !note.empty()) text += '\n' + note;
    if (facts.method == CalibrationMethod::likelihood) {
        text += fmt::format("\nEvidence log {:.2f} ± {}\nRuns     {} in all\n", facts.log_evidence, readable(facts.log_evidence_error),
                            with_commas(facts.runs));
        return laid_out(text + study_cost_text(outcome), style);
    }
    text += fmt::format("\nRuns     {} in all, {} of them for the last generation; effective size {:.0f}\n", with_commas(facts.runs),
                        with_commas(facts.generations.empty() ? 0 : facts.generations.back().runs), summary.effective);
    return laid_out(text + study_cost_text(outcome), style);
}

}  // namespace entente
