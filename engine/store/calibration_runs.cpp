#include <entente/store/calibration_runs.hpp>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include <entente/store/folder_files.hpp>
#include <entente/store/sealed_file.hpp>
#include <entente/study/recorder.hpp>

namespace entente {

namespace {

std::vector<Tile> tiles_of(const Study& study, int workers, std::int64_t series_values) {
    Tile all;
    for (std::int64_t point = 0; point < study.point_count(); ++point) all.points.push_back(point);
    return cut(study, std::vector{all}, workers, series_values);
}

double seconds_since(std::chrono::steady_clock::time_point began) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

}  // namespace

struct CalibrationRuns::Round {
    std::int64_t first_run = 0;
    std::uint64_t seed = 1;
    Study study{};
    std::vector<Tile> tiles{};
    std::map<std::int64_t, std::vector<double>> made{};  ///< by tile, on this rank
    std::mutex making{};
    std::atomic<bool> is_stopped = false;
};

CalibrationRuns::CalibrationRuns(const CalibrationModel& what, TilePlan plan, Ranks& ranks, std::filesystem::path exchange,
                                 std::function<bool(const RunsMade&)> progress)
    : what_(what), plan_(std::move(plan)), ranks_(ranks), exchange_(std::move(exchange)), progress_(std::move(progress)) {
    const SeriesRows rows = what_.summaries.series_rows(empty_results(what_.model, 0, 0));
    if (std::ranges::any_of(rows, [](const auto& of_measure) { return !of_measure.empty(); })) plan_.series = rows;
}

std::int64_t CalibrationRuns::series_values() const {
    std::int64_t rows = 0;
    if (plan_.series)
        for (const auto& of_measure : *plan_.series) rows += std::ssize(of_measure);
    return rows * what_.model.calendar.moments();
}

/// All ranks go through this together; what rank 0 knows is told to the others.
std::optional<SummaryTable> CalibrationRuns::make(const Proposals& proposals, std::uint64_t seed) {
    const auto began = std::chrono::steady_clock::now();
    std::vector<std::int64_t> head{proposals.first_run, static_cast<std::int64_t>(seed), static_cast<std::int64_t>(proposals.unit.size()),
                                   std::int64_t{ranks_.size()} * thread_count(plan_.threads)};
    std::vector<double> points = points_of(what_.factors, proposals.unit).values;
    ranks_.broadcast(head);
    ranks_.broadcast(points);
    Round round;
    round.first_run = proposals.first_run;
    round.seed = seed;
    round.study = {{&what_.model}, what_.varied, {names_of(what_.factors), std::move(points)}};
    for (std::size_t i = 0; i < proposals.unit.size(); ++i)
        round.study.first_runs_of_points.push_back(proposals.first_run + static_cast<std::int64_t>(i));
    round.tiles = tiles_of(round.study, static_cast<int>(head[3]), series_values());
    take_part(round);
    made_.seconds += seconds_since(began);
    if (ranks_.any(round.is_stopped || (plan_.abandon && plan_.abandon()))) return std::nullopt;
    gather(round);
    SummaryTable table{what_.summaries.summaries().size(), {}};
    for (auto& [tile, values] : round.made) table.values.insert(table.values.end(), values.begin(), values.end());
    return table;
}

void CalibrationRuns::serve() {
    while (true) {
        std::vector<std::int64_t> head;
        std::vector<double> points;
        ranks_.broadcast(head);
        if (head.empty()) return;
        ranks_.broadcast(points);
        Round round;
        round.first_run = head[0];
        round.seed = static_cast<std::uint64_t>(head[1]);
        round.study = {{&what_.model}, what_.varied, {names_of(what_.factors), std::move(points)}};
        for (std::int64_t i = 0; i < head[2]; ++i) round.study.first_runs_of_points.push_back(round.first_run + i);
        round.tiles = tiles_of(round.study, static_cast<int>(head[3]), series_values());
        take_part(round);
        ranks_.any(round.is_stopped || (plan_.abandon && plan_.abandon()));
    }
}

void CalibrationRuns::release() {
    std::vector<std::int64_t> nothing;
    ranks_.broadcast(nothing);
}

void CalibrationRuns::take_part(Round& round) {
    TilePlan plan = plan_;
    plan.seed = round.seed;
    ranks_.hand_out(std::ssize(round.tiles), [&](const std::function<std::int64_t()>& next) {
        const auto next_tile = [&] { return round.is_stopped ? std::int64_t{-1} : next(); };
        make_tiles(round.study, round.tiles, plan, next_tile, [&](std::int64_t number, const TileResults& made) {
            const Tile& tile = round.tiles[static_cast<std::size_t>(number)];
            auto values = told(round, tile, made);
            const std::lock_guard lock(round.making);
            if (ranks_.rank() == 0)
                round.made.emplace(number, std::move(values));
            else
                keep(round, number, std::move(values));
            made_.runs += tile.runs();
            made_.failed += std::ssize(made.results.failures);
            if (progress_ && !progress_(made_)) round.is_stopped = true;
        });
    });
}

std::vector<double> CalibrationRuns::told(const Round& round, const Tile& tile, const TileResults& made) const {
    std::vector<double> values;
    for (std::int64_t run = 0; run < tile.runs(); ++run) {
        const std::int64_t point = tile.points[static_cast<std::size_t>(run)];
        KeyedDraws draws(mix(round.seed, purpose::recording), static_cast<std::uint64_t>(round.first_run + point));
        const bool failed = made.hashes[static_cast<std::size_t>(run)] == 0;
        const auto of_run = failed ? std::vector<double>(what_.summaries.summaries().size(), Results::missing)
                                   : what_.summaries.of(made.results, run, round.study.points.row(static_cast<std::size_t>(point)), draws);
        values.insert(values.end(), of_run.begin(), of_run.end());
    }
    return values;
}

std::filesystem::path CalibrationRuns::tile_file(const Round& round, std::int64_t tile) const {
    return exchange_ / fmt::format("{:010}-{:06}.tile", round.first_run, tile);
}

/// Hands a tile to rank 0.
void CalibrationRuns::keep(const Round& round, std::int64_t tile, std::vector<double> values) {
    claim_folder(exchange_);
    write_sealed(tile_file(round, tile), "tile", "{}", [&](const Sink& sink) { sink(bytes_of(std::span<const double>(values))); });
}

/// What the other ranks have made.
void CalibrationRuns::gather(Round& round) {
    for (std::int64_t number = 0; number < std::ssize(round.tiles); ++number) {
        if (round.made.contains(number)) continue;
        const auto file = tile_file(round, number);
        std::vector<double> values(static_cast<std::size_t>(round.tiles[static_cast<std::size_t>(number)].runs()) *
                                   what_.summaries.summaries().size());
        const SealedFile sealed(file, "tile");
        sealed.expect(std::ssize(values));
        sealed.read(0, std::span(values));
        round.made.emplace(number, std::move(values));
        std::filesystem::remove(file);
    }
}

}  // namespace entente
