#include <entente/store/study_record.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> state_names = {"running", "interrupted", "complete"};

Json to_json(const StudyIdentity& identity) {
    Json json = {{"command", identity.command},
                 {"scenario", Json::parse(identity_json(identity.scenario))},
                 {"factors", identity.factors},
                 {"alternatives", identity.alternatives}};
    if (identity.independent) json["independent"] = true;
    if (!identity.scored.empty()) json["scored"] = identity.scored;
    return json;
}

std::string listed_or(const std::vector<std::string>& names, std::string_view none) {
    return names.empty() ? std::string(none) : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::string StudyIdentity::key() const {
    return hex_digest(to_json(*this).dump());
}

std::string study_manifest_json(const StudyRecord& record, Completeness completeness, const StudyOutcome* outcome) {
    Json json = {{"format", file_format::study_manifest},
                 {"tables", file_format::tables},
                 {"entente", record.identity.scenario.entente},
                 {"state", state_names[static_cast<std::size_t>(completeness)]},
                 {"title", record.title},
                 {"study", to_json(record.identity)},
                 {"key", record.identity.key()},
                 {"design", {{"form", record.design}, {"samples", record.history}, {"points", record.points}, {"replicates", record.replicates}, {"pairing", record.identity.independent ? "unpaired" : "paired"}}},
                 {"factor_selection", record.varies_all_priors ? "every parameter that has a prior" : "named"},
                 {"command", record.command},
                 {"started", record.started},
                 {"finished", outcome == nullptr ? std::string() : outcome->finished}};
    if (outcome != nullptr) {
        json["digest"] = outcome->digest;
        json["runs"] = outcome->runs;
        json["runs_failed"] = outcome->failed;
        json["cost"] = {{"seconds", outcome->seconds},
                        {"runs_made", outcome->runs_made},
                        {"runs_per_second", outcome->seconds > 0 ? static_cast<double>(outcome->runs_made) / outcome->seconds : Results::missing},
                        {"threads", outcome->threads},
                        {"ranks", outcome->ranks},
                        {"instruction_set", outcome->instruction_set}};
    }
    json["versions"] = {{"compiler", "g++ " __VERSION__}};
    json["scenario_file"] = record.scenario;
    json["scenario"] = record.resolved.empty() ? Json() : Json::parse(record.resolved);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

StudyManifest read_study_manifest(const std::string& text) {
    try {
        constexpr std::int64_t most = most_runs;
        const Json json = stored_json(text);
        refuse_other_version(json, "manifest.json", file_format::study_manifest);
        const Json& study = stored(json, "study");
        StudyManifest manifest;
        manifest.identity = {.command = stored_text(study, "command"),
                             .scenario = read_identity(stored(study, "scenario").dump()),
                             .factors = stored_texts(study, "factors"),
                             .alternatives = stored_texts(study, "alternatives"),
                             .independent = study.contains("independent") && stored_truth(study, "independent"),
                             .scored = stored_text(study, "scored", "")};
        const auto state = std::ranges::find(state_names, stored_text(json, "state"));
        if (state == state_names.end()) throw StoredValueError("'state' is unknown");
        manifest.completeness = static_cast<Completeness>(state - state_names.begin());
        const Json& design = stored(json, "design");
        manifest.form = stored_text(design, "form");
        manifest.history = stored_wholes(design, "samples", 0, most);
        manifest.points = stored_whole(design, "points", 0, most);
        manifest.replicates = stored_whole(design, "replicates", 0, most);
        manifest.digest = stored_text(json, "digest", "");
        manifest.command = stored_texts(json, "command");
        return manifest;
    } catch (const StoredValueError& wrong) {
        throw Error(fmt::format("manifest.json is not a manifest of a study: {}", wrong.what()));
    }
}

std::vector<std::string> differences(const StudyIdentity& there, const StudyIdentity& here) {
    std::vector<std::string> found;
    if (there.command != here.command) found.push_back(fmt::format("a {}, not a {}", there.command, here.command));
    const auto of_scenario = differences(there.scenario, here.scenario);
    found.insert(found.end(), of_scenario.begin(), of_scenario.end());
    if (there.factors != here.factors)
        found.push_back(fmt::format("{} varied, not {}", listed_or(there.factors, "nothing"), listed_or(here.factors, "nothing")));
    if (there.alternatives != here.alternatives)
        found.push_back(fmt::format("the alternatives {}, not {}", listed_or(there.alternatives, "none"), listed_or(here.alternatives, "none")));
    if (there.independent != here.independent)
        found.push_back(there.independent ? "independent runs, not paired ones" : "paired runs, not independent ones");
    if (there.scored != here.scored) found.push_back(fmt::format("scored {}, not {}", there.scored.empty() ? "nothing" : there.scored, here.scored.empty() ? "nothing" : here.scored));
    return found;
}

std::string command_for_run(const StudyRecord& record, const StudyRun& run) {
    RunRecord alone;
    alone.identity = record.alternatives.empty() ? record.identity.scenario : record.alternatives[static_cast<std::size_t>(run.alternative)];
    alone.scenario = record.scenario;
    for (std::size_t f = 0; f < run.point.size(); ++f) alone.identity.settings.emplace_back(record.identity.factors[f], run.point[f]);
    return command_for_run(alone, run.number);
}

}  // namespace entente
