#include <entente/store/run_record.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include <entente/base/draws.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/store/stored_values.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> state_names = {"running", "interrupted", "complete"};

Json to_json(const Identity& identity) {
    Json settings = Json::object();
    for (const auto& [name, value] : identity.settings) settings[name] = value;
    Json json = {{"entente", identity.entente},    {"scenario_hash", identity.scenario_hash},
                 {"variant", identity.variant},    {"settings", settings},
                 {"seed", identity.seed},          {"runs", identity.runs},
                 {"first_run", identity.first_run}};
    if (!identity.from.empty()) json["from"] = identity.from;
    return json;
}

Identity identity_from(const Json& json) {
    Identity identity{.entente = stored_text(json, "entente"),
                      .scenario_hash = stored_text(json, "scenario_hash"),
                      .variant = stored_text(json, "variant"),
                      .settings = {},
                      .seed = stored_seed(json, "seed"),
                      .runs = stored_whole(json, "runs", 0, most_runs),
                      .first_run = stored_whole(json, "first_run", 0, most_runs),
                      .from = stored_text(json, "from", "")};
    for (const auto& [name, value] : stored(json, "settings").items()) {
        if (!value.is_number()) throw StoredValueError(fmt::format("the setting '{}' is not a number", name));
        identity.settings.emplace_back(name, value.template get<double>());
    }
    return identity;
}

Json cost_json(const Results& results) {
    return {{"seconds", results.seconds},
            {"runs_per_second", results.seconds > 0 ? static_cast<double>(results.runs) / results.seconds : Results::missing},
            {"load_and_compile_seconds", results.compile_seconds},
            {"row_updates", results.row_updates},
            {"threads", results.threads},
            {"lanes", results.lanes},
            {"instruction_set", results.instruction_set}};
}

}  // namespace

std::string settings_text(const Identity& identity) {
    std::string text;
    for (const auto& [name, value] : identity.settings) text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, exact(value));
    return text.empty() ? "no --set" : "--set " + text;
}

std::vector<std::string> differences(const Identity& there, const Identity& here) {
    std::vector<std::string> found;
    const auto compare = [&](bool same, std::string text) {
        if (!same) found.push_back(std::move(text));
    };
    const auto variant = [](const Identity& identity) {
        return identity.variant.empty() ? "no variant" : fmt::format("variant '{}'", identity.variant);
    };
    compare(there.scenario_hash == here.scenario_hash, "another scenario, or another version of its files");
    compare(there.variant == here.variant, fmt::format("{}, not {}", variant(there), variant(here)));
    compare(there.settings == here.settings, fmt::format("{}, not {}", settings_text(there), settings_text(here)));
    compare(there.seed == here.seed, fmt::format("seed {}, not {}", there.seed, here.seed));
    compare(there.runs == here.runs, fmt::format("{}, not {}", counted(there.runs, "run"), with_commas(here.runs)));
    compare(there.first_run == here.first_run, fmt::format("runs from {} on, not from {}", there.first_run, here.first_run));
    const auto origin = [](const Identity& identity) { return identity.from.empty() ? "the start" : "snapshot " + identity.from; };
    compare(there.from == here.from, fmt::format("from {}, not from {}", origin(there), origin(here)));
    compare(there.entente == here.entente, fmt::format("Entente {}, not {}", there.entente, here.entente));
    return found;
}

std::string shell_quoted(std::string_view argument) {
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_-./=:,+@%").find(c) != std::string_view::npos;
    };
    if (!argument.empty() && std::ranges::all_of(argument, is_plain)) return std::string(argument);
    std::string quoted = "'";
    for (const char c : argument) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + '\'';
}

std::string command_for_run(const RunRecord& record, std::int64_t run) {
    std::string command = "entente run " + shell_quoted(record.scenario);
    if (!record.identity.variant.empty()) command += " --variant " + shell_quoted(record.identity.variant);
    for (const auto& [name, value] : record.identity.settings) command += " --set " + shell_quoted(fmt::format("{}={}", name, exact(value)));
    const bool is_branch = !record.identity.from.empty();
    command += is_branch ? " --from " + shell_quoted(record.snapshot) : fmt::format(" --seed {}", record.identity.seed);
    return command + fmt::format(" --first-run {} --runs 1", run);
}

std::string identity_json(const Identity& identity) {
    return to_json(identity).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Identity read_identity(const std::string& text) {
    return identity_from(stored_json(text));
}

std::string utc_now() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

std::string manifest_json(const RunRecord& record, Completeness completeness, const Results* results) {
    Json json = {{"entente", record.identity.entente},
                 {"state", state_names[static_cast<std::size_t>(completeness)]},
                 {"title", record.title},
                 {"identity", to_json(record.identity)},
                 {"command", record.command},
                 {"started", record.started},
                 {"finished", record.finished}};
    if (results != nullptr) {
        json["digest"] = results->digest;
        json["runs_made"] = results->runs;
        json["runs_failed"] = results->failures.size();
        json["series_kept_of_runs"] = results->series_runs;
        json["cost"] = cost_json(*results);
    }
    json["machine"] = {{"processors", std::thread::hardware_concurrency()}};
    Json versions = {{"compiler", "g++ " __VERSION__}};
    for (const auto& [library, version] : record.versions) versions[library] = version;
    json["versions"] = versions;
    json["scenario_file"] = record.scenario;
    json["scenario"] = record.resolved.empty() ? Json() : Json::parse(record.resolved);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

ManifestFacts read_manifest(const std::string& text) {
    try {
        const Json json = stored_json(text);
        ManifestFacts facts{.identity = identity_from(stored(json, "identity")), .completeness = {}, .digest = stored_text(json, "digest", "")};
        const auto state = std::ranges::find(state_names, stored_text(json, "state"));
        if (state == state_names.end()) throw Error("its state is unknown");
        facts.completeness = static_cast<Completeness>(state - state_names.begin());
        return facts;
    } catch (const std::exception&) {
        throw Error("manifest.json is not one that Entente wrote");
    }
}

}  // namespace entente
