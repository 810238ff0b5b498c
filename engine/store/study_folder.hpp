/// The folder of a study: what of it is there already, what is still to be made, and how that gets there.
///
/// manifest.json, ledger.sqlite, shards/*.shard; tables are added by those who conclude a study. A shard appears whole or not at all, so
/// that a study that was killed resumes where it was. A shard that was cut short or changed is reported and simulated again.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <entente/store/folder_files.hpp>
#include <entente/store/ledger.hpp>
#include <entente/store/shard_file.hpp>
#include <entente/store/study_record.hpp>
#include <entente/study/tiles.hpp>

namespace entente {

/// Where a study's results go when nobody says: `results/STEM[-VARIANT]-COMMAND-ID`.
std::filesystem::path default_folder(const StudyRecord& record, const std::string& design_text);

/// A shard and where its points stand in the study.
struct PlacedShard {
    ShardFile file;
    std::vector<std::int64_t> points;  ///< by row of the shard: number in the study
};

/// The manifest of a folder that holds something. Throws Error where that is nothing of Entente's, or no study's.
StudyManifest study_manifest_in(const std::filesystem::path& folder);

class StudyFolder {
public:
    /// Claims the folder: creates it, or finds it empty or with shards of the same identity. All else throws Error and leaves it as it is:
    /// something else there, another study, one with points that the study does not have or with more replicates, another
    /// process at work in it.
    StudyFolder(std::filesystem::path path, StudyRecord record, const Study& study);
    StudyFolder(const StudyFolder&) = delete;
    StudyFolder& operator=(const StudyFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] const std::filesystem::path& shard_folder() const { return shard_folder_; }
    [[nodiscard]] const StudyRecord& record() const { return record_; }
    [[nodiscard]] const std::string& key() const { return key_; }
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }  ///< for the user: damaged shards
    [[nodiscard]] const std::vector<PlacedShard>& shards() const { return shards_; }

    /// The first point of the design that has the same values: a point that stands there more than once is made once.
    [[nodiscard]] std::int64_t first_like(std::int64_t point) const { return *first_with(point_keys_[static_cast<std::size_t>(point)]); }

    /// What of the study no shard holds: as few rectangles as there are, in the order of alternatives and points.
    [[nodiscard]] std::vector<Tile> missing() const;

    /// Lets the manifest describe a study that has grown, before its first new shard is there.
    void announce();

    /// Writes a tile as a shard, and now and then the ledger. By any thread.
    void keep(const Tile& tile, const TileResults& made);
    /// Enters what is in the ledger of waiting lines, and takes up shards that others have put there since.
    void take_up();

    /// Writes manifest.json beside the files that were staged for it, and publishes all.
    void conclude(Completeness completeness, const StudyOutcome& outcome, class StagedFiles& files);

private:
    void check_what_is_there();
    void publish_running();
    [[nodiscard]] std::vector<ShardFile> sound_shards();
    void scan();
    void place(ShardFile file);
    [[nodiscard]] std::optional<std::int64_t> first_with(std::uint64_t key) const;

    std::filesystem::path path_;
    std::filesystem::path shard_folder_;
    StudyRecord record_;
    const Study& study_;
    std::vector<ValueColumn> columns_;  ///< that each shard has
    std::string key_;
    FolderLock lock_;
    bool has_manifest_ = false;
    bool has_grown_ = false;  ///< asks for more than the last time
    std::optional<Ledger> ledger_;
    std::vector<PlacedShard> shards_;
    std::vector<std::string> notes_;
    std::vector<std::uint64_t> point_keys_;                       ///< by point
    std::vector<std::pair<std::uint64_t, std::int64_t>> by_key_;  ///< sorted: key and number of the first such point
    std::mutex keeping_;
    std::vector<LedgerLine> waiting_;
    double entered_at_ = 0;
};

}  // namespace entente
