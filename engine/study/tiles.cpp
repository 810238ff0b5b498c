#include <entente/study/tiles.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include <sched.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/recorder.hpp>

namespace entente {
namespace {

constexpr double tile_updates = 2e8;              ///< row updates of a tile: a quarter of a second or so
constexpr std::int64_t most_tile_runs = 1 << 14;  ///< whose values wait in memory to be kept
constexpr std::int64_t tiles_a_worker = 4;        ///< that what is left shall be enough for

std::int64_t updates_of_a_run(const Model& model) {
    return std::max<std::int64_t>(model.row_updates_per_tick() * model.calendar.ticks(), 1);
}

/// Cuts rectangles of runs into tiles that become smaller as less is left.
class Cutter {
public:
    Cutter(double runs, int workers, std::int64_t series_values) : left_(runs), workers_(workers), series_values_(series_values) {}

    void cut(const Tile& tile, const Model& model) {
        lanes_ = suitable_lanes(model, most_tile_runs);
        const double with_room = most_tile_values / static_cast<double>(std::max<std::int64_t>(values_per_run(model) + series_values_, 1));
        most_ = std::min({tile_updates / static_cast<double>(updates_of_a_run(model)), static_cast<double>(most_tile_runs), with_room});
        for (std::size_t at = 0; at < tile.points.size();) {
            const std::int64_t runs = size();
            if (runs < tile.replicates) {
                cut_replicates(tile, at++);
                continue;
            }
            const std::size_t points = std::min(static_cast<std::size_t>(runs / tile.replicates), tile.points.size() - at);
            add(tile, at, points, tile.first_replicate, tile.replicates);
            at += points;
        }
    }
    std::vector<Tile> pieces;

private:
    /// Runs of the next tile: whole batches, at least one.
    [[nodiscard]] std::int64_t size() const {
        const double share = std::min(most_, left_ / static_cast<double>(tiles_a_worker * workers_));
        return std::max(static_cast<std::int64_t>(share) / lanes_, std::int64_t{1}) * lanes_;
    }
    void cut_replicates(const Tile& tile, std::size_t at) {
        for (std::int64_t done = 0; done < tile.replicates;) {
            const std::int64_t replicates = std::min(size(), tile.replicates - done);
            add(tile, at, 1, tile.first_replicate + done, replicates);
            done += replicates;
        }
    }
    void add(const Tile& tile, std::size_t at, std::size_t points, std::int64_t first_replicate, std::int64_t replicates) {
        const auto first = tile.points.begin() + static_cast<std::ptrdiff_t>(at);
        pieces.push_back({tile.alternative, {first, first + static_cast<std::ptrdiff_t>(points)}, first_replicate, replicates});
        left_ -= static_cast<double>(pieces.back().runs());
    }

    double left_;
    int workers_;
    std::int64_t series_values_;
    std::int64_t lanes_ = 1;
    double most_ = 1;
};

/// One thread's batch of the alternative it is at.
class Worker {
public:
    Worker(const Study& study, const TilePlan& plan, const Kernels& kernels, int threads)
        : study_(study), plan_(plan), kernels_(kernels), threads_(threads) {}

    /// Nothing where it was abandoned.
    std::optional<TileResults> make(const Tile& tile) {
        const Model& model = *study_.models[static_cast<std::size_t>(tile.alternative)];
        prepare(model, tile.runs());
        const std::int64_t series_runs = plan_.series ? tile.runs() : 0;
        TileResults made{empty_results(model, tile.runs(), series_runs, plan_.series.value_or(SeriesRows{})), std::vector<std::uint64_t>(static_cast<std::size_t>(tile.runs()))};
        Recorder recorder(model, kernels_, made.results, made.hashes, false);
        for (std::int64_t first = 0; first < tile.runs(); first += batch_->lanes()) {
            begin(tile, first);
            if (!recorder.run(*batch_, first, std::min<std::int64_t>(batch_->lanes(), tile.runs() - first), {.abandon = &plan_.abandon, .work = plan_.work})) return {};
        }
        made.results.failures = recorder.failures();
        made.results.event_totals = recorder.event_counts();
        made.results.seed = plan_.seed;
        return made;
    }

private:
    void prepare(const Model& model, std::int64_t runs) {
        const int lanes = plan_.lanes > 0 ? plan_.lanes : suitable_lanes(model, runs);
        if (batch_ && model_ == &model && batch_->lanes() == lanes) return;
        batch_.reset();
        batch_ = std::make_unique<Batch>(model, lanes, kernels_, model.bytes_per_lane() >= large_world ? threads_ : 1);
        model_ = &model;
    }

    /// Lanes beyond the tile's last run repeat it; nobody looks at them.
    void begin(const Tile& tile, std::int64_t first) {
        const auto lanes = static_cast<std::size_t>(batch_->lanes());
        runs_.resize(lanes);
        values_.assign(model_->parameter_names.size(), {});
        for (const ParameterId id : study_.varied) values_[static_cast<std::size_t>(id.value)].resize(lanes);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const std::int64_t run = std::min(first + static_cast<std::int64_t>(lane), tile.runs() - 1);
            const std::int64_t point = tile.points[static_cast<std::size_t>(run / tile.replicates)];
            runs_[lane] =
                static_cast<std::uint64_t>(study_.first_run(tile.alternative, point) + tile.first_replicate + run % tile.replicates);
            for (std::size_t column = 0; column < study_.varied.size(); ++column)
                values_[static_cast<std::size_t>(study_.varied[column].value)][lane] =
                    study_.points.row(static_cast<std::size_t>(point))[column];
        }
        batch_->begin(plan_.seed, runs_, values_);
    }

    const Study& study_;
    const TilePlan& plan_;
    const Kernels& kernels_;
    int threads_;
    const Model* model_ = nullptr;
    std::unique_ptr<Batch> batch_;
    std::vector<std::uint64_t> runs_;
    std::vector<std::vector<double>> values_;
};

}  // namespace

std::vector<double> Study::identity_of(std::int64_t point) const {
    std::vector<double> identity;
    if (!varied.empty()) {
        const auto values = points.row(static_cast<std::size_t>(point));
        identity.assign(values.begin(), values.end());
    }
    if (!first_runs_of_points.empty()) identity.push_back(static_cast<double>(first_runs_of_points[static_cast<std::size_t>(point)]));
    return identity;
}

std::vector<std::string> Study::identity_names() const {
    std::vector<std::string> names = points.names;
    if (!first_runs_of_points.empty()) names.emplace_back("first run");
    return names;
}

std::vector<std::int64_t> own_first_runs(const Points& points) {
    std::unordered_map<std::uint64_t, std::uint64_t> seen;  // by hash of the values: how often
    std::vector<std::int64_t> first_runs;
    for (std::size_t point = 0; point < points.size(); ++point) {
        const auto values = points.row(point);
        const std::uint64_t hash = stable_hash({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
        const std::uint64_t drawn = mix(hash, seen[hash]++) >> 32;
        constexpr auto room = static_cast<std::uint64_t>(most_runs - independent_runs);
        first_runs.push_back(static_cast<std::int64_t>((drawn * room) >> 32));
    }
    return first_runs;
}

int thread_count(int asked) {
    if (asked > 0) return asked;
    cpu_set_t mine;
    if (sched_getaffinity(0, sizeof mine, &mine) == 0) return std::max(1, CPU_COUNT(&mine));  // mpirun binds each rank to its own
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

std::vector<Tile> cut(const Study& study, std::span<const Tile> tiles, int workers, std::int64_t series_values) {
    double runs = 0;
    for (const Tile& tile : tiles) runs += static_cast<double>(tile.runs());
    Cutter cutter(runs, workers, series_values);
    for (const Tile& tile : tiles) cutter.cut(tile, *study.models[static_cast<std::size_t>(tile.alternative)]);
    return std::move(cutter.pieces);
}

void make_tiles(const Study& study, std::span<const Tile> tiles, const TilePlan& plan, const NextTile& next, const TileMade& made) {
    const Kernels& kernels = choose_kernels(plan.instruction_set);
    const int threads = thread_count(plan.threads);
    std::optional<tbb::global_control> more_than_cores;  // else oneTBB makes no more threads than that
    if (threads > thread_count(0)) more_than_cores.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    // A few runs of large worlds are made one after the other, and the threads share out their rows.
    const bool rows_shared = std::ssize(tiles) < threads;
    std::mutex handing_out;
    std::atomic<bool> failed = false;  // somewhere: then nobody begins another tile
    const auto next_number = [&] {
        const std::lock_guard lock(handing_out);
        return failed ? -1 : next();
    };
    const auto work = [&](int) {
        try {
            Worker worker(study, plan, kernels, rows_shared ? threads : 1);
            for (std::int64_t number = next_number(); number >= 0; number = next_number()) {
                const auto tile = worker.make(tiles[static_cast<std::size_t>(number)]);
                if (!tile) return;
                made(number, *tile);
            }
        } catch (...) {
            failed = true;
            throw;
        }
    };
    if (rows_shared) return work(0);
    tbb::task_arena(threads).execute([&] { tbb::parallel_for(0, threads, work); });
}

}  // namespace entente
