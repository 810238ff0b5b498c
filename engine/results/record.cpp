#include <entente/results/record.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include <entente/base/problem.hpp>
#include <entente/results/netcdf_file.hpp>
#include <entente/results/numbers.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> state_names = {"running", "interrupted", "complete"};

Json to_json(const Identity& identity) {
    Json settings = Json::object();
    for (const auto& [name, value] : identity.settings) settings[name] = value;
    return {{"entente", identity.entente},    {"scenario_hash", identity.scenario_hash},
            {"variant", identity.variant},    {"settings", settings},
            {"seed", identity.seed},          {"runs", identity.runs},
            {"first_run", identity.first_run}};
}

Identity identity_from(const Json& json) {
    Identity identity{.entente = json.at("entente"),
                      .scenario_hash = json.at("scenario_hash"),
                      .variant = json.at("variant"),
                      .settings = {},
                      .seed = json.at("seed"),
                      .runs = json.at("runs"),
                      .first_run = json.at("first_run")};
    for (const auto& [name, value] : json.at("settings").items()) identity.settings.emplace_back(name, value.get<double>());
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
    for (const auto& [name, value] : record.identity.settings) command += fmt::format(" --set {}={}", name, exact(value));
    return command + fmt::format(" --seed {} --first-run {} --runs 1", record.identity.seed, run);
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
    Json versions = {{"compiler", "g++ " __VERSION__}, {"netcdf", netcdf_version()}};
    for (const auto& [library, version] : record.versions) versions[library] = version;
    json["versions"] = versions;
    json["scenario_file"] = record.scenario;
    json["scenario"] = record.resolved.empty() ? Json() : Json::parse(record.resolved);
    return json.dump(2) + '\n';
}

ManifestFacts read_manifest(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        ManifestFacts facts{.identity = identity_from(json.at("identity")), .completeness = {}, .digest = json.value("digest", "")};
        const auto state = std::ranges::find(state_names, json.at("state").get<std::string>());
        if (state == state_names.end()) throw Error("its state is unknown");
        facts.completeness = static_cast<Completeness>(state - state_names.begin());
        return facts;
    } catch (const std::exception&) {
        throw Error("manifest.json is not one that Entente wrote");
    }
}

}  // namespace entente
