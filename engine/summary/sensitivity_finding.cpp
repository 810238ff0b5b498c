#include <entente/summary/sensitivity_finding.hpp>

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

namespace {

/// `permeability (total-order index 0.75, 95 % interval 0.56–0.98)`
std::string ranked_factor(const OutcomeSensitivity& outcome, const SensitivityReport& report, std::size_t group) {
    const SensitivityDesign& design = report.design;
    const bool is_morris = design.plan.method == SensitivityMethod::morris;
    const auto number = [&](double value) { return is_morris ? readable(value) : fmt::format("{:.2f}", value); };
    const Estimate& rank = rank_of(outcome, design, group);
    const auto [low, high] = rank.interval;
    const std::string interval =
        std::isnan(low) ? "" : fmt::format(", {} % interval {}–{}", percent(report.bootstrap.confidence), number(low), number(high));
    return fmt::format("{} ({} {}{})", report.record.labels.parameter(design.groups.names[group]), is_morris ? "mu*" : "total-order index", number(rank.value), interval);
}

}  // namespace

std::string told_in_sentence(const OutcomeSensitivity& outcome) {
    if (!outcome.label.empty()) return outcome.label;
    return outcome.rule.empty() && outcome.name.find('[') == std::string::npos ? name_in_words(outcome.name, outcome.about) : outcome.name;
}

std::string strongest_finding(const OutcomeSensitivity& outcome, const SensitivityReport& report) {
    constexpr std::size_t most_named = 4;
    const auto ranked = ranked_groups(outcome, report.design);
    const Estimate& first = rank_of(outcome, report.design, ranked.front());
    const std::string name = told_in_sentence(outcome);
    const std::string begun = sentence_subject(outcome.told(), name == outcome.told() ? "" : name);
    if (ranked.size() == 1) return fmt::format("{} depends on {}.", begun, ranked_factor(outcome, report, ranked.front()));
    std::vector<std::string> alike;
    for (const std::size_t group : ranked)
        if (!(rank_of(outcome, report.design, group).interval.high < first.interval.low))
            alike.push_back(ranked_factor(outcome, report, group));
    if (alike.size() == 1) return fmt::format("{} depends most on {}.", begun, alike.front());
    const std::size_t named = std::min(alike.size(), most_named);
    std::string text;
    for (std::size_t i = 0; i < named; ++i) text += (i == 0 ? "" : i + 1 == alike.size() ? " and " : ", ") + alike[i];
    if (named < alike.size()) text += fmt::format(" and {} more", alike.size() - named);
    if (std::isnan(first.interval.low)) return fmt::format("Which parameter matters most for {} is not told without intervals; the largest are {}.", name, text);
    return fmt::format("What matters most for {} is not told apart: the intervals of {} overlap.", name, text);
}

}  // namespace entente
