/// A tile's results as one file, written whole and read back column by column.
///
/// A sealed file of the kind `shard`, whose values are the points (points x factors doubles), a hash a run (64 bits) and each column (one
/// double a run). Runs go point by point, all replicates of one after the other. The same tile always gives the same bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <entente/store/sealed_file.hpp>
#include <entente/study/tiles.hpp>

namespace entente {

/// What is kept of each run: of a yearly measure its value over the whole run, then one for each year; by row a column for each of the kind's.
struct ValueColumn {
    std::string name;  ///< of the measure, or `measure[2022]`
    std::size_t measure = 0;
    int year = -1;            ///< number in Results::years; -1: the measure itself
    std::size_t first = 0;    ///< the number of its column, or of that of its first row; the others follow
    std::size_t columns = 1;  ///< one, or as many as the kind has rows
    bool operator==(const ValueColumn&) const = default;
};
std::vector<ValueColumn> value_columns(const Results& results);
/// Its values, one a run, of a row.
std::vector<double> column_values(const Results& results, const ValueColumn& column, std::size_t row);
/// Puts the values, one a run, in their place; there must be one.
void put_column_values(Results& results, const ValueColumn& column, std::size_t row, std::span<const double> values);

/// What a shard holds.
struct ShardFacts {
    std::string study;  ///< key of the study it belongs to
    int alternative = 0;
    std::int64_t points = 0;
    std::int64_t first_replicate = 0;
    std::int64_t replicates = 0;
    std::vector<std::string> factors;  ///< and `first run`, where points have runs of their own
    std::vector<std::string> columns;        ///< names of value_columns
    std::vector<std::int64_t> column_rows;   ///< and of how many columns each is
    std::vector<RunFailure> failures;  ///< `run` counts within the shard
    std::vector<double> event_totals;
    [[nodiscard]] std::int64_t runs() const { return points * replicates; }
    /// Whether it holds the values of these columns, and no others.
    [[nodiscard]] bool holds(const std::vector<ValueColumn>& wanted) const;
};

/// The name a tile's shard has: made of what it holds, so that making it again writes the same file.
std::string shard_name(const Study& study, const Tile& tile, const std::string& study_key);

/// Writes `made` to folder/NAME by way of a temporary name, fsync and rename. Throws Error as StagedFiles does. Gives its checksum.
std::string write_shard(const std::filesystem::path& folder, const std::string& name, const Study& study, const Tile& tile,
                        const TileResults& made, const std::string& study_key);

/// A shard to read from. The whole file is checked once, when it is opened.
class ShardFile {
public:
    /// Throws Error, with what is wrong, for a file that is no shard, cut short or changed.
    explicit ShardFile(std::filesystem::path path);

    [[nodiscard]] const std::filesystem::path& path() const { return file_.path(); }
    [[nodiscard]] const ShardFacts& facts() const { return facts_; }
    [[nodiscard]] const std::string& checksum() const { return file_.checksum(); }
    [[nodiscard]] std::vector<double> points() const;  ///< row-major, points x factors: what tells points apart
    [[nodiscard]] std::vector<std::uint64_t> hashes() const;
    [[nodiscard]] std::vector<double> column(std::size_t number) const;  ///< as ValueColumn::first counts them

private:
    SealedFile file_;
    ShardFacts facts_;
};

}  // namespace entente
