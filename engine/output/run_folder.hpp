/// The folder that results go to: what may be there already, and how they get there whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <entente/output/run_tables.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/store/run_record.hpp>
#include <entente/summary/ensemble_summary.hpp>

namespace entente {

/// What was written where.
struct SavedResults {
    std::filesystem::path folder;
    std::vector<std::string> files;
    std::string note;  ///< for the user: existing results that were kept; mostly empty
};

/// Where results go when nobody says: `results/STEM[-VARIANT]-ID`, ID being six digits of a hash of the identity, so that
/// different runs never meet in one folder and the same run finds its own again.
std::filesystem::path default_folder(const RunRecord& record);

/// A folder claimed for one ensemble. Claiming creates it, or finds it empty or holding results of the same identity; everything else
/// throws Error and leaves it as it is: a file of that name, a folder of something else, results of another scenario, variant, parameters,
/// seed or runs, a folder that is not writable, one in which another process is at work. A new folder gets a manifest in state `running`.
class ResultsFolder {
public:
    ResultsFolder(std::filesystem::path path, const RunRecord& record);

    /// Writes manifest.json, runs.csv, rows.csv (if there are measures by row), series.nc (if series were kept), summary.json, and events.csv when asked to, each appearing whole.
    /// Complete results that are there stay unless the new ones are complete too: those of the same digest are overwritten, others
    /// go to a folder beside, named with their digest. Throws Error for a full disk and the like; what was there then stays.
    SavedResults save(const RunRecord& record, const Results& results, const RunLabels& labels, const Summary& summary, bool events);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    void check_what_is_there(const Identity& identity);

    std::filesystem::path path_;
    FolderLock lock_;
    bool has_manifest_ = false;
    ManifestFacts there_;
};

}  // namespace entente
