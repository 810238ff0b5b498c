#include <entente/results/study_text.hpp>

#include <fmt/format.h>

#include <entente/results/numbers.hpp>

namespace entente {

std::string study_cost_text(const StudyOutcome& outcome) {
    const double a_second = outcome.seconds > 0 ? static_cast<double>(outcome.runs_made) / outcome.seconds : 0;
    std::string text = "Cost     nothing: all runs were there\n";
    if (outcome.runs_made > 0)
        text = fmt::format("Cost     {} in {}, {} a second, on {}{} ({})\n", counted(outcome.runs_made, "run"), duration_text(outcome.seconds),
                           readable(a_second), counted(outcome.threads, "thread"),
                           outcome.ranks > 1 ? " of each of " + counted(outcome.ranks, "rank") : "", outcome.instruction_set);
    return text + fmt::format("Digest   {}\n", outcome.digest);
}

}  // namespace entente
