#include "session/stop_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/wording.hpp>
#include <entente/store/file_format.hpp>
#include <entente/store/run_record.hpp>

namespace entente {

std::string stop_text(const std::filesystem::path& file, const Model& model, const RunPlan& plan, const Results& results) {
    const double bytes = static_cast<double>(std::filesystem::file_size(file));
    const std::string when = model.calendar.is_dated() ? fmt::format("{}, tick {}", model.calendar.label(plan.until), plan.until)
                                                       : model.calendar.label(plan.until);
    return fmt::format("Stopped  {} at {} of {}, after {}\nSnapshot {}, {}\nContinue entente run --from {}\n",
                       counted(results.runs, "run"), when, model.calendar.ticks(), duration_text(results.seconds), file.string(),
                       bytes_text(bytes), shell_quoted(file.string()));
}

std::string stop_json(const std::filesystem::path& file, const Model& model, const RunPlan& plan, const Results& results) {
    const nlohmann::ordered_json json = {{"format", file_format::snapshot_summary},
                                         {"snapshot", file.string()},
                                         {"bytes", std::filesystem::file_size(file)},
                                         {"tick", plan.until},
                                         {"when", model.calendar.label(plan.until)},
                                         {"runs", results.runs},
                                         {"runs_failed", results.failures.size()},
                                         {"runs_with_series", results.series_runs},
                                         {"seconds", results.seconds}};
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace entente
