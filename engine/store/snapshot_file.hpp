/// A snapshot as one file, written whole and read back.
///
/// A sealed file of the kind `snapshot`, whose values are a hash a run (64 bits), those of each block (doubles, run after run), and seven
/// doubles for every logged event: run, tick, event, row, count, cause, chance. The same runs at the same tick give the same values on every machine.
#pragma once

#include <filesystem>
#include <string>

#include <entente/store/run_record.hpp>
#include <entente/store/sealed_file.hpp>
#include <entente/study/snapshot.hpp>

namespace entente {

/// What a snapshot is of.
struct SnapshotFacts {
    Identity identity;     ///< of the runs
    std::string scenario;  ///< path of its file, as given when the snapshot was taken
    std::int64_t tick = 0;
    std::string when;  ///< the tick as a date; `tick 12` in an undated calendar
    std::int64_t series_runs = 0;
    bool logs_events = false;

    /// As a branch's identity names it: `4f2a91c03b7d at 2021-03-01`, twelve digits of a hash of identity and tick. It depends on what the
    /// runs are, not on how many series were kept or where the file lies.
    [[nodiscard]] std::string origin() const;
};

/// Throws Error unless nothing stands in the file's place, or a snapshot of the same runs at the same tick.
void check_place(const std::filesystem::path& file, const Identity& identity, std::int64_t tick);

/// Makes the file's folder where there is none, and sees that it may be written to. Throws Error.
void prepare_place(const std::filesystem::path& file);

/// Writes a snapshot of the record's runs; `when` is its tick for readers. Throws Error as StagedFiles does.
void write_snapshot(const std::filesystem::path& file, const RunRecord& record, const std::string& when, const Snapshot& snapshot);

/// A snapshot to go on from. The whole file is checked once, when it is opened.
class SnapshotFile {
public:
    /// Throws Error for a file that is not a snapshot, cut short or changed, with values in its header that cannot be, or of another version of Entente.
    explicit SnapshotFile(std::filesystem::path path);

    [[nodiscard]] const std::filesystem::path& path() const { return file_.path(); }
    [[nodiscard]] const SnapshotFacts& facts() const { return facts_; }
    /// Throws Error unless the scenario of that path and hash is the one that the snapshot was taken of.
    void check_scenario(const std::string& path, const std::string& hash) const;
    /// Throws Error when it does not fit into memory, or holds other values than its header says.
    [[nodiscard]] Snapshot read() const;

private:
    [[nodiscard]] Snapshot read_trusted() const;

    SealedFile file_;
    SnapshotFacts facts_;
};

}  // namespace entente
