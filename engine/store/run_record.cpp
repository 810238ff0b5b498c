#include <entente/store/run_record.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <tuple>
#include <type_traits>

#include <fmt/chrono.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <entente/base/draws.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> state_names = {"running", "interrupted", "complete"};

std::string origin_words(const Identity& identity) { return identity.from.empty() ? "the start" : "snapshot " + identity.from; }

std::string posterior_words(const Identity& identity) { return identity.posterior.empty() ? "no posterior" : "the posterior " + identity.posterior; }

std::string variant_words(const Identity& identity) { return identity.variant.empty() ? "no variant" : fmt::format("variant '{}'", identity.variant); }

Json settings_json(const Identity& identity) {
    Json settings = Json::object();
    for (const auto& [name, value] : identity.settings) settings[name] = value;
    return settings;
}

void read_settings(Identity& identity, const Json& json) {
    for (const auto& [name, value] : stored(json, "settings").items()) {
        if (!value.is_number()) throw StoredValueError(fmt::format("the setting '{}' is not a number", name));
        identity.settings.emplace_back(name, value.template get<double>());
    }
}

/// All that is to be said of one field of an identity.
struct IdentityField {
    const char* key;
    Json (*stored)(const Identity&);
    void (*read)(Identity&, const Json&);
    std::string (*text)(const Identity&);  ///< as names of folders are made from it
    std::string (*difference)(const Identity& there, const Identity& here);
    bool is_left_out_if_empty = false;
};

using I = const Identity&;

const std::array identity_fields{
    IdentityField{"entente", [](I i) { return Json(i.entente); }, [](Identity& i, const Json& json) { i.entente = stored_text(json, "entente"); },
                  [](I i) { return i.entente; }, [](I there, I here) { return fmt::format("Entente {}, not {}", there.entente, here.entente); }},
    IdentityField{"scenario_hash", [](I i) { return Json(i.scenario_hash); },
                  [](Identity& i, const Json& json) { i.scenario_hash = stored_text(json, "scenario_hash"); }, [](I i) { return i.scenario_hash; },
                  [](I, I) { return std::string("another scenario, or another version of its files"); }},
    IdentityField{"variant", [](I i) { return Json(i.variant); }, [](Identity& i, const Json& json) { i.variant = stored_text(json, "variant"); },
                  [](I i) { return i.variant; }, [](I there, I here) { return fmt::format("{}, not {}", variant_words(there), variant_words(here)); }},
    IdentityField{"settings", settings_json, read_settings, settings_text,
                  [](I there, I here) { return fmt::format("{}, not {}", settings_text(there), settings_text(here)); }},
    IdentityField{"seed", [](I i) { return Json(i.seed); }, [](Identity& i, const Json& json) { i.seed = stored_seed(json, "seed"); },
                  [](I i) { return fmt::to_string(i.seed); }, [](I there, I here) { return fmt::format("seed {}, not {}", there.seed, here.seed); }},
    IdentityField{"runs", [](I i) { return Json(i.runs); }, [](Identity& i, const Json& json) { i.runs = stored_whole(json, "runs", 0, most_runs); },
                  [](I i) { return fmt::to_string(i.runs); },
                  [](I there, I here) { return fmt::format("{}, not {}", counted(there.runs, "run"), with_commas(here.runs)); }},
    IdentityField{"first_run", [](I i) { return Json(i.first_run); },
                  [](Identity& i, const Json& json) { i.first_run = stored_whole(json, "first_run", 0, most_runs); },
                  [](I i) { return fmt::to_string(i.first_run); },
                  [](I there, I here) { return fmt::format("runs from {} on, not from {}", there.first_run, here.first_run); }},
    IdentityField{"from", [](I i) { return Json(i.from); }, [](Identity& i, const Json& json) { i.from = stored_text(json, "from", ""); },
                  [](I i) { return i.from; },
                  [](I there, I here) { return fmt::format("from {}, not from {}", origin_words(there), origin_words(here)); }, true},
    IdentityField{"posterior", [](I i) { return Json(i.posterior); }, [](Identity& i, const Json& json) { i.posterior = stored_text(json, "posterior", ""); },
                  [](I i) { return i.posterior; },
                  [](I there, I here) { return fmt::format("{}, not {}", posterior_words(there), posterior_words(here)); }, true},
};

/// Does not compile when an identity has other than these fields.
[[maybe_unused]] constexpr auto has_a_row_for_each_field = [](I identity) {
    const auto& [entente, scenario_hash, variant, settings, seed, runs, first_run, from, posterior] = identity;
    return std::tie(entente, scenario_hash, variant, settings, seed, runs, first_run, from, posterior);
};
static_assert(std::tuple_size_v<std::invoke_result_t<decltype(has_a_row_for_each_field), I>> == std::tuple_size_v<decltype(identity_fields)>);

Json to_json(const Identity& identity) {
    Json json = Json::object();
    for (const IdentityField& field : identity_fields)
        if (!field.is_left_out_if_empty || !field.text(identity).empty()) json[field.key] = field.stored(identity);
    return json;
}

Identity identity_from(const Json& json) {
    Identity identity;
    for (const IdentityField& field : identity_fields) field.read(identity, json);
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
    for (std::size_t number = 1; number <= identity_fields.size(); ++number) {  // the version last
        const IdentityField& field = identity_fields[number % identity_fields.size()];
        if (field.stored(there) != field.stored(here)) found.push_back(field.difference(there, here));
    }
    return found;
}

std::string identity_text(const Identity& identity) {
    std::vector<std::string> texts;
    for (const IdentityField& field : identity_fields)
        if (!field.is_left_out_if_empty || !field.text(identity).empty()) texts.push_back(field.text(identity));
    return fmt::format("{}", fmt::join(texts, "|"));
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
    if (!record.identity.posterior.empty()) command += " --posterior " + shell_quoted(record.posterior);
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
    Json json = {{"format", file_format::run_manifest},
                 {"tables", file_format::tables},
                 {"entente", record.identity.entente},
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
        json["runs_with_series"] = results->series_runs;
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
        refuse_other_version(json, "manifest.json", file_format::run_manifest);
        ManifestFacts facts{.identity = identity_from(stored(json, "identity")), .completeness = {}, .digest = stored_text(json, "digest", "")};
        const auto state = std::ranges::find(state_names, stored_text(json, "state"));
        if (state == state_names.end()) throw StoredValueError("'state' is unknown");
        facts.completeness = static_cast<Completeness>(state - state_names.begin());
        return facts;
    } catch (const StoredValueError& wrong) {
        throw Error(fmt::format("manifest.json is not a manifest of a run: {}", wrong.what()));
    }
}

}  // namespace entente
