/// The work of a study: runs at the points of a design, cut into tiles that are made, kept and counted as wholes.
///
/// A study is a rectangle for each of its alternatives: points x replicates. Replicate r draws as run r does, at every point and of
/// every alternative: common random numbers, so that what differs between two points is not luck. Alternatives and points that are to be
/// independent are given runs of their own instead. What a run gives does not depend on the tile it is in, nor on who makes it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/study/design.hpp>
#include <entente/study/pairing.hpp>
#include <entente/study/progress.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// What is run: one model at many points (`sweep`), or several models at one (`compare`).
struct Study {
    std::vector<const Model*> models;  ///< by alternative; all with the same varied parameters and measures
    std::vector<ParameterId> varied;   ///< what each column of the points is a value of
    Points points;
    std::vector<std::int64_t> first_runs{};           ///< by alternative: the run as which its replicate 0 draws; empty: 0 for all
    std::vector<std::int64_t> first_runs_of_points{};  ///< by point, likewise

    /// The run as which replicate 0 at that point draws; replicate r draws as the r-th after it.
    [[nodiscard]] std::int64_t first_run(int alternative, std::int64_t point) const {
        return (first_runs.empty() ? 0 : first_runs[static_cast<std::size_t>(alternative)]) +
               (first_runs_of_points.empty() ? 0 : first_runs_of_points[static_cast<std::size_t>(point)]);
    }
    /// Whether points share their luck.
    [[nodiscard]] Pairing pairing_of_points() const { return first_runs_of_points.empty() ? Pairing::paired : Pairing::unpaired; }
    /// What distinguishes a point from all others: its values and, where points have runs of their own, the first of these.
    [[nodiscard]] std::vector<double> identity_of(std::int64_t point) const;
    /// What these numbers are.
    [[nodiscard]] std::vector<std::string> identity_names() const;
    /// One where nothing is varied.
    [[nodiscard]] std::int64_t point_count() const { return varied.empty() ? 1 : static_cast<std::int64_t>(points.size()); }
};

/// How many runs what is independent has at most; below it, those of two alternatives never meet.
inline constexpr std::int64_t independent_runs = 10'000'000;

/// First runs for points that are to be independent: drawn from a point's values and from how many of the same stand before it, so that
/// they are the same in whatever design the point stands, and points with equal values differ. Runs are numbered by 32 bits: of n runs
/// about n^2 / 2^33 pairs share their luck by accident, too few to be seen in any mean.
std::vector<std::int64_t> own_first_runs(const Points& points);

/// Runs at some points of one alternative: run i of a tile is replicate first_replicate + i % replicates at points[i / replicates].
struct Tile {
    int alternative = 0;
    std::vector<std::int64_t> points;  ///< their numbers in the study
    std::int64_t first_replicate = 0;
    std::int64_t replicates = 1;
    [[nodiscard]] std::int64_t runs() const { return std::ssize(points) * replicates; }
    bool operator==(const Tile&) const = default;
};

/// What the runs of a tile left, numbered from 0: final and yearly values, and the series that were asked for. `hashes` holds one a run, over every value
/// that it showed; 0 for a failed run.
struct TileResults {
    Results results;
    std::vector<std::uint64_t> hashes;
};

/// Values that the runs of a tile leave in memory until they are kept, at most; of many more a run, those of one batch.
inline constexpr double most_tile_values = 1 << 22;

/// Cuts tiles of any size to such as `workers` can share out among themselves: each about a quarter of a second's work at most, smaller
/// toward the end. The same for the same tiles, models and workers. `series_values` are those that a run leaves besides (TilePlan::series).
std::vector<Tile> cut(const Study& study, std::span<const Tile> tiles, int workers, std::int64_t series_values = 0);

struct TilePlan {
    std::uint64_t seed = 1;
    int threads = 0;                ///< 0: as many as the machine has
    int lanes = 0;                  ///< as in RunPlan
    std::string instruction_set{};  ///< likewise
    std::function<bool()> abandon{};  ///< likewise: a tile in hand is then not made
    WorkDone* work = nullptr;         ///< counts the ticks of runs; null: nobody asks
    std::optional<SeriesRows> series{};  ///< of which rows of each measure every run keeps its series; none: no run keeps any
};

/// The number of the tile to be made next, or -1 for none: called by one thread at a time.
using NextTile = std::function<std::int64_t()>;
/// Called by the thread that made the tile, several at a time; may throw, which ends all.
using TileMade = std::function<void(std::int64_t number, const TileResults&)>;

/// Makes the tiles that `next` names, and hands each to `made`.
void make_tiles(const Study& study, std::span<const Tile> tiles, const TilePlan& plan, const NextTile& next, const TileMade& made);

/// How many threads that many are: as many as this process may run at once for 0.
int thread_count(int asked);

}  // namespace entente
