#include <entente/output/study_text.hpp>

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/summary/outcomes.hpp>

namespace entente {

namespace {

constexpr std::size_t most_failures_in_json = 20;

}  // namespace

std::string study_head_text(const StudyRecord& record, const TextStyle& style) {
    const Identity& scenario = record.identity.scenario;
    std::string text = bold(record.title.empty() ? record.scenario : record.title, style) + '\n';
    text += fmt::format("{} · {} of {} · seed {}", record.design, counted(record.points, "point"), counted(record.replicates, "replicate"),
                        scenario.seed);
    if (record.identity.independent) text += " · unpaired: each point has its own random numbers";
    if (!scenario.variant.empty()) text += " · variant " + record.labels.variant(scenario.variant);
    for (const auto& [name, value] : scenario.settings) text += fmt::format(" · {} = {}", record.labels.parameter(name), exact(value));
    text += '\n';
    std::vector<std::string> factors;
    for (const std::string& name : record.identity.factors) factors.push_back(record.labels.parameter(name));
    if (record.varies_all_priors)
        text += in_lines(fmt::format("Varied: every parameter that has a prior, {}.", listed(factors, 40)), style.width);
    return text;
}

std::string replicates_advice(const StudyRecord& record) {
    const bool is_unpaired = record.identity.independent;
    if (record.replicates >= (is_unpaired ? enough_independent_replicates : enough_shared_replicates)) return {};
    if (is_unpaired)
        return fmt::format("With one replicate, the share of noise cannot be estimated: use --replicates {} or more.", enough_independent_replicates);
    const std::string how = fmt::format("use --replicates {} or more, or --unpaired with {} or more", enough_shared_replicates,
                                        enough_independent_replicates);
    if (record.replicates == 1) return fmt::format("With one replicate, the share of noise cannot be estimated: {}.", how);
    return fmt::format("All points share the random numbers of {}, too few to estimate the noise well: {}.",
                       counted(record.replicates, "replicate"), how);
}

std::string study_runs_text(const StudyOutcome& outcome) {
    const std::string runs = with_commas(outcome.runs);
    return outcome.again == 0 ? runs : fmt::format("{}, {} of them at repeated points", runs, with_commas(outcome.again));
}

std::string study_cost_text(const StudyOutcome& outcome) {
    const double a_second = outcome.seconds > 0 ? static_cast<double>(outcome.runs_made) / outcome.seconds : 0;
    std::string text = "Cost     none: all runs existed already\n";
    if (outcome.runs_made > 0)
        text = fmt::format("Cost     {} in {}, {} a second, on {}{} ({})\n", counted(outcome.runs_made, "run"),
                           duration_text(outcome.seconds), readable(a_second), counted(outcome.threads, "thread"),
                           outcome.ranks > 1 ? " of each of " + counted(outcome.ranks, "rank") : "", outcome.instruction_set);
    if (outcome.again > 0) text += fmt::format("Runs     {}\n", study_runs_text(outcome));
    return text + fmt::format("Digest   {}\n", outcome.digest);
}

std::string by_row_note(const Results& layout, std::span<const std::string> told, std::size_t width) {
    const std::string text = by_row_text(layout, told);
    return text.empty() ? "" : '\n' + in_lines(text, width);
}

std::string failures_json(std::span<const RunFailure> failures) {
    auto listed = nlohmann::ordered_json::array();
    for (const auto& failure : failures.first(std::min(failures.size(), most_failures_in_json)))
        listed.push_back({{"run", failure.run}, {"message", failure.told()}});
    return listed.dump();
}

}  // namespace entente
