#include <entente/output/run_folder.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/netcdf_file.hpp>
#include <entente/output/series_file.hpp>
#include <entente/output/levels_table.hpp>
#include <entente/output/summary_json.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/store/staged_files.hpp>

namespace entente {

namespace {

namespace fs = std::filesystem;

}  // namespace

fs::path default_folder(const RunRecord& record) {
    const Identity& identity = record.identity;
    std::string name = record.scenario == "-" ? "stdin" : fs::path(record.scenario).stem().string();
    if (!identity.variant.empty()) name += '-' + identity.variant;
    return fs::path("results") / (name + '-' + hex_digest(identity_text(identity)).substr(0, 6));
}

ResultsFolder::ResultsFolder(fs::path path, const RunRecord& record) : path_(std::move(path)) {
    claim_folder(path_);
    check_what_is_there(record.identity);  // before anything is put there
    lock_.take(path_, "wait until it has ended, or write elsewhere with --out");
    check_what_is_there(record.identity);  // another process may have been there just before
    StagedFiles probe(path_);
    probe.write("manifest.json", manifest_json(record, Completeness::running, nullptr));
    if (!has_manifest_) probe.publish();
}

void ResultsFolder::check_what_is_there(const Identity& identity) {
    if (holds_nothing(path_)) return;
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
                    choose_another_folder);
}

SavedResults ResultsFolder::save(const RunRecord& record, const Results& results, const RunLabels& labels, const Summary& summary,
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
        claim_folder(saved.folder);
    }
    StagedFiles files(saved.folder);
    files.write("runs.csv", [&](const Sink& sink) { write_runs(results, labels, sink); });
    if (has_rows(results))
        files.write("rows.csv", [&](const Sink& sink) {
            write_rows_heads(results, labels, sink);
            write_rows(results, labels, sink);
        });
    if (has_levels(results)) files.write("levels.csv", [&](const Sink& sink) { write_levels(results, summary, sink); });
    if (events) files.write("events.csv", [&](const Sink& sink) { write_events(results, sink); });
    if (has_series(results)) {
        write_series(files.stage("series.nc"), results,
                     {record.title, record.scenario, record.identity.scenario_hash, record.identity.variant});
    }
    files.write("summary.json", summary_json(results, summary, record));
    RunRecord written = record;
    if (has_series(results)) written.versions.emplace_back("netcdf", netcdf_version());
    files.write("manifest.json", manifest_json(written, is_complete ? Completeness::complete : Completeness::interrupted, &results));
    saved.files = files.names();
    files.publish();
    if (!was_complete) {  // an interrupted run may have left tables of fewer runs
        for (const auto* name : {"rows.csv", "levels.csv", "events.csv", "series.nc"}) {
            if (std::ranges::find(saved.files, name) == saved.files.end()) fs::remove(saved.folder / name);
        }
    }
    return saved;
}

}  // namespace entente
