/// The ledger of a study: an SQLite file with a line for each shard that was finished.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace entente {

/// One shard, as it was when it was finished.
struct LedgerLine {
    std::string shard;  ///< its file's name
    int alternative = 0;
    std::int64_t points = 0;
    std::int64_t first_replicate = 0;
    std::int64_t replicates = 0;
    std::int64_t failed = 0;  ///< runs that did
    std::int64_t bytes = 0;
    std::string checksum;  ///< XXH3-128
    bool operator==(const LedgerLine&) const = default;
};

inline constexpr std::int64_t ledger_version = 1;  ///< SQLite's `user_version` of it; grows as those of file_format.hpp do

/// A column of the ledger's table `shards`.
struct LedgerColumn {
    std::string_view name;
    std::string_view type;  ///< as SQL has it
    std::string_view meaning;
};
std::span<const LedgerColumn> ledger_columns();

/// Table `shards`, one line a file, under these names; readable with any SQLite. One process writes it. What it says is checked against the
/// files: a ledger that is lost or damaged is rebuilt from them.
class Ledger {
public:
    /// Opens or creates it. One that is no database, or damaged, is set aside as NAME.damaged. Throws Error when it can't be written.
    explicit Ledger(std::filesystem::path path);
    ~Ledger();
    Ledger(Ledger&&) noexcept;

    [[nodiscard]] std::map<std::string, LedgerLine> lines() const;  ///< by shard
    /// Writes lines in one transaction; that of a shard known already is replaced.
    void enter(std::span<const LedgerLine> lines);
    void strike(const std::string& shard);

private:
    void insert(std::span<const LedgerLine> lines);

    class Database;
    std::filesystem::path path_;
    std::unique_ptr<Database> database_;
};

}  // namespace entente
