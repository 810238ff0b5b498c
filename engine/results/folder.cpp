#include <entente/results/folder.hpp>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include <entente/base/hash.hpp>
#include <entente/base/names.hpp>
#include <entente/base/problem.hpp>
#include <entente/results/numbers.hpp>
#include <entente/results/series_file.hpp>
#include <entente/results/staged_files.hpp>
#include <entente/results/summary_json.hpp>

namespace entente {

namespace {

namespace fs = std::filesystem;

constexpr const char* choose_another = "write elsewhere with --out, or remove that folder if its results are no longer needed";

std::string settings_text(const Identity& identity) {
    std::string text;
    for (const auto& [name, value] : identity.settings) text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, exact(value));
    return text.empty() ? "no --set" : "--set " + text;
}

/// In what the results that are there differ from those to come: "seed 1, not 2".
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
    compare(there.entente == here.entente, fmt::format("Entente {}, not {}", there.entente, here.entente));
    return found;
}

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) throw Error(fmt::format("cannot read '{}'", file.string()), choose_another);
    return text.str();
}

bool is_left_over(const fs::path& file) {
    const std::string name = file.filename().string();
    return name.starts_with('.') && name.ends_with(".part");
}

void create_folder(const fs::path& path) {
    std::error_code failure;
    fs::create_directories(path, failure);
    if (failure && failure.value() == ENOTDIR)
        throw Error(fmt::format("'{}' lies below something that is a file", path.string()), "name a folder with --out");
    if (failure) throw_file_error("create the folder", path, failure.value());
}

}  // namespace

fs::path default_folder(const RunRecord& record) {
    const Identity& identity = record.identity;
    const std::string all = fmt::format("{}|{}|{}|{}|{}|{}|{}", identity.entente, identity.scenario_hash, identity.variant,
                                        settings_text(identity), identity.seed, identity.runs, identity.first_run);
    std::string name = fs::path(record.scenario).stem().string();
    if (!identity.variant.empty()) name += '-' + identity.variant;
    return fs::path("results") / (name + '-' + hex_digest(all).substr(0, 6));
}

ResultsFolder::ResultsFolder(fs::path path, const RunRecord& record) : path_(std::move(path)) {
    std::error_code ignored;
    const auto status = fs::status(path_, ignored);
    if (fs::exists(status) && !fs::is_directory(status)) {
        throw Error(fmt::format("'{}' is a file, and results need a folder", path_.string()), "name a folder with --out");
    }
    if (!fs::exists(status)) create_folder(path_);
    check_what_is_there(record.identity);
    StagedFiles probe(path_);
    probe.write("manifest.json", manifest_json(record, Completeness::running, nullptr));
    if (!has_manifest_) probe.publish();
}

void ResultsFolder::check_what_is_there(const Identity& identity) {
    std::error_code failure;
    fs::directory_iterator entries(path_, failure);
    if (failure) throw_file_error("look into", path_ / ".", failure.value());
    if (std::all_of(begin(entries), end(entries), [](const auto& entry) { return is_left_over(entry.path()); })) return;
    if (!fs::exists(path_ / "manifest.json")) {
        throw Error(fmt::format("the folder '{}' is not empty and holds no results of Entente", path_.string()),
                    "name a new or empty folder with --out");
    }
    try {
        there_ = read_manifest(text_of(path_ / "manifest.json"));
    } catch (const Error& problem) {
        throw Error(fmt::format("the folder '{}' is taken: {}", path_.string(), problem.what()), "name a new or empty folder with --out");
    }
    has_manifest_ = true;
    const auto found = differences(there_.identity, identity);
    if (!found.empty())
        throw Error(fmt::format("the folder '{}' holds results of another run: {}", path_.string(), fmt::join(found, "; ")),
                    choose_another);
}

SavedResults ResultsFolder::save(const RunRecord& record, const Results& results, const Design& design, const Summary& summary,
                                 bool events) {
    const bool is_complete = results.runs == record.identity.runs;
    const bool was_complete = has_manifest_ && there_.completeness == Completeness::complete;
    SavedResults saved{.folder = path_, .files = {}, .note = {}};
    if (was_complete && !is_complete) {
        saved.note = fmt::format("'{}' already holds all {} of this run; they were kept, and these were not saved", path_.string(),
                                 counted(record.identity.runs, "run"));
        return saved;
    }
    if (was_complete && there_.digest != results.digest) {
        saved.folder += '-' + results.digest.substr(0, 6);
        saved.note = fmt::format("'{}' holds other values of the same run (digest {}), made by another build; they were kept",
                                 path_.string(), there_.digest);
        create_folder(saved.folder);
    }
    StagedFiles files(saved.folder);
    files.write("runs.csv", [&](const Sink& sink) { write_runs(results, design, sink); });
    if (events) files.write("events.csv", [&](const Sink& sink) { write_events(results, sink); });
    if (has_series(results)) {
        write_series(files.stage("series.nc"), results,
                     {record.title, record.scenario, record.identity.scenario_hash, record.identity.variant});
    }
    files.write("summary.json", summary_json(results, summary, record));
    files.write("manifest.json", manifest_json(record, is_complete ? Completeness::complete : Completeness::interrupted, &results));
    saved.files = files.names();
    files.publish();
    if (!was_complete) {  // an interrupted run may have left tables of fewer runs
        for (const auto* name : {"events.csv", "series.nc"}) {
            if (std::ranges::find(saved.files, name) == saved.files.end()) fs::remove(saved.folder / name);
        }
    }
    return saved;
}

}  // namespace entente
